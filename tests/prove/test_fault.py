"""Laws of faults as they are listed and chosen."""

from __future__ import annotations

import pytest

from conformance.errors import UsageError
from conformance.prove.fault import Fault, chosen, proper
from tests.prove.toys import CAUGHT, HARD, SURVIVOR, WRONG

ALL = (CAUGHT, HARD, WRONG, SURVIVOR)


@pytest.mark.parametrize(
    ("patterns", "expected"),
    [
        ([], ALL),
        (["name-65"], (CAUGHT,)),
        (["name"], (CAUGHT, HARD, WRONG)),
        (["name-*", "colour-of-paint"], ALL),
        (["*-6?"], (CAUGHT,)),
    ],
)
def test_chosen(patterns: list[str], expected: tuple[Fault, ...]) -> None:
    """A pattern is an id, a family, or written as in a shell; the order is the list's."""
    assert chosen(ALL, patterns) == expected


def test_pattern_that_matches_nothing() -> None:
    """It is an error with the nearest match."""
    with pytest.raises(UsageError, match="no fault matches 'name-56'") as caught:
        chosen(ALL, ["name-65", "name-56"])

    assert caught.value.hint == "did you mean name-65?"


def test_unknown_requirement() -> None:
    """A fault that names what the contract does not have is an error with the nearest id."""
    with pytest.raises(UsageError, match="'odd' names no requirement") as caught:
        proper([Fault("odd", catches=("paint/request/body/name/maxlength",))], CAUGHT.catches)

    assert caught.value.hint == "did you mean paint/request/body/name/maxLength?"
    proper(ALL[:1], CAUGHT.catches)
