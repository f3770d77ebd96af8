"""The desk of one operation: its judges, compiled once, and what its traffic has shown so far."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from typing import Any

from conformance.cases.case import Document
from conformance.contract.operation import Operation, Rehearsal
from conformance.judge.answer import AnswerJudge, Finding
from conformance.judge.effect import EffectJudge
from conformance.judge.refusal import statuses
from conformance.judge.step import Step
from conformance.requirements.derive import response_keywords, status_of
from conformance.requirements.oracle import Oracle
from conformance.requirements.site import rehearses, unescape, values_at
from conformance.strict_json import NOT_JSON
from conformance.traffic.charge import Charges
from conformance.traffic.twins import Twins

REMEMBERED = 100_000  # values of one place that have to be distinct


class Desk:
    """Everything about one operation that outlasts an exchange."""

    def __init__(self, operation: Operation, settings: Mapping[str, Any]) -> None:
        self.operation = operation
        self.charges = Charges(operation, Oracle(operation, settings))
        self.answers = AnswerJudge(operation)
        self.effects = EffectJudge(operation, settings)
        self.invalid = statuses(operation, "invalid")
        self.success = operation.success
        self.twins = Twins()
        self.proved: set[str] = set()
        self.accepted = 0  # valid requests
        self.tried = 0  # invalid requests
        self.refused = 0  # invalid requests, with the right status
        self._optional = list(_optional(self.charges.oracle))
        self._seen: dict[str, OrderedDict[int, None]] = {}
        self._distinct = [
            (placed.requirement.id, placed.requirement.pointer, status_of(placed.requirement))
            for placed in response_keywords(operation)
            if placed.requirement.keyword == "distinct"
        ]

    @property
    def alive(self) -> bool:
        """Whether the server discriminates: accepts what is valid, and refuses some of what is not, if any came."""
        return self.accepted > 0 and (self.refused > 0 or self.tried == 0)

    def rehearsal(self, document: Document) -> Rehearsal | None:
        """How the operation is rehearsed, if that is what a request asks for."""
        return self.operation.rehearsal if rehearses(self.operation, document) else None

    def optional(self, document: Document) -> Iterator[Finding]:
        """The members that an accepted request shows to be optional, by leaving them out."""
        for each in list(self._optional):
            requirement, parent, name = each
            if any(isinstance(value, dict) and name not in value for _, value in values_at(document, parent)):
                self._optional.remove(each)
                yield Finding(requirement, kept=True)

    def distinct(self, step: Step) -> Iterator[Finding]:
        """Whether the values that have to differ from answer to answer do; those of long ago are forgotten."""
        if not self._distinct or step.body is NOT_JSON:
            return
        answer = self.operation.answer(step.status)
        for name, pointer, status in self._distinct:
            if answer is None or status != answer.status:
                continue
            for _, value in values_at({"body": step.body}, pointer):
                yield self._first(name, repr(value))

    def _first(self, name: str, value: str) -> Finding:
        known = self._seen.setdefault(name, OrderedDict())
        mark = hash(value)
        if mark in known:
            return Finding(name, False, "a value of its own", f"{value} once more")
        known[mark] = None
        if len(known) > REMEMBERED:
            known.popitem(last=False)
        return Finding(name, True, "a value of its own", value)


def _optional(oracle: Oracle) -> Iterator[tuple[str, str, str]]:
    for placed in oracle.placed.values():
        if placed.requirement.keyword == "optional":
            parent, _, name = placed.requirement.pointer.rpartition("/")
            yield placed.requirement.id, parent, unescape(name)
