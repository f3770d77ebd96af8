"""Laws of candidates: every limit is met and broken, each by values that meet all others."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.cases.candidate import candidates
from conformance.cases.case import Candidate
from conformance.cases.derive import derive
from conformance.cases.plan import Plan
from tests.toy_contracts import asking, hosts_of, posting

BOOK = {
    "type": "object",
    "required": ["pages", "title"],
    "properties": {
        "pages": {"type": "integer", "minimum": 1, "maximum": 9},
        "title": {"type": "string", "minLength": 1, "maxLength": 9},
        "note": {"type": "string"},
    },
}


def test_a_limit_is_tried_by_its_own_case_alone() -> None:
    """Hosts keep away from limits: a target that refuses the least value refuses that case, not all others too."""
    hosts = hosts_of(posting(BOOK))

    cases = [c for c in derive(hosts, Plan("standard")) if c.expect == "accept" and " with " not in c.id]

    least = {c.requirement for c in cases if c.request["body"].get("pages") == 1}
    shortest = {c.requirement for c in cases if len(c.request["body"].get("title", "  ")) == 1}
    assert least
    assert all("/body/pages/" in name for name in least)
    assert shortest
    assert all("/body/title/" in name for name in shortest)


def test_a_fraction_within_the_limits() -> None:
    """That an integer is meant shows a fraction that every other keyword lets pass."""
    pages = {"type": "integer", "minimum": 1950, "maximum": 2030}
    hosts = hosts_of(posting({"type": "object", "properties": {"pages": pages}}))

    cases = derive(hosts, Plan("standard"))

    tried = [c.request["body"]["pages"] for c in cases if c.requirement == "make/request/body/pages/type" and c.twin]
    assert any(isinstance(value, float) and 1950 < value < 2030 for value in tried)


def test_an_object_in_the_query() -> None:
    """A member that a deepObject does not know is sent, and so is whatever a parameter of JSON may be broken by."""
    deep = {"type": "object", "additionalProperties": False, "properties": {"kind": {"type": "string"}}}
    parameters: list[dict[str, Any]] = [
        {"name": "filter", "in": "query", "style": "deepObject", "schema": deep},
        {"name": "near", "in": "query", "content": {"application/json": {"schema": {"type": "object"}}}},
    ]
    hosts = hosts_of(asking(*parameters))

    cases = derive(hosts, Plan("standard"))

    assert [c for c in cases if c.requirement == "find/request/query/filter/additionalProperties" and c.twin]


def test_a_wrong_type_stands_in_the_second_entry_too() -> None:
    """Who checks the type of the first entry only is asked for the second, by more than one type."""
    cases = derive(hosts_of(posting({"type": "array", "items": {"type": "string"}})), Plan())

    second = [
        case.request["body"][1]
        for case in cases
        if case.requirement.endswith("/*/type") and case.expect == "refuse" and len(case.request["body"]) == 2
    ]
    assert len({type(value) for value in second}) > 2


def test_a_listed_text_in_another_case() -> None:
    """Whatever the list begins with, one of its texts is tried in the other case."""
    hosts = hosts_of(posting({"enum": [".", "X", "o"]}))

    cases = derive(hosts, Plan("standard"))

    assert "x" in [c.request["body"] for c in cases if c.requirement == "make/request/body/enum" and c.twin]


def test_a_null_is_told_once() -> None:
    """Its type says as much as its value."""
    assert Candidate(None, "null", 0) in list(candidates({"type": "integer"}, "type", 3))
    assert Candidate(None, "null", 1) in list(candidates({"enum": ["a"]}, "enum", "a"))


CARD: dict[str, Any] = {"dependentRequired": {"card": ["cvc", "owner"]}, "properties": {"card": {"const": 7}}}


@pytest.mark.parametrize("current", [{"cvc": 1, "owner": "x"}, {"cvc": 1, "owner": "x", "card": 8}])
def test_what_another_member_needs(current: Any) -> None:
    """Beside a valid member that needs others, each of these is gone in its turn."""
    assert list(candidates(CARD, "dependentRequired", current)) == [
        Candidate({"owner": "x", "card": 7}, "card without cvc", 0),
        Candidate({"cvc": 1, "card": 7}, "card without owner", 0),
    ]


def test_what_an_unknown_member_needs() -> None:
    """A member that nothing describes may be anything, but is there."""
    (made,) = candidates({"dependentRequired": {"card": ["cvc"]}}, "dependentRequired", {})

    assert (set(made.value), made.sent) == ({"card"}, "card without cvc")


PAID: dict[str, Any] = {
    "if": {"required": ["kind"], "properties": {"kind": {"const": "card"}}},
    "then": {"required": ["number"], "properties": {"number": {"const": 7}, "any": True}},
    "else": {"required": ["cash"]},
}


def test_what_a_condition_asks_for() -> None:
    """With the condition met and as it stands, what either branch needs is gone or wrong."""
    made = list(candidates(PAID, "if", {"number": 7, "cash": 2}))

    for met in ({"kind": "card"}, {}):
        assert Candidate({**met, "cash": 2}, "without number", 0) in made
        assert Candidate({**met, "number": 7}, "without cash", 0) in made
        wrong = [each for each in made if each.value == {**met, "cash": 2, "number": None}]
        assert [each.sent for each in wrong] == ["number null"]
    assert not [each for each in made if "any" in each.value]


@pytest.mark.parametrize(
    ("schema", "keyword", "current"),
    [
        (PAID, "if", "no object"),
        ({"if": True, "then": False}, "if", {}),
        ({"if": {"required": ["a"]}, "then": False, "else": True}, "if", {}),
        ({"if": {"required": ["a"]}}, "if", {}),
        (CARD, "dependentRequired", None),
        ({"propertyNames": {"maxLength": 3}}, "propertyNames", None),
        ({"propertyNames": False}, "propertyNames", {"a": 1}),
        ({}, "propertyNames", {"a": 1}),
    ],
)
def test_of_what_nothing_can_be_made(schema: Any, keyword: str, current: Any) -> None:
    """Another type, or a keyword that asks for nothing in particular, has no candidates."""
    assert list(candidates(schema, keyword, current)) == []


@pytest.mark.parametrize(
    ("current", "unwanted", "value"),
    [
        ({"b": 1}, {"required": ["a"], "properties": {"a": {"const": 2}}}, {"b": 1, "a": 2}),
        ("text", {"type": "object", "required": ["a"], "properties": {"a": {"const": 2}}}, {"a": 2}),
        ({"b": 1}, {"const": 3}, 3),
    ],
)
def test_what_may_not_be(current: Any, unwanted: Any, value: Any) -> None:
    """What is excluded stands beside the members that are there, or instead of the value."""
    assert value in [made.value for made in candidates({"not": unwanted}, "not", current)]


@pytest.mark.parametrize(("current", "value"), [({"x": 5}, 5), ({}, "a")])
def test_names_at_their_limits(current: Any, value: Any) -> None:
    """A member with a value like that of the others gets names that are just right and just wrong."""
    made = list(candidates({"propertyNames": {"maxLength": 3}}, "propertyNames", current))

    assert Candidate({**current, "aaa": value}, 'a member "aaa"', 0) in made
    assert {3, 4} <= {len(name) for each in made for name in each.value if name != "x"}
    assert all(set(current) <= set(each.value) and set(each.value.values()) == {value} for each in made)


@pytest.mark.parametrize(("keyword", "expect"), [("oneOf", "refuse"), ("anyOf", "accept")])
@pytest.mark.parametrize("closed", [False, True])
def test_two_alternatives_at_once(keyword: str, expect: str, closed: bool) -> None:
    """What has the members of two alternatives fits no single one; where any will do, it may fit both."""
    parts = [{"type": "object", "required": [n], "properties": {n: {"type": "integer"}}} for n in ("a", "b")]
    shut = {"additionalProperties": False} if closed else {}
    cases = derive(hosts_of(posting({"type": "object", keyword: [{**part, **shut} for part in parts]})), Plan())

    bodies = [(c.request.get("body"), c.expect) for c in cases if c.requirement.endswith(keyword)]
    both = {expect for body, expect in bodies if isinstance(body, dict) and set(body) == {"a", "b"}}

    assert both == {"refuse" if closed else expect}


@pytest.mark.parametrize("rule", [{"pattern": "^[a-z]{1,8}$"}, {"enum": ["de", "en", "fr", "es"]}, {"minLength": 3}])
def test_members_have_names_that_they_may_have(rule: Any) -> None:
    """Where the names of a map are limited, what is wrong with its values, or with their number, is still tried."""
    values = {"type": "integer", "minimum": 0}
    words = {"type": "object", "propertyNames": rule, "additionalProperties": values, "maxProperties": 3}
    cases = derive(hosts_of(posting({"type": "object", "properties": {"words": words}})), Plan())

    broken = {case.requirement.partition("/words/")[2] for case in cases if case.expect == "refuse"}

    assert broken >= {"*/type", "*/minimum", "maxProperties"}
