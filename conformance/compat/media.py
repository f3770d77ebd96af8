"""Media types of two versions, paired."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from conformance.media import covers


def pairs(old: Iterable[str], new: Iterable[str]) -> Iterator[tuple[str | None, str | None]]:
    """Each media type of the old version with the new one's that takes its place, None if there is none.

    Where neither version names any, one pair of the empty name. A range such as `*/*` takes the place of all.
    """
    mine, theirs = list(old), list(new)
    if not mine:
        yield None, (theirs[0] if theirs else "")
    for each in mine:
        if not theirs:
            yield each, ""
            continue
        yield each, next((other for other in theirs if covers(other, each)), None)
