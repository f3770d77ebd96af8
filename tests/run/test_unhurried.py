"""Laws of unhurried calls: what a rule excuses soon after a change is asked once when the excuse is over."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from conformance.cases.case import Case
from conformance.cases.plan import Plan
from conformance.contract import Contract
from conformance.judge.verdicts import verdicts
from conformance.requirements.derive import of_contract
from conformance.run.permission import Permission
from conformance.run.runner import Runner
from conformance.run.session import Session
from conformance.run.unhurried import MOST, WAITS, Unhurried
from conformance.wire import Exchange, Request
from tests.run.shelf import FIXTURES, KEY, Shelves
from tests.run.test_conduct import body_of
from tests.toy_contracts import SHELVES, changed, read

RULE = "changeShelf/rule/touched-moves"


def document(excuse: float) -> dict[str, Any]:
    """Where a change within so many seconds may leave the time as it was."""
    rule = {
        **SHELVES["paths"]["/shelves/{shelf}"]["put"]["x-conformance"]["ensures"][0],
        "rule": f"self.touched > oldSelf.touched || double(oldSelf.touched) / 10.0 > now - {excuse}",
        "satisfied": [{"self": {"touched": 10}, "oldSelf": {"touched": 10}, "now": 1.0}],
        "violated": [{"self": {"touched": 10}, "oldSelf": {"touched": 10}, "now": 9.0}],
    }
    return changed(SHELVES, rule, "paths", "/shelves/{shelf}", "put", "x-conformance", "ensures", 0)


def excused(excuse: float) -> Contract:
    """The same, read."""
    return read(document(excuse))


LONG = excused(2.0)


@dataclass
class Dated(Shelves):
    """Shelves that were touched at a tenth of a second, on a clock that a pause and every request move on."""

    now: float = 100.0
    stands_for: tuple[str, ...] = ()  # if nothing else is given, the time stays
    waits: list[float] = field(default_factory=list)

    def send(self, request: Request) -> Exchange:
        """The exchange of a request, by that clock."""
        self.now += 0.001
        return replace(super().send(request), started=self.now)

    def pause(self, seconds: float) -> None:
        """Somebody waits."""
        self.waits.append(seconds)
        self.now += seconds

    def _change(self, name: str, shelf: dict[str, Any], request: Request) -> Any:
        before = shelf["touched"]
        status, _ = answer = super()._change(name, shelf, request)
        if status != 200:
            return answer
        given = set(body_of(request))
        shelf["touched"] = before if given and given <= {*self.stands_for, "dry_run"} else int(self.now * 10)
        return 200, dict(shelf)


def found(target: Dated, contract: Contract = LONG, profile: str = "standard") -> dict[str, str]:
    """The verdicts of a run, by requirement."""
    session = Session(contract, target, KEY, pause=target.pause)
    outcome = Runner(session, FIXTURES, contract.settings, Plan(profile), Permission()).run()
    results = verdicts(contract, of_contract(contract), outcome, contract.settings)
    return {result.requirement.id: str(result.verdict) for result in results}


@pytest.mark.parametrize("member", ["name", "books"])
def test_a_time_that_stands_for_one_member(member: str) -> None:
    """It is found, however fast the requests follow each other."""
    assert found(Dated(stands_for=(member,)), excused(0.5))[RULE] == "fail"


def test_a_faithful_target_is_waited_for_once_for_each_place() -> None:
    """No longer than the excuse lasts, and nobody is blamed."""
    target = Dated()

    verdict = found(target, excused(0.5))

    assert verdict[RULE] == "pass"
    assert "fail" not in verdict.values()
    assert len(target.waits) == 2  # the name and the books
    assert all(0 < seconds <= max(WAITS) for seconds in target.waits)


def test_a_long_excuse_is_waited_for_once() -> None:
    """Where each wait takes seconds, one is enough."""
    target = Dated()

    found(target)

    assert len(target.waits) == 1
    assert sum(target.waits) < MOST


def test_what_sets_two_members_is_waited_for_too() -> None:
    """What is given alone counts, not how much of the state it sets."""
    becomes = ("paths", "/shelves/{shelf}", "put", "x-conformance", "becomes")
    also = {"member": "room", "when": "/body/books", "value": "self.room"}
    known = SHELVES["paths"]["/shelves/{shelf}"]["put"]["x-conformance"]["becomes"]
    contract = read(changed(document(0.5), [*known, also], *becomes))

    assert found(Dated(stands_for=("books",)), contract)[RULE] == "fail"


def test_the_call_before_which_most_time_has_passed() -> None:
    """Of those that give a place alone the one after most refusals is waited for; on another fixture nothing has."""

    def case(name: str, body: Any, **how: Any) -> Case:
        return Case(name, "r", "changeShelf", {"path": {"shelf": "a-1"}, "body": body}, "accept", "", **how)

    refused = [replace(case(f"r{number}", {}), expect="refuse") for number in range(6)]
    spare = case("spare", {"name": "c"}, variant={"shelf": "spare"})
    cases = [
        case("early", {"name": "a"}),
        *refused[:2],
        case("late", {"name": "b"}),
        *refused,
        spare,
        case("none", {}),
    ]
    both = [*cases, case("two", {"books": [], "name": "d"}), case("alone", {"books": []})]

    unhurried = Unhurried(Session(LONG, Dated(), KEY), LONG.operations["changeShelf"], {}, both)

    assert unhurried._due == {"late", "alone"}


def test_nothing_is_waited_for_in_vain() -> None:
    """Where no rule speaks of the time, an excuse outlasts every wait, or a first glance is all that is wanted."""
    plain, patient, quick = Dated(), Dated(), Dated()

    found(plain, read(SHELVES))
    found(patient, excused(5.0))
    found(quick, profile="quick")

    assert plain.waits == patient.waits == quick.waits == []
