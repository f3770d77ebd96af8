"""Laws of comparing two sides, case by case."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from conformance import suite
from conformance.compare.comparison import Comparison, Figure, compared
from conformance.compare.side import Asked, Side
from conformance.emulator import FIXTURES
from conformance.wire import Exchange, Request
from tests.traffic.samples import GROUP, GROUP_PATH, exchange, refusal, shown, update

CONTRACT = suite.load()
UPDATE = "updateAddressGroup"
NAME = f"{UPDATE}/request/body/address_group/name/maxLength"
OPTION = {"name": "b", "ip_set": ["192.168.3.2"]}
OTHER = {name: value[::-1] for name, value in FIXTURES.items()}


def side(*exchanges: Exchange, contested: bool = False, **more: Any) -> Side:
    """A side that was asked these cases of updating a group."""
    cases = {
        f"case {number}": Asked(f"case {number}", UPDATE, NAME, "some name", contested, (each,))
        for number, each in enumerate(exchanges)
    }
    return Side(**{"name": "http://x", "fixtures": FIXTURES, "cases": cases, **more})


def answered(number: int, status: int = 200, answer: Any = None, **changes: Any) -> Exchange:
    """An answer to one and the same update; `number` is what makes it volatile."""
    return update(number, OPTION, status, shown(number, **{"name": "b", **changes}) if answer is None else answer)


def differences(comparison: Comparison) -> list[tuple[str, str, str]]:
    """Place, reference and candidate of each difference."""
    return [(each.first.requirement, each.first.reference, each.first.candidate) for each in comparison.groups]


def test_alike() -> None:
    """What the contract calls volatile, and what differs between two answers of the reference, is no difference."""
    one = side(answered(1, status_message="x", updated_at="2025-06-28T02:06:38Z", max_capacity=3))
    two = side(answered(2, max_capacity=4))

    found = compared(CONTRACT, one, two, side(answered(3, status_message="y", max_capacity=5)))

    assert differences(found) == []
    assert (found.decisions, found.answers) == (Figure(1, 1), Figure(1, 1))
    assert f"{UPDATE}/response/200/body/address_group/max_capacity" in found.volatile


def test_another_status() -> None:
    """Another status is a difference of the case's requirement; its answers are not compared."""
    found = compared(CONTRACT, side(answered(1)), side(answered(2)), side(answered(3, 400, refusal(3))))

    assert differences(found) == [(NAME, "200", "400")]
    assert (found.decisions, found.answers) == (Figure(0, 1), Figure(0, 0))


@pytest.mark.parametrize(
    ("changes", "place", "said"),
    [
        ({"ip_version": 6}, "ip_version", ("4", "6")),
        ({"ip_set": []}, "ip_set", ("nothing there", "[]")),
        ({"description": None}, "description", ('""', "null")),
        ({"tags": [{"key": "a", "value": "b"}]}, "tags", ("[]", "nothing there")),
    ],
)
def test_another_answer(changes: dict[str, Any], place: str, said: tuple[str, str]) -> None:
    """Another value at a place is a difference of that place."""
    found = compared(CONTRACT, side(answered(1)), side(answered(2)), side(answered(3, **changes)))

    assert (f"{UPDATE}/response/200/body/address_group/{place}", *said) in differences(found)
    assert found.answers == Figure(0, 1)


def test_equal_by_meaning() -> None:
    """Sets in another order, and times in another form, are the same."""
    one: dict[str, Any] = {"ip_set": ["192.168.3.2", "10.0.0.1"], "created_at": "2019-06-28T02:06:38Z"}
    other: dict[str, Any] = {"ip_set": ["10.0.0.1", "192.168.3.2"], "created_at": "2019-06-28T02:06:38.000+00:00"}

    found = compared(CONTRACT, side(answered(1, **one)), side(answered(2, **one)), side(answered(3, **other)))

    assert differences(found) == []


def test_fixtures_are_mapped() -> None:
    """What only one side knows is called by its name, in requests and in answers."""
    theirs = answered(3, id=OTHER["address_group_id"], tenant_id=OTHER["project_id"])
    target = theirs.request.target
    for name in ("project_id", "address_group_id"):
        target = target.replace(FIXTURES[name], OTHER[name])
    theirs = replace(theirs, request=replace(theirs.request, target=target))

    found = compared(CONTRACT, side(answered(1)), side(answered(2)), side(theirs, fixtures=OTHER))
    wrong = compared(CONTRACT, side(answered(1)), side(answered(2)), side(answered(3, id=OTHER["address_group_id"])))

    assert (differences(found), found.decisions) == ([], Figure(1, 1))
    assert [place for place, _, _ in differences(wrong)] == [f"{UPDATE}/response/200/body/address_group/id"]


def test_states_that_were_there_before() -> None:
    """A member that no case touched is as it was found, whatever it was on either side."""
    path = "/v3/{project_id}/vpc/address-groups/{address_group_id}"
    own = {**GROUP, "description": "theirs"}
    one, two = (side(answered(number), initial={path: GROUP}) for number in (1, 2))

    kept = side(answered(3, description="theirs"), initial={path: own})
    lost = side(answered(3, description="lost"), initial={path: own})

    assert differences(compared(CONTRACT, one, two, kept)) == []
    assert len(differences(compared(CONTRACT, one, two, lost))) == 1


def test_identities() -> None:
    """A volatile text that must reappear has to reappear on the other side, too."""

    def run(first: str, second: str) -> Side:
        return side(answered(1, enterprise_project_id=first), answered(2, enterprise_project_id=second))

    one, two = run("identity-1", "identity-1"), run("identity-2", "identity-2")

    assert differences(compared(CONTRACT, one, two, run("identity-3", "identity-3"))) == []
    assert len(differences(compared(CONTRACT, one, two, run("identity-3", "identity-4")))) == 1


def test_wording() -> None:
    """Refusals may be worded otherwise; that is counted, and no difference. A code is no wording."""
    worded = {**refusal(3), "error_msg": "that is wrong"}
    coded = {**refusal(3), "error_code": "VPC.9999"}
    one, two = (
        side(answered(1, 400, {**refusal(1), "error_msg": "is invalid"})),
        side(answered(2, 400, {**refusal(2), "error_msg": "is invalid"})),
    )

    found = compared(CONTRACT, one, two, side(answered(3, 400, worded)))

    assert (differences(found), found.wording) == ([], 1)
    assert len(differences(compared(CONTRACT, one, two, side(answered(3, 400, coded))))) == 1


@pytest.mark.parametrize(("status", "shared"), [(200, 1), (400, 0)])
def test_contested(status: int, shared: int) -> None:
    """A contested reading that both follow is agreement; where they differ, it is shown as such."""
    other = side(answered(3, status, refusal(3) if status == 400 else None), contested=True)

    found = compared(CONTRACT, side(answered(1), contested=True), side(answered(2), contested=True), other)

    assert found.contested == Figure(shared, 1)
    assert [each.contested for each in found.groups] == [True] * (1 - shared)


def test_what_cannot_be_compared() -> None:
    """A case that one side was not asked, or answers differently each time, is left out, with the reason."""
    elsewhere = exchange("PUT", GROUP_PATH, {"address_group": {}}, 200, shown(9))
    one = side(answered(1), answered(2), answered(3))
    two = side(answered(4), answered(5, 400, refusal(5)), answered(6))

    found = compared(CONTRACT, one, two, side(elsewhere, answered(8)))

    assert found.decisions.compared == 0
    assert dict(found.left_out) == {
        "the candidate had to be asked something else": 1,
        "the reference answers differently each time": 1,
        "the candidate could not be asked": 1,
    }


def test_groups_show_the_smallest_request() -> None:
    """Many cases of one requirement are one difference."""
    long = update(1, {**OPTION, "description": "x" * 100}, 200, shown(1, name="b"))
    one, two = side(long, answered(2)), side(replace(long), answered(3))
    other = side(replace(long, response=answered(4, 400, refusal(4)).response), answered(5, 400, refusal(5)))

    [group] = compared(CONTRACT, one, two, other).groups

    assert group.cases == 2
    assert group.smallest == Request("PUT", GROUP_PATH, group.smallest.headers, answered(1).request.body)
