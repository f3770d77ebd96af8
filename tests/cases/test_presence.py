"""Laws of presence: what is missing is refused, what may be left out is accepted with and without."""

from __future__ import annotations

import pytest

from conformance.cases.derive import derive
from conformance.cases.host import Hosts
from conformance.cases.plan import Plan
from conformance.requirements.site import values_at
from tests.cases.test_keyword import toys
from tests.toy_contracts import asking, read


@pytest.mark.parametrize("name", ["cards", "shelf"])
def test_every_optional_member_is_left_out_and_given(name: str) -> None:
    """Each optional member is once present and once absent among the accepted cases."""
    hosts, cases = toys()[name]
    accepted = [case.request for case in cases if case.expect == "accept"]

    for placed in hosts.oracle.placed.values():
        if placed.requirement.keyword == "optional":
            pointer = placed.requirement.pointer
            found = {any(True for _ in values_at(request, pointer)) for request in accepted}
            assert found == {True, False}, pointer


def test_what_is_missing_of_an_object_in_a_query() -> None:
    """An object without members cannot be told from none: what it must have is missing beside what it may have."""
    members = {name: {"type": "string"} for name in ("city", "zip", "land")}
    schema = {"type": "object", "required": ["city"], "properties": members}
    contract = read(asking({"name": "near", "in": "query", "style": "deepObject", "explode": True, "schema": schema}))
    cases = derive(Hosts(contract, contract.operations["find"], {}, {}, {}), Plan())

    asked = [c.request["query"]["near"] for c in cases if c.requirement.endswith("/near/city/required")]

    assert [list(near) for near in asked] == [["zip"]]  # one is enough
