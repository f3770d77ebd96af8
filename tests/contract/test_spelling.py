"""Laws of spelling: what OpenAPI 3.0 says in its own words means what 3.1 says in those of JSON Schema."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.contract.spelling import with_nulls
from tests.contract.reading import accepts, received, sent


@pytest.mark.parametrize(
    ("schema", "good", "bad"),
    [
        ({"type": "string", "nullable": True, "maxLength": 1}, [None, "a"], ["ab", 1]),
        ({"type": "string", "nullable": False}, ["a"], [None]),
        ({"type": "string", "nullable": True, "enum": ["a", None]}, ["a", None], ["b"]),
        ({"type": "string", "nullable": True, "enum": ["a"]}, ["a"], [None, "b"]),
        ({"type": "integer", "minimum": 1, "exclusiveMinimum": True}, [2], [1, 0]),
        ({"type": "integer", "minimum": 1, "exclusiveMinimum": False}, [1], [0]),
        ({"type": "integer", "maximum": 9, "exclusiveMaximum": True}, [8], [9, 10]),
        ({"type": "integer", "exclusiveMaximum": True}, [10**9], ["a"]),
        ({"nullable": True, "allOf": [{"$ref": "#/components/schemas/Word"}]}, ["a"], [None, 1]),
        ({"nullable": True, "description": "anything"}, [None, "a", 1], []),
        ({"type": "array", "items": {"type": "string", "nullable": True}}, [[None, "a"]], [[1], None]),
        ({"type": "string", "pattern": r"^({[a-f]{2}}|\p{Lu}{1,}|\{})$"}, ["{ab}", "AÄ", "{}"], ["ab", "{a}", "a"]),
    ],
)
def test_spellings_of_3_0(schema: Any, good: list[Any], bad: list[Any]) -> None:
    """OpenAPI 3.0 spells null and exclusive limits otherwise; they mean the same as in 3.1."""
    read = sent(schema, openapi="3.0.3", components={"Word": {"type": "string"}})

    assert all(accepts(read, value) for value in good)
    assert not any(accepts(read, value) for value in bad)


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string", "nullable": True, "enum": ["a"]},
        {"type": "string", "nullable": True, "allOf": [{"$ref": "#/components/schemas/Word"}]},
        {"nullable": True, "allOf": [{"$ref": "#/components/schemas/Word"}]},
        {"nullable": True, "oneOf": [{"$ref": "#/components/schemas/Word"}, {"type": "string", "maxLength": 0}]},
    ],
)
def test_a_null_that_is_meant_may_be_shown(schema: Any) -> None:
    """What is called nullable is shown as null by most, whatever else the schema says; nobody is asked to take it."""
    options: Any = {"openapi": "3.0.3", "components": {"Word": {"type": "string"}}}

    assert accepts(received(schema, **options), None)
    assert accepts(received(schema, **options), "a")
    assert not accepts(received(schema, **options), 1)
    assert not accepts(sent(schema, **options), None)
    assert accepts(with_nulls(sent(schema, **options)), None)
    assert not accepts(with_nulls(sent(schema, **options)), 1)


def test_3_1_has_no_nullable() -> None:
    """In 3.1 `nullable` says nothing, and a limit may be exclusive by number."""
    assert not accepts(sent({"type": "string", "nullable": True}), None)
    assert not accepts(sent({"type": "integer", "exclusiveMinimum": 1}), 1)


def test_a_limit_of_3_0_may_be_a_boolean() -> None:
    """What is right in one version is read as such before it is looked at."""
    assert sent({"type": "number", "minimum": 1, "exclusiveMinimum": True}, openapi="3.0.3")["exclusiveMinimum"] == 1
