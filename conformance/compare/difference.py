"""A difference between two targets, and what it is grouped by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from conformance.compare.side import Asked, Side
from conformance.verdict import Verdict, worst
from conformance.wire import Request

Kind = Literal["decision", "answer"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One case that two targets answer differently: with another status, or with another value at a place."""

    kind: Kind
    operation: str
    requirement: str  # of the case, or the place of the answer as requirements name it
    asked: Asked  # by the candidate
    reference: str
    candidate: str


@dataclass
class Group:
    """All differences of one kind about one requirement; the smallest request shows it."""

    first: Difference
    verdicts: tuple[Verdict | None, Verdict | None]  # on the reference and on the candidate
    cases: int = 0
    contested: bool = False

    @property
    def smallest(self) -> Request:
        """The request to look at."""
        return self.first.asked.exchange.request

    def add(self, difference: Difference) -> None:
        """One more."""
        self.cases += 1
        if _size(difference) < _size(self.first):
            self.first = difference


@dataclass
class Groups:
    """The differences of a comparison, by operation and requirement, in the order in which they were found."""

    reference: Side
    candidate: Side
    found: dict[tuple[Kind, str, str], Group] = field(default_factory=dict)

    def add(self, difference: Difference) -> None:
        """Enter one difference."""
        key = (difference.kind, difference.operation, difference.requirement)
        if key not in self.found:
            one, other = (_verdict(side.verdicts, difference.requirement) for side in (self.reference, self.candidate))
            self.found[key] = Group(difference, (one, other), contested=difference.asked.contested)
        self.found[key].add(difference)


def _verdict(verdicts: Mapping[str, Verdict], requirement: str) -> Verdict | None:
    """The verdict on a requirement; of a place, the worst one that is about it."""
    if requirement in verdicts:
        return verdicts[requirement]
    return worst(verdict for name, verdict in verdicts.items() if name.startswith(f"{requirement}/"))


def _size(difference: Difference) -> int:
    request = difference.asked.exchange.request
    return len(request.body or b"") + len(request.target)
