"""What comparing two schemas yields: nothing (the first lies within the second, proved), gaps, or doubts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Gap:
    """A value that the first schema admits and the second does not, and the keyword that tells them apart.

    `pointer` leads to the keyword's place; `value` is a value of the whole schema that was compared.
    """

    pointer: str
    keyword: str
    value: Any
    undescribed: bool = False  # admitted by the second too, but only as a member that it does not describe


@dataclass(frozen=True, slots=True)
class Doubt:
    """A place that was neither proved nor refuted, and why."""

    pointer: str
    keyword: str
    reason: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """Gaps and doubts; neither is a proof."""

    gaps: tuple[Gap, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    @property
    def proved(self) -> bool:
        """Whether the first schema lies within the second."""
        return not self.gaps and not self.doubts

    def __add__(self, other: Outcome) -> Outcome:
        return Outcome(self.gaps + other.gaps, self.doubts + other.doubts)

    def once(self) -> Outcome:
        """With one gap and one doubt for each keyword at each place."""
        gaps = {(gap.pointer, gap.keyword): gap for gap in reversed(self.gaps)}
        doubts = {(doubt.pointer, doubt.keyword): doubt for doubt in reversed(self.doubts)}
        return Outcome(tuple(reversed(gaps.values())), tuple(reversed(doubts.values())))

    def below(self, part: str) -> Outcome:
        """The same one level further down; the values are not yet those of the whole."""
        return Outcome(
            tuple(replace(gap, pointer=f"/{part}{gap.pointer}") for gap in self.gaps),
            tuple(replace(doubt, pointer=f"/{part}{doubt.pointer}") for doubt in self.doubts),
        )


PROVED = Outcome()


def gap(keyword: str, value: Any, pointer: str = "", *, undescribed: bool = False) -> Outcome:
    """One gap."""
    return Outcome(gaps=(Gap(pointer, keyword, value, undescribed),))


def doubt(keyword: str, reason: str, pointer: str = "") -> Outcome:
    """One doubt."""
    return Outcome(doubts=(Doubt(pointer, keyword, reason),))
