"""Laws of built values: a place that a schema path leads to is there, and the rest stays as it was where it can."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.cases.build import Path, build
from tests.cases.independent import is_valid

NUMBER: dict[str, Any] = {"enum": [3, 4, 5, 7, 8, 9]}
PET: dict[str, Any] = {
    "type": "object",
    "required": ["kind"],
    "properties": {"kind": {"enum": ["cat", "dog"]}, "name": {"type": "string"}},
    "if": {"properties": {"kind": {"const": "cat"}}},
    "then": {"required": ["lives"], "properties": {"lives": NUMBER}},
    "else": {"properties": {"lives": False, "tail": NUMBER}},
}
CHOICE: dict[str, Any] = {
    "type": "object",
    "properties": {"name": {"type": "string"}},
    "oneOf": [
        {"required": ["a"], "properties": {"a": NUMBER}},
        {"required": ["b"], "properties": {"b": {"const": 5}}},
    ],
}
PAIR: dict[str, Any] = {"type": "array", "prefixItems": [{"const": "x"}, NUMBER], "items": {"enum": [True, False]}}
PLACES: dict[str, tuple[dict[str, Any], str, Any, Any, Path]] = {
    "a member": ({"properties": {"a": NUMBER}}, "properties a", {"b": 1}, {"b": 1, "a": 3}, ("a",)),
    "a member that is there": ({"properties": {"a": NUMBER}}, "properties a", {"a": 7}, {"a": 7}, ("a",)),
    "a member of no object": ({"properties": {"a": NUMBER}}, "properties a", [1], {"a": 3}, ("a",)),
    "any member": ({"additionalProperties": NUMBER}, "additionalProperties", {}, {"k0": 3}, ("k0",)),
    "any member of no object": ({"additionalProperties": NUMBER}, "additionalProperties", 1, {"k0": 3}, ("k0",)),
    "any member that is there": (
        {"properties": {"a": {}}, "additionalProperties": NUMBER},
        "additionalProperties",
        {"a": 1, "z": 9},
        {"a": 1, "z": 9},
        ("z",),
    ),
    "a member called so": ({"patternProperties": {"^x$": NUMBER}}, "patternProperties ^x$", {"y": 1}, None, ("x",)),
    "a member called so that is there": (
        {"patternProperties": {"^x$": NUMBER}},
        "patternProperties ^x$",
        {"x": 8, "y": 1},
        {"x": 8, "y": 1},
        ("x",),
    ),
    "an entry": ({"items": NUMBER}, "items", [], [3], (0,)),
    "an entry that is there": ({"items": NUMBER}, "items", [7, 8], [7, 8], (0,)),
    "an entry of no array": ({"items": NUMBER}, "items", "x", [3], (0,)),
    "an entry behind others": (PAIR, "items", ["x"], ["x", 3, True], (2,)),
    "an entry behind others that is there": (PAIR, "items", ["x", 4, True, False], ["x", 4, True, False], (2,)),
    "one entry": (PAIR, "prefixItems 1", [], ["x", 3], (1,)),
    "one entry that is there": (PAIR, "prefixItems 1", ["x", 4, True], ["x", 4, True], (1,)),
    "one entry of no array": (PAIR, "prefixItems 1", {}, ["x", 3], (1,)),
    "a part": ({"allOf": [{"properties": {"a": NUMBER}}]}, "allOf 0 properties a", {"b": 1}, {"b": 1, "a": 3}, ("a",)),
    "a choice that is taken": (CHOICE, "oneOf 0 properties a", {"a": 7, "name": "x"}, {"a": 7, "name": "x"}, ("a",)),
    "a choice that is not": (CHOICE, "oneOf 1 properties b", {"a": 7, "name": "x"}, {"b": 5}, ("b",)),
    "deep": (
        {"properties": {"a": {"items": {"properties": {"b": NUMBER}}}}},
        "properties a items properties b",
        {"a": [{"c": 1}, {"b": 4}]},
        {"a": [{"c": 1, "b": 3}, {"b": 4}]},
        ("a", 0, "b"),
    ),
    "then, taken": (PET, "then properties lives", {"kind": "cat", "lives": 9}, {"kind": "cat", "lives": 9}, ("lives",)),
    "then, not taken": (
        PET,
        "then properties lives",
        {"kind": "dog", "name": "x"},
        {"kind": "cat", "name": "x", "lives": 3},
        ("lives",),
    ),
    "then, taken and broken": (
        PET,
        "then properties lives",
        {"kind": "cat", "name": "x"},
        {"kind": "cat", "name": "x", "lives": 3},
        ("lives",),
    ),
    "then, fitting but not taken": (
        {**PET, "then": {"properties": {"name": {"const": "Tom"}}}},
        "then properties name",
        {"kind": "dog", "name": "Tom"},
        {"kind": "cat", "name": "Tom"},
        ("name",),
    ),
    "then, taken and wrong": (
        PET,
        "then properties lives",
        {"kind": "cat", "lives": 1, "name": "x"},
        {"kind": "cat", "lives": 3, "name": "x"},
        ("lives",),
    ),
    "else, taken": (PET, "else properties tail", {"kind": "dog", "tail": 5}, {"kind": "dog", "tail": 5}, ("tail",)),
    "else, not taken": (
        PET,
        "else properties tail",
        {"kind": "cat", "lives": 9, "name": "x"},
        {"kind": "dog", "tail": 3},
        ("tail",),
    ),
    "alternative of what is closed": (
        {
            "type": "object",
            "unevaluatedProperties": False,
            "oneOf": [
                {"required": ["a"], "properties": {"a": {"type": "string"}}},
                {"required": ["b"], "properties": {"b": NUMBER}},
            ],
        },
        "oneOf 1 properties b",
        {"a": "x"},
        {"b": 3},
        ("b",),
    ),
    "then without a condition": ({"then": {"properties": {"a": NUMBER}}}, "then properties a", {}, {"a": 3}, ("a",)),
    "then of no object": (
        {"if": {"type": "array"}, "then": {"minItems": 1, "items": NUMBER}, "else": {"type": "string"}},
        "then items",
        "x",
        [3],
        (0,),
    ),
}


def at(value: Any, place: Path) -> Any:
    """What stands at a place."""
    for part in place:
        value = value[part]
    return value


@pytest.mark.parametrize("name", PLACES)
def test_the_place_is_there(name: str) -> None:
    """The built value is valid, has something at the place, and keeps of what was there all that it can."""
    schema, path, existing, expected, place = PLACES[name]
    parts = tuple(int(part) if part.isdigit() else part for part in path.split())

    value, found = build(schema, parts, existing)

    assert found == place
    assert is_valid(schema, value)
    assert at(value, place) is not None
    assert value == (expected if expected is not None else {**existing, place[0]: 3})


def test_examples_of_the_whole_say_nothing_of_a_branch() -> None:
    """An example that takes the other branch of a condition is not what this branch is made of."""
    schema = {**PET, "examples": [{"kind": "dog"}]}

    value, _ = build(schema, ("then", "properties", "lives"), {"kind": "dog"})

    assert value == {"kind": "cat", "lives": 3}
