"""The judge: from steps to verdicts. A pure function; it neither sends nor reads anything."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from conformance.cases.case import Case
from conformance.contract.operation import Operation
from conformance.judge.answer import AnswerJudge, Finding
from conformance.judge.blame import Blame, Blamed
from conformance.judge.effect import EffectJudge
from conformance.judge.ledger import Ledger
from conformance.judge.reading import Readings, accepted
from conformance.judge.refusal import statuses, unsettled, words
from conformance.judge.step import Step
from conformance.requirements.derive import response_keywords, status_of
from conformance.requirements.evaluation import OPERATIONS, ensured, required
from conformance.requirements.site import rehearses, values_at
from conformance.strict_json import NOT_JSON

NOT_IMPLEMENTED = 501
_OF_GATEWAYS = (405, 415)  # statuses of refusals of a method and a media type

Effects = Callable[[Operation, Mapping[str, Any]], EffectJudge]


@dataclass
class OperationJudge:
    """Judges the steps of one operation into the ledger."""

    operation: Operation
    steps: list[Step]
    ledger: Ledger
    settings: Mapping[str, Any]
    soiled: frozenset[int] = frozenset()  # ids of steps whose answers an accepted wrong value has spoilt
    effects: Effects = EffectJudge
    _seen: dict[str, set[str]] = field(default_factory=dict)

    def judge(self) -> bool:
        """Enter every step; whether the target both accepts what is valid and refuses what is not."""
        answers = AnswerJudge(self.operation)
        for step in self.steps:
            if step.role == "case" and step.case is not None:
                self._case(step, step.case)
            if step.role in ("probe", "given") and step.case is None:
                self._prelude(step)
            if step.role == "look" and self.operation.supporting:
                self._looked(step)
            if id(step) not in self.soiled and not step.flaky and self._tells(step):
                self._enter(answers.judge(step), step)
                self._distinct(step)
        return self.alive

    def _looked(self, step: Step) -> None:
        """A target may lack an operation that only observes; it may not fail at it."""
        name = f"{self.operation.id}/response/status/success"
        if accepted(step):
            self.ledger.keep(name, step, "a success", _seen(step))
        elif step.status >= 500 and step.status != NOT_IMPLEMENTED:
            self.ledger.fail(name, step, "a success", _seen(step))

    def _prelude(self, step: Step) -> None:
        """What is sent before cases is as real as they are: the very first update is the only one that loses things."""
        took_effect = step.status in self.operation.success and not rehearses(self.operation, step.document)
        if took_effect and id(step) not in self.soiled:
            self._enter(self._effects.judge(step), step)

    def _tells(self, step: Step) -> bool:
        """Whether the shape of an answer is documented: that of a gateway, refusing method or media, may not be."""
        if step.case is None:
            return True
        if step.status in _OF_GATEWAYS and step.case.kind != "head":
            return str(step.status) in self.operation.answers
        return step.case.expect != "survive" and step.case.kind not in ("method", "head", "media")

    def _enter(self, findings: Iterable[Finding], step: Step) -> None:
        for finding in findings:
            if finding.kept:
                self.ledger.keep(finding.requirement, step, finding.expected, finding.observed)
            else:
                self.ledger.fail(finding.requirement, step, finding.expected, finding.observed)

    @cached_property
    def _accepted_requests(self) -> set[str]:
        plain = [step for step in self.steps if step.role in ("case", "probe") and self._plainly(step)]
        asked = {step.case.key for step in plain if step.case is not None and step.case.expect == "accept"}
        return asked | {repr(step.document) for step in plain}

    def _plainly(self, step: Step) -> bool:
        plain = step.case is None or (step.case.wire.credential == "given" and step.case.wire.body is None)
        return plain and accepted(step)

    @cached_property
    def alive(self) -> bool:
        """Whether the target discriminates: accepts something, and refuses something if it was tried."""
        tried = [s for s in self.steps if s.case is not None and s.case.expect == "refuse" and s.role == "case"]
        refused = any(400 <= step.status < 500 for step in tried)
        return bool(self._accepted_requests) and (refused or not tried)

    def _proved(self, case: Case) -> bool:
        return case.twin_key is None or case.twin_key in self._accepted_requests

    def _case(self, step: Step, case: Case) -> None:
        if step.flaky:
            self._flaky(step, case)
            return
        match case.expect:
            case "accept":
                self._accept(step, case)
            case "refuse":
                self._refuse(step, case)
            case "survive":
                self._survive(step, case.requirement)
            case _:
                self._contested(step, case)
        if step.culprit:
            self._changed(step, case)
        elif step.seen is not None and (not accepted(step) or case.rehearsal):
            name = "rehearsal/unchanged" if case.rehearsal else "state/refusal/unchanged"
            self.ledger.keep(f"{self.operation.id}/{name}", step, "no change", "no change")

    def _flaky(self, step: Step, case: Case) -> None:
        """What comes and goes is no fault of the case at hand; a failure that does may meet any request."""
        broken = ["protocol/hostile"] if step.exchange.response is None or step.status >= 500 else []
        names = [f"{self.operation.id}/{path}" for path in ("protocol/repeatable", *broken)]
        self.ledger.fail(
            next((name for name in names if name in self.ledger), case.requirement),
            step,
            "the same answer each time",
            f"{_seen(step)}, and another answer to the same request",
        )

    def _changed(self, step: Step, case: Case) -> None:
        name = f"{self.operation.id}/{'rehearsal/unchanged' if case.rehearsal else 'state/refusal/unchanged'}"
        observed = f"{', '.join(step.changed)} changed"
        self.ledger.fail(case.requirement if case.safe else name, step, "nothing changes", observed)

    def _accept(self, step: Step, case: Case) -> None:
        rehearsal = self.operation.rehearsal
        wanted = (rehearsal.status,) if case.rehearsal and rehearsal is not None else self.operation.success
        general = "rehearsal/status" if case.rehearsal else "response/status/success"
        expected = words(wanted) if len(wanted) < 9 else "2xx"
        if not accepted(step) and (unsettled(self.operation, step.status) or not self._proved(case)):
            self.ledger.doubt(case.requirement, step)
            return
        if not accepted(step):
            blamed = self._blame.not_accepted(step, case)
            if blamed.doubted:
                self.ledger.doubt(case.requirement, step)
            self._charge(blamed, step, expected)
            return
        right = step.status in wanted
        if not right and "/rehearsal/" in case.requirement:
            general = case.requirement.removeprefix(f"{self.operation.id}/")
        (self.ledger.keep if right else self.ledger.fail)(f"{self.operation.id}/{general}", step, expected, _seen(step))
        if case.requirement != f"{self.operation.id}/{general}":
            self._credit(case, step, expected)
        if case.rehearsal:
            self.ledger.keep(f"{self.operation.id}/rehearsal/accepts", step, expected, _seen(step))
            self._enter(self._effects.rules(step, "rehearsal", step.seen), step)
        elif right:
            self._enter(self._effects.judge(step), step)

    def _charge(self, blamed: Blamed, step: Step, expected: str) -> None:
        for name in blamed.requirements:
            self.ledger.fail(name, step, expected, _seen(step))

    def _credit(self, case: Case, step: Step, expected: str) -> None:
        """Acceptance proves what says that something is accepted; what limits a request is proved by refusals alone."""
        entry = self.ledger.entries.get(case.requirement)
        if entry is None or (entry.requirement.side == "request" and entry.requirement.keyword != "optional"):
            self.ledger.tried(case.requirement, step)
        else:
            self.ledger.keep(case.requirement, step, expected, _seen(step))

    @cached_property
    def _readings(self) -> Readings:
        return Readings(self.operation)

    @cached_property
    def _blame(self) -> Blame:
        return Blame(self.operation, self.steps, self.ledger.entries, self._readings)

    @cached_property
    def _effects(self) -> EffectJudge:
        return self.effects(self.operation, self.settings)

    def _refuse(self, step: Step, case: Case) -> None:
        allowed = statuses(self.operation, case.kind)
        expected = words(allowed)
        if self._readings.taken(step):
            self._charge(self._blame.not_refused(case), step, expected)
        elif step.status not in allowed:
            self._charge(self._blame.refused_wrongly(case), step, expected)
        elif not self._proved(case):
            self.ledger.doubt(case.requirement, step)
        else:
            self.ledger.keep(case.requirement, step, expected, _seen(step))
            if case.kind == "invalid":
                self.ledger.keep(f"{self.operation.id}/response/status/refusal", step, expected, _seen(step))
            if case.rehearsal:
                self.ledger.keep(f"{self.operation.id}/rehearsal/refuses", step, expected, _seen(step))
            self._enter(self._effects.rules(step, "refusal", step.seen), step)

    def _survive(self, step: Step, requirement: str) -> None:
        unknown = step.case is not None and step.case.safe and step.status == 501  # a method that nobody implements
        good = step.exchange.response is not None and (step.status < 500 or unknown)
        (self.ledger.keep if good else self.ledger.fail)(requirement, step, "an answer below 500", _seen(step))

    def _contested(self, step: Step, case: Case) -> None:
        if step.exchange.response is None or step.status >= 500:
            self._survive(step, f"{self.operation.id}/protocol/hostile")
            return
        literal = "/contested/" not in case.requirement
        taken = accepted(step)
        what = ("departs" if taken else "follows") if literal else ("accepts" if taken else "refuses")
        self.ledger.note(case.requirement, step, what, _seen(step))
        if taken and not case.rehearsal:
            self._enter((f for f in self._effects.judge(step) if self._holds_anyway(f, case)), step)

    def _strangers(self, *rules: str) -> bool:
        """Whether two rules speak of no member that is called the same."""
        one, other = (_spoken_of(self.operation)[name.rpartition("/")[2]] for name in rules)
        return one.isdisjoint(other)

    def _holds_anyway(self, finding: Finding, case: Case) -> bool:
        """Contested or not: what is accepted leaves the rest as it was, and what else is given takes its value."""
        if finding.requirement.endswith("/kept"):
            return True
        if "/rule/" in finding.requirement and "/rule/" in case.requirement:
            return self._strangers(finding.requirement, case.requirement)
        if not finding.requirement.endswith("/becomes"):
            return False
        pointer = self.ledger.entries[case.requirement].requirement.pointer if case.requirement in self.ledger else ""
        member = finding.requirement.rsplit("/", 2)[1]
        given = [each.when for each in self.operation.becomes if each.member == member]
        return case.sent in ("[]", '""') or not any(f"{pointer}/".startswith(f"{when}/") for when in given)

    @cached_property
    def _distinct_places(self) -> list[tuple[str, str, str]]:
        placed = [p.requirement for p in response_keywords(self.operation) if p.requirement.keyword == "distinct"]
        return [(r.id, r.pointer, status_of(r)) for r in placed]

    def _distinct(self, step: Step) -> None:
        answer = self.operation.answer(step.status)
        if answer is None or step.body is NOT_JSON:
            return
        for name, pointer, status in self._distinct_places:
            if status != answer.status:
                continue
            for _, value in values_at({"body": step.body}, pointer):
                known = self._seen.setdefault(name, set())
                if repr(value) in known:
                    self.ledger.fail(name, step, "a value of its own", f"{value!r} once more")
                elif known:
                    self.ledger.keep(name, step, "a value of its own", repr(value))
                known.add(repr(value))


@lru_cache(maxsize=OPERATIONS)
def _spoken_of(operation: Operation) -> dict[str, frozenset[str]]:
    """The members that each rule of an operation speaks of, by the rule's name."""
    every = (*required(operation), *ensured(operation))
    return {known.rule.id: frozenset(path.rpartition(".")[2] for path in known.paths) for known in every}


def _seen(step: Step) -> str:
    response, failure = step.exchange.response, step.exchange.failure
    if response is None:
        return f"no answer: {failure.detail}" if failure is not None else "no answer"
    return f"{response.status} {response.reason}".strip()
