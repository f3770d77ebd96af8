"""Laws of blame: where nearly all answers of a kind are wrong alike, one requirement is named instead of many."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.judge.outcome import Outcome
from conformance.judge.verdicts import verdicts
from conformance.requirements.derive import of_contract
from tests.judge.steps import (
    CONTRACT,
    SHELF,
    SUCCESS,
    accepted,
    case,
    failed,
    given,
    invalid,
    judged,
    on_rehearsal,
    refused,
    sent,
    verdict,
)

REFUSAL = "changeShelf/response/status/refusal"
REHEARSAL = "changeShelf/rehearsal"
BOOKS = "changeShelf/request/body/books"


def test_one_cause_is_one_failure() -> None:
    """When nearly all faults are refused with a wrong status, the status is at fault, not each requirement."""
    found = judged(accepted(), *invalid(6, 404))

    assert found[REFUSAL].verdict == "fail"
    assert [name for name, result in found.items() if result.verdict == "fail"] == [REFUSAL]


def test_few_wrong_statuses_are_their_own_failures() -> None:
    """A wrong status of few requirements is theirs."""
    found = judged(accepted(), *invalid(6, 400)[:5], *invalid(6, 404)[5:])

    assert found["changeShelf/request/body/books/maxItems"].verdict == "fail"
    assert found[REFUSAL].verdict == "pass"


@pytest.mark.parametrize("status", [202, 409, 500])
def test_a_blind_rehearsal_is_one_failure(status: int) -> None:
    """When nearly all refusals are forgotten or go wrong on rehearsal, it is at fault, not each requirement."""
    real = invalid(6, 400)
    blind = [on_rehearsal(step, status) for step in real]

    found = judged(accepted(), *real, *blind)

    assert [name for name, result in found.items() if result.verdict == "fail"] == [f"{REHEARSAL}/refuses"]


@pytest.mark.parametrize(("accepted_ones", "expected"), [(3, "fail"), (4, "pass")])
def test_a_rehearsal_is_blind_beyond_three_in_five(accepted_ones: int, expected: str) -> None:
    """Three faults of five forgotten on rehearsal are three failures, four of five are one: the rehearsal's."""
    real = invalid(5, 400)
    rehearsals = [on_rehearsal(step, 202 if n < accepted_ones else 400) for n, step in enumerate(real)]

    found = judged(accepted(), *real, *rehearsals)

    assert found[f"{REHEARSAL}/refuses"].verdict == "fail"
    assert found["changeShelf/request/body/name/maxLength"].verdict == expected


@pytest.mark.parametrize("status", [202, 409])
def test_a_cause_that_is_not_asked_for_hides_no_failure(status: int) -> None:
    """Where the rehearsal itself is not among the requirements, those that fail on it say so."""
    real = invalid(6, 400)
    steps = [accepted(), *real, *(on_rehearsal(step, status) for step in real)]
    asked = [each for each in of_contract(CONTRACT) if not each.id.startswith(REHEARSAL)]

    found = {r.requirement.id: r.verdict for r in verdicts(CONTRACT, asked, Outcome(steps), CONTRACT.settings)}

    assert found["changeShelf/request/body/name/maxLength"] == "fail"
    assert found["changeShelf/request/body/books/maxItems"] == "fail"


@pytest.mark.parametrize(("wrong", "expected"), [(3, "fail"), (4, "unproven")])
def test_one_cause_beyond_three_in_five(wrong: int, expected: str) -> None:
    """Three wrong statuses of five refusals are three failures, four of five are one: the status's."""
    steps = [*invalid(5, 404)[:wrong], *invalid(5, 400)[wrong:]]

    assert verdict("changeShelf/request/body/name/maxLength", accepted(), *steps)[0] == expected
    assert verdict("changeShelf/request/body/name/maxLength", accepted(), *invalid(4, 404))[0] == "fail"


def test_a_deaf_rehearsal_is_one_failure() -> None:
    """Where nearly everything that is accepted is refused on a rehearsal, the rehearsal is at fault alone."""
    places = ("name/maxLength", "name/pattern", "name/type", "books/type", "books/maxItems")
    real = [given(f"changeShelf/request/body/{place}", {"books": [place[:5]]}, 200) for place in places]

    assert failed(*real, *[on_rehearsal(step, 400) for step in real], refused()) == ["changeShelf/rehearsal/accepts"]
    few = [on_rehearsal(step, 400 if number < 2 else 202) for number, step in enumerate(real)]
    assert f"changeShelf/request/body/{places[0]}" in failed(*real, *few, refused())


def test_a_resource_that_goes_out_of_service() -> None:
    """What is refused only because a resource refuses everything by then tells nothing of what it was sent for."""
    places = ("name/maxLength", "name/pattern", "name/type", "books/type", "books/maxItems")
    first = given(SUCCESS, {"name": "novels"}, 200)
    gone = [given(f"changeShelf/request/body/{place}", {"name": place[:8]}) for place in places]
    again = given(SUCCESS, {"name": "novels"})
    other = given(f"{BOOKS}/optional", {"books": ["emma"]}, 200, "b-2")

    assert failed(first, *gone, again, other, refused()) == ["changeShelf/protocol/repeatable"]
    assert len(failed(first, *gone[:2], again, other, refused())) > 1

    rehearsal = on_rehearsal(given(SUCCESS, {"name": "poems"}, 200), 202)
    assert failed(first, rehearsal, *gone, again, other, refused()) == ["changeShelf/rehearsal/unchanged"]


@pytest.mark.parametrize("answer", [{"title": "novels"}, {**SHELF, "room": "3"}])
def test_a_state_that_is_not_shown(answer: Any) -> None:
    """Where answers show the state wrongly or not at all, what is refused may be refused for that state."""
    made = case(SUCCESS, "accept", {"path": {"shelf": "a-1"}, "body": {"name": "novels"}}, id="opaque")
    opaque, full = sent(made, 200, answer), given(f"{BOOKS}/maxItems", {"books": ["a", "b", "c"]})

    found = judged(opaque, full, refused())

    assert found[f"{BOOKS}/maxItems"].verdict == "unproven"
    assert any(name.startswith("changeShelf/response/200/") and r.verdict == "fail" for name, r in found.items())
