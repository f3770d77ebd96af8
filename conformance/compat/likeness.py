"""Which alternative of a new version was probably meant to be that of the old one."""

from __future__ import annotations

from typing import Any

from conformance.compat.flat import Alternative
from conformance.compat.stated import identical


def likest(one: Alternative, others: list[Alternative]) -> Alternative:
    """The most similar of some alternatives, the first of equals."""
    return max(others, key=lambda other: (_likeness(one.schema, other.schema), one.branch == other.branch))


def _likeness(one: Any, other: Any) -> float:
    mine, theirs = one.get("properties", {}), other.get("properties", {})
    shared = mine.keys() & theirs.keys()
    score: float = 2.0 * len(shared) - len(mine.keys() ^ theirs.keys())
    score += sum(_naming(mine[name], theirs[name]) for name in shared)
    score += sum(one[name] == other[name] for name in one.keys() & other.keys())
    return score + _naming(one, other)


def _naming(one: Any, other: Any) -> float:
    """Enumerations tell alternatives apart: those that share nothing are another's."""
    if identical(one, other):
        return 2.0
    if not (isinstance(one, dict) and isinstance(other, dict) and "enum" in one and "enum" in other):
        return 0.0
    return 1.0 if any(value in other["enum"] for value in one["enum"]) else -20.0
