"""Which requirements a user's patterns choose."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase

from conformance.errors import UsageError
from conformance.nearest import did_you_mean, nearest


def select(ids: Sequence[str], only: Iterable[str], skip: Iterable[str]) -> tuple[str, ...]:
    """The ids that any of `only` matches (all, if there is none) and none of `skip`; may be empty.

    Raises UsageError for a pattern that matches no id.
    """
    chosen = {name for pattern in only for name in _matched(pattern, ids)} if (only := tuple(only)) else set(ids)
    left_out = {name for pattern in skip for name in _matched(pattern, ids)}
    return tuple(name for name in ids if name in chosen - left_out)


def matches(pattern: str, name: str) -> bool:
    """Whether a pattern matches an id: the whole id, its beginning up to a "/", or, with * ? [ in it, as in a shell."""
    stem = pattern.rstrip("/")
    return name == pattern or name.startswith(f"{stem}/") or (_is_wild(pattern) and fnmatchcase(name, pattern))


def _matched(pattern: str, ids: Sequence[str]) -> list[str]:
    if pattern in ids:  # an id may hold a * itself (any item of an array): given whole, it means only itself
        return [pattern]
    found = [name for name in ids if matches(pattern, name)]
    if not found:
        part = nearest(pattern, {part: None for name in ids for part in name.split("/")})
        inside = f"did you mean '*{part}*'?" if part is not None else "conformance list shows all"
        hint = did_you_mean(pattern, _beginnings(ids), otherwise=inside)
        raise UsageError(f"no requirement matches {pattern!r}", hint=hint)
    return found


def _is_wild(pattern: str) -> bool:
    return any(mark in pattern for mark in "*?[")


def _beginnings(ids: Iterable[str]) -> dict[str, None]:
    """Every id and every part of it that ends before a "/", each once."""
    parts = (name.split("/") for name in ids)
    return {"/".join(names[:end]): None for names in parts for end in range(1, len(names) + 1)}
