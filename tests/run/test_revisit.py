"""Laws of revisits: what a call made or changed is read again, and what is shown there is judged."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

import pytest

from conformance.cases.case import Case, Expectation
from conformance.cases.plan import Plan
from conformance.judge.outcome import Outcome
from conformance.judge.verdicts import verdicts
from conformance.requirements.derive import of_contract
from conformance.run.permission import Permission
from conformance.run.revisit import Revisits
from conformance.run.runner import Runner
from conformance.run.session import Session
from conformance.strict_json import parsed
from conformance.verdict import Verdict
from conformance.wire import Exchange, Request, Response
from tests.toy_contracts import described, read

NOTE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["text"],
    "properties": {
        "text": {"type": "string", "minLength": 1, "maxLength": 9},
        "tags": {"type": "array", "maxItems": 3, "items": {"type": "string", "maxLength": 9}},
    },
}
SENT = {"required": True, "content": {"application/json": {"schema": NOTE}}}
REFUSED = {"400": {"description": "No."}, "404": {"description": "None."}, "415": {"description": "Not that."}}


def answered(status: str, schema: Any) -> dict[str, Any]:
    """The responses of an operation."""
    return {status: {"description": "It.", "content": {"application/json": {"schema": schema}}}, **REFUSED}


CONTRACT = read(
    described(
        {
            "/notes": {
                "get": {"operationId": "listNotes", "responses": answered("200", {"type": "array", "items": NOTE})},
                "post": {"operationId": "makeNote", "requestBody": SENT, "responses": answered("201", NOTE)},
            },
            "/notes/{note}": {
                "parameters": [{"name": "note", "in": "path", "required": True, "schema": {"type": "integer"}}],
                "get": {"operationId": "showNote", "responses": answered("200", NOTE)},
                "put": {"operationId": "changeNote", "requestBody": SENT, "responses": answered("200", NOTE)},
            },
        }
    )
)


class Notes:
    """Notes in memory; `defects` are names used in this class."""

    def __init__(self, *defects: str) -> None:
        self.defects = defects
        self.notes: dict[str, Any] = {"1": {"text": "first"}}
        self.asked: list[tuple[str, str]] = []

    def send(self, request: Request) -> Exchange:
        """The exchange of a request."""
        path = urlsplit(request.target).path
        self.asked.append((request.method, path))
        status, value, location = self.answer(request, path.removeprefix("/notes").removeprefix("/"))
        body = b"" if value is None else json.dumps(value).encode()
        headers = [("Content-Type", "application/json")] if body else []
        headers += [("Location", location)] if location else []
        return Exchange(request, Response(status, "", tuple(headers), body), None, 0.0, 0.001)

    def answer(self, request: Request, name: str) -> tuple[int, Any, str]:
        """Status, body and location."""
        if (request.method, bool(name)) not in {("GET", False), ("POST", False), ("GET", True), ("PUT", True)}:
            return 405, None, ""
        if name and name not in self.notes:
            return 404, None, ""
        if request.method == "GET":
            return 200, self.shown(self.notes[name]) if name else list(map(self.shown, self.notes.values())), ""
        if not str(request.header("Content-Type")).startswith("application/json"):
            return 415, None, ""
        note = self.understood(request.body)
        if note is None:
            return 400, None, ""
        made = name or str(len(self.notes) + 1)
        self.notes[made] = note
        return (200, note, "") if name else (201, note, self.location(made))

    def understood(self, body: bytes | None) -> Any:
        """The note, if it is one."""
        note = parsed(body or b"")
        if not isinstance(note, dict) or not {"text"} <= set(note) <= {"text", "tags"}:
            return None
        tags = note.get("tags", [])
        good = isinstance(tags, list) and len(tags) <= 3 and all(isinstance(t, str) and len(t) <= 9 for t in tags)
        longest = 99 if "long" in self.defects else 9
        return note if good and isinstance(note["text"], str) and 1 <= len(note["text"]) <= longest else None

    def shown(self, note: Any) -> Any:
        """A note as it is read."""
        return {**note, "tags": ",".join(note["tags"])} if "tags" in note and "flat" in self.defects else note

    def location(self, made: str) -> str:
        """Where a note is that was made."""
        return f"notes/{made}" if "relative" in self.defects else f"http://elsewhere/notes/{made}"


def run(target: Notes) -> Outcome:
    """A run against notes."""
    session = Session(CONTRACT, target, None, pause=lambda _: None)
    return Runner(session, {"note": "1"}, CONTRACT.settings, Plan("standard"), Permission()).run()


def failed(target: Notes) -> set[str]:
    """The requirements that notes do not keep."""
    results = verdicts(CONTRACT, of_contract(CONTRACT), run(target), CONTRACT.settings)
    return {result.requirement.id for result in results if result.verdict is Verdict.FAIL}


@pytest.mark.parametrize("defects", [(), ("relative",)])
def test_a_faithful_server_raises_no_alarm(defects: tuple[str, ...]) -> None:
    """What is made and changed is shown as described."""
    assert failed(Notes(*defects)) == set()


def test_what_was_made_is_shown() -> None:
    """A member that nothing had at first is judged where it is read, in the one and in all of them."""
    assert failed(Notes("flat")) == {
        "showNote/response/200/body/tags/type",
        "listNotes/response/200/body/*/tags/type",
    }


def test_what_is_certain_comes_first() -> None:
    """What may be accepted or refused is sent to nobody before all that is certain is done: it might show anywhere."""
    changing = [(s.operation, s.case.firm) for s in run(Notes()).steps if s.case and s.operation.endswith("eNote")]
    certain = [firm for _, firm in changing]

    assert certain == sorted(certain, reverse=True)
    assert set(changing) == {(name, firm) for name in ("changeNote", "makeNote") for firm in (True, False)}


def read_after(target: Notes, *sent: tuple[str, Any], most: int = 8, expect: Expectation = "accept") -> list[str]:
    """Where is read after calls with these bodies; the first was expected to be accepted, or not."""
    session = Session(CONTRACT, target, None)
    plain: dict[str, Any] = {"path": {}, "query": {}, "header": {}}
    revisits = Revisits(session, most, {"listNotes": plain, "showNote": plain})
    for number, (name, body) in enumerate(sent):
        operation = CONTRACT.operations[name]
        request = {**plain, "path": {"note": 1}, "body": body}
        case = Case(f"{name}#{number}", name, name, request, "accept" if number else expect, "a note")
        revisits.after(session.send(operation, request, case=case))
    return [path for method, path in target.asked if method == "GET"]


ONE, TAGGED = {"text": "a"}, {"text": "b", "tags": ["c"]}


@pytest.mark.parametrize("defects", [(), ("relative",)])
def test_each_shape_is_read_where_it_is(defects: tuple[str, ...]) -> None:
    """What is made is read at its own place, however that is said, and in its collection; what is changed as well."""
    sent = [("makeNote", ONE), ("makeNote", {"text": "other"}), ("makeNote", TAGGED)]

    assert read_after(Notes(*defects), *sent) == ["/notes/2", "/notes", "/notes/4", "/notes"]
    assert read_after(Notes(), ("changeNote", ONE)) == ["/notes/1", "/notes"]


def test_no_more_is_read_than_is_meant() -> None:
    """Shapes may be many."""
    assert read_after(Notes(), ("makeNote", ONE), ("makeNote", TAGGED), most=1) == ["/notes/2", "/notes"]


def test_what_was_wrongly_accepted_blames_no_answer() -> None:
    """What may hold a note that should have been refused is not read; what is made afresh or replaced still is."""
    sent = [("makeNote", ONE), ("changeNote", TAGGED)]

    assert read_after(Notes(), *sent, expect="refuse") == ["/notes/2", "/notes/1"]
    assert failed(Notes("long")) == {"makeNote/request/body/text/maxLength", "changeNote/request/body/text/maxLength"}


def test_a_look_leaves_nothing_behind() -> None:
    """What may be asked or not spoils nothing by being answered: it is a question."""
    target = Notes()
    plain: dict[str, Any] = {"path": {}, "query": {}, "header": {}}
    session = Session(CONTRACT, target, None)
    odd = Case("list#odd", "list", "listNotes", plain, "contested", "an odd question")
    session.send(CONTRACT.operations["listNotes"], plain, case=odd)

    Revisits(session, 8, {"listNotes": plain}).after(
        session.send(CONTRACT.operations["makeNote"], {**plain, "body": ONE})
    )

    assert [method for method, path in target.asked if path == "/notes"] == ["GET", "POST", "GET"]
