"""Blame: which requirements a wrong answer speaks against.

As a rule the one that the case was made for. Where nearly all answers of a kind are wrong alike, something else is
broken, and once: to count it against every sentence that was tried would accuse those that nothing was shown of.
"""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from conformance.cases.case import Case
from conformance.contract.operation import Operation, Parameter
from conformance.judge.answer import AnswerJudge
from conformance.judge.cause import causes, stuck
from conformance.judge.reading import Outcome, Readings, accepted
from conformance.judge.refusal import statuses
from conformance.judge.state import shown_by
from conformance.judge.step import Step
from conformance.requirements.site import escape

MOST = 0.6  # beyond this share of the answers of a kind, one cause is more likely than many
FEW = 5  # of so few nothing is said
_STUCK = {False: "protocol/repeatable", True: "rehearsal/unchanged"}  # what a resource breaks that goes out of service


class Blamed(NamedTuple):
    """The requirements that a wrong answer breaks; `doubted`: nothing was shown of the one it was sent for."""

    requirements: tuple[str, ...]
    doubted: bool = False


@dataclass
class Blame:
    """Of one operation, from all its steps; only known requirements are blamed in place of that of a case."""

    operation: Operation
    steps: list[Step]
    known: Container[str]
    readings: Readings

    def not_accepted(self, step: Step, case: Case) -> Blamed:
        """What a valid request that was not accepted speaks against."""
        own: tuple[str, ...] = ()
        if case.rehearsal and self._real(case) == "accepted":
            own = (self._name("rehearsal/accepts"),)
            if self._is_deaf and own[0] in self.known:
                return Blamed(own)
        if self._is_opaque:
            return Blamed(own, doubted=True)
        shared = tuple(name for name in self._causes.get(id(step), ()) if name in self.known)
        blamed = tuple(name for name in (*own, *(shared or (case.requirement,))) if not self._is_free(name, step))
        return Blamed(blamed, doubted=bool(shared) or not blamed)

    def not_refused(self, case: Case) -> Blamed:
        """What an invalid request that was accepted speaks against."""
        if not case.rehearsal or self._real(case) != "refused":
            return Blamed((case.requirement,))
        forgotten = self._name("rehearsal/refuses")
        return Blamed((forgotten,) if self._is_blind and forgotten in self.known else (forgotten, case.requirement))

    def refused_wrongly(self, case: Case) -> Blamed:
        """What an invalid request speaks against that met a status which does not say so."""
        name = case.requirement
        if self._one_status:
            name = self._name("response/status/refusal") if case.kind == "invalid" else name
        elif case.rehearsal and self._is_blind and self._real(case) == "refused":
            name = self._name("rehearsal/refuses")
        return Blamed((name if name in self.known else case.requirement,))

    def _is_free(self, name: str, step: Step) -> bool:
        """Whether a requirement says that a parameter may be any text, as a cursor is, and the target called one wrong.

        Which texts mean something there is known to the target alone.
        """
        outside = [p for p in self.operation.parameters if p.where != "path" and not p.examples]
        begun = [(self._name(f"request/{p.where}/{escape(p.name)}/"), set(p.schema)) for p in outside if _is_text(p)]
        free = any(name.startswith(start) and said <= {"type"} for start, said in begun)
        loose = any(name == f"{start}optional" and said <= {"type", "minLength", "maxLength"} for start, said in begun)
        return step.status in statuses(self.operation, "invalid") and (free or loose)

    def _name(self, path: str) -> str:
        return f"{self.operation.id}/{path}"

    def _real(self, case: Case) -> Outcome | None:
        """What became of the real call that a rehearsal is of."""
        return self._outcomes.get(case.real_id)

    @cached_property
    def _outcomes(self) -> dict[str, Outcome]:
        return {s.case.id: self.readings.outcome(s) for s in self.steps if s.case is not None and s.role == "case"}

    def _tried(self, expect: str) -> list[tuple[Step, Case]]:
        return [(s, s.case) for s in self.steps if s.role == "case" and s.case is not None and s.case.expect == expect]

    @cached_property
    def _is_deaf(self) -> bool:
        """Whether nearly everything that is accepted is refused on a rehearsal: then the rehearsal is at fault."""
        tried = [s for s, case in self._tried("accept") if case.rehearsal and self._real(case) == "accepted"]
        return _mostly(tried, lambda step: not accepted(step))

    @cached_property
    def _one_status(self) -> bool:
        """Whether nearly all invalid requests are refused with a wrong status: then the status is at fault."""
        tried = [s for s, case in self._tried("refuse") if case.kind == "invalid"]
        right = statuses(self.operation, "invalid")
        return _mostly(tried, lambda step: not self.readings.taken(step) and step.status not in right)

    @cached_property
    def _is_blind(self) -> bool:
        """Whether nearly all refusals are forgotten on a rehearsal, or go wrong: then the rehearsal is at fault."""
        rehearsed = [(s, case) for s, case in self._tried("refuse") if case.rehearsal]
        kinds = {id(s): case.kind for s, case in rehearsed if case.kind != "authentication"}
        tried = [s for s, _ in rehearsed if id(s) in kinds]
        return _mostly(
            tried, lambda s: self.readings.taken(s) or s.status not in statuses(self.operation, kinds[id(s)])
        )

    @cached_property
    def _is_opaque(self) -> bool:
        """Whether the answers show the state wrongly or not at all: a refusal may be for a state that nobody knows."""
        if self.operation.shows is None or not any("self." in rule.rule.text for rule in self.operation.requires):
            return False
        shape = AnswerJudge(self.operation)
        done = [s for s in self.steps if s.status in self.operation.success and not (s.case and s.case.rehearsal)]
        return any(shown_by(self.operation, step) is None or not shape.fits(step) for step in done)

    @cached_property
    def _causes(self) -> dict[int, tuple[str, ...]]:
        """Of valid requests that were refused, by identity: which other requirement is at fault."""
        named = {since: self._name(path) for since, path in _STUCK.items()}
        gone = {step: (named[since],) for step, since in stuck(self.steps).items() if named[since] in self.known}
        asked = (step for step, _ in self._tried("accept") if not step.flaky)
        refused = [step for step in asked if not accepted(step) and id(step) not in gone]
        valid = (s for s in self.steps if s.case is None or s.case.expect in ("accept", "contested"))
        return gone | causes(self.operation, refused, (s.document for s in valid if accepted(s)))


def _is_text(parameter: Parameter) -> bool:
    return parameter.schema.get("type") == "string"


def _mostly(tried: list[Step], wrong: Callable[[Step], bool]) -> bool:
    return len(tried) >= FEW and sum(map(wrong, tried)) > MOST * len(tried)
