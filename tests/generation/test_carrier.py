"""Laws of the carrier: what another tool sends reaches us and nobody else, as it would have been sent."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.generation.carrier import NOWHERE, Carrier, Cut, Unsent, session
from conformance.wire import Exchange, Failure, Request, Response


def answered(request: Request, status: int = 200, **headers: str) -> Exchange:
    """An answer of any request."""
    given = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Exchange(request, Response(status, "So", given, b'{"a": 1}'), None, 0.0, 0.001)


def test_a_request_arrives_as_it_was_made() -> None:
    """Method, target, headers and body are those of the request, without what the library adds for itself."""
    seen: list[Request] = []
    carrier = Carrier(lambda request: seen.append(request) or answered(request))  # type: ignore[func-returns-value]

    marked = {"X-Colour": "red", "X-Schemathesis-TestCaseId": "q"}
    session(carrier).post(f"{NOWHERE}/a%20b?c=d", json={"e": "é"}, headers=marked)

    headers = {"x-colour": "red", "accept": "*/*", "content-type": "application/json"}
    assert (seen[0].method, seen[0].target, seen[0].body) == ("POST", "/a%20b?c=d", b'{"e": "\\u00e9"}')
    assert {name.lower(): value for name, value in seen[0].headers} == headers


def test_an_answer_arrives_whole() -> None:
    """Status, headers and body are those of the exchange."""
    carrier = Carrier(lambda request: answered(request, 202, Content_Type="application/json"))

    response = session(carrier).get(f"{NOWHERE}/a")

    assert (response.status_code, response.json()) == (202, {"a": 1})
    assert (response.headers["content-type"], response.raw.headers["content-type"]) == ("application/json",) * 2


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/", "https://elsewhere.example/"])
def test_there_is_no_other_way_out(url: str) -> None:
    """Wherever a request is meant to go, it is handed over."""
    carrier = Carrier(answered)

    assert session(carrier).get(url).status_code == 200


@pytest.mark.parametrize(
    "ask",
    [lambda request: None, lambda request: Exchange(request, None, Failure("closed", "gone"), 0.0, 0.1)],
    ids=["not sent", "not answered"],
)
def test_without_an_answer_there_is_none(ask: Any) -> None:
    """What was not sent, and what was not answered, has no response."""
    with pytest.raises(Unsent):
        session(Carrier(ask)).get(f"{NOWHERE}/a")


def test_what_is_raised_passes_everybody() -> None:
    """An exception of ours is not one that somebody catches to try again."""

    def stopped(request: Request) -> Exchange:
        raise ValueError("stop")

    with pytest.raises(Cut) as cut:
        session(Carrier(stopped)).get(f"{NOWHERE}/a")

    assert isinstance(cut.value.__cause__, ValueError)
