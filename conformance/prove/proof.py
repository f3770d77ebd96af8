"""The proof: the server without a fault, then with each of its faults in turn."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from time import monotonic

from conformance.errors import DefectError
from conformance.prove.fault import Fault
from conformance.prove.matrix import Matrix
from conformance.prove.subject import Subject
from conformance.prove.trial import Trial, again, joined, tried
from conformance.prove.workers import Spread, workers
from conformance.settings import Profile, Progress

LADDER: dict[Profile, tuple[Profile, ...]] = {"quick": ("quick",), "standard": ("quick", "standard")}


@dataclass(frozen=True, slots=True)
class Scope:
    """What is to be proved; `firm` are the ids of documented and implied requirements; `partial`: not all faults."""

    contract: str
    firm: tuple[str, ...]
    faults: tuple[Fault, ...]
    beyond: Mapping[str, str] = field(default_factory=dict)
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
    matrix = _faithful(subject, scope)
    with workers(scope.jobs) as spread:
        trials = _Trials(subject, matrix.unfaithful, spread, progress)
        matrix = replace(matrix, trials=trials.of(_tried, scope.faults, LADDER[scope.profile]))
        more = {trial.fault.id: trial for trial in trials.of(_again, _worth_more(matrix), (scope.profile,))}
    whole = tuple(joined(t, more[t.fault.id]) if t.fault.id in more else t for t in matrix.trials)
    return replace(matrix, trials=whole, seconds=round(monotonic() - began, 3))


def _faithful(subject: Subject, scope: Scope) -> Matrix:
    """What the server without a fault says of itself."""
    found = [subject.examine(None, profile) for profile in LADDER[scope.profile]]
    if any(examination.defective for examination in found):
        raise DefectError("the check of the server without faults ended in an error", hint="run conformance check")
    failed = {name for examination in found for name in examination.failed}
    passed = set(found[-1].passed)
    return Matrix(
        where=subject.where,
        contract=scope.contract,
        profile=scope.profile,
        trials=(),
        exercisable=tuple(name for name in scope.firm if name in passed),
        unfaithful=tuple(name for name in scope.firm if name in failed),
        beyond=scope.beyond,
        partial=scope.partial,
        workers=scope.jobs,
    )


@dataclass(frozen=True, slots=True)
class _Trials:
    """What is the same for all trials of a proof."""

    subject: Subject
    excused: tuple[str, ...]
    spread: Spread
    progress: Callable[[Progress], None]

    def of(
        self, attempt: Callable[[_Task], Trial], faults: Sequence[Fault], profiles: tuple[Profile, ...]
    ) -> tuple[Trial, ...]:
        """The trials of some faults, in their order."""
        found: dict[str, Trial] = {}
        survivors = 0
        for trial in self.spread(attempt, [_Task(self.subject, fault, profiles, self.excused) for fault in faults]):
            found[trial.fault.id] = trial
            survivors += trial.outcome == "survived"
            label = f"{survivors} survive  {trial.fault.id}" if survivors else trial.fault.id
            self.progress(Progress(len(found), len(faults), label))
        return tuple(found[fault.id] for fault in faults)


def _tried(task: _Task) -> Trial:
    return tried(task.fault, task.subject.examine, task.profiles, task.excused)


def _again(task: _Task) -> Trial:
    return again(task.fault, task.subject.examine, task.profiles[-1], task.excused)


def _worth_more(matrix: Matrix) -> list[Fault]:
    """Faults caught too soon: a requirement that no other fault exercises is named by them too."""
    if matrix.partial:
        return []
    missing = set(matrix.unexercised)
    return [t.fault for t in matrix.trials if t.profile != matrix.profile and missing & set(t.fault.catches)]
