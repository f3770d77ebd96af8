"""Looking at states: through a GET where the target has one, else through an update that changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from conformance.cases.case import Document
from conformance.contract.expression import EvaluationError
from conformance.contract.operation import Contract, Observation, State
from conformance.judge.step import Step
from conformance.strict_json import NOT_JSON

Send = Callable[[str, Document], Step]


@dataclass
class Looker:
    """Observes the resources of one kind of state; remembers which way works on this target."""

    contract: Contract
    state: State
    send: Send  # operation id and document to the step taken
    may_change: bool
    _working: int | None = None
    _failed: set[int] = field(default_factory=set)

    @property
    def way(self) -> Observation | None:
        """The way of looking that works here; None before the first look and where none works."""
        return None if self._working is None else self.state.observe[self._working]

    @property
    def reads(self) -> bool:
        """Whether looking is a mere read."""
        return self.way is not None and self.contract.operations[self.way.operation].effect == "reads"

    def look(
        self,
        path: Mapping[str, Any],
        known: Document,
        forbidden: Callable[[str, Document], bool] = lambda operation, request: False,
    ) -> tuple[Document | None, Step | None]:
        """The state of the resource that the path names, and the step that showed it; None if it cannot be seen.

        What would be an update that is `forbidden` is no look.
        """
        for index, way in enumerate(self.state.observe):
            if index in self._failed or (self._working is not None and index != self._working):
                continue
            step = self._try(way, path, known, forbidden)
            if step is None:
                continue
            seen = _value(way, step)
            if seen is not None:
                self._working = index
                return seen, step
            if step.status in (404, 405, 501) and self._working is None:
                self._failed.add(index)
            elif self._working == index:
                return None, step
        return None, None

    def _try(
        self, way: Observation, path: Mapping[str, Any], known: Document, forbidden: Callable[[str, Document], bool]
    ) -> Step | None:
        operation = self.contract.operations[way.operation]
        if operation.effect != "reads" and not self.may_change:
            return None
        request: Document = {}
        if way.request is not None:
            try:
                request = way.request.value({"self": known})
            except EvaluationError:
                return None
        request = {"query": {}, "header": {}, **request, "path": path}
        if operation.effect != "reads" and forbidden(way.operation, request):
            return None
        return self.send(way.operation, request)


def _value(way: Observation, step: Step) -> Document | None:
    if not 200 <= step.status < 300 or step.body is NOT_JSON:
        return None
    try:
        value = way.value.value({"response": {"status": step.status, "body": step.body}})
    except EvaluationError:
        return None
    return value if isinstance(value, dict) else None
