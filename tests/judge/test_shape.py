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


NAMES = ("lives", "then", "oneOf", "properties", "items", "prefixItems")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("outer", [None, "properties", "patternProperties"])
def test_what_another_alternative_takes_shows_nothing(outer: str | None, name: str) -> None:
    """A value that fits inside an alternative, but does not take it, shows nothing of it, whatever members are called.

    So it is at the top, in a member of the same name, and in one whose name has to match such a name.
    """
    kinds = [
        {"title": kind, "properties": {"kind": {"const": kind}, name: {"type": "integer", "maximum": most}}}
        for kind, most in (("cat", 9), ("dog", 12))
    ]
    choice = {"oneOf": kinds}
    operation = only_operation(answering(choice if outer is None else {outer: {name: choice}}))
    place = {None: "", "properties": f"/{name}", "patternProperties": "/*"}[outer]
    cat, dog = (f"200/body{place}/{name}({kind})/maximum" for kind in ("cat", "dog"))

    def shown(pet: dict[str, Any]) -> set[str]:
        return {cat, dog} & set(findings(pet if outer is None else {name: pet}, operation=operation))

    assert shown({"kind": "cat", name: 7}) == {cat}
    assert shown({"kind": "dog", name: 7}) == {dog}
