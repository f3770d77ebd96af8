"""A fault as a server lists it, and which of them a user's patterns choose."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from conformance.errors import UsageError
from conformance.nearest import did_you_mean
from conformance.selection import matches


@dataclass(frozen=True, slots=True)
class Fault:
    """One deliberate defect; `catches` names the requirements that must fail, main one first; none: whichever does."""

    id: str
    family: str = ""
    breaks: str = ""
    catches: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """What a server says of its faults; `beyond` are patterns of requirements that none of them can break, and why."""

    faults: tuple[Fault, ...]
    beyond: Mapping[str, str] = field(default_factory=dict)


def chosen(faults: Sequence[Fault], patterns: Iterable[str]) -> tuple[Fault, ...]:
    """The faults whose id or family a pattern matches, all without patterns; UsageError for one that matches none."""
    wanted = tuple(patterns)
    for pattern in wanted:
        if not any(_fits(pattern, fault) for fault in faults):
            names = {name: None for fault in faults for name in (fault.id, fault.family)}
            raise UsageError(f"no fault matches {pattern!r}", hint=did_you_mean(pattern, names))
    return tuple(fault for fault in faults if not wanted or any(_fits(pattern, fault) for pattern in wanted))


def proper(faults: Sequence[Fault], requirements: Collection[str]) -> None:
    """Raises UsageError if a fault names a requirement that the contract does not have."""
    for fault in faults:
        for name in fault.catches:
            if name not in requirements:
                hint = did_you_mean(name, requirements, otherwise="conformance list shows all ids")
                raise UsageError(f"the fault {fault.id!r} names no requirement of the contract: {name!r}", hint=hint)


def _fits(pattern: str, fault: Fault) -> bool:
    return matches(pattern, fault.id) or matches(pattern, fault.family)
