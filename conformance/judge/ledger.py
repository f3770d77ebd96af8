"""The ledger: what each requirement has going for it and against it, until a verdict is drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from conformance.judge.step import Step
from conformance.requirement import Requirement
from conformance.verdict import Evidence, Result, Verdict

MOST_EVIDENCE = 5
MOST_KEPT = 200  # before the smallest are chosen: a run may be a year of traffic

REASONS: Mapping[str, str] = {
    "not-exercised": "no exchange showed it",
    "no-case": "no case could be made that breaks this and nothing else",
    "vacuous": "proved: no value can break this without breaking something else",
    "twin-refused": "the valid twin of the case was not accepted, so its refusal proves nothing",
    "not-discriminating": "the target did not both accept what is valid and refuse what is not",
    "unobservable": "the target shows no state to compare",
    "state": "the state at hand did not allow the case",
    "not-allowed": "a call that takes effect was needed",
}


Told = Callable[[str, Step], None]


@dataclass
class Entry:
    """The account of one requirement."""

    requirement: Requirement
    kept: bool = False
    unproven: bool = False  # for want of an accepted twin
    cases: set[str] = field(default_factory=set)
    against: list[Evidence] = field(default_factory=list)
    proof: list[Evidence] = field(default_factory=list)
    notes: dict[str, Evidence] = field(default_factory=dict)


@dataclass
class Ledger:
    """The accounts of all requirements of a run, by id; entries for unknown ids are ignored."""

    entries: dict[str, Entry]
    told: Told = lambda requirement, step: None  # of every failure

    def __contains__(self, requirement: str) -> bool:
        return requirement in self.entries

    def keep(self, requirement: str, step: Step, expected: str, observed: str) -> None:
        """Evidence for a requirement."""
        entry = self.entries.get(requirement)
        if entry is None:
            return
        entry.kept = True
        self._count(entry, step)
        if not entry.proof:
            entry.proof.append(_evidence(step, expected, observed))

    def fail(self, requirement: str, step: Step, expected: str, observed: str) -> None:
        """Evidence against a requirement."""
        entry = self.entries.get(requirement)
        if entry is not None:
            self._count(entry, step)
            entry.against.append(_evidence(step, expected, observed))
            self.told(requirement, step)
            if len(entry.against) > MOST_KEPT:
                entry.against = sorted(entry.against, key=_size)[:MOST_EVIDENCE]

    def note(self, requirement: str, step: Step, what: str, observed: str) -> None:
        """What a target does where the contract is contested; `what` is accepts, refuses, follows or departs."""
        entry = self.entries.get(requirement)
        if entry is not None:
            self._count(entry, step)
            entry.notes.setdefault(what, _evidence(step, "either", observed))

    def doubt(self, requirement: str, step: Step) -> None:
        """A refusal that proves nothing, for want of an accepted twin."""
        entry = self.entries.get(requirement)
        if entry is not None:
            self._count(entry, step)
            entry.unproven = True

    def tried(self, requirement: str, step: Step) -> None:
        """A case that says nothing for or against a requirement by itself."""
        entry = self.entries.get(requirement)
        if entry is not None:
            self._count(entry, step)

    @staticmethod
    def _count(entry: Entry, step: Step) -> None:
        if step.case is not None and step.role == "case":
            entry.cases.add(step.case.id)


def _evidence(step: Step, expected: str, observed: str) -> Evidence:
    sent = step.case.sent if step.case is not None else {"look": "a look"}.get(step.role, "a valid request")
    if step.case is not None and step.case.rehearsal:
        sent = f"{sent}, as a rehearsal"
    return Evidence(sent, expected, observed, step.exchange)


def result(entry: Entry, *, alive: bool, absent: str, mendable: bool, detail: str = "") -> Result:
    """The verdict of an account; `absent` is the reason if there is nothing in it."""
    requirement, cases = entry.requirement, len(entry.cases)
    if requirement.level == "contested" and (entry.notes or entry.kept or entry.against):
        return _noted(entry)
    if entry.against:
        evidence = sorted(entry.against, key=_size)[:MOST_EVIDENCE]
        return Result(requirement, Verdict.FAIL, cases, evidence=tuple(evidence))
    if entry.kept and alive:
        return Result(requirement, Verdict.PASS, cases, evidence=tuple(entry.proof))
    if entry.kept or entry.unproven:
        reason = "not-discriminating" if entry.kept else "twin-refused"
        return Result(requirement, Verdict.UNPROVEN, cases, reason, REASONS[reason])
    return Result(requirement, Verdict.UNPROVEN, cases, absent, detail or REASONS[absent], mendable)


def _noted(entry: Entry) -> Result:
    requirement = entry.requirement
    notes = dict(entry.notes)
    if entry.against:
        notes["departs"] = min(entry.against, key=_size)
    elif entry.kept and not notes:
        notes["follows"] = entry.proof[0]
    reason = "departs" if "departs" in notes else " and ".join(sorted(notes))
    said = {
        "accepts": "the target accepts it",
        "refuses": "the target refuses it",
        "accepts and refuses": "the target accepts some of it and refuses some",
        "follows": "the target follows this reading",
        "departs": "the target departs from this reading",
    }
    return Result(
        requirement, Verdict.NOTED, len(entry.cases), reason, said[reason], False, tuple(notes.values())[:MOST_EVIDENCE]
    )


def _size(evidence: Evidence) -> int:
    exchange = evidence.exchange
    return len(exchange.request.body or b"") + len(exchange.request.target) if exchange is not None else 0
