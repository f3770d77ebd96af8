"""Laws of readings: what a target did with a request, told from the answer alone."""

from __future__ import annotations

from dataclasses import replace

from tests.judge.steps import LONGEST, REFUSED, SHELF, accepted, exchange, invalid, judged

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
