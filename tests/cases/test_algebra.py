"""Laws of the algebra: what it calls empty holds nothing, and where it has no answer it says nothing."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.cases.algebra import canonical_form, is_empty, is_within

LOOKING_AHEAD = {"type": "string", "pattern": "^(?=.*a)(?=.*b).*$"}


@pytest.mark.parametrize(
    ("schema", "empty"),
    [
        (False, True),
        ({"allOf": [{"type": "string"}, {"type": "integer"}]}, True),
        ({"type": "integer", "minimum": 3, "maximum": 2}, True),
        (True, False),
        ({"type": "integer", "minimum": 3, "maximum": 3}, False),
    ],
)
def test_what_is_empty(schema: Any, empty: bool) -> None:
    """It is proved of a schema that admits nothing, and of no other."""
    assert is_empty(canonical_form(schema)) is empty


def test_no_answer_is_no_proof() -> None:
    """A schema that is not modelled is not called empty; nor is one whose reference leads nowhere."""
    for schema in (LOOKING_AHEAD, {"$ref": "conformance:/nowhere"}):
        assert not is_empty(canonical_form(schema))
    assert canonical_form({"$ref": "conformance:/nowhere"}) is None


@pytest.mark.parametrize(
    ("narrow", "wide", "within"),
    [
        ({"type": "integer", "minimum": 3}, {"type": "integer", "minimum": 2}, True),
        ({"type": "integer", "minimum": 2}, {"type": "integer", "minimum": 3}, False),
        ({"oneOf": [{"type": "integer"}, {"type": "string"}]}, {"type": ["string", "integer", "null"]}, True),
        (False, {"type": "string"}, True),
        (LOOKING_AHEAD, LOOKING_AHEAD, True),
        (LOOKING_AHEAD, {"type": "string"}, True),
        ({"type": "string"}, LOOKING_AHEAD, False),
        ({"$ref": "conformance:/nowhere"}, True, False),
        ({"type": "string"}, {"$ref": "conformance:/nowhere"}, False),
    ],
)
def test_what_lies_within(narrow: Any, wide: Any, *, within: bool) -> None:
    """It is proved of sets and of the same set; of what is not modelled nothing is proved, though it may be so."""
    assert is_within(canonical_form(narrow), canonical_form(wide)) is within
