"""Laws of arrays: as many entries as may be, and one more or fewer; what is wrong, wherever it stands."""

from __future__ import annotations

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
