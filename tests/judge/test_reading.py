"""Laws of readings: what a target did with a request, told from the answer alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from conformance.judge.reading import Readings
from conformance.judge.step import Step
from tests.judge.steps import (
    CONTRACT,
    LONGEST,
    REFUSED,
    SHELF,
    TWIN,
    accepted,
    case,
    exchange,
    invalid,
    judged,
    rehearsed,
    sent,
)

REFUSAL = "changeShelf/response/status/refusal"


def test_an_error_with_the_status_of_a_success() -> None:
    """Refusals that nearly all have the status of a success break the status of refusals, and no keyword."""
    steps = [replace(step, exchange=exchange(200, REFUSED)) for step in invalid(6, 400)]

    found = judged(accepted(), *steps)

    assert found[REFUSAL].verdict == "fail"
    assert found[LONGEST].verdict != "fail"


def test_an_empty_object_is_no_error() -> None:
    """An answer that says nothing of an error, or shows what a success shows, accepts what it answers."""
    for body in ({}, SHELF):
        steps = [replace(step, exchange=exchange(200, body)) for step in invalid(6, 400)]
        assert judged(accepted(), *steps)[LONGEST].verdict == "fail"


READINGS = Readings(CONTRACT.operations["changeShelf"])


def answered(status: int, body: Any = None, *, rehearsal: bool = False) -> Step:
    """The step of a valid request, or of its rehearsal, answered so."""
    made = case("changeShelf/response/status/success", "accept", TWIN)
    return replace(sent(rehearsed(made) if rehearsal else made, status), exchange=exchange(status, body))


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (200, SHELF, "accepted"),
        (200, REFUSED, "failed"),
        (299, None, "accepted"),
        (300, None, "failed"),
        (399, None, "failed"),
        (400, REFUSED, "refused"),
        (499, None, "refused"),
        (500, REFUSED, "failed"),
        (0, None, "failed"),
    ],
)
def test_what_became_of_a_request(status: int, body: Any, expected: str) -> None:
    """A success in words and deed is accepted, a 4xx refused; all else is a failure."""
    assert READINGS.outcome(answered(status, body)) == expected


@pytest.mark.parametrize(
    ("status", "body", "taken"),
    [(202, REFUSED, True), (200, REFUSED, False), (202, b"<p>", True), (202, {}, True), (400, REFUSED, False)],
)
def test_a_rehearsal_may_answer_what_looks_like_an_error(status: int, body: Any, taken: bool) -> None:
    """With the status that says that a rehearsal went well it did, whatever it says besides; a real call did not."""
    assert READINGS.taken(answered(status, body, rehearsal=True)) is taken
    assert READINGS.taken(answered(202, REFUSED)) is False
    assert READINGS.taken(answered(202, b"<p>")) is True


def test_a_step_outside_of_all_cases_is_read_too() -> None:
    """What was sent before the cases is no rehearsal."""
    probe = Step("changeShelf", TWIN, exchange(202, REFUSED), "probe")

    assert READINGS.taken(probe) is False
    assert READINGS.taken(replace(probe, exchange=exchange(200, SHELF))) is True
