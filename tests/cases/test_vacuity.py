"""Laws of vacuous constraints: what is called one cannot be violated, and what is named instead is why."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.cases.vacuity import because, is_vacuous, reason
from conformance.requirements.derive import request_keywords
from tests.toy_contracts import only_operation, posting


def reasons(schema: Any) -> dict[str, str]:
    """Why keywords of a body are vacuous, by their place below the body."""
    operation = only_operation(posting(schema))
    found = [(p, reason(operation.request_schema, p)) for p in request_keywords(operation)]
    assert all((why is not None) is is_vacuous(operation.request_schema, p) for p, why in found)
    return {p.requirement.id.removeprefix("make/request/body"): why for p, why in found if why is not None}


@pytest.mark.parametrize(
    ("schema", "place", "instead"),
    [
        ({"type": "string", "enum": ["a"], "maxLength": 5}, "/maxLength", "enum"),
        ({"type": "integer", "minimum": 3, "exclusiveMinimum": 5}, "/minimum", "exclusiveMinimum"),
        (
            {"type": "object", "required": ["a", "b"], "dependentRequired": {"b": ["a"]}},
            "/a/required",
            "dependentRequired",
        ),
        ({"allOf": [{"maxLength": 300}, {"maxLength": 5}]}, "/maxLength", "another branch of allOf"),
        ({"type": "string", "minimum": 3}, "/minimum", "type"),
    ],
)
def test_what_refuses_as_much_is_named(schema: Any, place: str, instead: str) -> None:
    """A constraint that others imply is found, at its place or beside the branch it stands in, and they are named."""
    assert instead in reasons(schema)[place]


def test_what_refuses_nothing_at_all() -> None:
    """A constraint that every value satisfies needs nothing beside it."""
    assert reasons({"type": "string", "minLength": 0, "maxLength": 4}) == {
        "/minLength": "nothing can violate this constraint: it admits every value"
    }


def test_what_can_be_violated_is_no_finding() -> None:
    """Constraints that each refuse something of their own are none, in branches too."""
    assert reasons({"type": "string", "minLength": 1, "maxLength": 5, "pattern": "^[a-z]*$"}) == {}
    assert reasons({"allOf": [{"type": "object", "required": ["a"]}, {"required": ["b"]}]}) == {}
    assert reasons({"type": "object", "properties": {"allOf": {"type": "string", "maxLength": 3}}}) == {}


def test_nothing_more_is_named_than_is_needed() -> None:
    """Keywords that are beside the point are not named."""
    assert because({"title": "t", "pattern": "x", "enum": ["xa"], "maxLength": 5}, ("maxLength",)) == ["enum"]
