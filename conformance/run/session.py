"""A session with one target: what was sent, what is known of its states, and when to stop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from time import monotonic, sleep
from typing import Any, Protocol

from conformance.cases.case import PLAIN, Case, Document, Wire
from conformance.contract.operation import Contract, Operation
from conformance.judge.step import Role, Step
from conformance.run.compose import compose
from conformance.wire import Exchange, Request

MOST_FAILURES = 4  # requests in a row without an answer: then it is asked whether anybody is there
MOST_SILENCES = 4  # times that somebody was: each may have taken as many patient waits as that


class Sender(Protocol):
    """What a session needs of a target."""

    def send(self, request: Request) -> Exchange:
        """The exchange, complete or failed."""
        ...


class Stop(Exception):  # noqa: N818 - not an error: the run ends here, with what is known
    """The run cannot go on; the message is one sentence for the user."""


@dataclass
class Session:
    """Sends requests and keeps the steps; raises Stop when the target is gone or the time is over."""

    contract: Contract
    target: Sender
    token: str | None
    until: float | None = None  # on the monotonic clock
    steps: list[Step] = field(default_factory=list)
    known: dict[str, Document] = field(default_factory=dict)
    requests: int = 0
    answered: int = 0
    noted: Callable[[Step], None] = lambda step: None
    compose: Callable[[Operation, Document, str | None, Wire], Request] = compose
    pause: Callable[[float], None] = sleep
    direct: Sender | None = None  # without patience: used once 429 has turned out to be no throttling
    _failures: int = 0
    _silences: int = 0
    _last_good: Request | None = None

    def send(
        self,
        operation: Operation,
        document: Document,
        wire: Wire = PLAIN,
        role: Role = "case",
        case: Case | None = None,
    ) -> Step:
        """Send one request and note the step."""
        exchange = self._exchanged(self.compose(operation, document, self.token, wire))
        before = self.known.get(resource(operation, document))
        step = Step(operation.id, document, exchange, role, case, before)
        self.steps.append(step)
        self.noted(step)
        self._watch(exchange)
        return step

    def pass_on(self, operation: Operation, document: Document, request: Request) -> Exchange:
        """Send a request that was not made of cases: under the same rules, but it is no step of the run."""
        exchange = self._exchanged(request)
        self.noted(Step(operation.id, document, exchange, "explored"))
        self._watch(exchange)
        return exchange

    def _exchanged(self, request: Request) -> Exchange:
        if self.until is not None and monotonic() > self.until:
            raise Stop("the time limit was reached")
        exchange = self.target.send(request)
        self.requests += 1
        return exchange

    def _watch(self, exchange: Exchange) -> None:
        if exchange.response is not None:
            self.answered += 1
            self._failures = 0
            if exchange.response.status == 429:
                self._throttled()
            elif 200 <= exchange.response.status < 300:
                self._last_good = exchange.request
            return
        self._failures += 1
        detail = exchange.failure.detail if exchange.failure is not None else ""
        if self.answered == 0 and self._failures >= 2:
            raise Stop(f"the target cannot be reached: {detail}")
        if self._failures >= MOST_FAILURES:
            self._silent(detail)

    def _silent(self, detail: str) -> None:
        """A target is gone if what was fine before meets silence too; else silence is what these requests get."""
        self._silences += 1
        if self._silences > MOST_SILENCES or self._again() is None:
            raise Stop(f"the target stopped answering: {detail}")
        self._failures = 0

    def _throttled(self) -> None:
        """A 429 that stays is throttling if what was fine before meets it too; else it is what this request gets."""
        if self._again() in {None, 429}:
            raise Stop("the target answers 429 (too many requests) even after waiting")
        self.target = self.direct or self.target

    def _again(self) -> int | None:
        """How the target answers what was fine before; None if it does not, or if nothing was."""
        if self._last_good is None:
            return None
        again = self.target.send(self._last_good)
        self.requests += 1
        return again.response.status if again.response is not None else None

    def amend(self, step: Step, **changes: Any) -> Step:
        """Replace a noted step by one that knows more."""
        amended = step.knowing(**changes)
        for index in range(len(self.steps) - 1, -1, -1):
            if self.steps[index] is step:
                self.steps[index] = amended
                break
        return amended


def resource(operation: Operation, document: Document) -> str:
    """Which resource a request names: the kind of state and the values of its path."""
    return _resource(operation.state, *map(str, document.get("path", {}).values()))


@lru_cache(maxsize=1024)
def _resource(state: str | None, *names: str) -> str:
    return f"{state}:{sorted(names)}"


Progressed = Callable[[int, int, str], None]
