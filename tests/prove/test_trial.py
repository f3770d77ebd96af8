"""Laws of one trial."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conformance.prove.fault import Fault
from conformance.prove.trial import Outcome, Trial, joined, tried
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
    assert toy.asked == [("name-65", "quick", ())]


def test_tried_harder() -> None:
    """What a named requirement does not catch is tried again, with the cases of those that are named."""
    toy = Toy()

    trial = tried(HARD, toy.examine, ("quick", "standard"))

    assert trial == Trial(HARD, "standard", (PATTERN,), 20, 1.0)
    assert toy.asked == [(HARD.id, "quick", ()), (HARD.id, "standard", (PATTERN,))]


@pytest.mark.parametrize(
    ("fault", "outcome", "failed"), [(WRONG, "other", (PATTERN, STATUS)), (SURVIVOR, "survived", ())]
)
def test_tried_with_all_cases(fault: Fault, outcome: Outcome, failed: tuple[str, ...]) -> None:
    """If that is in vain too, with all cases; whatever failed on the way counts."""
    toy = Toy()

    trial = tried(fault, toy.examine, ("quick", "standard"))

    assert (trial.outcome, trial.failed, trial.profile, trial.requests) == (outcome, failed, "standard", 30)
    assert [wanted for _, _, wanted in toy.asked] == [(), fault.catches, ()]


def test_nothing_named() -> None:
    """A fault that names nothing is tried with all cases at once."""
    toy = Toy(failures={"a": {"quick": (), "standard": ()}})

    tried(Fault("a"), toy.examine, ("quick", "standard"))

    assert toy.asked == [("a", "quick", ()), ("a", "standard", ())]


def test_joined() -> None:
    """Of two trials, what failed in either failed; a second one that finds nothing new leaves the profile as it was."""
    one, other = Trial(CAUGHT, "quick", (LENGTH, STATUS), 10, 0.5), Trial(CAUGHT, "standard", (PATTERN, STATUS), 5, 0.1)

    assert joined(one, other) == Trial(CAUGHT, "standard", (LENGTH, STATUS, PATTERN), 15, 0.6)
    assert joined(one, replace(other, failed=(STATUS,))) == Trial(CAUGHT, "quick", (LENGTH, STATUS), 15, 0.6)


def test_excused() -> None:
    """What fails without any fault catches nothing."""
    trial = tried(CAUGHT, Toy(unfaithful=(LENGTH,)).examine, ("quick",), excused=(LENGTH,))

    assert (trial.outcome, trial.failed) == ("other", (STATUS,))


def test_defect_is_kept() -> None:
    """A run with an error of our own marks the trial, whatever a later one says."""
    toy = Toy(defective=(SURVIVOR.id,))

    trial = tried(SURVIVOR, toy.examine, ("quick", "standard"))

    assert trial == replace(Trial(SURVIVOR, "standard", (), 30, 1.5), defective=True)
