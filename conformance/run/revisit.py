"""Revisits: what a call made or changed is read again, for an answer of a new shape shows what no other does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urljoin, urlsplit

from conformance.cases.case import Document
from conformance.cases.host import typed
from conformance.contract.router import Router
from conformance.judge.step import Step
from conformance.run.session import Session


@dataclass
class Revisits:
    """Of one operation: after its calls that were accepted, at most `most` and each with a body of another shape."""

    session: Session
    reads: Mapping[str, Document]  # by operation: requests that were accepted
    most: int
    _shapes: set[str] = field(default_factory=set)

    def after(self, step: Step) -> None:
        """Read what a call replaced, or made (RFC 9110, 10.2.2), and what holds it as long as all in there is valid."""
        shape = _shape(step.document.get("body"))
        if len(self._shapes) >= self.most or shape in self._shapes:
            return
        self._shapes.add(shape)
        own = step.exchange.request.target.partition("?")[0]
        made = step.exchange.response.header("Location") if step.exchange.response is not None else None
        fresh = [own] if step.exchange.request.method == "PUT" else []
        fresh += [] if made is None else [urlsplit(urljoin(own, made)).path]
        for target in dict.fromkeys([*fresh, *([] if self._spoilt else [own, own.rpartition("/")[0]])]):
            self._read(target)

    def _read(self, target: str) -> None:
        match = self._router.match("GET", target)
        if match is None or match.operation.id not in self.reads:
            return
        named = (each for each in match.operation.parameters if each.where == "path")
        path = {each.name: typed(match.path[each.name], each.schema) for each in named}
        self.session.send(match.operation, {**self.reads[match.operation.id], "path": path}, role="look")

    @cached_property
    def _router(self) -> Router:
        return Router(self.session.contract.operations.values())

    @property
    def _spoilt(self) -> bool:
        """Whether something was accepted that is not surely valid: where that is shown, the answer is not at fault."""
        asked = ((step.case, step.status) for step in self.session.steps if step.case is not None)
        return any(case.expect != "accept" and not case.safe and 200 <= status < 300 for case, status in asked)


def _shape(value: Any) -> str:
    """What members a value has, and of which kinds they are."""
    if isinstance(value, dict):
        return f"{{{','.join(f'{name}:{_shape(inner)}' for name, inner in sorted(value.items()))}}}"
    if isinstance(value, list):
        return f"[{','.join(sorted({_shape(item) for item in value}))}]"
    return type(value).__name__
