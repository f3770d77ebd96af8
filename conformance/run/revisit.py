"""Revisits: what a call made or changed is read again, for an answer of a new shape shows what no other does."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urljoin, urlsplit

from conformance.cases.case import Document
from conformance.cases.host import typed
from conformance.contract.router import Router
from conformance.judge.step import Step
from conformance.run.session import Session
from conformance.wire import SAFE


@dataclass
class Revisits:
    """Of a run: after calls that were accepted, at most `most` of each operation, each with a body of another shape."""

    session: Session
    most: int
    reads: dict[str, Document] = field(default_factory=dict)  # by operation: requests that were accepted
    _shapes: dict[str, set[str]] = field(default_factory=dict)
    _heard: int = 0  # steps that were asked whether they spoil anything
    _spoilt: bool = False

    def after(self, step: Step) -> None:
        """Read what a call replaced, or made (RFC 9110, 10.2.2), and what holds it as long as all in there is valid."""
        shapes, shape = self._shapes.setdefault(step.operation, set()), _shape(step.document.get("body"))
        if len(shapes) >= self.most or shape in shapes:
            return
        shapes.add(shape)
        own = step.exchange.request.target.partition("?")[0]
        made = self.made(step)
        fresh = [own] if step.exchange.request.method == "PUT" else []
        fresh += [] if made is None else [made]
        for target in dict.fromkeys([*fresh, *([] if self._is_spoilt() else [own, own.rpartition("/")[0]])]):
            self.read(target)

    def made(self, step: Step) -> str | None:
        """The path of what a call says that it made; None if it says nothing."""
        location = step.exchange.response.header("Location") if step.exchange.response is not None else None
        return None if location is None else urlsplit(urljoin(step.exchange.request.target, location)).path

    def read(self, target: str) -> Step | None:
        """Look at a target with the operation that reads it; None where no such operation was accepted before."""
        match = self.router.match("GET", target)
        if match is None or match.operation.id not in self.reads:
            return None
        named = (each for each in match.operation.parameters if each.where == "path")
        path = {each.name: typed(match.path[each.name], each.schema) for each in named}
        return self.session.send(match.operation, {**self.reads[match.operation.id], "path": path}, role="look")

    @cached_property
    def router(self) -> Router:
        """Finds the operations of the contract at work."""
        return Router(self.session.contract.operations.values())

    def _is_spoilt(self) -> bool:
        """Whether something was accepted that is not surely valid: where that is shown, the answer is not at fault."""
        effective = (s for s in self.session.steps[self._heard :] if s.exchange.request.method not in SAFE)
        wrong = any(s.case is not None and s.case.expect != "accept" and 200 <= s.status < 300 for s in effective)
        self._heard, self._spoilt = len(self.session.steps), self._spoilt or wrong
        return self._spoilt


def _shape(value: Any) -> str:
    """What members a value has, and of which kinds they are."""
    if isinstance(value, dict):
        return f"{{{','.join(f'{name}:{_shape(inner)}' for name, inner in sorted(value.items()))}}}"
    if isinstance(value, list):
        return f"[{','.join(sorted({_shape(item) for item in value}))}]"
    return type(value).__name__
