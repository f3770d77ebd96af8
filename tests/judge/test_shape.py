"""Laws of shapes: an answer shows only the keywords of those alternatives that it takes, wherever they stand."""

from __future__ import annotations

from typing import Any

import pytest

from tests.judge.test_answer import broken, findings
from tests.toy_contracts import answering, only_operation

CHOICE = {
    "oneOf": [{"title": "Text", "type": "string", "maxLength": 2}, {"title": "Many", "type": "array", "maxItems": 1}]
}


@pytest.mark.parametrize(
    ("schema", "text", "wrong", "many", "place"),
    [
        (CHOICE, "ab", "abc", [1], ""),
        ({"properties": {"a": CHOICE}}, {"a": "ab"}, {"a": "abc"}, {"a": []}, "/a"),
        ({"items": CHOICE}, ["ab"], ["abc"], [[]], "/*"),
        ({"prefixItems": [True, CHOICE]}, [1, "ab"], [1, "abc"], ["ab", []], "/1"),
        ({"additionalProperties": CHOICE}, {"x": "ab"}, {"x": "abc"}, {"x": []}, "/*"),
        ({"patternProperties": {"^x": CHOICE}}, {"x": "ab"}, {"x": "abc"}, {"x": []}, "/*"),
        ({"allOf": [{"properties": {"a": CHOICE}}]}, {"a": "ab"}, {"a": "abc"}, {"a": []}, "/a"),
        (
            {"items": {"properties": {"items": CHOICE}}},
            [{"items": "ab"}],
            [{"items": "abc"}],
            [{"items": []}],
            "/*/items",
        ),
    ],
    ids=["whole", "member", "entry", "one entry", "map", "some members", "part", "deep"],
)
def test_alternatives_at_any_place(schema: Any, text: Any, wrong: Any, many: Any, place: str) -> None:
    """A keyword of an alternative is shown by a value that takes it, broken by the one that all but takes it."""
    name = f"200/body{place}(Text)/maxLength"

    assert findings(text, operation=only_operation(answering(schema)))[name] is True
    assert broken(wrong, operation=only_operation(answering(schema))) == [name]
    assert name not in findings(many, operation=only_operation(answering(schema)))


@pytest.mark.parametrize("place", ["", "/a"])
def test_branches_of_a_condition(place: str) -> None:
    """What holds on a condition is shown by answers that keep it, and broken by name."""
    condition = {
        "if": {"properties": {"kind": {"const": "cat"}}},
        "then": {"properties": {"lives": {"type": "integer", "maximum": 9}}},
        "else": {"properties": {"lives": {"type": "integer", "maximum": 1}}},
    }
    schema = {"properties": {"a": condition}} if place else condition

    def said(body: Any) -> dict[str, bool]:
        return findings({"a": body} if place else body, operation=only_operation(answering(schema)))

    cat, dog = (f"200/body{place}/lives({branch})/maximum" for branch in ("then", "else"))
    assert said({"kind": "cat", "lives": 9})[cat] is True
    assert dog not in said({"kind": "cat", "lives": 9})
    assert said({"kind": "cat", "lives": 10})[cat] is False
    assert said({"kind": "dog", "lives": 1})[dog] is True
    assert said({"kind": "dog", "lives": 2})[dog] is False
