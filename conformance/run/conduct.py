"""Conducting the cases of one operation: in which order, on which state, and with which looks in between."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from conformance.cases.case import Case, Document
from conformance.cases.host import Hosts
from conformance.contract.operation import Operation
from conformance.judge.reading import accepted
from conformance.judge.refusal import statuses
from conformance.judge.step import Step
from conformance.run.fresh import conflicts, freshened
from conformance.run.keeper import CRASHED, Keeper, crashed
from conformance.run.look import Looker
from conformance.run.patience import PATIENCE, Patience
from conformance.run.revisit import Revisits
from conformance.run.session import Session
from conformance.run.spare import Spares
from conformance.run.unhurried import Unhurried

BATCH = 40  # refusals between two looks
WHILE, DOUBTS = 4, 2  # of the pauses of patience so many where no state is described, for so many refusals
REFUSED = 400
STEADY = 12  # so many departures that did not go away, and no more are tried again
LOOKS_EACH = 1  # acceptances of one requirement that are all looked at
LOOKS_SAMPLED = 24  # then every so many
LOOKS_BY_UPDATE = 5  # accepted updates between two looks that are themselves updates


@dataclass
class Conductor:
    """Sends the cases of one operation and observes what they do; `looker` is None where no state is described."""

    session: Session
    hosts: Hosts
    looker: Looker | None
    initial: Mapping[str, Document]
    skipped: dict[str, str] = field(default_factory=dict)
    twice: bool = False  # whether each case is sent a second time at once
    trusted: Mapping[str, Document] = field(default_factory=dict)  # by resource: what holds whatever is shown of it
    unhurried: Unhurried | None = None
    revisits: Revisits | None = None
    spares: Spares | None = None
    keeper: Keeper = field(init=False)
    patience: Patience = field(init=False)
    _batch: list[Step] = field(default_factory=list)
    _accepted: int = 0
    _conflicts: int = 0
    _shrunk: set[str] = field(default_factory=set)
    _steady: int = 0  # departures that were the same when tried again
    _soiled: bool = False  # whether values that are not surely valid are stored
    _fitting: tuple[Document, Document] | None = None
    _looked: dict[str, int] = field(default_factory=dict)
    _rest: float = 0.0  # seconds that the target is busy with what it accepted

    def __post_init__(self) -> None:
        self.keeper = Keeper(self.session, self.operation, self.looker, self.initial)
        self.patience = Patience(self.keeper, self.hosts.oracle)

    @property
    def operation(self) -> Operation:
        """The operation at work."""
        return self.hosts.operation

    @property
    def pending(self) -> str | None:
        """The resource whose refusals wait for the next look; None if none do."""
        return self._batch_key() if self._batch else None

    @property
    def effects(self) -> int:
        """How many calls have taken effect."""
        return self._accepted

    def send(self, case: Case) -> bool:
        """Send a case on a state on which it tells something; whether all was as expected."""
        effective = case.expect in ("accept", "contested") and not case.rehearsal
        if self._batch and (effective or self._key(case) != self._batch_key()):
            self.flush()
        if case.parts:
            return self._jointly(case)
        if not self._prepared(case):
            self.skipped[case.id] = "state"
            return False
        if self.unhurried is not None:
            self.unhurried.wait(case, self.keeper.known(case.request))
        for number in range(case.repeat):
            step = self._undisturbed(case, self._sent(case))
            if self.twice and case.repeat == 1:
                self.keeper.learn(self.session.send(self.operation, step.document, case.wire, "again", case))
            step = self._confirmed(case, step, before=number)
            self._after(case, step)
            if step.flaky or not self._as_expected(case, step):
                break
        if len(self._batch) >= BATCH:
            self.flush()
        return not step.flaky and self._as_expected(case, step)

    def _key(self, case: Case) -> str:
        return self.keeper.key(case.request)

    def _batch_key(self) -> str:
        return self.keeper.key(self._batch[0].document)

    def _sent(self, case: Case) -> Step:
        spared = self._on_spare(case)
        if spared is not None:
            return spared
        step = self.session.send(self.operation, case.request, case.wire, "case", case)
        if not conflicts(self.hosts, step.status) or case.wire.body is not None:
            return step
        self._conflicts += 1
        fresh = freshened(self.hosts, case, 100 + self._conflicts)
        if fresh == case.request:
            return step
        self.session.amend(step, role="probe")
        return self.session.send(self.operation, fresh, case.wire, "case", case)

    def _on_spare(self, case: Case) -> Step | None:
        """A call that takes effect on what the run made itself; None where there is none, or it is not accepted."""
        path = self.spares.path(self.hosts, case.request) if self.spares and case.expect == "accept" else None
        if path is None:
            return None
        step = self.session.send(self.operation, {**case.request, "path": path}, case.wire, "case", case)
        if accepted(step):
            return step
        self.session.amend(step, role="probe")
        return None

    def _jointly(self, case: Case) -> bool:
        """A joint case; where it is refused its parts say why, and if each of them is accepted, it does itself."""
        if not self.twice and self._prepared(case):
            step = self._undisturbed(case, self._sent(case))
            if accepted(step):
                self._after(case, step)
                return True
            if crashed(step):
                self.keeper.look(step.document)
            self.session.amend(step, role="probe")
        alone = [self.send(part) for part in case.parts]
        return all(alone) and (self.twice or self.send(replace(case, parts=())))

    def _undisturbed(self, case: Case, step: Step) -> Step:
        """What is refused on a state that an earlier rehearsal has moved unseen is sent again on the right one."""
        if case.expect != "accept" or accepted(step) or not self.flush(surely=True):
            return step
        self.session.amend(step, role="probe")
        return self._sent(case)

    def _believed(self, document: Document) -> Document:
        """The state on which a request acts, as far as it is not shown wrongly."""
        trusted = self.trusted.get(self.keeper.key(document))
        return self.keeper.known(document) if trusted is None else {**self.keeper.known(document), **trusted}

    def _prepared(self, case: Case) -> bool:
        """Bring the resource into a state in which the case, or its twin, would be accepted but for the one fault."""
        if case.given is not None and not self._still_given(case.given):
            self.keeper.reset(case.request)
            step = self.session.send(self.operation, case.given, role="given")
            self.keeper.learn(step)
            if not accepted(step):
                # It may have taken effect all the same, and nobody else is to blame for that.
                self.keeper.look(case.request)
                return False
        if self._soiled and case.expect != "contested":
            self._soiled = not self.keeper.reset(case.request)
        wanted = case.request if case.expect == "accept" else case.twin
        if wanted is not None and case.given is None and not self._may_fit(case, wanted):
            self._put_right(wanted, lambda state: self._would_fit(case, wanted, state))
            if not self._may_fit(case, wanted) and not self._settles(wanted):
                return self._is_plain(case)
        applies = self._applies(case, self._believed(case.request))
        if not applies and case.given is None:
            self._put_right(case.request, lambda state: self._applies(case, state))
            applies = self._applies(case, self._believed(case.request))
        return applies

    def _put_right(self, document: Document, fits: Callable[[Document], bool]) -> None:
        """Bring a resource into the state in which it was found, or where it must be another, into a later one."""
        trusted = self.trusted.get(self.keeper.key(document), {})
        if not self.keeper.bring(document, lambda state: fits({**state, **trusted})):
            self.keeper.reset(document)

    def _still_given(self, given: Document) -> bool:
        """Whether what a case starts from was brought about for the one before, and nothing has taken effect since."""
        for step in reversed(self.session.steps):
            if step.role == "given":
                return accepted(step) and step.document == given
            if step.role != "look" and not REFUSED <= step.status < CRASHED:
                return False
        return False

    def _is_plain(self, case: Case) -> bool:
        """Whether a case is the valid request that was accepted before: what it meets now, it meets wrongly."""
        plain = case.expect == "accept" and case.requirement.endswith("/response/status/success")
        return plain and self._key(case) in self.patience.stuck

    def _settles(self, wanted: Document) -> bool:
        return self.patience.settles(wanted, lambda: self._fits(wanted))

    def _fits(self, request: Document) -> bool:
        known = self.keeper.known(request)
        if self._fitting is None or self._fitting[0] is not request or self._fitting[1] is not known:
            if not self.hosts.oracle.acceptable(request, self._believed(request)):
                return False
            self._fitting = (request, known)  # the same twin serves many cases
        return True

    def _may_fit(self, case: Case, wanted: Document) -> bool:
        """Whether a request fits; a twin may be contested on any state."""
        return self._fits(wanted) or self._would_fit(case, wanted, self._believed(wanted))

    def _would_fit(self, case: Case, wanted: Document, state: Document) -> bool:
        judged = self.hosts.oracle.judge(wanted, state)
        return judged.acceptable or (case.twin is not None and not judged.firm)

    def _applies(self, case: Case, state: Document) -> bool:
        """A rule's example tells something only if, on the state at hand, it breaks that rule alone."""
        if "/rule/" not in case.requirement:
            return True
        judged = self.hosts.oracle.judge(case.request, state)
        return judged.acceptable if case.expect == "accept" else judged.breaks_only(case.requirement)

    def _as_expected(self, case: Case, step: Step) -> bool:
        match case.expect:
            case "accept":
                return accepted(step)
            case "refuse":
                return step.status in statuses(self.operation, case.kind)
            case _:
                return step.status < 500 and step.exchange.response is not None

    def _confirmed(self, case: Case, step: Step, *, before: int = 0) -> Step:
        """What is not as expected is sent again: a defect that comes and goes is one of its own kind."""
        if self._as_expected(case, step):
            return step
        self.keeper.learn(step)
        if before > 0:
            return self.session.amend(step, flaky=True)
        if self._steady >= STEADY:
            return step
        if case.expect == "accept" and self.operation.effect == "changes" and not self._may_be_repeated(step):
            return step
        for _ in range(2):
            self._prepared(case)
            again = self.session.send(self.operation, case.request, case.wire, "probe", case)
            if self._as_expected(case, again):
                self.keeper.learn(again)
                return self.session.amend(step, flaky=True)
            self.keeper.learn(again)
        later = self._later(case) if case.expect == "accept" else None
        if later is not None:
            self.session.amend(step, role="probe")
            return later
        self._steady += 1
        if case.sent.startswith("drawn: ") and case.expect == "refuse" and accepted(step):
            self._shrink(case)
        return step

    def _later(self, case: Case) -> Step | None:
        """A call that is accepted after a while, where no state says that the target is busy with the one before."""
        if self.looker is not None or self.operation.effect == "reads" or self._steady >= DOUBTS:
            return None
        for seconds in PATIENCE[:WHILE]:
            self.session.pause(seconds)
            again = self.session.send(self.operation, case.request, case.wire, "case", case)
            if accepted(again):
                self._rest = seconds
                return again
            self.session.amend(again, role="probe")
        return None

    def _shrink(self, case: Case) -> None:
        """A drawn value that is wrongly accepted is made smaller, once for each requirement."""
        if case.requirement in self._shrunk:
            return
        from conformance.run.shrink import shrunk

        self._shrunk.add(case.requirement)
        smaller = shrunk(self.session, self.hosts, case)
        self.keeper.reset(case.request)
        if smaller is not None:
            self.session.send(self.operation, smaller.request, smaller.wire, "case", smaller)

    def _may_be_repeated(self, step: Step) -> bool:
        """Whether a call may be sent again: what was refused had no effect; what failed on the way most likely none."""
        repeatable = self.operation.method in ("GET", "PUT", "HEAD") or self.operation.state is not None
        return repeatable or step.status >= REFUSED

    def _after(self, case: Case, step: Step) -> None:
        if accepted(step) and self._rest and not case.safe:
            self.session.pause(self._rest)
        if self.revisits is not None and accepted(step) and case.expect == "accept" and not case.rehearsal:
            self.revisits.after(step)
        if self.looker is None or self.operation.effect == "reads":
            return
        if accepted(step) and not case.rehearsal and not case.safe:
            self._accepted_call(case, step)
        elif self._key(case) in self.initial and not self._is_noted(case, step):
            self._batch.append(step)  # of what is not there, or cannot be seen, nothing can be said

    @staticmethod
    def _is_noted(case: Case, step: Step) -> bool:
        """Whether it is a plain refusal of what is contested: others show that refusals change nothing."""
        return case.expect == "contested" and not case.rehearsal and REFUSED <= step.status < CRASHED

    def _accepted_call(self, case: Case, step: Step) -> None:
        self._accepted += 1
        shown = self.keeper.learn(step)
        if self._worth_a_look(case, shown):
            seen = self.keeper.look(step.document)
            if seen is not None:
                self.session.amend(step, seen=seen, disturbed=self.keeper.disturbed)
        if case.expect == "contested":
            self._soiled = True
        elif case.expect != "accept":
            for document in (step.document, case.twin):  # what was taken for another resource has changed that one
                if document is not None and (document is step.document or self.keeper.key(document) != self._key(case)):
                    self.keeper.reset(document)

    def _worth_a_look(self, case: Case, shown: Document | None) -> bool:
        """Looks cost requests: the first acceptances of each requirement tell most, later ones are sampled."""
        if shown is None or case.expect in ("refuse", "survive"):
            return True
        if case.expect == "contested":
            return False
        seen = self._looked[case.requirement] = self._looked.get(case.requirement, 0) + 1
        if self.looker is not None and self.looker.reads:
            return seen <= LOOKS_EACH or seen % LOOKS_SAMPLED == 0
        return self._accepted % LOOKS_BY_UPDATE == 0

    def flush(self, *, surely: bool = False) -> bool:
        """One look after many refusals; only if something changed, again one by one. Whether one of them did it.

        If none does it again, the first is blamed: unless it is to be sure, for something else was sent since.
        """
        batch, self._batch = self._batch, []
        if not batch:
            return False
        document = batch[0].document
        before = self.keeper.known(document)
        seen = self.keeper.look(document)
        if seen is None:
            if self.patience.is_shut(document):
                self.session.amend(batch[0], culprit=True, changed=("what may be done with it",))
            return False
        if not before or not self.keeper.differs(before, seen):
            for step in batch:
                self.session.amend(step, seen=seen, disturbed=self.keeper.disturbed)
            return False
        found = self._search(batch)
        firmly = (
            not found and not surely and (self.keeper.differs_firmly(before, seen) or self._locked(document, before))
        )
        if firmly:
            self.session.amend(batch[0], culprit=True, changed=self.keeper.differs(before, seen), seen=seen)
        self.keeper.reset(document)
        return found

    def _locked(self, document: Document, before: Document) -> bool:
        """Whether a resource that was free to be changed no longer is, though all was refused."""
        plains = (host.request for variant in self.hosts.variants for host in self.hosts.plains(variant))
        key = self.keeper.key(document)
        own = next((request for request in plains if self.keeper.key(request) == key), None)
        was_free = own is not None and self.hosts.oracle.acceptable(own, before)
        return was_free and own is not None and not self._fits(own) and not self._settles(own)

    def _search(self, batch: list[Step]) -> bool:
        """Send the cases of a batch again, one by one, with a look after each."""
        found = False
        for step in batch:
            if step.case is None:
                continue
            self.keeper.reset(step.document)
            if step.case.given is not None:
                self.keeper.learn(self.session.send(self.operation, step.case.given, role="given"))
            before = self.keeper.look(step.document)
            again = self.session.send(self.operation, step.document, step.case.wire, "probe", step.case)
            seen = self.keeper.look(step.document)
            changed = self.keeper.differs(before, seen) if before is not None and seen is not None else ()
            if changed:
                found = True
                self.session.amend(step, culprit=True, changed=changed, seen=seen, before=before)
            self.keeper.learn(again)
            if found and len(batch) > BATCH // 2:
                break
        return found
