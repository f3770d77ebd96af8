"""Building values that contain a place: step by step along its schema path, from a value that is there already."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from conformance.cases.pattern import matching
from conformance.cases.sample import names, sample, taking
from conformance.contract.schema import validator
from conformance.requirements.oracle import relax
from conformance.requirements.site import SchemaPath, put

Path = tuple[str | int, ...]


def build(schema: Any, path: SchemaPath, existing: Any) -> tuple[Any, Path]:
    """A value that contains the place a schema path leads to, made from an existing one; and the place in it."""
    if not path:
        return (existing if existing is not _ABSENT else sample(schema)), ()
    if existing is _ABSENT:
        existing = sample(schema)
    return _STEPS.get(str(path[0]), _through)(schema, path, existing)


def _through(schema: Any, path: SchemaPath, existing: Any) -> tuple[Any, Path]:
    return build(schema[path[0]], path[1:], existing)


def _member(schema: Any, path: SchemaPath, existing: Any) -> tuple[Any, Path]:
    name = str(path[1])
    if not isinstance(existing, dict):
        existing = {}
    inner, place = build(schema["properties"][name], path[2:], existing.get(name, _ABSENT))
    return {**existing, name: inner}, (name, *place)


def _named(schema: Any, path: SchemaPath, existing: Any) -> tuple[Any, Path]:
    keyword, described = str(path[0]), set(schema.get("properties", {}))
    existing = existing if isinstance(existing, dict) else {}
    inner_schema, rest = schema[keyword], path[1:]
    name = next((name for name in existing if name not in described), None) or next(names(schema, described))
    if keyword == "patternProperties":
        inner_schema, rest = schema[keyword][path[1]], path[2:]
        name = next(matching(str(path[1])), "k0")
    inner, place = build(inner_schema, rest, existing.get(name, _ABSENT))
    return {**existing, name: inner}, (name, *place)


def _item(schema: Any, path: SchemaPath, existing: Any) -> tuple[Any, Path]:
    existing = existing if isinstance(existing, list) else []
    start = len(schema.get("prefixItems", []))
    while len(existing) < start:
        existing = [*existing, sample(schema["prefixItems"][len(existing)])]
    current = existing[start] if len(existing) > start else _ABSENT
    inner, place = build(schema["items"], path[1:], current)
    return [*existing[:start], inner, *existing[start + 1 :]], (start, *place)


def _prefix(schema: Any, path: SchemaPath, existing: Any) -> tuple[Any, Path]:
    index = int(path[1])
    existing = existing if isinstance(existing, list) else []
    while len(existing) <= index:
        existing = [*existing, sample(schema["prefixItems"][len(existing)])]
    inner, place = build(schema["prefixItems"][index], path[2:], existing[index])
    return put(existing, (index,), inner), (index, *place)


def _alternative(schema: Any, path: SchemaPath, existing: Any) -> tuple[Any, Path]:
    keyword, index = str(path[0]), int(path[1])
    branch = schema[keyword][index]
    if keyword != "allOf" and not _fits(branch, existing):
        existing = sample(_taken(schema, keyword, index))
    return build(branch, path[2:], existing)


def _taken(schema: Any, keyword: str, index: int) -> Any:
    """A schema with one of its alternatives alone; the same object each time, for its samples are kept with it."""
    key = (id(schema), keyword, index)
    if key not in _TAKEN:
        _TAKEN[key] = schema, taking(relax(schema, (keyword,)), schema[keyword][index])
    return _TAKEN[key][1]


def _conditional(schema: Any, path: SchemaPath, existing: Any) -> tuple[Any, Path]:
    """The branch of an `if` that is to apply: where the value at hand takes the other one, it is made to take this."""
    branch, condition = schema[path[0]], schema.get("if", True)
    taken = condition if path[0] == "then" else {"not": condition}
    if not (_fits(taken, existing) and _fits(branch, existing)):
        made = sample({"allOf": [schema, taken, branch]})
        both = {**existing, **made} if isinstance(existing, dict) and isinstance(made, dict) else made
        existing = both if _fits(schema, both) else made
    return build(branch, path[1:], existing)


def _fits(branch: Any, value: Any) -> bool:
    return bool(validator(branch).is_valid(value))


_TAKEN: dict[tuple[int, str, int], tuple[Any, Any]] = {}  # with the schema itself, which so lives as long
_ABSENT: Any = object()
_STEPS: dict[str, Callable[[Any, SchemaPath, Any], tuple[Any, Path]]] = {
    "properties": _member,
    "patternProperties": _named,
    "additionalProperties": _named,
    "items": _item,
    "prefixItems": _prefix,
    "oneOf": _alternative,
    "anyOf": _alternative,
    "allOf": _alternative,
    "then": _conditional,
    "else": _conditional,
}
