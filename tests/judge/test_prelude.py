"""Laws of what stands beside the cases: requests before them, looks, gateways, what only a contested rule forbids."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from conformance.cases.case import Wire
from conformance.contract import Contract
from conformance.judge.answer import Finding
from conformance.judge.effect import EffectJudge
from conformance.judge.step import Step
from tests.judge.steps import (
    LONGEST,
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
    rehearsed,
    sent,
    verdict,
)
from tests.toy_contracts import BOOKS_GIVEN, JSON, SHELVES, changed, read

KEPT = "changeShelf/state/books/kept"
HOSTILE = "changeShelf/protocol/hostile"
UNCHANGED = "changeShelf/state/refusal/unchanged"
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


def test_what_puts_a_state_back_has_none() -> None:
    """What is sent to put a state back is no request of the suite's: nothing is asked of what it does."""
    assert verdict(KEPT, replace(probe(body=LOST, before=BEFORE), role="restore"), refused())[0] == "unproven"


def test_a_repetition_is_no_case_of_its_own() -> None:
    """What is sent once more, to see whether it is answered alike, counts neither for nor against what was tried."""
    assert verdict(LONGEST, accepted(), refused(), sent(case(), 200, role="again"))[0] == "pass"
    assert verdict(LONGEST, accepted(), sent(case(), 400, role="again")) == ("unproven", "no-case")


def test_a_rehearsal_before_the_cases_has_none() -> None:
    """A first request that only rehearses changes nothing, so nothing is asked of what it shows."""
    document = {**TWIN, "body": {**TWIN["body"], "dry_run": True}}

    assert verdict(KEPT, replace(probe(body=LOST, before=BEFORE), document=document), refused())[0] == "unproven"


def test_what_is_sent_after_an_accepted_fault_accuses_nobody() -> None:
    """Until what a fault changed is put back, a plain request that shows a loss is no proof of one."""
    fault = sent(case(), 200, {**SHELF, "name": "novelsnovels"})
    lost = probe(body=LOST, before=BEFORE)

    assert verdict(KEPT, accepted(), fault, lost, refused())[0] == "unproven"
    assert verdict(KEPT, accepted(), fault, replace(probe(), role="restore"), lost, refused())[0] == "fail"


@pytest.mark.parametrize(("status", "said"), [(500, "fail"), (503, "fail"), (501, "unproven"), (404, "unproven")])
def test_a_look_that_fails(status: int, said: str) -> None:
    """A target may lack what only observes; it may not fail at it."""
    show = ("paths", "/shelves/{shelf}", "get", "x-conformance")
    contract = read(changed(SHELVES, {"supporting": True}, *show))
    seen = replace(look(), exchange=exchange(status, REFUSED))

    found = judged(seen, accepted(), refused(), contract=contract)[LOOK]

    assert found.verdict == said
    assert [(e.expected, e.observed) for e in found.evidence] == [("a success", str(status))] * (said == "fail")


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


@pytest.mark.parametrize("status", [500, 503, 0])
def test_failures_that_come_and_go_where_repeating_is_not_promised(status: int) -> None:
    """A server that fails now and then, or is silent, may fail at any request: what was tried is not to blame."""
    once = read(changed(SHELVES, "disrupts", "paths", "/shelves/{shelf}", "put", "x-conformance", "effect"))

    found = judged(accepted(), refused(), refused(status, flaky=True), contract=once)

    assert found[HOSTILE].verdict == "fail"
    assert found[LONGEST].verdict == "pass"


def test_a_safe_method_that_changes_something() -> None:
    """A HEAD or OPTIONS that changed the state breaks what it was sent for: it promised to change nothing."""
    method = "changeShelf/protocol/method"
    made = case(method, "survive", wire=Wire(method="HEAD"))
    culprit = sent(made, 200, culprit=True, changed=("books",), seen=SHELF)

    found = judged(accepted(), refused(), culprit)

    assert (found[method].verdict, found[UNCHANGED].verdict) == ("fail", "unproven")
    assert found[method].evidence[0].observed == "books changed"


@pytest.mark.parametrize(
    ("method", "status", "said"),
    [("HEAD", 501, "pass"), ("HEAD", 502, "fail"), ("HEAD", 500, "fail"), (None, 501, "fail")],
)
def test_a_method_that_nobody_implements(method: str | None, status: int, said: str) -> None:
    """A HEAD or OPTIONS may be answered with 501; any other request may not, nor with any other 5xx."""
    odd = case(HOSTILE, "survive", wire=Wire(method=method))

    assert verdict(HOSTILE, accepted(), refused(), sent(odd, status))[0] == said


@pytest.mark.parametrize("status", [405, 404])
def test_answers_to_a_method_without_a_body_are_not_judged(status: int) -> None:
    """HEAD has no body in its answer, so its shape is not asked for, documented or not."""
    answers = ("paths", "/shelves/{shelf}", "put", "responses")
    contract = read(changed(SHELVES, {"$ref": "#/components/responses/Refused"}, *answers, "405"))
    head = case("changeShelf/protocol/method", kind="head", wire=Wire(method="HEAD"))

    found = judged(accepted(), refused(), sent(head, status, b""), contract=contract)

    assert found[f"changeShelf/response/{status}/body/json"].verdict == "unproven"


def test_answers_to_another_medium_are_not_judged() -> None:
    """Who refuses a medium may not be who answers the rest: the shape of that answer is not asked for."""
    media = case("changeShelf/protocol/media-type", kind="media", wire=Wire(content_type="text/plain"))

    found = judged(accepted(), sent(media, 404, {}))

    assert found["changeShelf/response/404/body/error/required"].verdict == "unproven"


def touched_and(*paths: tuple[str, ...]) -> Contract:
    """The contract in which `touched` and what stands at these paths differ from answer to answer."""
    document = SHELVES
    for path in (("components", "schemas", "Shelf", "properties", "touched"), *paths):
        document = changed(document, {"type": "integer", "x-conformance": {"distinct": True}}, *path)
    return read(document)


def test_members_that_must_differ_have_values_of_their_own() -> None:
    """One member may have the value of another; what shows none of them, or is not documented, says nothing."""
    contract = touched_and(("components", "schemas", "Shelf", "properties", "room"))
    steps = [probe(200, {**SHELF, "touched": number, "room": number + 1}) for number in (1, 2)]
    odd = [probe(418, {"touched": 1}), probe(418, {"touched": 1}), probe(200, b"no"), probe(200, b"no")]

    found = judged(accepted(body={**SHELF, "touched": 9, "room": 8}), refused(), *steps, *odd, contract=contract)

    assert [found[f"changeShelf/response/200/body/{name}/distinct"].verdict for name in ("touched", "room")] == [
        "pass",
        "pass",
    ]


def test_values_that_must_differ_in_a_refusal() -> None:
    """A value of a refusal differs from those of other refusals, whatever a success shows."""
    error = ("components", "responses", "Refused", "content", JSON, "schema", "properties", "error")
    steps = [sent(case(id=str(number)), 400, {"error": 1}) for number in range(2)]

    found = judged(accepted(), *steps, contract=touched_and(error))

    assert found["changeShelf/response/400/body/error/distinct"].verdict == "fail"


def test_a_record_may_not_say_why_there_is_no_answer() -> None:
    """What somebody else recorded may lack an answer without a reason: that there is none is what is said."""
    silent = sent(case("changeShelf/response/status/success", "accept", id="silent"), 0)

    found = judged(accepted(), refused(), replace(silent, exchange=replace(silent.exchange, failure=None)))

    assert [e.observed for e in found["changeShelf/response/status/success"].evidence] == ["no answer"]


def lasting(rule: str, seen: Any, **more: str) -> list[Finding]:
    """What a rule says of an answer and of what is seen afterwards."""
    rules = ("paths", "/shelves/{shelf}", "put", "x-conformance", "ensures")
    request: dict[str, Any] = {"request": {"body": {}}}
    example = {"self": {"touched": 2}, "oldSelf": {"touched": 1}, **request}
    turned = {"self": {"touched": 1}, "oldSelf": {"touched": 2}, **request}
    made = {"id": "rule", "text": "so it is", "rule": rule, "satisfied": [example], "violated": [turned], **more}
    contract = read(changed(SHELVES, [made], *rules))
    step = Step("changeShelf", TWIN, exchange(200, SHELF), before=BEFORE, seen=seen)
    judge = EffectJudge(contract.operations["changeShelf"], {})
    return [finding for finding in judge.judge(step) if finding.requirement == "changeShelf/rule/rule"]


def test_what_never_goes_back_does_not_at_the_next_look() -> None:
    """A rule of two states that holds of one that stays holds from the answer to the next look; another need not."""
    never, always = "self.touched >= oldSelf.touched", "self.touched > oldSelf.touched"

    assert [f.kept for f in lasting(never, {**SHELF, "touched": 0})] == [False, True]
    assert [f.kept for f in lasting(never, SHELF)] == [True, True]
    assert [f.kept for f in lasting(always, {**SHELF, "touched": 0})] == [True]
    assert [f.kept for f in lasting(never, SHELF, when="!has(request.body.none)")] == [True]


def test_a_rule_that_the_next_look_breaks_is_said() -> None:
    """What is said of it is the rule, and when it did not hold."""
    late, _ = lasting("self.touched >= oldSelf.touched", {**SHELF, "touched": 0})
    kept, _ = lasting("self.touched >= oldSelf.touched", SHELF)

    assert (late.expected, late.observed) == ("so it is", "it does not hold at the next look")
    assert (kept.expected, kept.observed) == ("so it is", "")


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


def test_what_is_contested_and_not_done_has_no_effects() -> None:
    """A contested value that is refused, or only rehearsed, becomes nothing: nothing is asked of what is shown."""
    made = case("changeShelf/contested/body/name/dotted", "contested", sent="a.b")
    steps = (sent(made, 400, before=BEFORE, seen=LOST), sent(rehearsed(made), 202, before=BEFORE, seen=LOST))

    found = judged(accepted(), refused(), *steps)

    assert [name for name, result in found.items() if result.verdict == "fail"] == []


def test_rules_of_any_answer() -> None:
    """A rule of any answer is asked of successes, rehearsals and refusals."""
    ensures = ("paths", "/shelves/{shelf}", "put", "x-conformance", "ensures")
    rehearsal = sent(rehearsed(case("changeShelf/response/status/success", "accept", id="twin")), 202)

    def said(unlike: int) -> str:
        right, wrong = ({"response": {"status": each}} for each in (599, unlike))
        made = {"id": "rule", "on": "any", "text": "so it is", "rule": f"response.status != {unlike}"}
        contract = read(changed(SHELVES, [{**made, "satisfied": [right], "violated": [wrong]}], *ensures))
        found = judged(accepted(), rehearsal, refused(), contract=contract)
        return str(found["changeShelf/rule/rule"].verdict)

    assert [said(status) for status in (200, 202, 400, 404)] == ["fail", "fail", "fail", "pass"]


@pytest.mark.parametrize(("on", "status"), [("success", 200), ("rehearsal", 202), ("refusal", 400)])
def test_rules_of_one_kind_of_answer(on: str, status: int) -> None:
    """A rule of successes, rehearsals or refusals is asked of these alone, with the state that they leave."""
    ensures = ("paths", "/shelves/{shelf}", "put", "x-conformance", "ensures")
    rehearsal = sent(rehearsed(case("changeShelf/response/status/success", "accept", id="twin")), 202, seen=SHELF)

    def said(wanted: int) -> str:
        right, wrong = ({"response": {"status": each}, "self": {"room": 3}} for each in (wanted, 599))
        made = {"id": "rule", "on": on, "text": "so it is", "rule": f"response.status == {wanted} && self.room == 3"}
        contract = read(changed(SHELVES, [{**made, "satisfied": [right], "violated": [wrong]}], *ensures))
        found = judged(accepted(), rehearsal, refused(seen=SHELF), contract=contract)
        return str(found["changeShelf/rule/rule"].verdict)

    assert said(status) == "pass"
    assert said(201) == "fail"
