"""Laws of explorations within a run: when others explore, on which state, and that what they change is put back."""

from __future__ import annotations

from typing import Any

from conformance.cases.plan import Plan
from conformance.judge.verdicts import verdicts
from conformance.requirements.derive import of_contract
from conformance.run.permission import Permission
from conformance.run.runner import Runner
from conformance.run.session import Session
from tests.run.shelf import FIXTURES, KEY, START, Shelves
from tests.toy_contracts import SHELVES, changed, read

CONTRACT = read(SHELVES)


class Explorers:
    """Somebody else, who changes the first shelf by a request of his own, and notes what he finds."""

    def __init__(self, target: Shelves) -> None:
        self.target = target
        self.asked: list[str] = []
        self.found: list[Any] = []

    def explore(self, operation: Any, accepted: Any) -> None:
        """One operation."""
        self.asked.append(operation.id)
        self.found.append({**self.target.shelves[accepted["path"]["shelf"]], "touched": 1})
        self.target.shelves["a-1"]["books"] = ["strange"]

    def sequences(self) -> None:
        """All of them."""
        self.asked.append("sequences")
        self.target.shelves["a-1"]["books"] = ["stranger"]


def explored(target: Shelves, others: Explorers, contract: Any = CONTRACT) -> Any:
    """A run in which others explore."""
    session = Session(contract, target, KEY)
    runner = Runner(session, FIXTURES, contract.settings, Plan("quick"), Permission(), exploration=others)
    return runner.run()


def test_others_explore_what_is_as_it_was_found() -> None:
    """Operations are explored when their cases are over, sequences last; what others change is put back each time."""
    target = Shelves()
    others = Explorers(target)

    outcome = explored(target, others)

    assert others.asked == ["showShelf", "changeShelf", "sequences"]
    assert others.found[0] == START
    results = verdicts(CONTRACT, of_contract(CONTRACT), outcome, CONTRACT.settings)
    assert [result.requirement.id for result in results if str(result.verdict) == "fail"] == []
    assert all({**shelf, "touched": 1} == START for shelf in target.shelves.values())


def test_the_harmless_is_explored_before_what_disrupts() -> None:
    """What is disrupted cannot be explored any more, so the other operations come before its cases."""
    target = Shelves()
    others = Explorers(target)
    disrupting = changed(SHELVES, "disrupts", "paths", "/shelves/{shelf}", "put", "x-conformance", "effect")
    puts: list[int] = []
    target.after = lambda number, request: puts.append(len(others.asked)) if request.method == "PUT" else None

    explored(target, others, read(disrupting))

    assert others.asked == ["showShelf", "changeShelf", "sequences"]
    assert puts[0] == 1


def test_what_could_not_be_tried_is_not_explored() -> None:
    """An operation without an accepted request is left alone."""
    target = Shelves(before=lambda number, request: (404, {"error": "no"}) if request.method == "PUT" else None)
    others = Explorers(target)

    explored(target, others)

    assert others.asked == ["showShelf", "sequences"]
