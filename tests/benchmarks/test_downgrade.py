"""Laws of the converter: older words, the same requests and answers."""

from __future__ import annotations

from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV30SpecValidator

from bench.downgrade import downgraded
from conformance.bundled import bundled_contract
from conformance.contract.document import load


def converted(schema: dict[str, Any], **patterns: str) -> Any:
    """A schema of the older document, and nothing around it."""
    document = {"openapi": "3.1.0", "info": {}, "components": {"schemas": {"A": schema, "B": {"type": "string"}}}}
    return downgraded(document, patterns)["components"]["schemas"]["A"]


@pytest.mark.parametrize(
    ("newer", "older"),
    [
        ({"type": ["string", "null"]}, {"type": "string", "nullable": True}),
        ({"const": 4}, {"enum": [4]}),
        ({"exclusiveMinimum": 0}, {"minimum": 0, "exclusiveMinimum": True}),
        ({"exclusiveMaximum": 9}, {"maximum": 9, "exclusiveMaximum": True}),
        ({"examples": ["a", "b"]}, {"example": "a"}),
        ({"x-conformance": {"source": {}}, "type": "string"}, {"type": "string"}),
        ({"$ref": "#/components/schemas/B"}, {"$ref": "#/components/schemas/B"}),
        ({"$ref": "#/components/schemas/B", "description": "b"}, {"type": "string", "description": "b"}),
        ({"format": "uuid"}, {"format": "uuid"}),
        ({"format": "own"}, {"pattern": "^own$"}),
        ({"default": {"examples": [1]}}, {"default": {"examples": [1]}}),
        ({"properties": {"default": {"type": ["string", "null"]}}},
         {"properties": {"default": {"type": "string", "nullable": True}}}),
    ],
)  # fmt: skip
def test_a_word_of_3_1_is_said_in_3_0(newer: dict[str, Any], older: dict[str, Any]) -> None:
    """Each word has its older form, deep inside too, and data is left as it is."""
    assert converted(newer, own="^own$") == older
    assert converted({"items": newer}, own="^own$") == {"items": older}


def test_what_3_0_cannot_say_is_not_guessed() -> None:
    """A choice of two types has no older form."""
    with pytest.raises(ValueError, match="one type"):
        converted({"type": ["string", "integer"]})


def test_our_contract_is_valid_in_3_0() -> None:
    """The whole contract becomes a document that a validator of 3.0 accepts, and the original stays as it was."""
    original = load(bundled_contract()).root

    older = downgraded(original, {})

    assert list(OpenAPIV30SpecValidator(older).iter_errors()) == []
    assert original["openapi"] == "3.1.0"
