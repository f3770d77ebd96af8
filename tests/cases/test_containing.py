"""Laws of values that contain a place: they are valid, and something stands there."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.cases.containing import breaking, containing
from conformance.requirements.oracle import relax
from conformance.requirements.site import values_at
from tests.cases.independent import is_valid

OBJECT: dict[str, Any] = {"type": "object"}
PLACES: list[tuple[dict[str, Any], str, str]] = [
    (
        {
            "allOf": [
                {"properties": {"a": {"type": "integer"}}, "required": ["a"]},
                {"properties": {"b": {}}, "required": ["b"]},
            ]
        },
        "allOf 0 properties a",
        "/a",
    ),
    ({**OBJECT, "patternProperties": {"^x-[a-z]+$": {"type": "integer"}}}, "patternProperties ^x-[a-z]+$", "/*"),
    ({**OBJECT, "additionalProperties": {"type": "integer"}}, "additionalProperties", "/*"),
    (
        {"prefixItems": [{"type": "boolean"}, {"type": "boolean"}], "items": False, "uniqueItems": True},
        "prefixItems 1",
        "/1",
    ),
    ({"type": "array", "prefixItems": [{"const": 1}], "items": {"const": 2}}, "items", "/1"),
    (
        {
            "properties": {"a": {"type": "string"}},
            "oneOf": [
                {"properties": {"b": {"const": 1}}, "required": ["b"]},
                {"properties": {"c": {"const": 2}}, "required": ["c"]},
            ],
            "unevaluatedProperties": False,
        },
        "oneOf 1 properties c",
        "/c",
    ),
    (
        {"if": {"const": 1}, "then": {"type": "integer"}, "else": {**OBJECT, "properties": {"a": {}}}},
        "else properties a",
        "/a",
    ),
    ({"properties": {"a": {"properties": {"b": {}}}}}, "properties a properties b", "/a/b"),
    ({"allOf": [{"properties": {"a": {}}}]}, "allOf 0 properties a", "/a"),
    ({**OBJECT, "dependentSchemas": {"k": {"properties": {"a": {}}}}}, "dependentSchemas k properties a", "/a"),
    ({"anyOf": [{"properties": {"a": {}}}, {"properties": {"b": {"const": 1}}}]}, "anyOf 1 properties b", "/b"),
    ({"oneOf": [{**OBJECT, "properties": {"a": {}}}, {"const": 1}]}, "oneOf 0 properties a", "/a"),
    ({"then": {"properties": {"a": {"const": 1}}}}, "then properties a", "/a"),
    ({**OBJECT, "if": {"required": ["k"]}, "else": {"properties": {"a": {}}}}, "else properties a", "/a"),
    ({"if": {"required": ["k"]}, "then": {"properties": {"a": {"type": "integer"}}}}, "then properties a", "/a"),
]


@pytest.mark.parametrize(("schema", "path", "pointer"), PLACES, ids=[path for _, path, _ in PLACES])
def test_the_place_is_there(schema: Any, path: str, pointer: str) -> None:
    """Some value is found; each is valid and has something at the place."""
    parts = tuple(int(part) if part.isdigit() else part for part in path.split())

    found = list(containing(schema, parts))

    assert found
    assert all(is_valid(schema, value) for value in found)
    assert all(any(True for _ in values_at(value, pointer)) for value in found)


BRANCHES: list[tuple[dict[str, Any], str, dict[str, Any]]] = [
    ({"if": {"required": ["k"]}, "then": {"properties": {"a": {}}}}, "then properties a", {"required": ["k"]}),
    (
        {**OBJECT, "if": {"required": ["k"]}, "else": {"properties": {"a": {}}}},
        "else properties a",
        {"not": {"required": ["k"]}},
    ),
    ({"dependentSchemas": {"k": {"properties": {"a": {}}}}}, "dependentSchemas k properties a", {"required": ["k"]}),
    (
        {"anyOf": [{"required": ["k"], "properties": {"a": {}}}, {"properties": {"a": {"const": 1}}}]},
        "anyOf 0 properties a",
        {"required": ["k"]},
    ),
]


@pytest.mark.parametrize(("schema", "path", "taken"), BRANCHES, ids=[path for _, path, _ in BRANCHES])
def test_the_way_there_is_taken(schema: Any, path: str, taken: Any) -> None:
    """Each value takes the alternative, or the branch of a condition, that leads to the place."""
    parts = tuple(int(part) if part.isdigit() else part for part in path.split())

    found = list(containing(schema, parts))

    assert found
    assert all(is_valid(taken, value) for value in found)


def test_what_cannot_be_there() -> None:
    """A place that no valid value has is in none."""
    assert list(containing({"else": {"properties": {"a": {}}}}, ("else", "properties", "a"))) == []
    assert list(containing({"properties": {"a": {"type": "integer"}}, "maxProperties": 0}, ("properties", "a"))) == []


LIKE = {"oneOf": [{**OBJECT, "properties": {"a": {"type": "string"}}}, {**OBJECT, "properties": {"b": {"const": 1}}}]}
BROKEN: list[tuple[dict[str, Any], str]] = [
    (LIKE, "oneOf 0 properties a type"),
    ({"dependentSchemas": {"k": LIKE}}, "dependentSchemas k oneOf 0 properties a type"),
    (LIKE, "oneOf 1 properties b const"),
    ({"anyOf": LIKE["oneOf"]}, "anyOf 0 properties a type"),
    ({**OBJECT, "properties": {"c": {"type": "array", "items": LIKE}}}, "properties c items oneOf 0 properties a type"),
    ({**OBJECT, "additionalProperties": LIKE}, "additionalProperties oneOf 0 properties a type"),
    ({"type": "array", "prefixItems": [{"const": 1}, LIKE]}, "prefixItems 1 oneOf 0 properties a type"),
    ({**OBJECT, "patternProperties": {"^x": LIKE}}, "patternProperties ^x oneOf 0 properties a type"),
    ({"allOf": [{**OBJECT, "required": ["a"]}, {"minProperties": 1}]}, "allOf 0 required a"),
    ({**OBJECT, "properties": {"required": {"type": "integer"}}}, "properties required type"),
    ({**OBJECT, "if": {"required": ["k"]}, "then": {"properties": {"a": {"const": 1}}}}, "then properties a const"),
    ({**OBJECT, "if": {"required": ["k"]}, "else": {"required": ["m"]}}, "else required m"),
]


@pytest.mark.parametrize(("schema", "path"), BROKEN, ids=[path for _, path in BROKEN])
def test_a_keyword_within_is_broken(schema: Any, path: str) -> None:
    """Some value is found that the schema refuses, and accepts without the keyword."""
    parts = tuple(int(part) if part.isdigit() else part for part in path.split())

    found = list(breaking(schema, parts))

    assert found
    assert all(is_valid(relax(schema, parts), value) and not is_valid(schema, value) for value in found)


def test_what_another_alternative_admits_is_not_broken() -> None:
    """Where another alternative takes whatever the keyword refuses, there is no value."""
    assert list(breaking({"anyOf": [{"type": "string"}, {}]}, ("anyOf", 0, "type"))) == []
