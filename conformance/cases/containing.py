"""Values that contain a given place: the schema and the demand that the place be there, taken together as one set."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from conformance.cases.pattern import matching
from conformance.cases.sample import samples
from conformance.cases.small import small
from conformance.contract.schema import Schema
from conformance.requirements.oracle import validator
from conformance.requirements.site import SchemaPath

MOST = 6  # values of each kind


def containing(schema: Any, path: SchemaPath) -> Iterator[Any]:
    """Some valid values in which the place that a schema path leads to exists; none if none are found."""
    both = {"allOf": [schema, demanding(schema, path)]}
    admits = validator(both)
    yield from (value for value in islice(samples(both), MOST) if admits.is_valid(value))
    yield from islice((value for value in small(both) if admits.is_valid(value)), MOST)


def demanding(schema: Any, path: SchemaPath) -> Any:
    """The schema of all values that contain the place, and take the alternatives that lead there."""
    if not path:
        return True
    head, rest = str(path[0]), path[1:]
    match head:
        case "properties":
            return _member(str(rest[0]), demanding(schema[head][rest[0]], rest[1:]))
        case "patternProperties":
            name = next(matching(str(rest[0])), "k0")
            return _member(name, demanding(schema[head][rest[0]], rest[1:]))
        case "additionalProperties":
            return _member("k0", demanding(schema[head], rest))
        case "items":
            return _entry(len(schema.get("prefixItems", [])), demanding(schema[head], rest))
        case "prefixItems":
            return _entry(int(rest[0]), demanding(schema[head][rest[0]], rest[1:]))
    return _alternative(schema, head, rest)


def _alternative(schema: Schema, head: str, rest: SchemaPath) -> Any:
    match head:
        case "allOf":
            return demanding(schema[head][rest[0]], rest[1:])
        case "anyOf" | "oneOf":
            branch = schema[head][rest[0]]
            return {"allOf": [branch, demanding(branch, rest[1:])]}
    condition = schema.get("if", True)
    return {"allOf": [condition if head == "then" else {"not": condition}, demanding(schema[head], rest)]}


def _member(name: str, inner: Any) -> Schema:
    return {"type": "object", "required": [name], "properties": {name: inner}}


def _entry(index: int, inner: Any) -> Schema:
    return {"type": "array", "minItems": index + 1, "prefixItems": [*[True] * index, inner]}
