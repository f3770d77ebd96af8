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
from tests.toy_contracts import JSON, SHELVES, changed, read

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


def changing(document: dict[str, Any]) -> Readings:
    """The readings of the operation that changes a shelf, in another document."""
    return Readings(read(document).operations["changeShelf"])


ANSWERS = ("paths", "/shelves/{shelf}", "put", "responses")
SAID = ("components", "responses", "Refused")


def test_what_is_a_success_as_documented_is_no_error() -> None:
    """A success that shows what it should is one, though it says something that an error says too."""
    assert READINGS.outcome(answered(200, {**SHELF, "error": "none"})) == "accepted"


def test_an_error_that_need_not_say_anything_is_not_told_from_others() -> None:
    """Where an error may be any object, an object is no error."""
    readings = changing(changed(SHELVES, {"type": "object"}, *SAID, "content", JSON, "schema"))

    assert readings.outcome(answered(200, {"title": "x"})) == "accepted"


def test_an_error_is_told_by_its_body_alone() -> None:
    """Headers that a refusal has to have need not stand beside an error in the disguise of a success."""
    headers = {"X-Request": {"required": True, "schema": {"type": "string"}}}

    assert changing(changed(SHELVES, headers, *SAID, "headers")).outcome(answered(200, REFUSED)) == "failed"


def test_an_error_is_what_the_contract_calls_one() -> None:
    """The statuses with which the contract refuses what is invalid say what an error looks like."""
    problem = {"type": "object", "required": ["problem"]}
    document = changed(SHELVES, [409], "x-conformance", "refusal", "invalid")
    answer = {"description": "No.", "content": {JSON: {"schema": problem}}}

    readings = changing(changed(document, answer, *ANSWERS, "409"))

    assert readings.outcome(answered(200, {"problem": "taken"})) == "failed"
    assert readings.outcome(answered(200, REFUSED)) == "accepted"


def test_a_step_outside_of_all_cases_is_read_too() -> None:
    """What was sent before the cases is no rehearsal."""
    probe = Step("changeShelf", TWIN, exchange(202, REFUSED), "probe")

    assert READINGS.taken(probe) is False
    assert READINGS.taken(replace(probe, exchange=exchange(200, SHELF))) is True
