"""Laws of acceptances sent together: nothing is lost, nothing becomes invalid, and what differs stays apart."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from conformance.cases.case import Case, Wire
from conformance.cases.derive import derive
from conformance.cases.plan import Plan
from conformance.cases.together import ALONE, CONFLICT, joined, together
from tests.cases.test_derive import hosts_of, shelf
from tests.toy_contracts import SHELVES, changed, read

HOSTS = hosts_of(read(SHELVES), "changeShelf", {"shelf": "a-1"})


def naming(member: str, value: Any, **more: Any) -> Case:
    """An acceptance about a member of a shelf."""
    request = {"path": {"shelf": "a-1"}, "query": {}, "header": {}, "body": {member: value}}
    group = f"/body/{member}" + ("/*" if isinstance(value, list) else "")
    name = f"changeShelf/request/body/{member}/type"
    return Case(f"{name}#{value}", name, "changeShelf", request, "accept", str(value), **{"group": group, **more})


NAMES = [naming("name", text) for text in ("a", "b", "c", "d")]
BOOKS = [naming("books", [text]) for text in ("emma", "ulysses", "dune", "momo", "moby")]


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        ({"a": 1}, {"b": 2}, {"a": 1, "b": 2}),
        ({"a": {"b": 1}}, {"a": {"c": 2}}, {"a": {"b": 1, "c": 2}}),
        ([1, 2], [2, 3], [1, 2, 3]),
        ([1], [True], [1, True]),
        ({"a": 1}, {"a": 1}, {"a": 1}),
        ({"a": 1}, {"a": 2}, CONFLICT),
        ({"a": {"b": 1}}, {"a": {"b": True}}, CONFLICT),
        ({"a": 1}, {"a": [1]}, CONFLICT),
        (CONFLICT, {"a": 1}, CONFLICT),
    ],
)
def test_two_documents_in_one(one: Any, other: Any, both: Any) -> None:
    """Members and entries of both are there; where a value would have to be two, there is no such document."""
    assert joined(one, other) == both


def test_values_of_different_places_share_a_request() -> None:
    """Beyond the first ones, one value of each place goes with one of each other, and entries share their array."""
    cases = together(HOSTS, [*NAMES, *BOOKS], frozenset())

    (rest, joint) = (case for case in cases if case.parts or case.request == NAMES[3].request)
    assert joint.request["body"] == {"name": "c", "books": ["dune", "momo", "moby"]}
    assert [part.sent for part in joint.parts] == ["c", "['dune']", "['momo']", "['moby']"]
    assert rest is NAMES[3]
    assert [case for case in cases if not case.parts] == [*NAMES[:ALONE], NAMES[3], *BOOKS[:ALONE]]


def test_what_is_not_acceptable_together_stays_apart() -> None:
    """A shelf has room for three books: of four more, three share a request and one stays alone."""
    more = [*BOOKS, naming("books", ["faust"])]

    cases = together(HOSTS, more, frozenset())

    assert [len(case.parts) for case in cases] == [0, 0, 0, 3]
    assert all(HOSTS.accepts(case.request, {}) for case in cases)


@pytest.mark.parametrize(
    "more", [{"wire": Wire(header_case="lower")}, {"given": {}}, {"repeat": 2}, {"expect": "refuse"}, {"group": ""}]
)
def test_what_is_sent_in_a_way_of_its_own_stays_alone(more: dict[str, Any]) -> None:
    """Only plain acceptances are joined."""
    odd = [replace(case, **more) for case in NAMES]

    assert together(HOSTS, [*odd, *BOOKS[:3]], frozenset()) == [*odd, *BOOKS[:3]]


def test_twins_stay_alone() -> None:
    """What makes refusals tell something is sent as it is."""
    kept = frozenset(case.key for case in NAMES)

    assert together(HOSTS, [*NAMES, *BOOKS[:3]], kept) == [*NAMES, *BOOKS[:3]]


def test_rehearsals_are_joined_with_rehearsals() -> None:
    """A rehearsal and a real call are two things."""
    cases = [*NAMES, *(replace(case, id=f"{case.id} (rehearsal)", rehearsal=True) for case in BOOKS)]

    for case in together(HOSTS, cases, frozenset()):
        assert {part.rehearsal for part in case.parts} <= {case.rehearsal}


def test_nothing_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every acceptance is in the standard profile, alone or in a joint case; the others join nothing."""
    sent = {part.id for case in shelf() for part in (case, *case.parts)}
    monkeypatch.setattr("conformance.cases.derive.together", lambda hosts, cases, needed: cases)
    alone = derive(hosts_of(read(SHELVES), "changeShelf", {"shelf": "a-1"}), Plan())

    assert any(case.parts for case in shelf())
    assert {case.id for case in alone} <= sent
    assert not any(case.parts for profile in ("quick", "thorough") for case in shelf(profile=profile))


def test_arrays_that_are_full_are_not_filled_further() -> None:
    """Joining knows no limit of its own: the contract says what fits."""
    narrow = read(changed(SHELVES, 1, "paths", "/shelves/{shelf}", "put", "requestBody", "content", "application/json",
                          "schema", "properties", "books", "maxItems"))  # fmt: skip
    hosts = hosts_of(narrow, "changeShelf", {"shelf": "a-1"})

    assert not any(case.parts for case in together(hosts, BOOKS, frozenset()))
