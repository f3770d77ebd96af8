"""Values that contain a given place: the schema and the demand that the place be there, taken together as one set.

The same demand, with what shall stand there, leads to values that break a keyword deep within a large schema.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from conformance.cases.pattern import matching
from conformance.cases.sample import names, samples, unchecked
from conformance.cases.small import small
from conformance.contract.schema import Schema, validator
from conformance.requirements.oracle import relax
from conformance.requirements.site import SchemaPath, at

MOST = 6  # values of each kind
TRIED = 60  # values made of what a schema says, of which some may do


def containing(schema: Any, path: SchemaPath) -> Iterator[Any]:
    """Some valid values in which the place that a schema path leads to exists; none if none are found."""
    both = {"allOf": [schema, demanding(schema, path)]}
    made = list(islice(samples(both), MOST))
    yield from made
    if made:  # else small values were looked at in vain already
        yield from islice(filter(validator(both).is_valid, small(both)), MOST)


def breaking(schema: Any, path: SchemaPath) -> Iterator[Any]:
    """Values that break the keyword at `path` and nothing else, in an alternative that no other one stands in for.

    Where the algebra and drawing take seconds this takes milliseconds; but it proves nothing where it finds none.
    """
    *place, keyword = path
    stated = at(schema, tuple(place))
    if isinstance(stated, list):  # one of the required members
        place.pop()
    broken = {"not": {"required": [keyword]} if isinstance(stated, list) else {keyword: stated[keyword]}}
    loose = relax(schema, path)
    demand = demanding(loose, tuple(place), broken)
    refuses, admits = validator(schema), validator(loose)
    for wanted in (demand, {"allOf": [loose, demand]}):
        yield from (v for v in islice(unchecked(wanted), TRIED) if admits.is_valid(v) and not refuses.is_valid(v))


def demanding(schema: Any, path: SchemaPath, there: Any = True) -> Any:
    """The schema of all values in which such a value stands at the place, and that take the alternatives leading there.

    Where not just any value may stand there, none of the other alternatives may admit the whole in its stead.
    """
    if not path:
        return there
    head, rest = str(path[0]), path[1:]
    match head:
        case "properties":
            return _member(str(rest[0]), demanding(schema[head][rest[0]], rest[1:], there))
        case "patternProperties":
            name = next(matching(str(rest[0])), "k0")
            return _member(name, demanding(schema[head][rest[0]], rest[1:], there))
        case "additionalProperties":
            return _member(next(names(schema, schema.get("properties", {}))), demanding(schema[head], rest, there))
        case "items":
            return _entry(len(schema.get("prefixItems", [])), demanding(schema[head], rest, there))
        case "dependentSchemas":
            there_too = demanding(schema[head][rest[0]], rest[1:], there)
            return {"allOf": [{"type": "object", "required": [rest[0]]}, there_too]}
        case "prefixItems":
            return _entry(int(rest[0]), demanding(schema[head][rest[0]], rest[1:], there))
    return _alternative(schema, head, rest, there)


def _alternative(schema: Schema, head: str, rest: SchemaPath, there: Any) -> Any:
    match head:
        case "allOf":
            return demanding(schema[head][rest[0]], rest[1:], there)
        case "anyOf" | "oneOf":
            branch = schema[head][rest[0]]
            taken = {"allOf": [branch, demanding(branch, rest[1:], there)]}
            others = [other for index, other in enumerate(schema[head]) if index != rest[0]]
            return taken if there is True or not others else {**taken, "not": {"anyOf": others}}
    condition = schema.get("if", True)
    return {"allOf": [condition if head == "then" else {"not": condition}, demanding(schema[head], rest, there)]}


def _member(name: str, inner: Any) -> Schema:
    return {"type": "object", "required": [name], "properties": {name: inner}}


def _entry(index: int, inner: Any) -> Schema:
    return {"type": "array", "minItems": index + 1, "prefixItems": [*[True] * index, inner]}
