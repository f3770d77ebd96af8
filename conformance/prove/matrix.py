"""The kill matrix: all trials, and what they say of the suite."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from statistics import median

from conformance.prove.trial import Outcome, Trial
from conformance.selection import matches
from conformance.settings import Profile


@dataclass(frozen=True, slots=True)
class Matrix:
    """What a proof found; a requirement is `exercisable` if it is firm and the server without a fault keeps it."""

    where: str
    contract: str
    profile: Profile
    trials: tuple[Trial, ...]
    exercisable: tuple[str, ...]
    unfaithful: tuple[str, ...] = ()  # fail without any fault, and so count for none
    beyond: Mapping[str, str] = field(default_factory=dict)  # patterns of what no fault can break, and why
    partial: bool = False  # only some faults were tried: nothing is said of requirements
    workers: int = 1
    seconds: float = 0.0
    _catchers: dict[str, tuple[str, ...]] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        found: dict[str, tuple[str, ...]] = {}
        for trial in self.trials:
            for name in trial.failed:
                found[name] = (*found.get(name, ()), trial.fault.id)
        object.__setattr__(self, "_catchers", found)

    def of(self, outcome: Outcome) -> tuple[Trial, ...]:
        """The trials that came out so."""
        return tuple(trial for trial in self.trials if trial.outcome == outcome)

    def faults_of(self, requirement: str) -> tuple[str, ...]:
        """The faults that made a requirement fail."""
        return self._catchers.get(requirement, ())

    @property
    def unexercised(self) -> tuple[str, ...]:
        """The requirements that could fail and that no fault made fail; none if only some faults were tried."""
        return () if self.partial else tuple(n for n in self._never_failed if not self._why_never(n))

    @property
    def excused(self) -> tuple[tuple[str, str], ...]:
        """The requirements that no fault made fail, as none can; and why."""
        return () if self.partial else tuple((n, why) for n in self._never_failed if (why := self._why_never(n)))

    @property
    def _never_failed(self) -> tuple[str, ...]:
        return tuple(name for name in self.exercisable if name not in self._catchers)

    def _why_never(self, requirement: str) -> str | None:
        return next((why for pattern, why in self.beyond.items() if matches(pattern, requirement)), None)

    @property
    def median_failed(self) -> float:
        """How many requirements a fault fails, in the middle of all that are caught; 0 of none."""
        return float(median(len(trial.failed) for trial in self.trials if trial.failed)) if self._catchers else 0.0

    @property
    def requests(self) -> int:
        """The requests of all trials."""
        return sum(trial.requests for trial in self.trials)

    @property
    def exit_code(self) -> int:
        """0 proved; 1 a fault survives, a requirement has none, or the server is not faithful; 4 our own defect."""
        if any(trial.defective for trial in self.trials):
            return 4
        return 1 if self.of("survived") or self.unexercised or self.unfaithful else 0
