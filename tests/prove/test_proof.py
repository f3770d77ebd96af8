"""Laws of the proof."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conformance.errors import DefectError
from conformance.prove import Matrix, prove
from conformance.prove.fault import Fault
from conformance.prove.proof import Scope
from conformance.settings import Progress
from tests.prove.toys import CAUGHT, FAILURES, FIRM, HARD, LENGTH, PATTERN, STATUS, SURVIVOR, TYPE, WRONG, Toy

ALL = (CAUGHT, HARD, WRONG, SURVIVOR)
SCOPE = Scope("toy.yaml", FIRM, ALL)


def outcomes(matrix: Matrix) -> dict[str, str]:
    """How each fault came out."""
    return {trial.fault.id: trial.outcome for trial in matrix.trials}


def test_each_kind() -> None:
    """A survivor, a wrongly attributed fault and a requirement without a fault are told apart."""
    matrix = prove(Toy(), SCOPE)

    assert outcomes(matrix) == {
        CAUGHT.id: "named",
        HARD.id: "named",
        WRONG.id: "other",
        SURVIVOR.id: "survived",
    }
    assert [trial.profile for trial in matrix.trials] == ["quick", "standard", "standard", "standard"]
    assert matrix.exercisable == FIRM
    assert matrix.unexercised == (TYPE,)
    assert matrix.exit_code == 1


def test_the_faithful_server_comes_first() -> None:
    """Without faults, in every profile; then each fault."""
    toy = Toy()

    prove(toy, replace(SCOPE, faults=(CAUGHT,), partial=True))

    assert toy.asked == [(None, "quick", ()), (None, "standard", ()), (CAUGHT.id, "quick", ())]


def test_quick_alone() -> None:
    """The quick profile tries nothing harder."""
    matrix = prove(Toy(), replace(SCOPE, profile="quick"))

    assert outcomes(matrix)[HARD.id] == "survived"
    assert {trial.profile for trial in matrix.trials} == {"quick"}


def test_unfaithful_server() -> None:
    """What fails without any fault catches none, and is said."""
    matrix = prove(Toy(unfaithful=(LENGTH,)), SCOPE)

    assert matrix.unfaithful == (LENGTH,)
    assert outcomes(matrix)[CAUGHT.id] == "other"
    assert LENGTH not in matrix.exercisable
    assert matrix.exit_code == 1


def test_second_name_is_exercised() -> None:
    """A fault caught at once by one of its names is tried harder if nothing else exercises another of them."""
    both = Fault("both", "name", "Anything goes.", (LENGTH, TYPE))
    toy = Toy((both,), {"both": {"quick": (LENGTH,), "standard": (TYPE, LENGTH)}})

    matrix = prove(toy, replace(SCOPE, faults=(both,)))

    (trial,) = matrix.trials
    assert (trial.failed, trial.profile, trial.requests, trial.seconds) == ((LENGTH, TYPE), "standard", 20, 1.0)
    assert matrix.unexercised == (PATTERN, STATUS)


def test_earlier_catch_stands() -> None:
    """What only the first profile caught stays caught."""
    both = Fault("both", "name", "Anything goes.", (LENGTH, TYPE))
    toy = Toy((both,), {"both": {"quick": (LENGTH,), "standard": ()}})

    (trial,) = prove(toy, replace(SCOPE, faults=(both,))).trials

    assert (trial.outcome, trial.profile) == ("named", "quick")


def test_defect_without_faults() -> None:
    """If the check itself goes wrong on the faithful server, there is nothing to conclude."""
    with pytest.raises(DefectError, match="without faults"):
        prove(Toy(defective=(None,)), SCOPE)  # type: ignore[arg-type]  # no fault at all


def test_progress() -> None:
    """Every fault that is done is told, with the survivors so far."""
    told: list[Progress] = []

    prove(Toy(), replace(SCOPE, faults=(CAUGHT, SURVIVOR), partial=True), told.append)

    assert told == [Progress(1, 2, "name-65"), Progress(2, 2, "1 survive  colour-of-paint")]


def test_order_and_outcome_do_not_depend_on_workers() -> None:
    """Two processes find what one does, and the matrix is in the order of the list."""
    one = prove(Toy(), SCOPE)
    two = prove(Toy(), replace(SCOPE, jobs=2))

    assert two.trials == one.trials
    assert [trial.fault.id for trial in two.trials] == list(FAILURES)
