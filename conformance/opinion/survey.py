"""A survey: an exploration by another tool, over the session of a run, judged exchange by exchange."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from conformance.cases.case import Document
from conformance.cases.draw import strategies
from conformance.contract.document import load
from conformance.contract.operation import Operation
from conformance.contract.router import Router
from conformance.errors import DefectError
from conformance.judge.state import shown_by
from conformance.judge.step import State, Step
from conformance.opinion.gate import Gate, credentialed
from conformance.opinion.notebook import Notebook
from conformance.requirement import Requirement
from conformance.requirements.oracle import Oracle
from conformance.requirements.site import unescape, values_at
from conformance.run.session import Session, resource
from conformance.traffic.charge import Charge, Charges
from conformance.traffic.decode import Decoded, decoded
from conformance.traffic.exchange import Recorded
from conformance.traffic.judge import TrafficJudge
from conformance.verdict import Result, SecondOpinion
from conformance.wire import Exchange, Request

if TYPE_CHECKING:
    from conformance.generation.explorer import Explorer, Objection

LONGEST = 300.0  # seconds for one operation
_GIVEN = {"credential": "given"}


class _Enough(Exception):  # noqa: N818 - not an error: the time of an operation is over
    """The next request is not sent."""


class Survey:
    """What a run lets explore: every request goes through the gate and the session, every exchange to our judge."""

    def __init__(
        self, session: Session, requirements: Sequence[Requirement], gate: Gate, seed: int, longest: float = LONGEST
    ) -> None:
        self._session = session
        self._gate = gate
        self._seed = seed
        self._longest = longest
        self._router = Router(session.contract.operations.values())
        self._judge = TrafficJudge(session.contract, requirements, told=self._told)
        self._notebook = Notebook()
        self._charges: dict[str, Charges] = {}
        self._shown: dict[str, State] = {}  # by resource
        self._explorer: Explorer | None = None
        self._operation: Operation | None = None  # the one at work
        self._until = 0.0
        self._requests = 0
        self._broken: list[str] = []  # by the exchange at hand
        self._judged: Exchange | None = None
        self._charge: Charge | None = None

    def explore(self, operation: Operation, accepted: Document) -> None:
        """One operation, about what the accepted request is about."""
        with self._at(operation):
            self._tool.explore(operation.method, operation.path, accepted.get("path", {}), self._hear)

    def sequences(self) -> None:
        """Sequences along the links that the document describes."""
        if self._operation is not None:
            with self._at(self._operation):
                self._tool.sequences(self._hear)

    def opinion(self) -> SecondOpinion:
        """What was found, without what the contract itself explains."""
        from conformance.generation.explorer import TOOL

        return SecondOpinion(TOOL, self._requests, self._notebook.findings())

    def results(self) -> tuple[Result, ...]:
        """What our judge says of the exchanges."""
        return self._judge.results()

    @property
    def _tool(self) -> Explorer:
        """The other tool, started when it is first wanted: it costs a second."""
        if self._explorer is None:
            from conformance.generation.explorer import Explorer

            path = Path(self._session.contract.path)
            self._explorer = Explorer(load(path).root, path.as_uri(), strategies(), self._seed, self._ask)
        return self._explorer

    @contextmanager
    def _at(self, operation: Operation) -> Iterator[None]:
        self._operation, self._until = operation, monotonic() + self._longest
        self._judge.forget()  # between two explorations resources are put back
        self._shown.clear()
        try:
            yield
        except _Enough:
            return

    def _ask(self, request: Request) -> Exchange | None:
        """The exchange of a request, judged; None if it must not or cannot be sent."""
        if monotonic() > self._until:
            raise _Enough
        match = self._router.match(request.method, request.target)
        operation = match.operation if match is not None else self._operation
        assert operation is not None  # noqa: S101 - nothing is asked outside of an operation
        request = credentialed(operation, request, self._session.token)
        read = decoded(operation, match.path, request) if match is not None else None
        if not self._gate.lets(match, read):
            return None
        try:
            exchange = self._sent(operation, read, request)
        except DefectError:  # nothing that HTTP can carry
            return None
        self._enter(operation, read, exchange)
        return exchange

    def _sent(self, operation: Operation, read: Decoded | None, request: Request) -> Exchange:
        """The exchange; what is met with silence is asked again, for once may be chance."""
        document = read.document if read is not None else {}
        exchange = self._session.pass_on(operation, document, request)
        self._requests += 1
        if exchange.response is None:
            exchange = self._session.pass_on(operation, document, request)
            self._requests += 1
        return exchange

    def _enter(self, operation: Operation, read: Decoded | None, exchange: Exchange) -> None:
        self._broken, self._judged = [], exchange
        self._charge = self._charged(operation, read)
        self._judge.enter(Recorded("", exchange, note=_GIVEN))
        if read is not None:
            self._learn(operation, read, exchange)
        if exchange.response is None and exchange.failure is not None:
            self._judge.silence(operation, exchange)
            self._notebook.silence(operation.id, exchange, tuple(self._broken))

    def _charged(self, operation: Operation, read: Decoded | None) -> Charge | None:
        """What our contract says of a request, on the state that is known."""
        if operation.id not in self._charges:
            self._charges[operation.id] = Charges(operation, Oracle(operation, self._session.contract.settings))
        if read is None:
            return None
        key, charges = resource(operation, read.document), self._charges[operation.id]
        charge = charges.of(read, "given", self._shown.get(key, self._session.known.get(key, {})))
        left_out = _contested_absences(charges.oracle, read.document)
        return charge if charge is None or not left_out else replace(charge, contested=(*charge.contested, *left_out))

    def _learn(self, operation: Operation, read: Decoded, exchange: Exchange) -> None:
        """Note the state that an answer shows."""
        step = Step(operation.id, read.document, exchange)
        shown = shown_by(operation, step) if 200 <= step.status < 300 else None
        if shown is not None:
            self._shown[resource(operation, read.document)] = shown

    def _told(self, requirement: str, step: Step) -> None:
        if step.exchange is self._judged:
            self._broken.append(requirement)

    def _hear(self, exchange: Exchange, objections: tuple[Objection, ...]) -> None:
        if exchange is not self._judged or self._operation is None:
            return
        match = self._router.match(exchange.request.method, exchange.request.target)
        operation = match.operation if match is not None else self._operation
        for objection in objections:
            self._notebook.note(operation.id, objection, exchange, tuple(self._broken), self._charge)


def _contested_absences(oracle: Oracle, document: Document) -> tuple[str, ...]:
    """What a request leaves out of which it is contested whether it may be."""
    found = []
    for placed in oracle.placed.values():
        requirement = placed.requirement
        if requirement.keyword == "optional" and requirement.level == "contested":
            parent, _, name = requirement.pointer.rpartition("/")
            if any(isinstance(v, dict) and unescape(name) not in v for _, v in values_at(document, parent)):
                found.append(requirement.id)
    return tuple(found)
