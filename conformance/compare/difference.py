"""A difference between two targets, and what it is grouped by."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from conformance.compare.side import Side
from conformance.verdict import Verdict, worst
from conformance.wire import Request

Kind = Literal["decision", "answer", "verdict"]


@dataclass(frozen=True, slots=True)
class Difference:
    """What two targets answer differently: with another status, with another value at a place, or taken together.

    `requirement` is that of the case, or the place of the answer as requirements name it.
    """

    kind: Kind
    operation: str
    requirement: str
    sent: str
    request: Request | None
    reference: str
    candidate: str
    contested: bool = False
    of_reference: bool = False  # whether the request is the one that the reference got


@dataclass
class Group:
    """All differences of one kind about one requirement; the smallest request shows it."""

    first: Difference
    verdicts: tuple[Verdict | None, Verdict | None]  # on the reference and on the candidate
    cases: int = 0

    def add(self, difference: Difference) -> None:
        """One more."""
        self.cases += 1
        if _size(difference) < _size(self.first):
            self.first = difference

    @property
    def judged(self) -> bool:
        """Whether the verdicts differ, too."""
        return self.verdicts[0] != self.verdicts[1]


@dataclass
class Groups:
    """The differences of a comparison, by operation and requirement, in the order in which they were found."""

    reference: Side
    candidate: Side
    found: dict[tuple[Kind, str], Group] = field(default_factory=dict)

    def add(self, difference: Difference) -> None:
        """Enter one difference."""
        key = (difference.kind, difference.requirement)
        if key not in self.found:
            one, other = (_verdict(side, difference.requirement) for side in (self.reference, self.candidate))
            self.found[key] = Group(difference, (one, other))
        self.found[key].add(difference)

    def about(self, requirement: str) -> bool:
        """Whether a difference is grouped under a requirement, or at the place that it speaks of."""
        return any(requirement == name or requirement.startswith(f"{name}/") for _, name in self.found)


def _verdict(side: Side, requirement: str) -> Verdict | None:
    """The verdict on a requirement; of a place, the worst one that is about it."""
    if requirement in side.results:
        return side.results[requirement].verdict
    return worst(each.verdict for name, each in side.results.items() if name.startswith(f"{requirement}/"))


def _size(difference: Difference) -> int:
    request = difference.request
    return len(request.body or b"") + len(request.target) if request is not None else 1 << 30
