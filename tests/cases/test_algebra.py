"""Laws of the algebra: what it calls empty holds nothing, and where it has no answer it says nothing."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.cases.algebra import canonical_form, is_empty

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
