"""Laws of spares: what is deleted was made by the run, where that can be known; what was given stays."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

import pytest

from conformance.cases.plan import Plan
from conformance.judge.outcome import Outcome
from conformance.judge.verdicts import verdicts
from conformance.requirements.derive import of_contract
from conformance.run.permission import Permission
from conformance.run.runner import Runner
from conformance.run.session import Session
from conformance.strict_json import parsed
from conformance.verdict import Verdict
from conformance.wire import Exchange, Request, Response
from tests.toy_contracts import JSON, described, read

NOTE = {
    "type": "object",
    "required": ["text"],
    "properties": {"text": {"type": "string", "minLength": 1, "maxLength": 9}},
}
REFUSED = {"400": {"description": "No."}, "404": {"description": "None."}, "415": {"description": "Not that."}}
NUMBER = {"X-Note": {"schema": {"type": "integer"}}}
SHOWN = {"description": "It.", "content": {JSON: {"schema": {"type": "object"}}}}
GIVEN, OTHER, MOST = 1, 7, 900  # the notes at first, and the greatest number that a note may have
CONTRACT = read(
    described(
        {
            "/notes": {
                "post": {
                    "operationId": "makeNote",
                    "requestBody": {"required": True, "content": {JSON: {"schema": NOTE}}},
                    "responses": {"201": {**SHOWN, "headers": NUMBER}, **REFUSED},
                }
            },
            "/notes/{note}": {
                "parameters": [
                    {
                        "name": "note",
                        "in": "path",
                        "required": True,
                        "schema": {"type": "integer", "minimum": 1, "maximum": MOST},
                    }
                ],
                "get": {"operationId": "showNote", "responses": {"200": SHOWN, **REFUSED}},
                "delete": {
                    "operationId": "dropNote",
                    "responses": {"204": {"description": "Gone."}, **REFUSED},
                },
            },
        }
    )
)


class Notes:
    """Notes in memory; `named` is how a note says which it is, `first` the number of the first that is made."""

    def __init__(self, named: str = "", first: int = 100, kept: int = 0) -> None:
        self.named, self.next, self.kept = named, first, kept
        self.notes: dict[int, Any] = {GIVEN: {"text": "first"}, OTHER: {"text": "another"}}
        self.dropped: list[int] = []

    def send(self, request: Request) -> Exchange:
        """The exchange of a request."""
        status, value, headers = self.answer(request, urlsplit(request.target).path.removeprefix("/notes"))
        body = b"" if value is None else json.dumps(value).encode()
        typed = [("Content-Type", JSON)] if body else []
        return Exchange(request, Response(status, "", (*typed, *headers), body), None, 0.0, 0.001)

    def answer(self, request: Request, name: str) -> tuple[int, Any, list[tuple[str, str]]]:
        """Status, body and headers."""
        if (request.method, bool(name)) not in {("POST", False), ("GET", True), ("DELETE", True)}:
            return 405, None, []
        if request.method == "POST":
            return self.made(request)
        number = name.removeprefix("/")
        if not number.isdecimal() or not 1 <= int(number) <= MOST:
            return 400, None, []
        if int(number) not in self.notes:
            return 404, None, []
        if request.method == "GET":
            return 200, self.notes[int(number)], []
        if int(number) >= 100 and self.kept:
            return self.kept, None, []
        del self.notes[int(number)]
        self.dropped.append(int(number))
        return 204, None, []

    def made(self, request: Request) -> tuple[int, Any, list[tuple[str, str]]]:
        """The answer to a new note."""
        if not str(request.header("Content-Type")).startswith(JSON):
            return 415, None, []
        note = parsed(request.body or b"")
        if not isinstance(note, dict) or not isinstance(note.get("text"), str) or not 1 <= len(note["text"]) <= 9:
            return 400, None, []
        number, self.next = self.next, self.next + 1
        shown: dict[str, Any] = {"size": OTHER, "text": note["text"]}
        names: dict[str, dict[str, Any]] = {"member": {"id": number}, "deep": {"meta": {"key": str(number)}}}
        shown |= names.get(self.named, {})
        self.notes[number] = shown
        headers = {"Location": f"/notes/{number}", "X-Note": str(number)}
        return 201, shown, [(name, text) for name, text in headers.items() if name == self.named]


def run(target: Notes) -> Outcome:
    """A run against notes."""
    session = Session(CONTRACT, target, None, pause=lambda _: None)
    return Runner(session, {"note": str(GIVEN)}, CONTRACT.settings, Plan("quick"), Permission()).run()


def failed(outcome: Outcome) -> set[str]:
    """The requirements that notes do not keep."""
    results = verdicts(CONTRACT, of_contract(CONTRACT), outcome, CONTRACT.settings)
    return {result.requirement.id for result in results if result.verdict is Verdict.FAIL}


def succeeded(outcome: Outcome) -> bool:
    """Whether it was seen that a note can be deleted."""
    results = verdicts(CONTRACT, of_contract(CONTRACT), outcome, CONTRACT.settings)
    return ("dropNote/response/status/success", Verdict.PASS) in {(r.requirement.id, r.verdict) for r in results}


@pytest.mark.parametrize("named", ["Location", "X-Note", "member", "deep"])
def test_what_was_given_stays(named: str) -> None:
    """A note that the run made is deleted, however its answer says which it is, and no other."""
    target = Notes(named)
    outcome = run(target)

    assert {GIVEN, OTHER} <= set(target.notes)
    assert len(target.dropped) == 1
    assert (succeeded(outcome), failed(outcome), outcome.notices) == (True, set(), [])
    assert run(target).blocks == {}


def test_where_nothing_names_what_was_made() -> None:
    """A number that leads to something else is not believed: what was given is deleted, and that is said."""
    target = Notes()
    outcome = run(target)

    assert target.dropped == [GIVEN]
    assert (succeeded(outcome), failed(outcome)) == (True, set())
    assert [("dropNote" in each, f" {GIVEN}," in each) for each in outcome.notices] == [(True, True)]


def test_what_may_not_be_named_is_no_spare() -> None:
    """What was made under a number that the contract does not allow says nothing of what it does."""
    target = Notes("Location", first=MOST + 1)
    outcome = run(target)

    assert (target.dropped, failed(outcome)) == ([GIVEN], set())


def test_what_cannot_be_deleted_is_no_fault() -> None:
    """Where what was made cannot be deleted, for whatever reason, what was given tells whether the operation works."""
    target = Notes("Location", kept=404)
    outcome = run(target)

    assert (target.dropped, succeeded(outcome), failed(outcome)) == ([GIVEN], True, set())


def test_a_deletion_that_crashes_is_found() -> None:
    """What fails on what was made, and on what was given, fails."""
    target = Notes("Location", kept=500)
    target.notes[100] = {"text": "x"}
    session = Session(CONTRACT, target, None, pause=lambda _: None)
    outcome = Runner(session, {"note": "100"}, CONTRACT.settings, Plan("quick"), Permission()).run()

    assert "dropNote/response/status/success" in failed(outcome)
