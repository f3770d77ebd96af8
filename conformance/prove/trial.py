"""A trial: one fault, what failed because of it, and whether that is what had to fail."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from conformance.prove.fault import Fault
from conformance.prove.subject import Examination
from conformance.settings import Profile

Outcome = Literal["named", "other", "survived"]


@dataclass(frozen=True, slots=True)
class Trial:
    """The trial of one fault; `profile` is the one that caught it, or the last one that was tried."""

    fault: Fault
    profile: Profile
    failed: tuple[str, ...]  # in the order of the contract, for each profile
    requests: int = 0  # of all profiles that were tried
    seconds: float = 0.0
    trouble: str = ""
    defective: bool = False

    @property
    def named(self) -> tuple[str, ...]:
        """The requirements that caught it and were named to."""
        return tuple(name for name in self.failed if not self.fault.catches or name in self.fault.catches)

    @property
    def side(self) -> tuple[str, ...]:
        """What failed besides."""
        return tuple(name for name in self.failed if name not in self.named)

    @property
    def outcome(self) -> Outcome:
        """Caught by a named requirement, only by others, or not at all."""
        return "named" if self.named else "other" if self.failed else "survived"


class Examine(Protocol):
    """A server with a fault, checked."""

    def __call__(self, fault: str, profile: Profile, wanted: tuple[str, ...] = (), /) -> Examination:
        """What the check found; of the wanted requirements, if any are."""
        ...


def tried(fault: Fault, examine: Examine, profiles: Sequence[Profile], excused: Sequence[str] = ()) -> Trial:
    """The trial of a fault: the profiles in turn, until a named requirement fails; what is excused does not count.

    A later profile sends the cases of the first named requirement, and all of its cases only if these were in vain.
    """
    trial = Trial(fault, profiles[0], ())
    for profile, wanted in _rungs(fault, profiles):
        trial = joined(trial, _one(fault, examine(fault.id, profile, wanted), profile, excused))
        if trial.outcome == "named":
            break
    return trial


def again(fault: Fault, examine: Examine, profile: Profile, excused: Sequence[str] = ()) -> Trial:
    """The trial of what a fault names, with one profile."""
    return _one(fault, examine(fault.id, profile, fault.catches), profile, excused)


def joined(one: Trial, other: Trial) -> Trial:
    """Two trials of a fault as one: whatever failed in either; the later one's profile if it found anything new."""
    new = tuple(name for name in other.failed if name not in one.failed)
    return replace(
        other,
        profile=one.profile if one.named and not new else other.profile,
        failed=one.failed + new,
        requests=one.requests + other.requests,
        seconds=round(one.seconds + other.seconds, 3),
        defective=one.defective or other.defective,
    )


def _rungs(fault: Fault, profiles: Sequence[Profile]) -> Iterator[tuple[Profile, tuple[str, ...]]]:
    for profile in profiles:
        if profile != profiles[0] and fault.catches:
            yield profile, fault.catches[:1]
        yield profile, ()


def _one(fault: Fault, found: Examination, profile: Profile, excused: Sequence[str]) -> Trial:
    failed = tuple(name for name in found.failed if name not in excused)
    return Trial(fault, profile, failed, found.requests, found.seconds, found.trouble, found.defective)
