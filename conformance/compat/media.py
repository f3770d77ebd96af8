"""Media types of two versions, paired."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def normal(media_type: str) -> str:
    """A media type without its parameters, in lower case."""
    return media_type.partition(";")[0].strip().lower()


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
        yield each, next((other for other in theirs if _takes(other, each)), None)


def _takes(other: str, each: str) -> bool:
    wanted, given = normal(each), normal(other)
    kind, _, detail = given.partition("/")
    return given in (wanted, "*/*") or (detail == "*" and wanted.startswith(f"{kind}/"))
