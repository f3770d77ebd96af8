"""Vacuous constraints: keywords proved to refuse nothing that is not refused anyway, and what refuses it instead."""

from __future__ import annotations

from typing import Any

from conformance.cases.fallback import vacuous
from conformance.contract.schema import Schema
from conformance.requirements.derive import Placed
from conformance.requirements.oracle import relax
from conformance.requirements.site import SchemaPath

_COMPOSED = frozenset({"allOf", "anyOf", "oneOf", "then", "else"})
_SILENT = ("x-conformance", "examples", "title", "default")


def is_vacuous(root: Schema, placed: Placed) -> bool:
    """Whether no value can violate a keyword of a request's schema alone: at its place, or beside other branches."""
    return placed.is_asserted and _scope(root, placed) is not None


def reason(root: Schema, placed: Placed) -> str | None:
    """Why nothing can violate a keyword alone, in a few words; None if it is not proved that nothing can."""
    scope = _scope(root, placed) if placed.is_asserted else None
    if scope is None:
        return None
    schema, path = scope
    instead = because(schema, path) or ([f"another branch of {path[0]}"] if len(path) > len(placed.below) else [])
    if not instead:
        return "nothing can violate this constraint: it admits every value"
    return f"nothing can violate this constraint alone: {' with '.join(instead)} refuses as much"


def because(schema: Schema, path: SchemaPath) -> list[str]:
    """The keywords beside the first one of `path` without which it would refuse something by itself."""
    kept, needed = schema, []
    for keyword in [key for key in schema if key != path[0] and key not in _SILENT]:
        without = relax(kept, (keyword,))
        if vacuous(without, path):
            kept = without
        else:
            needed.append(keyword)
    return needed


def _scope(root: Schema, placed: Placed) -> tuple[Schema, SchemaPath] | None:
    """The smallest schema in which a keyword is proved vacuous, and its path there."""
    if vacuous(placed.site.schema, placed.below):
        return placed.site.schema, placed.below
    path = placed.requirement.schema_path
    first = _first_composed(path)
    if first is None:
        return None
    outer = _at(root, path[:first])
    return (outer, path[first:]) if vacuous(outer, path[first:]) else None


def _first_composed(path: SchemaPath) -> int | None:
    """Where a path first enters a branch; a member that is named like a keyword is none."""
    for index, part in enumerate(path):
        if part in _COMPOSED and (index == 0 or path[index - 1] not in ("properties", "patternProperties")):
            return index
    return None


def _at(schema: Any, path: SchemaPath) -> Any:
    for part in path:
        schema = schema[part]
    return schema
