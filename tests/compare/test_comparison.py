"""Laws of comparing two sides, case by case."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from conformance import suite
from conformance.compare.comparison import Comparison, Figure, compared
from conformance.compare.side import Asked, Side
from conformance.emulator import FIXTURES
from conformance.verdict import Evidence, Result, Verdict
from conformance.wire import Exchange
from tests.traffic.samples import GROUP, GROUP_PATH, exchange, refusal, shown, update

CONTRACT = suite.load()
REQUIREMENTS = {each.id: each for each in suite.requirements(CONTRACT)}
UPDATE = "updateAddressGroup"
NAME = f"{UPDATE}/request/body/address_group/name/maxLength"
OPTION = {"name": "b", "ip_set": ["192.168.3.2"]}
OTHER = {name: value[::-1] for name, value in FIXTURES.items()}
STATE = f"{UPDATE}/response/200/body/address_group"

Asking = tuple[Exchange, ...]  # the exchanges of one case


def side(*cases: Asking, **more: Any) -> Side:
    """A side that was asked these cases of updating a group."""
    aspects = {name: more.pop(name) for name in ("contested", "before", "named") if name in more}
    plain = (Asked(f"case {n}", UPDATE, NAME, "some name", False, each) for n, each in enumerate(cases))
    asked = {each.case: replace(each, **aspects) for each in plain}
    return Side(**{"name": "http://x", "fixtures": FIXTURES, "cases": asked, **more})


def answered(number: int, status: int = 200, answer: Any = None, **changes: Any) -> Exchange:
    """An answer to one and the same update; `number` is what makes it volatile."""
    return update(number, OPTION, status, shown(number, **{"name": "b", **changes}) if answer is None else answer)


def twice(status: int = 200, answer: Any = None, **changes: Any) -> Asking:
    """The same case asked twice."""
    return answered(1, status, answer, **changes), answered(2, status, answer, **changes)


def judged(**verdicts: Verdict) -> dict[str, Result]:
    """Results on members of the state."""
    names = {name: REQUIREMENTS[f"{UPDATE}/state/{name}/kept"] for name in verdicts}
    shown_by = Evidence("a request", "kept", "lost", answered(1))
    return {names[name].id: Result(names[name], v, 1, evidence=(shown_by,)) for name, v in verdicts.items()}


def differences(comparison: Comparison) -> list[tuple[str, str, str]]:
    """Place, reference and candidate of each difference."""
    return [(each.first.requirement, each.first.reference, each.first.candidate) for each in comparison.groups]


def test_alike() -> None:
    """What the contract calls volatile, and what differs between two answers of the reference, is no difference."""
    one = side((answered(1, status_message="x", max_capacity=3), answered(2, max_capacity=4)))

    found = compared(CONTRACT, one, side((answered(3, status_message="y", max_capacity=5),)))

    assert differences(found) == []
    assert (found.decisions, found.answers) == (Figure(1, 1), Figure(1, 1))
    assert found.operations == {UPDATE: Figure(1, 1)}
    assert f"{STATE}/max_capacity" in found.volatile


def test_another_status() -> None:
    """Another status is a difference of the case's requirement; its answers are not compared."""
    found = compared(CONTRACT, side(twice()), side(twice(400, refusal(3))))

    assert differences(found) == [(NAME, "200", "400")]
    assert (found.decisions, found.answers) == (Figure(0, 1), Figure(0, 0))
    assert found.operations == {UPDATE: Figure(0, 1)}


def test_another_status_when_asked_again() -> None:
    """A target that refuses what it just accepted differs from one that accepts it again."""
    found = compared(CONTRACT, side(twice()), side((answered(1), answered(2, 400, refusal(2)))))

    assert differences(found) == [(NAME, "200 (asked again)", "400 (asked again)")]


@pytest.mark.parametrize(
    ("changes", "place", "said"),
    [
        ({"ip_version": 6}, "ip_version", ("4", "6")),
        ({"ip_set": []}, "ip_set", ("nothing there", "[]")),
        ({"description": None}, "description", ('""', "null")),
        ({"max_capacity": True}, "max_capacity", ("20", "true")),
        ({"tags": [{"key": "a", "value": "b"}]}, "tags", ("[]", "nothing there")),
    ],
)
def test_another_answer(changes: dict[str, Any], place: str, said: tuple[str, str]) -> None:
    """Another value at a place is a difference of that place."""
    found = compared(CONTRACT, side(twice()), side(twice(**changes)))

    assert (f"{STATE}/{place}", *said) in differences(found)
    assert found.answers == Figure(0, 1)


def test_equal_by_meaning() -> None:
    """Sets in another order, times in another form, and 20.0 for 20 are the same."""
    one: dict[str, Any] = {"ip_set": ["192.168.3.2", "10.0.0.1"], "created_at": "2019-06-28T02:06:38Z"}
    other: dict[str, Any] = {"ip_set": ["10.0.0.1", "192.168.3.2"], "created_at": "2019-06-28T02:06:38.000+00:00"}

    found = compared(CONTRACT, side(twice(**one)), side(twice(**other, max_capacity=20.0)))

    assert differences(found) == []


def test_fixtures_are_mapped() -> None:
    """What only one side knows is called by its name, in requests and in answers."""
    theirs = answered(3, id=OTHER["address_group_id"], tenant_id=OTHER["project_id"])
    target = theirs.request.target
    for name in ("project_id", "address_group_id"):
        target = target.replace(FIXTURES[name], OTHER[name])
    theirs = replace(theirs, request=replace(theirs.request, target=target))

    found = compared(CONTRACT, side(twice()), side((theirs,), fixtures=OTHER))
    wrong = compared(CONTRACT, side(twice()), side(twice(id=OTHER["address_group_id"])))

    assert (differences(found), found.decisions) == ([], Figure(1, 1))
    assert [place for place, _, _ in differences(wrong)] == [f"{STATE}/id"]


def test_states_that_were_there_before() -> None:
    """A member that the request does not set is as it was before, whatever it was on either side."""
    own = {**GROUP, "description": "theirs"}
    one = side(twice(), before=GROUP)

    kept = side(twice(description="theirs"), before=own)
    lost = side(twice(description="lost"), before=own)
    ignored = side(twice(description="theirs"), before=own, named=frozenset(("description",)))

    unknown = side(twice(description="theirs"), before=None)

    assert differences(compared(CONTRACT, one, kept)) == []
    assert differences(compared(CONTRACT, one, unknown)) == []
    assert len(differences(compared(CONTRACT, one, lost))) == 1
    assert len(differences(compared(CONTRACT, one, ignored))) == 1


def test_the_law_that_a_difference_is_about() -> None:
    """Where a law of the state is kept by one side and broken by the other, the difference is grouped under it."""
    one = side(twice(), results=judged(name=Verdict.PASS, tags=Verdict.PASS))
    two = side(twice(name="c", ip_version=6), results=judged(name=Verdict.FAIL, tags=Verdict.PASS))

    found = compared(CONTRACT, one, two)

    assert [place for place, _, _ in differences(found)] == [f"{UPDATE}/state/name/kept", f"{STATE}/ip_version"]
    assert found.groups[0].verdicts == (Verdict.PASS, Verdict.FAIL)
    assert found.verdicts == Figure(1, 2)


@pytest.mark.parametrize("broken", [0, 1])
def test_verdicts_that_no_answer_shows(broken: int) -> None:
    """A requirement that one side breaks is a difference also where each answer is alike, with what shows it."""
    verdicts = [Verdict.PASS, Verdict.PASS]
    verdicts[broken] = Verdict.FAIL

    found = compared(CONTRACT, *(side(twice(), results=judged(tags=verdict)) for verdict in verdicts))

    [group] = found.groups
    said = (group.first.reference, group.first.candidate)
    assert (group.first.kind, group.first.requirement) == ("verdict", f"{UPDATE}/state/tags/kept")
    assert (said[broken], said[1 - broken]) == ("lost", "as expected")
    assert group.first.request == answered(1).request


def test_what_one_side_could_not_prove_is_no_difference() -> None:
    """A requirement that is unproven on a side is not compared."""
    found = compared(CONTRACT, *(side(twice(), results=judged(tags=each)) for each in (Verdict.UNPROVEN, Verdict.FAIL)))

    assert (differences(found), found.verdicts) == ([], Figure(0, 0))


@pytest.mark.parametrize(("second", "alike"), [("identity-3", True), ("identity-4", False)])
def test_identities_that_must_reappear(second: str, alike: bool) -> None:
    """What is new each time has to be new on the other side, and to reappear where it does on the reference."""
    place = "enterprise_project_id"  # no member is really such a one
    one = side(
        (answered(1, enterprise_project_id="identity-1"), answered(2, enterprise_project_id="identity-2")),
        (answered(3, 400, {**refusal(3), "error_code": "identity-1"}),),
    )
    two = side(
        (answered(1, enterprise_project_id="identity-3"), answered(2, enterprise_project_id="identity-5")),
        (answered(3, 400, {**refusal(3), "error_code": second}),),
    )

    found = compared(CONTRACT, one, two)

    assert f"{STATE}/{place}" in found.volatile
    assert (differences(found) == []) is alike


def test_an_identity_that_should_be_new() -> None:
    """An identity that another answer had already is a difference, if it never is on the reference."""

    def given(*values: str) -> Side:
        return side(
            *(
                (answered(n, enterprise_project_id=v), answered(n, enterprise_project_id=f"{v}'"))
                for n, v in enumerate(values)
            )
        )

    assert differences(compared(CONTRACT, given("identity-1", "identity-2"), given("other-1", "other-2"))) == []
    assert len(differences(compared(CONTRACT, given("identity-1", "identity-2"), given("other-1", "other-1")))) == 1


def test_wording() -> None:
    """Refusals may be worded otherwise; that is counted, and no difference. A code is no wording."""
    worded = {**refusal(3), "error_msg": "that is wrong"}
    coded = {**refusal(3), "error_code": "VPC.9999"}
    one = side(twice(400, {**refusal(1), "error_msg": "is invalid"}))

    found = compared(CONTRACT, one, side(twice(400, worded)))

    assert (differences(found), found.wording) == ([], 1)
    assert len(differences(compared(CONTRACT, one, side(twice(400, coded))))) == 1


@pytest.mark.parametrize(("status", "shared"), [(200, 1), (400, 0)])
def test_contested(status: int, shared: int) -> None:
    """A contested reading that both follow is agreement; where they differ, it is shown as such."""
    other = side(twice(status, refusal(3) if status == 400 else None), contested=True)

    found = compared(CONTRACT, side(twice(), contested=True), other)

    assert found.contested == Figure(shared, 1)
    assert [each.first.contested for each in found.groups] == [True] * (1 - shared)


def test_what_cannot_be_compared() -> None:
    """A case that one side was not asked, or answers differently each time, is left out, with the reason."""
    elsewhere = exchange("PUT", GROUP_PATH, {"address_group": {}}, 200, shown(9))
    one = side(twice(), (answered(2), answered(5, 400, refusal(5))), twice())

    found = compared(CONTRACT, one, side((elsewhere,), (answered(8),)))

    assert found.decisions.compared == 0
    assert dict(found.left_out) == {
        "the candidate had to be asked something else": 1,
        "the reference answers differently each time": 1,
        "the candidate could not be asked": 1,
    }


def test_groups_show_the_smallest_request() -> None:
    """Many cases of one requirement are one difference."""
    long = update(1, {**OPTION, "description": "x" * 100}, 200, shown(1, name="b"))
    refused = replace(long, response=answered(4, 400, refusal(4)).response)

    [group] = compared(CONTRACT, side((long,), twice()), side((refused,), twice(400, refusal(5)))).groups

    assert group.cases == 2
    assert group.first.request == answered(1).request
