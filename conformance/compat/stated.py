"""A schema reduced to what it demands: no annotations, formats of numbers as limits, one spelling for one thing."""

from __future__ import annotations

import marshal
from collections.abc import Mapping
from typing import Any

from conformance.contract.schema import Schema

KINDS = ("null", "boolean", "number", "string", "array", "object")
ITEMS_AND_MEMBERS = ("items", "additionalProperties", "unevaluatedItems", "unevaluatedProperties")
SCHEMAS_IN = (*ITEMS_AND_MEMBERS, "not", "if", "then", "else", "contains", "propertyNames")
LISTS_IN = ("allOf", "anyOf", "oneOf", "prefixItems")
MAPS_IN = ("properties", "patternProperties", "dependentSchemas")
_LIMITS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength")
_COUNTS = ("minItems", "maxItems", "uniqueItems", "minContains", "maxContains", "minProperties", "maxProperties")
_OTHERS = ("$ref", "type", "enum", "const", "required", "format", "pattern", "dependentRequired", "dependencies")
_DEMANDS = frozenset((*SCHEMAS_IN, *LISTS_IN, *MAPS_IN, *_LIMITS, *_COUNTS, *_OTHERS))
_BITS = {"int32": 31, "int64": 63}
_ANY_NUMBER = ("float", "double")  # every number of JSON is one; how precisely it is kept is not stated


def stated(schema: Any) -> Any:
    """The same set of values, said without annotations; True and False are kept, `{}` becomes True."""
    if not isinstance(schema, dict):
        return schema
    found = {key: _value(key, value) for key, value in schema.items() if key in _DEMANDS}
    if "const" in found:
        found = _as_enumeration(found)
    if "format" in found:
        found = _without_number_format(found)
    if "type" in found and not _known(found["type"]):
        return False  # no value of JSON has such a type
    return _tidied(found) or True


def _known(named: Any) -> bool:
    return all(name in (*KINDS, "integer") for name in (named if isinstance(named, list) else [named]))


def _value(key: str, value: Any) -> Any:
    if key in SCHEMAS_IN:
        return stated(value)
    if key in LISTS_IN and isinstance(value, list):
        return [stated(item) for item in value]
    if key in MAPS_IN and isinstance(value, Mapping):
        return {name: stated(item) for name, item in value.items()}
    return value


def _as_enumeration(schema: Schema) -> Schema:
    const = schema.pop("const")
    if "enum" in schema:
        return {**schema, "enum": [value for value in schema["enum"] if same(value, const)]}
    return {**schema, "enum": [const]}


def identical(one: Any, other: Any) -> bool:
    """Whether two JSON values are written alike; quick, and False for a mere other order."""
    return bool(one == other) and marshal.dumps(one, 2) == marshal.dumps(other, 2)


def same(one: Any, other: Any) -> bool:
    """Whether two JSON values are equal: true is not 1, but 1.0 is."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)


def _without_number_format(schema: Schema) -> Schema:
    """A format of numbers says nothing of texts, and for integers it is a pair of limits."""
    kind, name = schema.get("type"), schema["format"]
    kinds = kind if isinstance(kind, list) else [kind]
    numeric = bool({"integer", "number"} & set(kinds))
    if name in _ANY_NUMBER or (numeric and "string" not in kinds and name not in _BITS):
        return {key: value for key, value in schema.items() if key != "format"}
    if not numeric or name not in _BITS:
        return schema
    limit = 1 << _BITS[name]
    low = max(-limit, schema.get("minimum", -limit))
    high = min(limit - 1, schema.get("maximum", limit - 1))
    return {**{k: v for k, v in schema.items() if k != "format"}, "minimum": low, "maximum": high}


def _tidied(schema: Schema) -> Schema:
    """Without keywords that demand nothing."""
    nothing = {
        "required": [],
        "properties": {},
        "minLength": 0,
        "minItems": 0,
        "minProperties": 0,
        "uniqueItems": False,
    }
    tidy = {key: value for key, value in schema.items() if key not in nothing or value != nothing[key]}
    if isinstance(tidy.get("type"), list) and len(tidy["type"]) == 1:
        tidy["type"] = tidy["type"][0]
    if "required" in tidy:
        tidy["required"] = sorted(set(tidy["required"]))
    if "allOf" in tidy:
        tidy["allOf"] = [item for item in tidy["allOf"] if item is not True]
        if not tidy["allOf"]:
            del tidy["allOf"]
    return tidy
