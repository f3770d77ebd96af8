"""Runs of the quick profile against shelves, and what is found by them."""

from __future__ import annotations

from typing import Any

from conformance.cases.plan import Plan
from conformance.judge.outcome import Outcome
from conformance.judge.verdicts import verdicts
from conformance.requirements.derive import of_contract
from conformance.run.permission import Permission
from conformance.run.runner import Runner
from conformance.run.session import Session
from tests.run.shelf import FIXTURES, KEY, START, Shelves
from tests.toy_contracts import SHELVES, read

CONTRACT = read(SHELVES)
OTHERS = "changeShelf/state/other/unchanged"


def run(target: Shelves, permission: Permission | None = None, contract: Any = CONTRACT, **more: Any) -> Outcome:
    """A run of the quick profile against shelves."""
    session = Session(contract, target, more.pop("token", KEY), more.pop("until", None))
    fixtures = more.pop("fixtures", FIXTURES)
    plan = Plan("quick", **more)
    return Runner(session, fixtures, contract.settings, plan, permission or Permission()).run()


def found(outcome: Outcome, contract: Any = CONTRACT) -> dict[str, str]:
    """The verdicts on a run, by requirement."""
    results = verdicts(contract, of_contract(contract), outcome, contract.settings)
    return {result.requirement.id: str(result.verdict) for result in results}


def failed(outcome: Outcome) -> set[str]:
    """The requirements that failed."""
    return {name for name, verdict in found(outcome).items() if verdict == "fail"}


def as_found(target: Shelves) -> bool:
    """Whether all shelves are as they were in the beginning, but for the count of changes."""
    return all({**shelf, "touched": 1} == START for shelf in target.shelves.values())
