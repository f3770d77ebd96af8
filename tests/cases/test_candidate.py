"""Laws of candidates: every limit is met and broken, each by values that meet all others."""

from __future__ import annotations

from typing import Any

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
