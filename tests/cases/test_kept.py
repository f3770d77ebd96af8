"""Laws of kept values: nothing is computed twice, and only the last few sources are remembered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from conformance.cases.kept import Kept, kept_for


def counting(asked: list[Any], *values: Any) -> Iterator[Any]:
    """These values, and a note of each that was asked for."""
    for value in values:
        asked.append(value)
        yield value


def test_what_was_computed_is_kept() -> None:
    """Each value is computed once and no earlier than it is asked for, whoever asks."""
    asked: list[Any] = []
    kept = Kept({}, counting(asked, 1, 2, 3))

    first = iter(kept)
    assert next(first) == 1
    assert asked == [1]

    assert list(kept) == [1, 2, 3]
    assert list(first) == [2, 3]
    assert asked == [1, 2, 3]


def test_the_last_few_sources() -> None:
    """The values of a source are computed again once others have taken its place."""
    asked: list[Any] = []
    sources: list[dict[str, Any]] = [{}, {}, {}]
    kept = kept_for(2)

    def computed(source: Any) -> Iterator[Any]:
        return counting(asked, next(index for index, each in enumerate(sources) if each is source))

    for index in (0, 1, 0, 2, 0):
        assert list(kept(sources[index], computed)) == [index]

    assert asked == [0, 1, 2, 0]
