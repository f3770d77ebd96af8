"""What OpenAPI 3.0 spells otherwise than JSON Schema 2020-12: exclusive limits and null."""

from __future__ import annotations

from typing import Any, Literal

Schema = dict[str, Any]
NULL_UNCLEAR = "x-null-unclear"  # marks a schema of a request that may be meant to admit null, and does not


def name_limits(schema: Schema) -> None:
    """Exclusive limits, which 3.0 spells as booleans beside the others."""
    for exclusive, limit in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if isinstance(schema.get(exclusive), bool) and schema.pop(exclusive) and limit in schema:
            schema[exclusive] = schema.pop(limit)


def with_null(node: dict[str, Any], schema: Schema, direction: Literal["request", "response"]) -> Schema:
    """The schema with the null that 3.0 spells `nullable`.

    An `enum` and an `allOf` beside it still have to admit the null, and without a `type` it says nothing (clarified in
    3.0.3). Hardly anybody writes it so: what a server shows is read as it is meant, and nobody is asked to take what
    might be meant otherwise.
    """
    if node.get("nullable") is not True:
        return schema
    if isinstance(schema.get("type"), str) and not (direction == "response" and "allOf" in schema):
        schema["type"] = [schema["type"], "null"]
        if direction == "response" and "enum" in schema and None not in schema["enum"]:
            schema["enum"] = [*schema["enum"], None]
        elif "allOf" in schema or None not in schema.get("enum", [None]):
            schema[NULL_UNCLEAR] = True
        return schema
    return {**schema, NULL_UNCLEAR: True} if direction == "request" else {"anyOf": [schema, {"type": "null"}]}


def with_nulls(schema: Any) -> Any:
    """The schema of a request as it may be meant: null is admitted wherever that is unclear."""
    if isinstance(schema, list):
        return [with_nulls(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: with_nulls(value) for key, value in schema.items()}
    return {"anyOf": [made, {"type": "null"}]} if NULL_UNCLEAR in schema else made
