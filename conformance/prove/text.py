"""The matrix as text: a line for each fault, more where something is not as it should be, and the sum at the end."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from conformance.prove.matrix import Matrix
from conformance.prove.trial import Trial
from conformance.report.words import one_line

_MARKS = {"named": "✓", "other": "~", "survived": "✗"}
_FEW = 3  # side failures that are written out


def render(matrix: Matrix) -> str:
    """All of it, ending in a newline."""
    return "\n".join([*_families(matrix), *_requirements(matrix), *_sum(matrix)]) + "\n"


def _families(matrix: Matrix) -> Iterator[str]:
    margin = max((len(trial.fault.id) for trial in matrix.trials), default=0)
    for family, trials in groupby(matrix.trials, key=lambda trial: trial.fault.family):
        yield one_line(family) or "faults"
        for trial in trials:
            yield from _trial(trial, margin)
        yield ""


def _trial(trial: Trial, margin: int) -> Iterator[str]:
    caught = trial.named or trial.failed
    said = f"{trial.profile:<8}  {listed(caught, 1)}" if caught else "survives"
    yield f"  {_MARKS[trial.outcome]} {one_line(trial.fault.id):<{margin}}  {said}"
    if trial.outcome != "named":
        yield f"      {one_line(trial.fault.breaks)}"
        yield f"      to be caught by {listed(trial.fault.catches, len(trial.fault.catches)) or 'any requirement'}"
    elif trial.side:
        yield f"      besides: {listed(trial.side, _FEW)}"
    if trial.trouble:
        yield f"      incomplete: {one_line(trial.trouble)}"


def listed(names: tuple[str, ...], most: int) -> str:
    """Some names, and how many more there are."""
    shown = ", ".join(map(one_line, names[:most]))
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown


def _requirements(matrix: Matrix) -> Iterator[str]:
    if matrix.unfaithful:
        yield f"Fail without any fault ({len(matrix.unfaithful)}), and so prove nothing:"
        yield from (f"  ✗ {one_line(name)}" for name in matrix.unfaithful)
        yield ""
    if matrix.unexercised:
        yield f"Requirements without a fault ({len(matrix.unexercised)}):"
        yield from (f"  ✗ {one_line(name)}" for name in matrix.unexercised)
        yield ""
    if matrix.excused:
        yield f"Beyond what a fault can break ({len(matrix.excused)}):"
        yield from (f"  - {one_line(name)}: {one_line(why)}" for name, why in matrix.excused)
        yield ""


def _sum(matrix: Matrix) -> Iterator[str]:
    named, other, survived = (matrix.of("named"), matrix.of("other"), matrix.of("survived"))
    by_profile = [f"{sum(t.profile == p for t in named)} {p}" for p in dict.fromkeys(t.profile for t in named)]
    said = f" ({', '.join(by_profile)})" if by_profile else ""
    yield f"{len(matrix.trials)} {'fault' if len(matrix.trials) == 1 else 'faults'} of {matrix.where}"
    yield f"  {len(named)} caught by the requirement that they name{said}"
    yield f"  {len(other)} caught only by another one"
    yield f"  {len(survived)} survive"
    worst = max((len(trial.failed) for trial in matrix.trials), default=0)
    yield f"  failed requirements per fault: median {matrix.median_failed:g}, most {worst}"
    if matrix.partial:
        yield "  nothing is said of requirements, as only some faults were tried"
    else:
        exercised = sum(bool(matrix.faults_of(name)) for name in matrix.exercisable)
        yield f"  {exercised} of {len(matrix.exercisable)} requirements were seen to fail"
    yield f"{matrix.requests} requests in {matrix.seconds:.1f} s, {workers_said(matrix.workers)}"
    yield f"exit {matrix.exit_code}: {MEANINGS[matrix.exit_code]}"


def workers_said(count: int) -> str:
    """How many processes worked."""
    return "one process" if count == 1 else f"{count} processes"


MEANINGS = {
    0: "every fault is caught, and every requirement can fail",
    1: "a fault survives, or a requirement was not seen to fail, or fails without a fault",
    4: "a defect of this program",
}
