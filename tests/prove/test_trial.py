"""Laws of one trial."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conformance.prove.fault import Fault
from conformance.prove.trial import Outcome, Trial, tried
from tests.prove.toys import CAUGHT, HARD, LENGTH, PATTERN, STATUS, SURVIVOR, WRONG, Toy


@pytest.mark.parametrize(
    ("fault", "failed", "outcome", "named", "side"),
    [
        (CAUGHT, (LENGTH,), "named", (LENGTH,), ()),
        (CAUGHT, (LENGTH, STATUS), "named", (LENGTH,), (STATUS,)),
        (CAUGHT, (STATUS,), "other", (), (STATUS,)),
        (CAUGHT, (), "survived", (), ()),
        (Fault("silent"), (LENGTH, STATUS), "named", (LENGTH, STATUS), ()),
    ],
)
def test_outcome(
    fault: Fault, failed: tuple[str, ...], outcome: Outcome, named: tuple[str, ...], side: tuple[str, ...]
) -> None:
    """A fault is caught by what it names, by others, or not; one that names nothing may be caught by anything."""
    trial = Trial(fault, "quick", failed)

    assert (trial.outcome, trial.named, trial.side) == (outcome, named, side)


def test_quick_is_enough() -> None:
    """What the first profile catches as it should is tried no harder."""
    toy = Toy()

    trial = tried(CAUGHT, toy.examine, ("quick", "standard"))

    assert trial == Trial(CAUGHT, "quick", (LENGTH, STATUS), 10, 0.5)
    assert toy.asked == [("name-65", "quick")]


@pytest.mark.parametrize(
    ("fault", "outcome", "failed"),
    [(HARD, "named", (PATTERN,)), (WRONG, "other", (PATTERN, STATUS)), (SURVIVOR, "survived", ())],
)
def test_tried_harder(fault: Fault, outcome: Outcome, failed: tuple[str, ...]) -> None:
    """What a named requirement does not catch is tried again; the last profile says what failed."""
    toy = Toy()

    trial = tried(fault, toy.examine, ("quick", "standard"))

    assert (trial.outcome, trial.failed, trial.profile, trial.requests) == (outcome, failed, "standard", 20)
    assert toy.asked == [(fault.id, "quick"), (fault.id, "standard")]


def test_excused() -> None:
    """What fails without any fault catches nothing."""
    trial = tried(CAUGHT, Toy(unfaithful=(LENGTH,)).examine, ("quick",), excused=(LENGTH,))

    assert (trial.outcome, trial.failed) == ("other", (STATUS,))


def test_defect_is_kept() -> None:
    """A run with an error of our own marks the trial, whatever a later one says."""
    toy = Toy(defective=(SURVIVOR.id,))

    trial = tried(SURVIVOR, toy.examine, ("quick", "standard"))

    assert trial == replace(Trial(SURVIVOR, "standard", (), 20, 1.0), defective=True)
