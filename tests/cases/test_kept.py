"""Laws of kept values: nothing is computed twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from conformance.cases.kept import Kept


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
