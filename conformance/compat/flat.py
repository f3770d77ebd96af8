"""Conjunctions and alternatives: `allOf` merged into one schema, `anyOf`, `oneOf` and lists of types taken apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from typing import Any

from conformance.compat.stated import KINDS, identical, same
from conformance.contract.schema import Schema

MOST_ALTERNATIVES = 64
_GROUPS = (
    ("if", "then", "else"),
    ("contains", "minContains", "maxContains"),
    ("items", "prefixItems"),
    ("properties", "patternProperties", "additionalProperties"),
)
_CONDITIONAL = ("anyOf", "oneOf", "if", "not", "dependentSchemas", "$ref")
_STUCK = ("unevaluatedProperties", "unevaluatedItems")  # they see through `allOf`, so it must stay


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to satisfy a schema: a single type, no `anyOf`; `branch` says which branches of `oneOf` it takes."""

    schema: Any
    branch: tuple[int, ...] = ()


def flat(schema: Any) -> Any:
    """The schema with as much of `allOf` merged into it as can be merged without changing the set."""
    if isinstance(schema, dict) and "unevaluatedProperties" in schema:
        return _closed(schema)
    if not isinstance(schema, dict) or "allOf" not in schema or any(key in schema for key in _STUCK):
        return schema
    result: Any = {key: value for key, value in schema.items() if key != "allOf"} or True
    for part in schema["allOf"]:
        result = both(result, flat(part))
    return result


def _closed(schema: Schema) -> Schema:
    """Members that nothing has looked at are the additional ones, once `allOf` is merged and nothing is conditional."""
    rest = {key: value for key, value in schema.items() if key != "unevaluatedProperties"}
    merged = flat(rest)
    if not isinstance(merged, dict) or any(key in merged for key in (*_CONDITIONAL, "allOf", "additionalProperties")):
        return schema
    if seen_through(merged):
        return schema
    return {**merged, "additionalProperties": schema["unevaluatedProperties"]}


def seen_through(schema: Any) -> bool:
    """Whether a schema asks what others have looked at: then it cannot be taken apart."""
    if not isinstance(schema, dict):
        return False
    if any(key in schema for key in _STUCK):
        return True
    return any(seen_through(part) for part in in_place(schema))


def without_seeing(schema: Any) -> Any:
    """A wider schema, which does not ask what others have looked at."""
    if not isinstance(schema, dict):
        return schema
    found = {key: value for key, value in schema.items() if key not in _STUCK}
    for key in ("allOf", "anyOf"):
        if key in found:
            found[key] = [without_seeing(part) for part in found[key]]
    for key in ("oneOf", "not", "if", "then", "else", "dependentSchemas"):
        if key in found and any(seen_through(part) for part in in_place({key: found[key]})):
            del found[key]  # loosened inside, they would admit less
    return found


def in_place(schema: Schema) -> list[Any]:
    """The subschemas that apply to the same value."""
    found = [part for key in ("allOf", "anyOf", "oneOf") for part in schema.get(key, [])]
    found += [schema[key] for key in ("not", "if", "then", "else") if key in schema]
    return [*found, *schema.get("dependentSchemas", {}).values()]


def both(one: Any, other: Any) -> Any:
    """The intersection of two schemas, merged where that is exact; what is not stays in `allOf`."""
    if one is True or other is False:
        return other
    if other is True or one is False or identical(one, other):
        return one
    if _cannot_merge(one) or _cannot_merge(other):
        return {"allOf": [one, other]}
    merged: Any = dict(one)
    kept = list(one.get("allOf", []))
    rest = dict(other)
    kept += rest.pop("allOf", [])
    for group in (*_groups_in(rest), *((key,) for key in other if key != "allOf" and not _grouped(key))):
        taken = {key: rest.pop(key) for key in group if key in rest}
        found = _together(merged, group, taken)
        if found is False:
            return False
        if found is None:
            kept.append(taken)
        else:
            merged = found
    merged.pop("allOf", None)
    return {**merged, "allOf": kept} if kept else merged


def _cannot_merge(schema: Schema) -> bool:
    return "$ref" in schema or any(key in schema for key in _STUCK)


def _grouped(key: str) -> bool:
    return any(key in group for group in _GROUPS)


def _groups_in(schema: Schema) -> list[tuple[str, ...]]:
    return [group for group in _GROUPS if any(key in schema for key in group)]


def _together(merged: Schema, group: tuple[str, ...], taken: Schema) -> Schema | bool | None:
    """The schema with these keywords added; None where they do not merge, False where nothing is left."""
    present = {key: merged[key] for key in group if key in merged}
    if not present or identical(present, taken):
        return {**merged, **taken}
    if group[0] == "properties":
        return _members(merged, taken)
    if group[0] == "items" and set(present) == set(taken) == {"items"}:
        return {**merged, "items": _conjunction(present["items"], taken["items"])}
    join = _JOINS.get(group[0])
    joined = None if join is None else join(present[group[0]], taken[group[0]])
    if joined is False or joined == []:
        return False
    return None if joined is None else {**merged, group[0]: joined}


def _conjunction(one: Any, other: Any) -> Any:
    if one is True or identical(one, other):
        return other
    return one if other is True else {"allOf": [one, other]}


def _members(merged: Schema, taken: Schema) -> Schema | None:
    """Members of both; one side's `additionalProperties` binds the members that only the other side names."""
    if "patternProperties" in merged or "patternProperties" in taken:
        return None
    mine, theirs = merged.get("properties", {}), taken.get("properties", {})
    rest_mine, rest_theirs = merged.get("additionalProperties", True), taken.get("additionalProperties", True)
    members = {
        name: _conjunction(mine.get(name, rest_mine), theirs.get(name, rest_theirs)) for name in {**mine, **theirs}
    }
    result = {**merged, "properties": members}
    if "additionalProperties" in merged or "additionalProperties" in taken:
        result["additionalProperties"] = _conjunction(rest_mine, rest_theirs)
    return result


def _types(one: Any, other: Any) -> Any:
    return _narrowed(_as_list(one), _as_list(other))


def _narrowed(mine: list[str], theirs: list[str]) -> Any:
    found = [k for k in mine if k in theirs or (k == "integer" and "number" in theirs)]
    if "number" in mine and "integer" in theirs and "integer" not in found:
        found.append("integer")
    return found[0] if len(found) == 1 else found


def _as_list(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]


_JOINS: dict[str, Callable[[Any, Any], Any]] = {
    "type": _types,
    "enum": lambda one, other: [value for value in one if any(same(value, item) for item in other)],
    "required": lambda one, other: sorted({*one, *other}),
    "minimum": max,
    "exclusiveMinimum": max,
    "minLength": max,
    "minItems": max,
    "minProperties": max,
    "maximum": min,
    "exclusiveMaximum": min,
    "maxLength": min,
    "maxItems": min,
    "maxProperties": min,
    "uniqueItems": lambda one, other: one or other,
}


def kinds(schema: Schema) -> list[str]:
    """The types that a schema admits, of those that JSON has; `integer` where only whole numbers are."""
    named = schema.get("type")
    found = list(KINDS) if named is None else _as_list(named)
    return [kind for kind in found if not (kind == "integer" and "number" in found)]


def alternatives(schema: Any) -> list[Alternative] | None:
    """The schema as a union of single-typed ones, `oneOf` read as `anyOf`; None if there are too many."""
    schema = flat(schema)
    if schema is False:
        return []
    if schema is True:
        return [Alternative({"type": kind}) for kind in KINDS]
    if "$ref" in schema:
        return [Alternative(schema)]
    rest = {key: value for key, value in schema.items() if key not in ("anyOf", "oneOf")}
    groups = [schema[key] for key in ("anyOf", "oneOf") if key in schema]
    found: list[Alternative] = []
    for chosen in product(*(list(enumerate(group)) for group in groups)):
        merged = rest or True
        for _, part in chosen:
            merged = both(merged, flat(part))
        branch = tuple(index for index, _ in chosen)
        found += _apart(merged, branch, deep=bool(groups)) or []
        if len(found) > MOST_ALTERNATIVES:
            return None
    return found


def _apart(schema: Any, branch: tuple[int, ...], *, deep: bool) -> list[Alternative]:
    if schema is False:
        return []
    if schema is True or (deep and any(key in schema for key in ("anyOf", "oneOf", "allOf"))):
        inner = alternatives(schema) if schema is True or "allOf" not in schema else None
        return [Alternative(each.schema, branch) for each in inner] if inner else [Alternative(schema, branch)]
    if "$ref" in schema:
        return [Alternative(schema, branch)]
    typed = (_of_kind(schema, kind) for kind in kinds(schema))
    return [Alternative(each, branch) for each in typed if each is not None]


def _of_kind(schema: Schema, kind: str) -> Schema | None:
    """The part of a schema that concerns one type; None if its enumeration has no such value."""
    mine = {key: value for key, value in schema.items() if _CONCERNS.get(key, kind) == kind or _number(key, kind)}
    mine["type"] = kind
    if "enum" in mine:
        mine["enum"] = [value for value in mine["enum"] if is_kind(value, kind)]
        if not mine["enum"]:
            return None
    return mine


def _number(key: str, kind: str) -> bool:
    return kind == "integer" and _CONCERNS.get(key) == "number"


def is_kind(value: Any, kind: str) -> bool:
    """Whether a JSON value has a type."""
    match value:
        case None:
            return kind == "null"
        case bool():
            return kind == "boolean"
        case int() | float():
            return kind == "number" or (kind == "integer" and value == int(value))
        case _:
            return isinstance(value, {"string": str, "array": list, "object": dict}.get(kind, ()))


_CONCERNS = {
    **dict.fromkeys(("minLength", "maxLength", "pattern", "format"), "string"),
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"), "number"),
    **dict.fromkeys(("items", "prefixItems", "minItems", "maxItems", "uniqueItems"), "array"),
    **dict.fromkeys(("contains", "minContains", "maxContains", "unevaluatedItems"), "array"),
    **dict.fromkeys(("properties", "patternProperties", "additionalProperties", "required"), "object"),
    **dict.fromkeys(("propertyNames", "minProperties", "maxProperties", "dependentRequired"), "object"),
    **dict.fromkeys(("dependentSchemas", "dependencies", "unevaluatedProperties"), "object"),
}
