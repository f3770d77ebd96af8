"""The verdict on every requirement of a contract, from what a run left behind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from typing import Any

from conformance.cases.vacuity import is_vacuous
from conformance.contract.operation import Contract, Operation
from conformance.judge.effect import EffectJudge
from conformance.judge.judge import Effects, OperationJudge
from conformance.judge.ledger import Entry, Ledger, result
from conformance.judge.outcome import Outcome
from conformance.judge.step import Step
from conformance.requirement import Requirement
from conformance.requirements.derive import Placed, request_keywords
from conformance.verdict import Result


def verdicts(
    contract: Contract,
    requirements: Iterable[Requirement],
    outcome: Outcome,
    settings: Mapping[str, Any],
    effects: Effects = EffectJudge,
) -> tuple[Result, ...]:
    """One result for each requirement, in their order."""
    chosen = list(requirements)
    ledger = Ledger({requirement.id: Entry(requirement) for requirement in chosen})
    soiled = _soiled(contract, outcome.steps)
    steps: dict[str, list[Step]] = {name: [] for name in contract.operations}
    for step in outcome.steps:
        steps[step.operation].append(step)
    alive = {
        operation.id: OperationJudge(operation, steps[operation.id], ledger, settings, soiled, effects).judge()
        for operation in contract.operations.values()
    }
    alive |= dict.fromkeys(outcome.blocks, False)  # what is no API, or refuses us, proves nothing
    alive |= {o.id: _lives_with(contract, o, alive) for o in contract.operations.values() if o.supporting}
    _leaks(ledger, outcome)
    _blocked(ledger, outcome)
    names = {requirement.operation for requirement in chosen}
    placed = {p.requirement.id: p for name in names for p in request_keywords(contract.operations[name])}
    tried = {c.requirement for cases in outcome.cases.values() for c in cases if c.expect != "accept"}
    return tuple(
        _result(contract.operations[r.operation], ledger.entries[r.id], outcome, placed.get(r.id), alive, tried)
        for r in chosen
    )


def _lives_with(contract: Contract, supporting: Operation, alive: Mapping[str, bool]) -> bool:
    """A supporting operation is believed as far as those are that it observes for."""
    looks = {s.name for s in contract.states.values() if any(way.operation == supporting.id for way in s.observe)}
    return any(alive[o.id] for o in contract.operations.values() if o.state in looks and not o.supporting)


def _soiled(contract: Contract, steps: list[Step]) -> frozenset[int]:
    """Steps whose answers may show an accepted value that is not (surely) valid, until it is put back."""
    found, dirty = set(), False
    for step in steps:
        success = 200 <= step.status < 300
        if step.role == "restore" and success:
            dirty = False
        spoils = step.case is not None and step.case.expect != "accept" and success and not step.case.safe
        if dirty or spoils:
            found.add(id(step))
        if spoils and contract.operations[step.operation].state is not None:
            dirty = step.case is not None and not step.case.rehearsal
    return frozenset(found)


def _leaks(ledger: Ledger, outcome: Outcome) -> None:
    for leak in outcome.leaks:
        name = f"{leak.operation}/state/other/unchanged"
        ledger.fail(
            name, leak.step, "no change of a resource that was not addressed", f"{', '.join(leak.changed)} changed"
        )
    for operation in outcome.observed:
        step = next((s for s in reversed(outcome.steps) if s.role == "look"), None)
        if step is not None:
            ledger.keep(f"{operation}/state/other/unchanged", step, "no change", "no change")


def _blocked(ledger: Ledger, outcome: Outcome) -> None:
    """A valid request that is refused for no reason of the user's breaks the first of all statements."""
    for operation, block in outcome.blocks.items():
        if block.reason in ("valid-request-refused", "no-answer"):
            step = next((s for s in outcome.steps if s.operation == operation and s.role == "probe"), None)
            if step is not None:
                ledger.fail(f"{operation}/response/status/success", step, "a documented success status", block.detail)


def _result(
    operation: Operation,
    entry: Entry,
    outcome: Outcome,
    placed: Placed | None,
    alive: Mapping[str, bool],
    tried: Set[str],
) -> Result:
    block = outcome.blocks.get(operation.id)
    if block is not None:
        reason, mendable, detail = block.reason, block.mendable, block.detail
    elif outcome.incomplete is not None:
        reason, mendable, detail = "cut-short", True, outcome.incomplete
    else:
        missing = _missing(operation, entry.requirement, outcome)
        reason = "fixture-missing" if missing else _why(operation, entry.requirement, placed, tried)
        mendable, detail = bool(missing), f"give --fixture {missing[0]}=…" if missing else ""
    return result(entry, alive=alive[operation.id], absent=reason, mendable=mendable, detail=detail)


def _why(operation: Operation, requirement: Requirement, placed: Placed | None, tried: Set[str]) -> str:
    """Why nothing was found about a requirement."""
    if requirement.side == "state" or requirement.keyword == "unchanged":
        return "unobservable"
    if requirement.side != "request":
        return "not-exercised"
    if requirement.id in tried:
        return "state"
    if placed is not None and is_vacuous(operation.request_schema, placed):
        return "vacuous"
    return "no-case"


def _missing(operation: Operation, requirement: Requirement, outcome: Outcome) -> list[str]:
    """The fixtures that were not given of those with which alone a rule can be broken."""
    rule = next((r for r in operation.requires if r.id == requirement.keyword), None)
    if rule is None or requirement.side != "request":
        return []
    wanted = {f"{name}.{variant}" for example in rule.violated for name, variant in example.get("fixture", {}).items()}
    return sorted(wanted & set(outcome.partial.get(operation.id, [])))
