"""Laws of the generator: it draws what the schema admits, and says so when it cannot."""

from __future__ import annotations

from typing import Any

import jsonschema_rs
import pytest
from hypothesis import find, given
from hypothesis import strategies as st

from conformance.generation import DRAFT_2020_12, strategy

FORMATS: dict[str, st.SearchStrategy[str]] = {"colour": st.sampled_from(["red", "green"])}

SCHEMAS: list[dict[str, Any]] = [
    {"type": "string", "minLength": 3, "maxLength": 5},
    {"type": "string", "pattern": "^[A-Z]{2}[0-9]$"},
    {"type": "string", "not": {"pattern": "[<>]"}, "maxLength": 8},
    {"type": "integer", "minimum": 3, "exclusiveMaximum": 6, "not": {"const": 4}},
    {"type": "array", "items": {"type": ["string", "null"]}, "minItems": 1, "maxItems": 3, "uniqueItems": True},
    {"type": "object", "properties": {"a": {"$ref": "#/$defs/a"}}, "required": ["a"], "$defs": {"a": {"enum": [1, 2]}}},
    {"oneOf": [{"type": "integer"}, {"type": "number", "multipleOf": 0.5}]},
]


@pytest.mark.parametrize("schema", SCHEMAS, ids=[str(index) for index in range(len(SCHEMAS))])
@given(data=st.data())
def test_every_value_drawn_is_valid(schema: dict[str, Any], data: st.DataObject) -> None:
    """What is drawn is what an independent validator accepts."""
    values = strategy(schema, FORMATS)
    assert values is not None

    value = data.draw(values)

    assert jsonschema_rs.is_valid(schema, value)


@given(data=st.data())
def test_a_format_draws_from_its_own_strategy(data: st.DataObject) -> None:
    """A named format is what the registry says it is."""
    values = strategy({"type": "object", "properties": {"c": {"format": "colour", "type": "string"}}}, FORMATS)
    assert values is not None

    value = data.draw(values)

    assert value.get("c") in {None, "red", "green"}


def test_values_shrink_to_the_limit() -> None:
    """The smallest value that breaks a wider limit is found."""
    values = strategy({"type": "string", "minLength": 4, "maxLength": 40}, FORMATS)
    assert values is not None

    assert len(find(values, lambda value: len(value) >= 7)) == 7


def test_a_schema_without_values_draws_nothing() -> None:
    """A contradiction is an empty strategy, not an error."""
    values = strategy({"type": "integer", "minimum": 2, "maximum": 1}, FORMATS)

    assert values is not None
    assert values.is_empty


@pytest.mark.parametrize(
    "schema",
    [{"type": "nonsense"}, {"type": "string", "pattern": "(("}, {"$ref": "http://elsewhere.invalid/schema"}],
    ids=["no such type", "no such pattern", "a reference out of the schema"],
)
def test_what_cannot_be_modelled_is_a_value(schema: dict[str, Any]) -> None:
    """The caller learns of a schema beyond the generator without an exception."""
    assert strategy(schema, FORMATS) is None


def test_the_draft_is_2020_12() -> None:
    """The number that the generator is given names the draft that we mean."""
    assert jsonschema_rs.Draft202012 == DRAFT_2020_12
