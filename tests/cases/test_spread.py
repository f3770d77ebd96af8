"""Laws of the updates that stand among the refusals."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from conformance.cases.case import Case, Wire
from conformance.cases.derive import derive
from conformance.cases.host import Hosts
from conformance.cases.plan import Plan
from conformance.cases.spread import spread
from conformance.requirements.site import reaches
from tests.toy_contracts import JSON, SHELVES, changed, posting, read

STATE = {"room": 3, "name": "novels", "books": []}


def cases(contract: Any, operation: str, profile: str = "standard") -> list[Case]:
    """The cases of an operation in their order."""
    hosts = Hosts(contract, contract.operations[operation], {"shelf": "a-1"}, {"": STATE}, {})
    return derive(hosts, Plan(profile=profile))


def among(found: list[Case]) -> list[Case]:
    """The acceptances after the first refusal."""
    first = next(index for index, case in enumerate(found) if case.expect == "refuse")
    return [case for case in found[first:] if case.expect == "accept"]


def test_each_member_alone_among_the_refusals() -> None:
    """For each member one update names it and no other, with refusals before it and between."""
    found = cases(read(SHELVES), "changeShelf")

    lone = among(found)
    named = [[p for p in ("/body/name", "/body/books") if reaches(case.request, p)] for case in lone]
    places = [found.index(case) for case in lone]
    assert sorted(named) == [["/body/books"], ["/body/name"]]
    assert places[1] - places[0] > 20


def test_updates_that_name_no_member_stay_where_they_are() -> None:
    """What an update may say beside the members of the state is no member of its own."""
    path = ("paths", "/shelves/{shelf}", "put", "requestBody", "content", JSON, "schema", "properties", "note")
    lone = among(cases(read(changed(SHELVES, {"type": "string", "maxLength": 5}, *path)), "changeShelf"))

    named = [[p for p in ("/body/name", "/body/books") if reaches(case.request, p)] for case in lone]
    assert sorted(named) == [["/body/books"], ["/body/name"]]


def test_it_changes_the_member() -> None:
    """The value is another one than that of the request to start from."""
    bodies = [case.request["body"] for case in among(cases(read(SHELVES), "changeShelf"))]

    assert not [body for body in bodies if body.get("name") == "novels" or body.get("books") == ["emma"]]


def test_where_nothing_is_spread() -> None:
    """Quick runs and operations without a state keep acceptances before refusals."""
    plain = read(posting({"type": "object", "properties": {"name": {"type": "string", "maxLength": 3}}}))

    assert among(cases(read(SHELVES), "changeShelf", "quick")) == []
    assert among(cases(plain, "make")) == []


def updates(*bodies: dict[str, Any], **how: Any) -> list[Case]:
    """Accepted updates with these bodies, after as many refusals as they need to stand among."""
    path = {"path": {"shelf": "a-1"}}
    refused = [Case(f"r{n}", "r", "changeShelf", {**path, "body": {"name": n}}, "refuse", "") for n in range(8)]
    accepted = [Case(f"a{n}", "a", "changeShelf", {**path, "body": b}, "accept", "") for n, b in enumerate(bodies)]
    return [*(replace(case, **how) for case in accepted), *refused]


def ordered(found: list[Case]) -> list[str]:
    """The ids of cases as they are spread."""
    contract = read(SHELVES)
    hosts = Hosts(contract, contract.operations["changeShelf"], {"shelf": "a-1"}, {"": STATE}, {})
    return [case.id for case in spread(hosts, found)]


def test_of_two_updates_the_one_that_changes_something() -> None:
    """What names the usual value moves only where nothing else names the member alone."""
    usual = {"name": "novels"}  # as in the request to start from

    one = ordered(updates(usual, {"name": "other"}, {"name": "third"}, {"name": "other", "books": []}))
    alone = ordered(updates(usual))

    assert [name for name in one if name[0] == "a"] == ["a0", "a2", "a3", "a1"]
    assert one.index("r0") < one.index("a1")
    assert alone.index("r0") < alone.index("a0")


def test_of_two_updates_the_smaller_one() -> None:
    """After a large one fewer of the refusals could be told from what the state refuses."""
    found = ordered(updates({"books": ["a", "b", "c"]}, {"books": ["d"]}, {"books": ["e", "f"]}))

    assert [name for name in found if name[0] == "a"] == ["a0", "a2", "a1"]


def test_a_twin_only_where_nothing_else_names_its_member() -> None:
    """What proves refusals stays before them, if it can; where not, it comes before the other updates."""
    name, books, other = updates({"name": "other"}, {"books": ["a"]}, {"name": "longer"})[:3]
    refused = [replace(case, twin=name.request) for case in updates() if case.expect == "refuse"]

    one = ordered([name, books, other, *refused])
    alone = ordered([books, name, *refused])

    assert [each for each in one if each[0] == "a"] == ["a0", "a2", "a1"]
    assert one.index("a0") < one.index("r0") < one.index("a2")
    assert alone.index("r0") < alone.index("a0") < alone.index("a1")


@pytest.mark.parametrize(
    "how",
    [{"rehearsal": True}, {"given": {}}, {"variant": {"shelf": "spare"}}, {"repeat": 2}, {"wire": Wire(body=b"{}")}],
    ids=str,
)
def test_what_is_sent_otherwise_stays_where_it_is(how: Any) -> None:
    """Rehearsals, what needs a state or another fixture, and what is sent oddly show no plain update."""
    found = ordered(updates({"name": "other"}, **how))

    assert found[0] == "a0"
