"""Laws of conducting: what is sent again, and on which state it is judged."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from conformance.cases.case import Case
from conformance.cases.host import Hosts
from conformance.judge.step import Step
from conformance.run.conduct import Conductor
from conformance.run.look import Looker
from conformance.run.session import Session
from conformance.strict_json import parsed
from conformance.wire import Request
from tests.run.runs import CONTRACT, failed, found, run
from tests.run.shelf import FIXTURES, KEY, START, Shelves
from tests.toy_contracts import described, read

CHANGE = CONTRACT.operations["changeShelf"]
NAME = "changeShelf/request/body/name/maxLength"


def conducted(target: Shelves, *cases: Case, first: Mapping[str, Any] = START) -> list[Step]:
    """The steps of these cases, sent on a shelf as it is known."""
    session = Session(CONTRACT, target, KEY)
    hosts = Hosts(CONTRACT, CHANGE, FIXTURES, {"": START}, {})

    def look(operation: str, document: Any) -> Step:
        return session.send(CONTRACT.operations[operation], document, role="look")

    looker = Looker(CONTRACT, CONTRACT.states["shelf"], look, may_change=True)
    conductor = Conductor(session, hosts, looker, {"shelf:['a-1']": first})
    session.known["shelf:['a-1']"] = dict(first)
    for each in cases:
        conductor.send(each)
    conductor.flush()
    return [step for step in session.steps if step.role == "case"]


def asking(body: Any, **more: Any) -> Case:
    """A case that is to be accepted."""
    request = {"path": {"shelf": "a-1"}, "query": {}, "header": {}, "body": body}
    return Case(f"{NAME}#{body}", NAME, "changeShelf", request, "accept", str(body), **more)


def body_of(request: Request) -> Any:
    """The body of a change."""
    return json.loads(request.body or b"null") if request.method == "PUT" else {}


def test_a_rehearsal_that_changes_spoils_nothing_else() -> None:
    """What is refused because an earlier rehearsal took effect unseen is sent again on the right state."""
    target = Shelves(frozenset({"rehearsal-changes"}))

    def crowded(_: int, request: Request) -> Any:
        full = len(target.shelves["a-1"]["books"]) == START["room"]
        return (400, {"error": "too crowded"}) if full and body_of(request).get("name") == "poems" else None

    target.before = crowded
    filling = asking({"books": ["a", "b", "c"], "dry_run": True}, rehearsal=True)

    first, second = conducted(target, filling, asking({"name": "poems", "dry_run": True}, rehearsal=True))

    assert first.culprit
    assert second.status == 202
    assert not second.flaky


def test_a_set_up_serves_more_than_one_case() -> None:
    """Refusals that start from the same state follow each other on it; what takes effect in between is set up again."""
    target, seen = Shelves(), list[Request]()
    target.before = lambda _, request: seen.append(request)
    given = {"path": {"shelf": "a-1"}, "query": {}, "header": {}, "body": {"books": ["a"]}}
    refused = [replace(asking({"name": "x" * length}, given=given), expect="refuse") for length in (9, 10)]

    conducted(target, *refused, asking({"name": "poems"}), replace(refused[0], id="again"))

    sent = [body_of(request) for request in seen if request.method == "PUT"]
    assert sent.count({"books": ["a"]}) == 2
    assert [body["name"] for body in sent if "books" not in body] == ["x" * 9, "x" * 10, "poems", "x" * 9]


def widening(target: Shelves, wide: int = 3, other: int = 1) -> list[Any]:
    """The bodies of changes, as they come; the name wide makes so much room, what is obeyed beside it so much."""
    bodies: list[Any] = []

    def before(_: int, request: Request) -> None:
        if request.method == "PUT":
            bodies.append(body_of(request))
            name, refused = bodies[-1].get("name", ""), len(bodies[-1].get("books", [])) > 2
            if len(name) <= 8 and not refused:
                target.shelves["a-1"]["room"] = wide if name == "wide" else other

    target.before = before
    return bodies


def refused_beside_three() -> Case:
    """A name that is too long, instead of three books."""
    path = asking({}).request
    return replace(asking({"name": "x" * 9}), expect="refuse", twin={**path, "body": {"books": ["a", "b", "c"]}})


def test_what_fits_on_a_later_state_is_sent_there() -> None:
    """Where a twin would be refused as all was found, what was accepted before brings a better state about."""
    target = Shelves()
    bodies = widening(target)
    long = refused_beside_three()

    steps = conducted(
        target, asking({"name": "narrow"}), asking({"name": "wide"}), asking({}), long, first={**START, "room": 1}
    )

    assert [body.get("name") for body in bodies] == ["narrow", "wide", None, "wide", "x" * 9]
    assert (steps[-1].case, steps[-1].status) == (long, 400)
    assert steps[-1].before is not None
    assert steps[-1].before["room"] == 3


def test_what_breaks_a_rule_on_a_later_state_is_sent_there() -> None:
    """Where an example breaks nothing as all was found, what was accepted before brings about what it breaks."""
    target = Shelves()
    bodies = widening(target, wide=2, other=5)
    many = asking({"books": ["a", "b", "c"]})
    crowded = replace(many, requirement="changeShelf/rule/fits", expect="refuse", twin=asking({}).request)

    steps = conducted(target, asking({"name": "wide"}), asking({}), crowded, first={**START, "room": 5})

    assert [step.status for step in steps if step.case is crowded] == [400]
    assert bodies[:4] == [{"name": "wide"}, {}, {"name": "wide"}, {"books": ["a", "b", "c"]}]


def test_what_was_only_rehearsed_brings_nothing_about() -> None:
    """What fits on no state that was seen after an update is not sent: its refusal would tell nothing."""
    target = Shelves()
    bodies = widening(target)
    only = asking({"name": "wide", "dry_run": True}, rehearsal=True)

    steps = conducted(target, only, refused_beside_three(), first={**START, "room": 1})

    assert [step.case for step in steps] == [only]
    assert "x" * 9 not in [body.get("name") for body in bodies]


def test_a_steady_refusal_is_not_intermittent() -> None:
    """What is repeated on purpose comes and goes only if it was accepted before."""

    def nameless(_: int, request: Request) -> Any:
        return (400, {"error": "no names"}) if "name" in body_of(request) else None

    steady = conducted(Shelves(before=nameless), asking({"name": "poems"}, repeat=5))
    later = conducted(
        Shelves(before=lambda number, _: (400, {}) if number > 2 else None), asking({"name": "poems"}, repeat=5)
    )

    assert [step.flaky for step in steady] == [False]
    assert later[-1].flaky


def test_a_joint_acceptance_is_taken_apart_only_if_it_is_refused() -> None:
    """Accepted, a joint case is one request; refused, its parts are sent, and the one at fault is told."""
    parts = tuple(asking({name: value}) for name, value in (("name", "poems"), ("books", ["dune"])))
    joint = asking({"name": "poems", "books": ["dune"]}, parts=parts)

    def nameless(_: int, request: Request) -> Any:
        return (400, {"error": "no names"}) if "name" in body_of(request) else None

    def apart(_: int, request: Request) -> Any:
        return (400, {"error": "not both"}) if {"name", "books"} <= set(body_of(request)) else None

    assert [step.case for step in conducted(Shelves(), joint)] == [joint]
    assert [(step.case, step.status) for step in conducted(Shelves(before=nameless), joint)] == [
        (parts[0], 400),
        (parts[1], 200),
    ]
    assert [step.status for step in conducted(Shelves(before=apart), joint)] == [200, 200, 400]


def test_the_plain_fixture_is_tried_in_other_ways_first() -> None:
    """Where the first requests are refused, another way of asking for the same thing comes before another thing."""
    target = Shelves(before=lambda _, request: (400, {"error": "no"}) if request.method == "PUT" else None)

    run(target)

    asked = ["b-2" in request.target for request in target.seen if request.method == "PUT"]
    assert asked.index(True) > 3
    assert asked == sorted(asked)


def test_what_a_put_makes_can_be_looked_at() -> None:
    """A GET that does not find what its path names is asked again when a PUT of that path has made it."""
    text = {"type": "string", "maxLength": 20}
    parameter = {"name": "day", "in": "path", "required": True, "schema": {"type": "string"}}
    body = {"required": True, "content": {"application/json": {"schema": text}}}
    put = {"operationId": "keep", "requestBody": body, "responses": {"204": {"description": "Kept."}}}
    get = {"operationId": "look", "responses": {"200": {"description": "It."}, "404": {"description": "None."}}}
    contract = read(described({"/notes/{day}": {"parameters": [parameter], "put": put, "get": get}}))
    notes: set[str] = set()

    def noting(_: int, request: Request) -> Any:
        if request.method not in ("PUT", "GET"):
            return 405, {}
        if request.method == "PUT":
            notes.add(request.target)
            return 204, None
        return (200, {}) if request.target in notes else (404, {})

    outcome = run(Shelves(before=noting), contract=contract, fixtures={"day": "monday"})

    assert outcome.blocks == {}
    assert found(outcome, contract)["look/response/status/success"] == "pass"
    assert found(outcome, contract)["look/path/day/unknown"] == "pass"


def test_a_safe_method_changes_nothing() -> None:
    """HEAD and OPTIONS may be answered as anybody likes; a change by them is told of the method alone."""
    asked = {"HEAD", "OPTIONS"}

    def obeying(number: int, request: Request) -> Any:
        if request.method not in asked:
            return None
        target.shelves["a-1"] |= {"books": [f"moved {number}"]}
        return 200, None

    def answering(status: int) -> Shelves:
        return Shelves(before=lambda _, request: (status, None) if request.method in asked else None)

    target = Shelves(before=obeying)

    assert {name for name in failed(run(target)) if name.startswith("changeShelf")} == {"changeShelf/protocol/method"}
    assert [failed(run(answering(status))) for status in (200, 204, 404, 405, 501)] == [set()] * 5


def test_a_call_that_crashed_is_tried_again() -> None:
    """A server that fails now and then, whatever it is asked, breaks no sentence of any one request."""
    body = {"required": True, "content": {"application/json": {"schema": {"type": "string", "maxLength": 9}}}}
    answers = {"201": {"description": "Made."}, "400": {"description": "No."}}
    contract = read(described({"/notes": {"post": {"operationId": "make", "requestBody": body, "responses": answers}}}))

    def failing(number: int, request: Request) -> Any:
        if number % 7 == 6:
            return 500, {}
        known = request.method == "POST" and (request.header("content-type") or "").startswith("application/json")
        text = parsed(request.body or b"") if known else None
        return (201, None) if isinstance(text, str) and len(text) <= 9 else (400, None)

    outcome = run(Shelves(before=failing), contract=contract, fixtures={})

    assert {name for name, result in found(outcome, contract).items() if result == "fail"} == {"make/protocol/hostile"}
