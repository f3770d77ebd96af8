"""Laws of what stands beside the cases: requests before them, looks, gateways, what only a contested rule forbids."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from conformance.cases.case import Wire
from conformance.judge.effect import EffectJudge
from conformance.judge.step import Step
from tests.judge.steps import (
    REFUSED,
    SHELF,
    TWIN,
    accepted,
    case,
    exchange,
    judged,
    look,
    probe,
    refused,
    sent,
    verdict,
)
from tests.toy_contracts import BOOKS_GIVEN, SHELVES, changed, read

KEPT = "changeShelf/state/books/kept"
REFUSAL = "changeShelf/response/status/refusal"
LOOK = "showShelf/response/status/success"
LOST = {**SHELF, "books": []}
BEFORE = {**SHELF, "touched": 0}


@pytest.mark.parametrize("role", ["probe", "given"])
def test_what_is_sent_before_the_cases_has_effects(role: Any) -> None:
    """The first update of all is judged by its effects: what it loses no later one can lose."""
    first = replace(probe(body=LOST, before=BEFORE), role=role)

    assert verdict(KEPT, first, accepted(before=LOST, body=LOST), refused())[0] == "fail"
    assert verdict(KEPT, replace(first, exchange=exchange(200, SHELF)), accepted(), refused())[0] == "pass"


def test_a_rehearsal_before_the_cases_has_none() -> None:
    """A first request that only rehearses changes nothing, so nothing is asked of what it shows."""
    document = {**TWIN, "body": {**TWIN["body"], "dry_run": True}}

    assert verdict(KEPT, replace(probe(body=LOST, before=BEFORE), document=document), refused())[0] == "unproven"


@pytest.mark.parametrize(("status", "said"), [(500, "fail"), (503, "fail"), (501, "unproven"), (404, "unproven")])
def test_a_look_that_fails(status: int, said: str) -> None:
    """A target may lack what only observes; it may not fail at it."""
    show = ("paths", "/shelves/{shelf}", "get", "x-conformance")
    contract = read(changed(SHELVES, {"supporting": True}, *show))
    seen = replace(look(), exchange=exchange(status, REFUSED))

    assert judged(seen, accepted(), refused(), contract=contract)[LOOK].verdict == said


def test_answers_of_gateways_are_not_judged() -> None:
    """The body of an answer that refuses a method or a medium is whoever's: its shape is not judged."""
    name = "changeShelf/response/404/body/error/required"
    method = case("changeShelf/protocol/method", kind="method", wire=Wire(method="PATCH"))

    assert verdict(name, accepted(), refused(), sent(method, 404, {})) == ("unproven", "not-exercised")
    assert verdict(name, accepted(), refused(), sent(case(kind="unknown"), 404, {}))[0] == "fail"


@pytest.mark.parametrize(("kind", "status"), [("media", 415), ("method", 405)])
def test_answers_of_gateways_are_judged_where_they_are_documented(kind: str, status: int) -> None:
    """A documented 415 or 405 has the shape that the contract gives it, whoever answers."""
    answers = ("paths", "/shelves/{shelf}", "put", "responses")
    contract = read(changed(SHELVES, {"$ref": "#/components/responses/Refused"}, *answers, str(status)))
    shape = f"changeShelf/response/{status}/body/error/required"
    said = {
        name: judged(accepted(), sent(case(kind=kind), status, body), refused(), contract=contract)[shape].verdict
        for name, body in (("whole", {"error": "no"}), ("empty", {}))
    }

    assert said == {"whole": "pass", "empty": "fail"}
    assert shape not in judged(accepted(), refused())


def lasting(rule: str, seen: Any) -> list[bool]:
    """What a rule says of an answer and of what is seen afterwards."""
    rules = ("paths", "/shelves/{shelf}", "put", "x-conformance", "ensures")
    example = {"self": {"touched": 2}, "oldSelf": {"touched": 1}}
    turned = {"self": {"touched": 1}, "oldSelf": {"touched": 2}}
    made = {"id": "rule", "text": "so it is", "rule": rule, "satisfied": [example], "violated": [turned]}
    contract = read(changed(SHELVES, [made], *rules))
    step = Step("changeShelf", TWIN, exchange(200, SHELF), before=BEFORE, seen=seen)
    judge = EffectJudge(contract.operations["changeShelf"], {})
    return [finding.kept for finding in judge.judge(step) if finding.requirement == "changeShelf/rule/rule"]


def test_what_never_goes_back_does_not_at_the_next_look() -> None:
    """A rule of two states that holds of one that stays holds from the answer to the next look; another need not."""
    assert lasting("self.touched >= oldSelf.touched", {**SHELF, "touched": 0}) == [False, True]
    assert lasting("self.touched >= oldSelf.touched", SHELF) == [True, True]
    assert lasting("self.touched > oldSelf.touched", {**SHELF, "touched": 0}) == [True]


def contested(rule: str) -> list[bool]:
    """What a rule says of an accepted request that only a contested rule about books forbids."""
    put = ("paths", "/shelves/{shelf}", "put", "x-conformance")
    made = {"id": "rule", "text": "so it is", "rule": rule}
    examples = {"satisfied": [{"self": SHELF, "oldSelf": BEFORE}], "violated": [{"self": LOST, "oldSelf": SHELF}]}
    contract = read(changed(changed(SHELVES, [BOOKS_GIVEN], *put, "requires"), [{**made, **examples}], *put, "ensures"))
    step = sent(case("changeShelf/rule/books-given", "contested", TWIN), 200, {**LOST, "touched": 1}, before=SHELF)
    result = judged(step, accepted(), refused(), contract=contract)["changeShelf/rule/rule"]
    return [result.verdict == "fail"]


def test_what_only_a_contested_rule_forbids_has_effects() -> None:
    """Where it is accepted it keeps the rules that speak of other members than the contested one."""
    assert contested("self.touched > oldSelf.touched") == [True]
    assert contested("size(self.books) > 0") == [False]
