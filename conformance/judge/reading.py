"""Readings: what the target did with a request, told from the answer alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from conformance.contract.operation import Operation
from conformance.judge.refusal import statuses
from conformance.judge.shape import shapes
from conformance.judge.step import Step
from conformance.strict_json import NOT_JSON

Outcome = Literal["accepted", "refused", "failed"]


def accepted(step: Step) -> bool:
    """Whether the status of an answer is one of success."""
    return 200 <= step.status < 300


@dataclass
class Readings:
    """Of the answers of one operation; each is read once."""

    operation: Operation
    _taken: dict[int, tuple[Step, bool]] = field(default_factory=dict)  # by identity, which lasts as long as the step

    def taken(self, step: Step) -> bool:
        """Whether a request was accepted in substance: an error object with a success status is a failed refusal."""
        if id(step) not in self._taken:
            self._taken[id(step)] = step, accepted(step) and not self._says_error(step)
        return self._taken[id(step)][1]

    def outcome(self, step: Step) -> Outcome:
        """What became of a request; an answer that is neither success nor refusal is a failure."""
        return "accepted" if self.taken(step) else "refused" if 400 <= step.status < 500 else "failed"

    def _says_error(self, step: Step) -> bool:
        if step.body is NOT_JSON or self._rehearsed_well(step):
            return False
        body: dict[str, Any] = {"body": step.body}
        empty: dict[str, Any] = {"body": {}}
        shape = shapes(self.operation)
        own = shape.get(str(step.status))
        if own is not None and own.answer.content and own.validator.is_valid(body):
            return False
        errors = [shape[name].validator for name in map(str, statuses(self.operation, "invalid")) if name in shape]
        return any(error.is_valid(body) and not error.is_valid(empty) for error in errors)

    def _rehearsed_well(self, step: Step) -> bool:
        """Whether a rehearsal has the status that says it went well: what it says besides may look like an error."""
        rehearsal = self.operation.rehearsal
        asked = step.case is not None and step.case.rehearsal
        return asked and rehearsal is not None and step.status == rehearsal.status
