"""Laws of arrays: as many entries as may be, and one more or fewer; what is wrong, wherever it stands."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.cases.candidate import candidates
from conformance.cases.derive import derive
from conformance.cases.plan import Plan
from tests.toy_contracts import asking, hosts_of, posting


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


@pytest.mark.parametrize("keyword", ["minContains", "maxContains"])
def test_a_number_of_nothing(keyword: str) -> None:
    """How many entries fit says nothing where no entry has to."""
    assert list(candidates({"type": "array", keyword: 2}, keyword, [])) == []


@pytest.mark.parametrize("items", [{}, {"items": {"type": ["integer", "string"]}}])
@pytest.mark.parametrize("current", [["x"], [], None])
def test_as_many_as_fit_and_one_more_or_fewer(items: Any, current: Any) -> None:
    """Between two limits and just beyond both, alone and beside an entry that does not fit, best one that is there."""
    schema = {"type": "array", "contains": {"type": "integer"}, "minContains": 2, "maxContains": 3, **items}

    made = [candidate.value for candidate in candidates(schema, "minContains", current)]

    assert {sum(isinstance(entry, int) for entry in array) for array in made} == {1, 2, 3, 4}
    alone = [array for array in made if all(isinstance(entry, int) for entry in array)]
    beside = [array for array in made if array not in alone]
    assert len(alone) == len(beside) == 4
    assert not current or all(array[-1] == "x" for array in beside)


def test_nothing_can_fit() -> None:
    """Where no entry may be what has to be among them, only an array without entries is left."""
    schema = {"type": "array", "items": {"type": "string"}, "contains": {"type": "integer"}}

    made = [candidate.value for candidate in candidates(schema, "contains", [])]

    assert {len(array) for array in made} == {0, 1}
    assert not any(isinstance(entry, int) for array in made for entry in array)


def test_entries_that_differ_are_as_many_as_there_must_be() -> None:
    """What stands twice stands twice among enough entries."""
    schema = {"type": "array", "items": {"type": "integer"}, "minItems": 5, "uniqueItems": True}

    made = list(candidates(schema, "uniqueItems", [1]))

    assert {len(each.value) for each in made if each.sent == "5 different entries"} == {5}
    again = [each.value for each in made if each.sent == "the first entry again as the last"]
    assert again
    assert all(len(array) == 5 and array[0] == array[-1] and len(set(array)) == 4 for array in again)


def test_an_entry_beyond_the_last_place() -> None:
    """Every place is taken before there is one entry more."""
    schema = {"type": "array", "prefixItems": [{"const": 1}, {"const": 2}], "items": False}

    made = list(candidates(schema, "items", [1]))

    assert [each.value for each in made] == [[1, 2, 2], [1, 2, "a"], [1, 2, 7], [1, 2, None]]
    assert made[1].sent == '"a" as entry 3'
