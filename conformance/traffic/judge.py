"""Judging traffic as it comes: the same judges as in a live run, on exchanges that somebody else made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from conformance.cases.case import Case
from conformance.contract.expression import EvaluationError
from conformance.contract.operation import Contract, Operation
from conformance.contract.router import Router
from conformance.judge.answer import Finding
from conformance.judge.ledger import Entry, Ledger, Told, result
from conformance.judge.refusal import words
from conformance.judge.state import differing, shown_by
from conformance.judge.step import Step
from conformance.requirement import Requirement
from conformance.requirements.evaluation import Evaluation, KnownValue
from conformance.strict_json import NOT_JSON
from conformance.traffic.charge import OTHER_REASONS, Charge, credential
from conformance.traffic.decode import Decoded, Reader
from conformance.traffic.desk import Desk
from conformance.traffic.exchange import Recorded
from conformance.traffic.sight import EVERYTHING, Sight, Sights, forget, named, soil
from conformance.traffic.tally import Tally
from conformance.traffic.twins import Refusal
from conformance.verdict import Result
from conformance.wire import SAFE, Exchange

_OUTAGES = (502, 503, 504)  # of a gateway, or for a while: nothing that the request provoked


@dataclass(frozen=True, slots=True)
class _Scene:
    """One exchange with everything that is known around it."""

    desk: Desk
    step: Step
    decoded: Decoded
    charge: Charge | None
    sight: Sight | None  # of the resource, where the operation has a state
    answered: bool

    @property
    def accepted(self) -> bool:
        return 200 <= self.step.status < 300


class TrafficJudge:
    """Enters exchanges one by one, in the order in which they happened; memory does not grow with their number.

    `whole` tells that requests come with their credentials, as through a proxy, so that none is a missing one.
    `told` hears of every failure as it is entered.
    """

    def __init__(
        self,
        contract: Contract,
        requirements: Iterable[Requirement],
        *,
        whole: bool = False,
        told: Told = lambda requirement, step: None,
    ) -> None:
        self.tally = Tally()
        self._contract = contract
        self._whole = whole
        self._requirements = tuple(requirements)
        self._ledger = Ledger({requirement.id: Entry(requirement) for requirement in self._requirements}, told)
        self._router = Router(contract.operations.values())
        self._reader = Reader()
        self._unpublished_value = None if contract.unpublished is None else KnownValue(contract.unpublished)
        self._sights = Sights()
        self._desks: dict[str, Desk] = {}
        self._shown: set[str] = set()  # requirements of which an exchange showed that they hold

    def enter(self, recorded: Recorded) -> None:
        """Judge one exchange, if the contract describes it."""
        tally, request = self.tally, recorded.exchange.request
        tally.total += 1
        match = self._router.match(request.method, request.target)
        if match is None:
            tally.undescribed(request.method, recorded.origin, request.target)
            if request.method not in SAFE:
                self._sights.disturbed(request.target)
            return
        tally.described += 1
        tally.origins[recorded.origin] += 1
        if recorded.cached:
            tally.cached += 1
            return
        operation = match.operation
        read = self._reader.read(match, recorded)
        if operation.state is None and operation.effect != "reads":
            self._sights.disturbed(request.target)
        scene = self._scene(operation, read, recorded)
        if recorded.exchange.response is None:
            tally.silent += 1
            _lose(scene)
        elif self._unpublished(scene.step):
            tally.unpublished += 1
        else:
            self._judge(scene)

    def forget(self) -> None:
        """What was seen of states holds no longer: they were changed by what is not entered."""
        self._sights = Sights()

    def silence(self, operation: Operation, exchange: Exchange) -> None:
        """Enter that a request found no answer, which only its sender can tell from a cut recording."""
        step = Step(operation.id, {}, exchange, "probe")
        self._ledger.fail(f"{operation.id}/protocol/hostile", step, "an answer", seen(step))

    def results(self) -> tuple[Result, ...]:
        """The verdict on every requirement, as of now."""
        return tuple(self._result(requirement) for requirement in self._requirements)

    def _result(self, requirement: Requirement) -> Result:
        desk = self._desks.get(requirement.operation)
        operation = self._contract.operations[requirement.operation]
        alive = desk is not None and (desk.alive or operation.supporting)
        return result(self._ledger.entries[requirement.id], alive=alive, absent="not-exercised", mendable=False)

    def _scene(self, operation: Operation, read: Decoded, recorded: Recorded) -> _Scene:
        desk = self._desks.get(operation.id)
        if desk is None:
            desk = self._desks[operation.id] = Desk(operation, self._contract.settings)
        exchange = recorded.exchange
        sight = None
        if operation.state is not None:
            sight = self._sights.of(operation, read.document, exchange)
        before = sight.shown if sight is not None and not sight.soiled else None
        given = credential(operation, exchange.request, recorded.note, whole=self._whole)
        charge = desk.charges.known(read, given, before)
        step = Step(operation.id, read.document, exchange, "probe", None, before)
        if charge is None:
            self.tally.unread += 1
        if not recorded.answered and exchange.response is not None:
            self.tally.bodiless += 1
        return _Scene(desk, step, read, charge, sight, recorded.answered)

    def _unpublished(self, step: Step) -> bool:
        if self._unpublished_value is None or step.status < 400:
            return False
        response = {"status": step.status, "body": None if step.body is NOT_JSON else step.body, "header": step.headers}
        try:
            return self._unpublished_value.of(Evaluation({"response": response})) is True
        except EvaluationError:
            return False

    def _judge(self, scene: _Scene) -> None:
        if scene.accepted:
            self._accepted(scene)
        elif 400 <= scene.step.status < 500:
            self._refused(scene)
        elif scene.step.status >= 500:
            self._failed(scene)

    def _answer(self, scene: _Scene) -> None:
        """The shape of an answer; not where it may show a value that should never have been stored."""
        soiled = scene.sight is not None and scene.sight.soiled and scene.accepted
        if scene.answered and not soiled and scene.decoded.fault is None:
            try:
                self._enter(scene.desk.answers.judge(scene.step), scene.step)
            except ValueError:  # half a character, or nested beyond what can be validated
                self.tally.odd += 1
            self._enter(scene.desk.distinct(scene.step), scene.step)

    def _enter(self, findings: Iterable[Finding], step: Step) -> None:
        for finding in findings:
            if not finding.kept:
                self._ledger.fail(finding.requirement, step, finding.expected, finding.observed)
            elif finding.requirement not in self._shown:  # of what holds, the first exchange is shown
                self._shown.add(finding.requirement)
                self._ledger.keep(finding.requirement, step, finding.expected, finding.observed)

    def _accepted(self, scene: _Scene) -> None:
        charge, step = scene.charge, scene.step
        if charge is None:
            self._answer(scene)
            _lose(scene)
        elif charge.firm:
            scene.desk.tried += 1
            for name in charge.firm:
                self._ledger.fail(name, _told(scene, name), words(charge.allowed), seen(step))
            _spoil(scene)
        elif charge.contested:
            self._noted(scene, charge, accepted=True)
            _spoil(scene)
        else:
            self._valid(scene)

    def _valid(self, scene: _Scene) -> None:
        desk, step = scene.desk, scene.step
        desk.accepted += 1
        rehearsal = desk.rehearsal(step.document)
        wanted = (rehearsal.status,) if rehearsal is not None else desk.success
        name = "response/status/success" if rehearsal is None else "rehearsal/status"
        right = step.status in wanted
        expected = words(wanted) if len(wanted) < 9 else "2xx"
        (self._ledger.keep if right else self._ledger.fail)(f"{desk.operation.id}/{name}", step, expected, seen(step))
        self._answer(scene)
        self._enter(desk.optional(step.document), step)
        for refusal in desk.twins.accepted(step.document):
            self._prove(desk, refusal)
        if rehearsal is not None:
            self._enter(desk.effects.rules(step, "rehearsal", step.before), step)
            _idle(scene, "rehearsal/unchanged")
        elif right and scene.answered:
            self._real(scene)

    def _real(self, scene: _Scene) -> None:
        desk, step, sight = scene.desk, scene.step, scene.sight
        self._enter(desk.effects.judge(step), step)
        if sight is None:
            return
        shown = shown_by(desk.operation, step)
        if desk.operation.effect == "reads":
            self._looked(sight, shown)
            return
        if sight.soiled:
            sight.soiled -= named(desk.operation, step)
        forget(sight)
        if shown is not None:
            sight.shown, sight.update = shown, step

    def _looked(self, sight: Sight, shown: Mapping[str, Any] | None) -> None:
        """A look confirms the update before it, and that what was refused or rehearsed since changed nothing."""
        if shown is None:
            return
        if sight.shown is not None and not sight.soiled:
            common = {name: value for name, value in sight.shown.items() if name in shown}
            if sight.update is not None:
                updated = self._desks[sight.update.operation].effects
                self._enter([updated.observed(sight.update, common, shown)], sight.update)
            self._unchanged(sight, common, {name: shown[name] for name in common})
        forget(sight)
        sight.shown = shown

    def _unchanged(self, sight: Sight, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        for name, step in sight.idle.items():
            desk = self._desks[step.operation]
            changed = differing(before, after, desk.operation.free)
            if not changed:
                self._ledger.keep(f"{step.operation}/{name}", step, "no change", "no change")
            elif len(sight.idle) == 1 and sight.update is None:
                self._ledger.fail(f"{step.operation}/{name}", step, "nothing changes", f"{', '.join(changed)} changed")

    def _refused(self, scene: _Scene) -> None:
        charge, step = scene.charge, scene.step
        _idle(scene, "state/refusal/unchanged")
        self._answer(scene)
        if charge is None:
            return
        if not charge.firm and not charge.contested:
            self.tally.refused[f"{step.operation} {step.status}"] += 1
        elif not charge.firm:
            if step.status in scene.desk.invalid:
                self._noted(scene, charge, accepted=False)
        elif step.status in charge.allowed:
            self._rightly(scene, charge)
        elif step.status not in OTHER_REASONS:
            told = _told(scene, charge.firm[0])
            name = f"{step.operation}/response/status/refusal"
            self._ledger.fail(name, told, words(charge.allowed), seen(step))

    def _rightly(self, scene: _Scene, charge: Charge) -> None:
        desk = scene.desk
        desk.tried += 1
        desk.refused += 1
        self._enter(desk.effects.rules(scene.step, "refusal", scene.step.before), scene.step)
        name = charge.single
        if name is None:
            return
        if name in desk.proved:
            self._prove(desk, Refusal(name, "", scene.step, ""))
            return
        refusal = Refusal(name, desk.charges.pointer(name), _told(scene, name), words(charge.allowed))
        if desk.twins.refused(refusal):
            self._prove(desk, refusal)
        else:
            self._ledger.doubt(name, refusal.step)

    def _prove(self, desk: Desk, refusal: Refusal) -> None:
        desk.proved.add(refusal.requirement)
        observed = seen(refusal.step)
        self._ledger.keep(refusal.requirement, refusal.step, refusal.expected, observed)
        if refusal.step.status in desk.invalid and "/authentication/" not in refusal.requirement:
            name = f"{refusal.step.operation}/response/status/refusal"
            self._ledger.keep(name, refusal.step, refusal.expected, observed)

    def _failed(self, scene: _Scene) -> None:
        self._answer(scene)
        _lose(scene)
        if scene.step.status not in _OUTAGES:
            name = f"{scene.step.operation}/protocol/hostile"
            charged = scene.charge is not None and scene.charge.firm
            step = _told(scene, scene.charge.firm[0]) if scene.charge is not None and charged else scene.step
            self._ledger.fail(name, step, "an answer below 500", seen(step))

    def _noted(self, scene: _Scene, charge: Charge, *, accepted: bool) -> None:
        if len(charge.contested) != 1:
            return
        name = charge.contested[0]
        literal = "/contested/" not in name
        what = ("departs" if accepted else "follows") if literal else ("accepts" if accepted else "refuses")
        self._ledger.note(name, _told(scene, name), what, seen(scene.step))


def _idle(scene: _Scene, name: str) -> None:
    """A refusal or a rehearsal: the next look tells whether it changed anything."""
    if scene.sight is not None and scene.sight.shown is not None and scene.desk.operation.effect != "reads":
        scene.sight.idle.setdefault(name, scene.step)


def _lose(scene: _Scene) -> None:
    """After an exchange of which nobody knows what it did, the state is unknown."""
    if scene.sight is not None and scene.desk.operation.effect != "reads":
        forget(scene.sight)


def _spoil(scene: _Scene) -> None:
    if scene.sight is None or scene.desk.operation.effect == "reads":
        return
    if scene.decoded.fault is not None:
        scene.sight.soiled.add(EVERYTHING)
    if scene.desk.rehearsal(scene.step.document) is None:
        soil(scene.sight, scene.desk.operation, scene.step)


def _told(scene: _Scene, requirement: str) -> Step:
    """The step with words for what was sent."""
    sent = scene.desk.charges.sent(requirement, scene.decoded)
    step = scene.step
    return step.knowing(case=Case("traffic", requirement, step.operation, step.document, "refuse", sent))


def seen(step: Step) -> str:
    """The status line of an answer."""
    response = step.exchange.response
    return "no answer" if response is None else f"{response.status} {response.reason}".strip()
