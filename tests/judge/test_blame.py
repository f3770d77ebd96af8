"""Laws of blame: where nearly all answers of a kind are wrong alike, one requirement is named instead of many."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.cases.case import Wire
from conformance.judge.outcome import Outcome
from conformance.judge.step import Step
from conformance.judge.verdicts import verdicts
from conformance.requirements.derive import of_contract
from tests.judge.steps import (
    CONTRACT,
    LONGEST,
    SHELF,
    SUCCESS,
    TWIN,
    accepted,
    case,
    failed,
    given,
    invalid,
    judged,
    look,
    on_rehearsal,
    refused,
    sent,
    verdict,
)
from tests.toy_contracts import asking, read

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


def test_a_fault_that_is_accepted_anyway_is_no_fault_of_the_rehearsal() -> None:
    """What is accepted really may be accepted on a rehearsal: it is the requirement that is broken, and it alone."""
    real = sent(case(), 200)

    assert failed(accepted(), real, on_rehearsal(real, 202), *invalid(3, 400)[1:]) == [LONGEST]


def test_a_rehearsal_that_refuses_one_fault_wrongly() -> None:
    """A wrong status of one refusal on a rehearsal is that of what was tried, not the rehearsal's."""
    real = invalid(6, 400)
    rehearsals = [on_rehearsal(step, 400 if number else 409) for number, step in enumerate(real)]

    assert failed(accepted(), *real, *rehearsals) == [LONGEST]


def test_one_status_for_all_that_is_invalid_excuses_no_other_refusal() -> None:
    """Where nearly all that is invalid is refused with a wrong status, a wrong status of another kind is its own."""
    name = "changeShelf/authentication/missing"
    bare = case(name, kind="authentication", request=TWIN, wire=Wire(credential="missing"))

    assert failed(accepted(), *invalid(6, 404), sent(bare, 404)) == [REFUSAL, name]


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


PLACES = ("name/maxLength", "name/pattern", "name/type", "books/type", "books/maxItems")
FIRST, AGAIN = given(SUCCESS, {"name": "novels"}, 200), given(SUCCESS, {"name": "novels"})
ELSEWHERE = given(f"{BOOKS}/optional", {"books": ["emma"]}, 200, "b-2")


def gone(count: int, status: int = 400) -> list[Step]:
    """So many valid requests of different requirements, each refused."""
    return [given(f"changeShelf/request/body/{place}", {"name": place[:8]}, status) for place in PLACES[:count]]


@pytest.mark.parametrize("status", [400, 300])
def test_a_resource_that_goes_out_of_service(status: int) -> None:
    """What is refused only because a resource refuses everything by then tells nothing of what it was sent for."""
    assert failed(FIRST, *gone(4, status), AGAIN, ELSEWHERE, refused()) == ["changeShelf/protocol/repeatable"]
    assert len(failed(FIRST, *gone(3), AGAIN, ELSEWHERE, *invalid(6, 400))) > 1

    rehearsal = on_rehearsal(given(SUCCESS, {"name": "poems"}, 200), 202)
    steps = (FIRST, rehearsal, *gone(4, status), AGAIN, ELSEWHERE, refused())
    assert failed(*steps) == ["changeShelf/rehearsal/unchanged"]


def test_rehearsals_of_a_resource_out_of_service() -> None:
    """Rehearsals that it refuses too are no more to blame; those that it still accepts do not say since when."""
    rehearsals = [on_rehearsal(step, 400) for step in gone(2)]
    other = on_rehearsal(given(SUCCESS, {"name": "poems"}, 200), 202)

    assert failed(FIRST, *gone(2), AGAIN, *rehearsals, ELSEWHERE, refused()) == ["changeShelf/protocol/repeatable"]
    assert failed(FIRST, *gone(4), AGAIN, other, ELSEWHERE, refused()) == ["changeShelf/protocol/repeatable"]


def test_what_was_never_accepted_is_not_out_of_service() -> None:
    """Many refusals in a row are each their own as long as nothing is refused that was accepted before."""
    second = given(SUCCESS, {"name": "poems"}, 200)
    poems = given(SUCCESS, {"name": "poems"})

    assert "changeShelf/protocol/repeatable" not in failed(FIRST, *gone(5), ELSEWHERE, refused())
    assert failed(FIRST, second, *gone(4), poems, ELSEWHERE, refused()) == ["changeShelf/protocol/repeatable"]


def test_a_resource_that_answers_looks_only() -> None:
    """What refuses every valid request is out of service, though it answers the looks beside them."""
    document: dict[str, Any] = {"path": {"shelf": "a-1"}}
    names = ("path/shelf/pattern", "response/status/success", "protocol/header-case", "protocol/method")
    first = sent(case("showShelf/response/200/body/type", "accept", document), 200)
    refusals = [sent(case(f"showShelf/{name}", "accept", document), 403) for name in (*names, "protocol/hostile")]

    assert failed(first, *refusals, look(), refused()) == ["showShelf/protocol/repeatable"]


@pytest.mark.parametrize("answer", [{"title": "novels"}, {**SHELF, "room": "3"}])
def test_a_state_that_is_not_shown(answer: Any) -> None:
    """Where answers show the state wrongly or not at all, what is refused may be refused for that state."""
    made = case(SUCCESS, "accept", {"path": {"shelf": "a-1"}, "body": {"name": "novels"}}, id="opaque")
    opaque, full = sent(made, 200, answer), given(f"{BOOKS}/maxItems", {"books": ["a", "b", "c"]})

    found = judged(opaque, full, refused())

    assert (found[f"{BOOKS}/maxItems"].verdict, found[f"{BOOKS}/maxItems"].reason) == ("unproven", "twin-refused")
    assert any(name.startswith("changeShelf/response/200/") and r.verdict == "fail" for name, r in found.items())


@pytest.mark.parametrize(
    ("schema", "status", "expected"),
    [
        ({}, 400, "unproven"),
        ({"maxLength": 90}, 400, "unproven"),
        ({"minLength": 1}, 400, "unproven"),
        ({"minLength": 1, "maxLength": 90}, 400, "unproven"),
        ({}, 500, "fail"),
        ({}, 422, "fail"),
        ({"pattern": "^[a-z]*$"}, 400, "fail"),
        ({"enum": ["a", "b"]}, 400, "fail"),
        ({"example": "a"}, 400, "fail"),
    ],
)
def test_a_text_of_which_nothing_is_said(schema: Any, status: int, expected: str) -> None:
    """A parameter may be a cursor that the target alone can make: that it refuses another text shows nothing."""
    assert cursor("optional", status, schema={"type": "string", **schema}) == expected


def test_a_text_that_has_to_be_given_or_is_shown() -> None:
    """So it is where one has to be given; where the contract gives an example of it, that one means something."""
    assert cursor("required", 400, required=True) == "unproven"
    assert cursor("optional", 400, example="a") == "fail"


def cursor(keyword: str, status: int, **parameter: Any) -> str:
    """What comes of a requirement of a cursor that is answered with this status."""
    said = {"name": "next", "in": "query", "schema": {"type": "string"}, **parameter}
    contract = read(asking(said, responses={"200": {"description": "x"}, "400": {"description": "No."}}))
    name = f"find/request/query/next/{keyword}"
    plain, asked = ({"query": query} for query in ({}, {"next": "a"}))
    steps = [
        sent(case("find/response/status/success", "accept", plain, id="plain"), 200),
        sent(case(name, "accept", asked), status),
    ]

    found = judged(*steps, contract=contract)[name]

    assert found.verdict == "fail" or found.reason == "twin-refused"
    return str(found.verdict)
