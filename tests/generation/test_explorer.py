"""Laws of the explorer: what another tool sends of its own accord, and what it says of the answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from conformance.generation import explorer
from conformance.generation.explorer import Explorer, Objection
from conformance.wire import Exchange, Request, Response
from tests.toy_contracts import described

FORMATS = {"colour": st.sampled_from(["red", "green"])}
BODY = {
    "type": "object",
    "required": ["name"],
    "additionalProperties": False,
    "properties": {"name": {"type": "string", "maxLength": 4}, "colour": {"type": "string", "format": "colour"}},
}
KEPT = {"201": {"description": "Kept.", "links": {"again": {"operationId": "make", "parameters": {}}}}}
DOCUMENT = described(
    {
        "/shops/{shop}/things": {
            "parameters": [{"name": "shop", "in": "path", "required": True, "schema": {"type": "string"}}],
            "post": {
                "operationId": "make",
                "security": [{"key": []}],
                "requestBody": {"required": True, "content": {"application/json": {"schema": BODY}}},
                "responses": {**KEPT, "400": {"description": "No."}},
            },
        }
    },
    components={"securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "X-Key"}}},
    security=[{"key": []}],
)
Heard = list[tuple[Exchange, tuple[Objection, ...]]]


@pytest.fixture(autouse=True)
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("COVERED", "DRAWN"):
        monkeypatch.setattr(explorer, name, 25)
    monkeypatch.setattr(explorer, "SEQUENCES", 3)


def faithful(request: Request) -> tuple[int, dict[str, str]]:
    """The status that a request deserves."""
    if request.method != "POST":
        return 405, {"Allow": "POST"}
    try:
        body = json.loads(request.body or b"")
    except ValueError:
        return 400, {}
    known = isinstance(body, dict) and set(body) <= {"name", "colour"}
    texts = known and all(isinstance(value, str) for value in body.values())
    good = texts and len(body.get("name", "12345")) <= 4 and body.get("colour", "red") in ("red", "green")
    return (201 if good and (request.header("content-type") or "") == "application/json" else 400), {}


def explored(
    answer: Callable[[Request], tuple[int, dict[str, str]] | None], seed: int = 1, **more: Any
) -> tuple[list[Request], Heard]:
    """What is sent to a server, and what is heard of its answers."""
    seen: list[Request] = []
    heard: Heard = []

    def ask(request: Request) -> Exchange | None:
        seen.append(request)
        said = answer(request)
        if said is None:
            return None
        return Exchange(request, Response(said[0], "", tuple(said[1].items()), b""), None, 0.0, 0.001)

    tool = Explorer(more.get("document", DOCUMENT), Path("/toy.yaml").as_uri(), FORMATS, seed, ask)
    tool.explore("POST", "/base/shops/{shop}/things", {"shop": "s 1"}, lambda *told: heard.append(told))
    if more.get("sequences"):
        tool.sequences(lambda *told: heard.append(told))
    return seen, heard


def objections(heard: Heard) -> set[tuple[str, str]]:
    """The checks that object, and what they are about."""
    return {(objection.check, objection.about) for _, found in heard for objection in found}


def test_a_faithful_server_meets_no_objection() -> None:
    """Valid and invalid requests are made, every exchange is heard of, and nobody objects."""
    seen, heard = explored(faithful, sequences=True)

    statuses = {exchange.response.status for exchange, _ in heard if exchange.response is not None}
    assert {201, 400} <= statuses
    assert len(heard) == len(seen)
    assert objections(heard) == set()


@pytest.mark.parametrize(
    ("status", "objection"),
    [
        (500, ("Server error", "answer")),
        (201, ("Schema-violating request accepted", "accepted")),
        (400, ("Schema-valid request rejected", "refused")),
        (418, ("Undocumented status code", "answer")),
    ],
)
def test_an_objection_is_heard(status: int, objection: tuple[str, str]) -> None:
    """A server that answers everything alike meets the objection that it deserves."""
    assert objection in objections(explored(lambda request: (status, {}))[1])


def test_the_same_seed_sends_the_same() -> None:
    """Two explorations with one seed send the same requests in the same order; another seed draws others."""
    one, two, other = (explored(faithful, seed)[0] for seed in (1, 1, 2))

    assert one == two
    assert one != other


def test_requests_are_about_what_was_said() -> None:
    """Paths hold the given value below the base of the server, and no credential is made up."""
    seen, _ = explored(faithful)

    assert {request.target for request in seen} == {"/base/shops/s%201/things"}
    assert all(request.header("x-key") is None for request in seen)


def test_requests_are_bounded() -> None:
    """An operation takes no more requests than its phases together may."""
    seen, _ = explored(faithful)

    assert 30 < len(seen) <= explorer.EXAMPLES + 3 * 25


def test_what_is_not_sent_is_not_heard_of() -> None:
    """A request that is held back is no exchange."""
    seen, heard = explored(lambda request: None)

    assert seen
    assert heard == []


def test_what_is_raised_while_asking_ends_it() -> None:
    """An exception of ours comes back as it is, and nothing is sent after it."""
    seen: list[Request] = []

    def stopped(request: Request) -> None:
        seen.append(request)
        if len(seen) == 30:
            raise LookupError("stop")

    with pytest.raises(LookupError, match="stop"):
        explored(stopped)

    assert len(seen) == 30


def test_redirects_are_answers() -> None:
    """Nobody is followed elsewhere."""
    seen, _ = explored(lambda request: (302, {"Location": "http://127.0.0.1:9/elsewhere"}))

    assert {request.target for request in seen} == {"/base/shops/s%201/things"}


def test_what_is_not_described_is_not_explored() -> None:
    """An operation that the document lacks sends nothing."""
    assert explored(faithful, document=described({"/others": DOCUMENT["paths"]["/shops/{shop}/things"]}))[0] == []
