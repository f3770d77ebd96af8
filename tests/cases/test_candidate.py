"""Laws of candidates: every limit is met and broken, each by values that meet all others."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.cases.candidate import candidates
from conformance.cases.derive import derive
from conformance.cases.host import Hosts
from conformance.cases.plan import Plan
from tests.toy_contracts import asking, posting, read

BOOK = {
    "type": "object",
    "required": ["pages", "title"],
    "properties": {
        "pages": {"type": "integer", "minimum": 1, "maximum": 9},
        "title": {"type": "string", "minLength": 1, "maxLength": 9},
        "note": {"type": "string"},
    },
}


def hosts_of(document: dict[str, Any]) -> Hosts:
    """The hosts of the one operation of a document."""
    contract = read(document)
    (operation,) = contract.operations.values()
    return Hosts(contract, operation, {}, {}, {})


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


@pytest.mark.parametrize(("keyword", "length"), [("minLength", 3), ("maxLength", 10)])
def test_both_limits_of_a_length_are_tried(keyword: str, length: int) -> None:
    """Each limit of a length is sent as well as broken, however many ways there are to meet the other one."""
    title = {"type": "string", "minLength": 3, "maxLength": 10}
    hosts = hosts_of(asking({"name": "X-Title", "in": "header", "schema": title}))

    cases = derive(hosts, Plan("standard"))

    kept = [c.request["header"]["x-title"] for c in cases if c.id.startswith(f"find/request/header/x-title/{keyword}#")]
    assert length in {len(text) for text in kept}


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


@pytest.mark.parametrize("keyword", ["contains", "maxContains"])
def test_how_many_entries_fit(keyword: str) -> None:
    """Too few fitting entries break `contains`, too many `maxContains`, and as many as are allowed neither."""
    tags = {"type": "array", "items": {"type": "string"}, "contains": {"pattern": "^#"}, "maxContains": 2}
    hosts = hosts_of(posting({"type": "object", "properties": {"tags": tags}}))

    cases = derive(hosts, Plan("standard"))

    counts = {
        sum(str(tag).startswith("#") for tag in case.request["body"]["tags"])
        for case in cases
        if case.requirement == f"make/request/body/tags/{keyword}" and case.expect == "refuse"
    }
    assert (0 if keyword == "contains" else 3) in counts
    assert not {1, 2} & counts


def test_what_is_wrong_stands_last_in_a_short_array_too() -> None:
    """Where an array holds fewer than three entries, the wrong one stands last among as many as there may be."""
    kind = {"type": "array", "maxItems": 2, "items": {"type": "string", "enum": ["photo", "film"]}}
    hosts = hosts_of(asking({"name": "kind", "in": "query", "schema": kind}))

    cases = derive(hosts, Plan("standard"))

    tried = [c.request["query"]["kind"] for c in cases if c.requirement == "find/request/query/kind/*/enum" and c.twin]
    assert [entries for entries in tried if len(entries) == 2 and entries[0] in ("photo", "film")]


def test_a_second_line_is_searched_too() -> None:
    """Where a text may have several lines, a character that is forbidden stands on the second one."""
    lines = [c.value for c in candidates({"type": "string", "pattern": "^[^<>]*$"}, "pattern", "note")]
    one_line = [c.value for c in candidates({"type": "string", "pattern": "^[a-z]*$"}, "pattern", "note")]

    assert "note\n<" in lines
    assert not [value for value in one_line if value.startswith("note\n") and len(value) == 6 and value[-1] != "b"]


def test_a_wrong_type_stands_in_the_second_entry_too() -> None:
    """Who checks the type of the first entry only is asked for the second, by more than one type."""
    cases = derive(hosts_of(posting({"type": "array", "items": {"type": "string"}})), Plan())

    second = [
        case.request["body"][1]
        for case in cases
        if case.requirement.endswith("/*/type") and case.expect == "refuse" and len(case.request["body"]) == 2
    ]
    assert len({type(value) for value in second}) > 2


@pytest.mark.parametrize("name", ["hostname", "email", "uri"])
def test_a_text_of_a_format_may_be_too_long(name: str) -> None:
    """A length beside a format is broken by a text that keeps the format, and just kept by another."""
    text = {"type": "string", "format": name, "maxLength": 70}
    cases = derive(hosts_of(posting({"type": "object", "properties": {"it": text}})), Plan())

    about = [case for case in cases if case.requirement.endswith("/it/maxLength")]
    lengths = {
        expect: {len(c.request["body"]["it"]) for c in about if c.expect == expect} for expect in ("accept", "refuse")
    }

    assert 71 in lengths["refuse"]
    assert 70 in lengths["accept"]


@pytest.mark.parametrize("keyword", ["minContains", "maxContains"])
def test_a_number_of_nothing(keyword: str) -> None:
    """How many entries fit says nothing where no entry has to."""
    assert list(candidates({"type": "array", keyword: 2}, keyword, [])) == []
