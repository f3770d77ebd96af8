"""Laws of what is said: each verdict with its reason, and the evidence in words, as reports show them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from conformance.cases.case import Wire
from conformance.judge.outcome import Block, Leak
from conformance.judge.step import Step
from conformance.verdict import Result, Verdict
from tests.judge.steps import (
    LONG,
    LONGEST,
    SHELF,
    SUCCESS,
    TWIN,
    accepted,
    case,
    judged,
    look,
    on_rehearsal,
    probe,
    refused,
    rehearsed,
    sent,
)
from tests.toy_contracts import JSON, SHELVES, changed, read

ODD = {**SHELF, "name": "novelsnovels"}
NAME = "changeShelf/request/body/name"
DOTTED = "changeShelf/contested/body/name/dotted"
FITS = "changeShelf/rule/fits"
HOSTILE = "changeShelf/protocol/hostile"
KNOWN: dict[str, Any] = {"before": {**SHELF, "touched": 0}, "seen": SHELF}


NAME_SCHEMA = ("paths", "/shelves/{shelf}", "put", "requestBody", "content", JSON, "schema", "properties", "name")
DOUBTED = read(changed(SHELVES, {"levels": {"maxLength": "contested"}}, *NAME_SCHEMA, "x-conformance"))


TOUCHED = ("components", "schemas", "Shelf", "properties", "touched")
DISTINCT = read(changed(SHELVES, {"type": "integer", "x-conformance": {"distinct": True}}, *TOUCHED))


def lines(results: Iterable[Result], *spoken: Verdict) -> list[str]:
    """What is said of each requirement that got one of these verdicts; the others are only counted, by why."""
    found, counts = [], Counter[str]()
    for result in results:
        why = f", {result.reason}: {result.detail}" if result.reason else ""
        if result.verdict not in spoken:
            counts[f"{result.verdict}{why}{' (can be mended)' if result.mendable else ''}"] += 1
            continue
        found.append(f"{result.verdict} {result.requirement.id}, cases: {result.cases}{why}")
        found += [f"    sent {e.sent}; expected {e.expected}; observed {e.observed}" for e in result.evidence]
    return [*found, *(f"{count} {what}" for what, count in sorted(counts.items()))]


FAITHFUL = [
    accepted(**KNOWN),
    sent(case(f"{NAME}/optional", "accept"), 200, **KNOWN),
    refused(seen=SHELF),
    sent(case(f"{NAME}/pattern", sent="a capital"), 400),
    sent(rehearsed(case(SUCCESS, "accept", id="twin")), 202, seen=SHELF),
    sent(rehearsed(case()), 400, seen=SHELF),
    sent(case(HOSTILE, "survive", sent="half a body", wire=Wire(body=b"[")), 400),
    sent(case(DOTTED, "contested", sent="a.b"), 200, **KNOWN),
    look(),
]

RUNS: dict[str, tuple[list[Step], dict[str, Any]]] = {
    "a faithful target": (FAITHFUL, {"observed": {"changeShelf": True}}),
    "nothing at all": ([], {}),
    "a fault is accepted": ([accepted(), sent(case(sent="12 characters"), 200, ODD)], {}),
    "everything is refused": ([probe(400, {"error": "no"}), sent(case(SUCCESS, "accept"), 400), refused()], {}),
    "the wrong status of a refusal": ([accepted(), refused(404)], {}),
    "one cause": ([accepted(), *(sent(case(f"{NAME}/pattern", id=str(n)), 404) for n in range(6))], {}),
    "no answer": ([accepted(), refused(), sent(case(SUCCESS, "accept"), 0)], {}),
    "a crash": ([accepted(), refused(), *(sent(case(name, "survive"), 500) for name in (HOSTILE, DOTTED))], {}),
    "a crash in a contested zone": ([accepted(), refused(), sent(case(DOTTED, "contested"), 503)], {}),
    "another success": ([accepted(), refused(), sent(case(f"{NAME}/optional", "accept"), 201, SHELF)], {}),
    "a refused valid request": ([accepted(), refused(), sent(case(f"{NAME}/optional", "accept"), 409)], {}),
    "what comes and goes": ([accepted(), refused(), refused(200, flaky=True)], {}),
    "a refusal that changes": ([accepted(), refused(culprit=True, changed=("name", "books"), seen=SHELF)], {}),
    "a change elsewhere": ([accepted(), refused(), look()], {"leaks": [Leak("changeShelf", look(), ("room", "name"))]}),
    "a lost update": ([accepted(before=SHELF, body={**SHELF, "name": "other", "books": [], "room": "x" * 200})], {}),
    "an answer that the next look denies": ([accepted(seen={**SHELF, "books": ["emma", "emma"], "room": 4})], {}),
    "an answer out of shape": ([accepted(body={"name": "x" * 300, "books": [7]}), refused(body={"error": ""})], {}),
    "no JSON": ([accepted(body=b"<html>", headers={"Content-Type": "text/html"}), refused(body=b"{")], {}),
    "a rehearsal with another status": ([accepted(), refused(), sent(rehearsed(case(SUCCESS, "accept")), 200)], {}),
    "a blind rehearsal": ([accepted(), refused(), on_rehearsal(refused(), 202)], {}),
    "a rehearsal that refuses": ([accepted(), refused(), sent(rehearsed(case(SUCCESS, "accept", id="twin")), 400)], {}),
    "a rehearsal that changes": (
        [accepted(), refused(), sent(rehearsed(case()), 400, culprit=True, changed=("name",), seen=SHELF)],
        {},
    ),
    "a literal reading that is not followed": (
        [accepted(), sent(case(LONGEST, "contested"), 200)],
        {"contract": DOUBTED},
    ),
    "a literal reading that is followed": ([accepted(), sent(case(LONGEST, "contested"), 400)], {"contract": DOUBTED}),
    "a value that does not differ": (
        [accepted(), refused(), *(probe(200, {**SHELF, "touched": n}) for n in (2, 1))],
        {"contract": DISTINCT},
    ),
    "a value that differs": ([accepted(), refused(), probe(200, {**SHELF, "touched": 2})], {"contract": DISTINCT}),
    "a refused probe": (
        [probe(400, {"error": "no"})],
        {"blocks": {"changeShelf": Block("valid-request-refused", "a valid request is answered with 400", False)}},
    ),
    "a refused credential": ([], {"blocks": {"changeShelf": Block("credential-refused", "give the right --token")}}),
    "a run that is cut": (FAITHFUL[:3], {"incomplete": "the time limit was reached"}),
    "cases without a state for them": (
        [accepted(), refused()],
        {"cases": {"changeShelf": [case("changeShelf/rule/fits")]}},
    ),
    "a twin that is refused": (
        [accepted(), sent(case(request=LONG, twin={**TWIN, "body": {"name": "other"}}), 400)],
        {},
    ),
}


@pytest.mark.parametrize("run", RUNS)
def test_what_is_said_of_a_run(run: str, snapshot: SnapshotAssertion) -> None:
    """A user reads the verdict on each requirement, why, and what was sent, expected and seen."""
    steps, outcome = RUNS[run]

    passes = run in ("a faithful target", "a value that differs")
    spoken = [Verdict.FAIL, Verdict.NOTED, *([Verdict.PASS] if passes else [])]
    assert lines(judged(*steps, **outcome).values(), *spoken) == snapshot
