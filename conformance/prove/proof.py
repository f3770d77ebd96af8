"""The proof: the server without a fault, then with each of its faults in turn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from time import monotonic

from conformance.errors import DefectError
from conformance.prove.fault import Fault
from conformance.prove.matrix import Matrix
from conformance.prove.subject import Subject
from conformance.prove.trial import Trial, tried
from conformance.prove.workers import Spread, workers
from conformance.settings import Profile, Progress

LADDER: dict[Profile, tuple[Profile, ...]] = {"quick": ("quick",), "standard": ("quick", "standard")}


@dataclass(frozen=True, slots=True)
class Scope:
    """What is to be proved; `firm` are the ids of documented and implied requirements; `partial`: not all faults."""

    contract: str
    firm: tuple[str, ...]
    faults: tuple[Fault, ...]
    partial: bool = False
    profile: Profile = "standard"
    jobs: int = 1


@dataclass(frozen=True, slots=True)
class _Task:
    subject: Subject
    fault: Fault
    profiles: tuple[Profile, ...]
    excused: tuple[str, ...]


def prove(subject: Subject, scope: Scope, progress: Callable[[Progress], None] = lambda _: None) -> Matrix:
    """The matrix of all faults in scope; each is tried quickly first, and harder only if that does not catch it."""
    began = monotonic()
    profiles = LADDER[scope.profile]
    faithful = [subject.examine(None, profile) for profile in profiles]
    if any(found.defective for found in faithful):
        raise DefectError("the check of the server without faults ended in an error", hint="run conformance check")
    unfaithful = tuple(name for name in scope.firm if any(name in found.failed for found in faithful))
    passed = set(faithful[-1].passed)
    with workers(scope.jobs) as spread:
        rest = _Rest(subject, unfaithful, progress)
        trials = rest.of(spread, scope.faults, profiles)
        matrix = Matrix(
            where=subject.where,
            contract=scope.contract,
            profile=scope.profile,
            trials=trials,
            exercisable=tuple(name for name in scope.firm if name in passed),
            unfaithful=unfaithful,
            partial=scope.partial,
            workers=scope.jobs,
        )
        again = rest.of(spread, _worth_more(matrix), profiles[-1:])
    return replace(matrix, trials=_exchanged(trials, again), seconds=round(monotonic() - began, 3))


@dataclass(frozen=True, slots=True)
class _Rest:
    """What is the same for all trials of a proof."""

    subject: Subject
    excused: tuple[str, ...]
    progress: Callable[[Progress], None]

    def of(self, spread: Spread, faults: Sequence[Fault], profiles: tuple[Profile, ...]) -> tuple[Trial, ...]:
        """The trials of some faults, in their order."""
        found: dict[str, Trial] = {}
        survivors = 0
        for trial in spread(_attempt, [_Task(self.subject, fault, profiles, self.excused) for fault in faults]):
            found[trial.fault.id] = trial
            survivors += trial.outcome == "survived"
            label = f"{survivors} survive  {trial.fault.id}" if survivors else trial.fault.id
            self.progress(Progress(len(found), len(faults), label))
        return tuple(found[fault.id] for fault in faults)


def _attempt(task: _Task) -> Trial:
    return tried(task.fault, task.subject.examine, task.profiles, task.excused)


def _worth_more(matrix: Matrix) -> list[Fault]:
    """Faults caught too soon: a requirement that no other fault exercises is named by them too."""
    if matrix.partial:
        return []
    missing = set(matrix.unexercised)
    return [t.fault for t in matrix.trials if t.profile != matrix.profile and missing & set(t.fault.catches)]


def _exchanged(trials: tuple[Trial, ...], again: tuple[Trial, ...]) -> tuple[Trial, ...]:
    """The second trial of a fault stands for both, unless only the first one caught it."""
    better = {trial.fault.id: trial for trial in again if trial.outcome == "named"}
    return tuple(
        replace(
            better[t.fault.id],
            requests=t.requests + better[t.fault.id].requests,
            seconds=round(t.seconds + better[t.fault.id].seconds, 3),
        )
        if t.fault.id in better
        else t
        for t in trials
    )
