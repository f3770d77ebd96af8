"""A keeper of resources: what is known of their states, looks at them, and how they are put back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from conformance.cases.case import PLAIN, Document
from conformance.contract.expression import EvaluationError, context
from conformance.contract.operation import Operation
from conformance.judge.reading import accepted
from conformance.judge.state import differing, shown_by
from conformance.judge.step import Step
from conformance.run.look import Looker
from conformance.run.session import Session, resource

CRASHED = 500


@dataclass(frozen=True, slots=True)
class Keeper:
    """Of the resources that one operation changes; `looker` is None where no state is described.

    `initial` are the states in which they were found, by resource; what is known of them now is the session's.
    """

    session: Session
    operation: Operation
    looker: Looker | None
    initial: Mapping[str, Document]

    def key(self, document: Document) -> str:
        """The resource that a request names."""
        return resource(self.operation, document)

    def known(self, document: Document) -> Document:
        """What is known of the state of the resource that a request names."""
        return self.session.known.get(self.key(document), {})

    def learn(self, step: Step) -> Document | None:
        """Note the state that a successful answer shows."""
        if not accepted(step) or (step.case is not None and step.case.rehearsal):
            return None
        shown = shown_by(self.operation, step)
        if shown is not None:
            self.session.known[self.key(step.document)] = {**self.known(step.document), **shown}
        return shown

    def look(self, document: Document) -> Document | None:
        """Look at the resource of a request and remember what is seen."""
        if self.looker is None:
            return None
        seen, _ = self.looker.look(document.get("path", {}), self.known(document))
        if seen is not None:
            self.session.known[self.key(document)] = seen
        return seen

    def reset(self, document: Document) -> bool:
        """Bring a resource back to the state in which it was found, where that may be done; whether that worked."""
        state = self.looker.state if self.looker is not None and self.looker.may_change else None
        first = self.initial.get(self.key(document))
        if state is None or state.restore_operation is None or state.restore_request is None or not first:
            return False
        operation = self.session.contract.operations[state.restore_operation]
        try:
            request = state.restore_request.evaluate(context({"self": first}))
        except EvaluationError:
            return False
        filled = {"query": {}, "header": {}, **request, "path": document.get("path", {})}
        step = self.session.send(operation, filled, role="restore")
        self.learn(step)
        if crashed(step):
            self.look(document)
        return accepted(step)

    def bring(self, document: Document, fits: Callable[[Document], bool]) -> bool:
        """Bring about once more what an update showed, where something holds of it and not of the state at first.

        Whether there was such an update, and it is accepted again.
        """
        key = self.key(document)
        if key not in self.initial or fits(self.initial[key]):
            return False
        for step in self.session.steps:
            shown = shown_by(self.operation, step) if self._took_effect(step) else None
            if shown is not None and self.key(step.document) == key and fits({**self.known(document), **shown}):
                again = self.session.send(self.operation, step.document, role="given")
                self.learn(again)
                return accepted(again)
        return False

    def _took_effect(self, step: Step) -> bool:
        """Whether a step is an update of this operation that is valid as it stands, and was accepted."""
        case = step.case
        valid = case is not None and case.expect == "accept" and not case.rehearsal and case.wire == PLAIN
        return step.operation == self.operation.id and step.role == "case" and valid and accepted(step)

    @property
    def disturbed(self) -> tuple[str, ...]:
        """The members that a look may itself have moved."""
        way = self.looker.way if self.looker is not None else None
        return way.disturbs if way is not None else ()

    def differs(self, before: Document, seen: Document) -> tuple[str, ...]:
        """The members that changed between two looks, as far as looks do not change them."""
        return differing(before, seen, self.disturbed)

    def differs_firmly(self, before: Document, seen: Document) -> tuple[str, ...]:
        """Of these the members that do not move by themselves."""
        return differing(before, seen, (*self.disturbed, *self.operation.free))


def crashed(step: Step) -> bool:
    """Whether a request may have taken effect unheard."""
    return step.status == 0 or step.status >= CRASHED
