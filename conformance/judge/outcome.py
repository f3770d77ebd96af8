"""What a run leaves to the judge."""

from __future__ import annotations

from dataclasses import dataclass, field

from conformance.cases.case import Case
from conformance.judge.step import Step


@dataclass(frozen=True, slots=True)
class Leak:
    """A resource that nobody addressed was found changed."""

    operation: str
    step: Step
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Why nothing could be concluded about an operation, and whether the user can mend it."""

    reason: str
    detail: str
    mendable: bool = True


@dataclass
class Outcome:
    """What a run leaves to the judge: steps, cases, what blocked an operation, and how the run ended."""

    steps: list[Step]
    cases: dict[str, list[Case]] = field(default_factory=dict)
    skipped: dict[str, str] = field(default_factory=dict)
    blocks: dict[str, Block] = field(default_factory=dict)
    partial: dict[str, list[str]] = field(default_factory=dict)  # fixtures that were not given, by operation
    leaks: list[Leak] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    incomplete: str | None = None
    interrupted: bool = False
    observed: dict[str, bool] = field(default_factory=dict)

    def block(self, operation: str, reason: str, detail: str, *, mendable: bool = True) -> None:
        """Note why nothing can be concluded about an operation."""
        self.blocks[operation] = Block(reason, f"{operation}: {detail}", mendable)
