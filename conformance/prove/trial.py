"""A trial: one fault, what failed because of it, and whether that is what had to fail."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from conformance.prove.fault import Fault
from conformance.prove.subject import Examination
from conformance.settings import Profile

Outcome = Literal["named", "other", "survived"]


@dataclass(frozen=True, slots=True)
class Trial:
    """The trial of one fault; `profile` is the one that caught it, or the last one that was tried."""

    fault: Fault
    profile: Profile
    failed: tuple[str, ...]  # in the order of the contract
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


def tried(
    fault: Fault,
    examine: Callable[[str, Profile], Examination],
    profiles: Sequence[Profile],
    excused: Sequence[str] = (),
) -> Trial:
    """The trial of a fault: the profiles in turn, until a named requirement fails; what is excused does not count."""
    trial = Trial(fault, profiles[0], ())
    for profile in profiles:
        found = examine(fault.id, profile)
        trial = Trial(
            fault,
            profile,
            tuple(name for name in found.failed if name not in excused),
            trial.requests + found.requests,
            round(trial.seconds + found.seconds, 3),
            found.trouble,
            trial.defective or found.defective,
        )
        if trial.outcome == "named":
            break
    return trial
