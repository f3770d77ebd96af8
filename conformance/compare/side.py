"""One side of a comparison: its answers by case, and the verdicts on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from conformance.compare.names import Names
from conformance.contract.expression import EvaluationError
from conformance.contract.operation import Operation
from conformance.requirements.site import reaches
from conformance.strict_json import NOT_JSON, parsed
from conformance.traffic.decode import Decoded
from conformance.traffic.exchange import Recorded
from conformance.verdict import Result, Verdict
from conformance.wire import Exchange, Response

Sight = tuple[Operation, Decoded | None, Recorded]  # an exchange of an operation, with its request read back


@dataclass(frozen=True, slots=True)
class Asked:
    """One case and its exchanges, in order: the first counts, the others are the same request sent again."""

    case: str
    operation: str
    requirement: str
    sent: str
    contested: bool
    exchanges: tuple[Exchange, ...]
    before: Mapping[str, Any] | None = field(default_factory=dict)  # the state last shown of its resource, if any
    named: frozenset[str] = frozenset()  # the members of the state that its request sets

    @property
    def exchange(self) -> Exchange:
        """The first."""
        return self.exchanges[0]

    @property
    def status(self) -> int:
        """The status of its answer; 0 if there was none."""
        return self.statuses[0]

    @property
    def statuses(self) -> tuple[int, ...]:
        """The status of each answer."""
        return tuple(0 if each.response is None else each.response.status for each in self.exchanges)


@dataclass(frozen=True)
class Side:
    """A target: what it was asked, in order, and the verdicts on it. `incomplete` says why there is not more."""

    name: str
    fixtures: Mapping[str, str]
    cases: Mapping[str, Asked]
    results: Mapping[str, Result] = field(default_factory=dict)
    incomplete: str | None = None

    @cached_property
    def names(self) -> Names:
        """What only this side knows."""
        return Names(self.fixtures)

    @cached_property
    def _by_words(self) -> dict[str, Asked]:
        return {self.names.words(name): asked for name, asked in self.cases.items()}

    def twin(self, asked: Asked, other: Side) -> Asked | None:
        """What this side was asked in a case of another side, under whatever name its fixtures give it."""
        return self.cases.get(asked.case) or self._by_words.get(other.names.words(asked.case))

    @property
    def hopeless(self) -> bool:
        """Whether it answers errors throughout."""
        return not any(200 <= asked.status < 300 for asked in self.cases.values())

    def verdict(self, requirement: str) -> Verdict | None:
        """The verdict on a requirement."""
        return self.results[requirement].verdict if requirement in self.results else None


def cases_of(sights: Iterable[Sight]) -> dict[str, Asked]:
    """The cases of a run, from its recording, by their ids."""
    found: dict[str, Asked] = {}
    states: dict[str, dict[str, Any]] = {}
    for operation, read, each in sights:
        resource = each.exchange.request.target.partition("?")[0]
        made = _asked(operation, each)
        if made is not None:
            known = found.get(made.case)
            if known is not None:
                found[made.case] = replace(known, exchanges=(*known.exchanges, each.exchange))
            else:
                before = states.get(resource)
                found[made.case] = replace(made, before=before, named=_named(operation, read))
        response = each.exchange.response
        if response is not None and 200 <= response.status < 300:
            states[resource] = {**states.get(resource, {}), **shown_in(operation, response)}
    return found


def _asked(operation: Operation, each: Recorded) -> Asked | None:
    """The case of an exchange that has one; a first try of an operation is one, too."""
    note = each.note
    if "case" in note and note.get("role") in ("case", "again"):
        contested = note.get("expect") == "contested"
        sent = note.get("sent", "")
        return Asked(note["case"], operation.id, note["requirement"], sent, contested, (each.exchange,))
    if "case" not in note and note.get("role") == "probe":
        requirement = f"{operation.id}/response/status/success"
        request = each.exchange.request
        name = f"{requirement}#{request.method} {request.target} {(request.body or b'').decode('utf-8', 'replace')}"
        return Asked(name, operation.id, requirement, "a valid request", contested=False, exchanges=(each.exchange,))
    return None


def _named(operation: Operation, read: Decoded | None) -> frozenset[str]:
    document = read.document if read is not None else {}
    return frozenset(each.member for each in operation.becomes if reaches(document, each.when))


def shown_in(operation: Operation, response: Response) -> dict[str, Any]:
    """The state that a response shows; empty if it shows none."""
    body = parsed(response.body)
    if operation.shows is None or body is NOT_JSON:
        return {}
    try:
        value = operation.shows.value({"response": {"status": response.status, "body": body}})
    except EvaluationError:
        return {}
    return value if isinstance(value, dict) else {}


def results_of(results: Iterable[Result]) -> dict[str, Result]:
    """Results by requirement."""
    return {result.requirement.id: result for result in results}
