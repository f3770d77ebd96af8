"""Laws of the kill matrix."""

from __future__ import annotations

from dataclasses import replace

from conformance.prove.matrix import Matrix
from tests.prove.toys import CASE, CAUGHT, HARD, LENGTH, PATTERN, STATUS, SURVIVOR, TYPE, WRONG, matrix


def proved() -> Matrix:
    """A matrix of which nothing is to be complained."""
    whole = matrix()
    return replace(whole, trials=whole.trials[:2], exercisable=(LENGTH, PATTERN), unfaithful=())


def test_outcomes() -> None:
    """Trials are told apart by how they came out."""
    given = matrix()

    assert [trial.fault for trial in given.of("named")] == [CAUGHT, HARD]
    assert [trial.fault for trial in given.of("other")] == [WRONG]
    assert [trial.fault for trial in given.of("survived")] == [SURVIVOR]


def test_faults_of_a_requirement() -> None:
    """Each requirement has the faults that made it fail, named or not."""
    given = matrix()

    assert given.faults_of(PATTERN) == (HARD.id, WRONG.id)
    assert given.faults_of(STATUS) == (CAUGHT.id, WRONG.id)
    assert given.faults_of(TYPE) == ()


def test_unexercised() -> None:
    """A requirement that can fail and never did has no fault; of some faults alone nothing is said."""
    given = matrix()

    assert given.unexercised == (TYPE,)
    assert replace(given, partial=True).unexercised == ()


def test_beyond() -> None:
    """What no fault can break needs none; if one breaks it nevertheless, it is exercised like any other."""
    given = matrix()
    broken = replace(given.trials[3], failed=(CASE,))

    assert given.excused == ((CASE, "the server below reads header names"),)
    assert replace(given, trials=(*given.trials, broken)).excused == ()
    assert replace(given, partial=True).excused == ()
    assert replace(given, beyond={}).unexercised == (TYPE, CASE)


def test_median() -> None:
    """Survivors fail nothing, and do not count."""
    assert matrix().median_failed == 2
    assert replace(matrix(), trials=()).median_failed == 0


def test_exit_codes() -> None:
    """0 only if every fault is caught, every requirement has one, and nothing fails without."""
    good = proved()
    survivor = matrix().trials[3]
    by_another = matrix().trials[2]

    assert good.exit_code == 0
    assert replace(good, trials=(*good.trials, by_another)).exit_code == 0
    assert replace(good, trials=(*good.trials, survivor)).exit_code == 1
    assert replace(good, exercisable=(*good.exercisable, TYPE)).exit_code == 1
    assert replace(good, exercisable=(*good.exercisable, TYPE), partial=True).exit_code == 0
    assert replace(good, unfaithful=(TYPE,)).exit_code == 1
    assert replace(good, trials=(*good.trials, replace(survivor, defective=True))).exit_code == 4
