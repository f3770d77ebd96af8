"""The client: what it makes of every kind of answer, and how it uses its connections."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from conformance.target import Address, Client
from conformance.wire import FailureKind, Request
from tests.target.exchanging import BOUND, GET, SHORT, client, send
from tests.target.hostile import BEHAVIOURS, Caller, Server, nobody, response, serving

FAILURES: dict[str, FailureKind] = {
    "bare-lf": "malformed",
    "broken-gzip": "malformed",
    "chunk-too-long": "malformed",
    "close-at-once": "closed",
    "close-in-head": "closed",
    "drip-body": "timeout",
    "drip-chunks": "timeout",
    "drip-head": "timeout",
    "endless-body": "too-large",
    "endless-chunk-size": "too-large",
    "endless-chunks": "too-large",
    "endless-head": "too-large",
    "endless-status-line": "too-large",
    "endless-trailers": "timeout",
    "folded-header": "malformed",
    "future-version": "malformed",
    "gzip-bomb": "too-large",
    "half-body": "closed",
    "half-body-hang": "timeout",
    "half-chunk": "closed",
    "hang": "timeout",
    "huge-content-length": "too-large",
    "interim-flood": "too-large",
    "invalid-chunk": "malformed",
    "invalid-content-length": "malformed",
    "invalid-header": "malformed",
    "invalid-status": "malformed",
    "not-http": "malformed",
    "not-http-hang": "malformed",
    "reset": "closed",
    "status-out-of-range": "malformed",
    "switches-protocols": "malformed",
    "truncated-gzip": "malformed",
    "two-content-lengths": "malformed",
    "unknown-content-coding": "malformed",
    "unknown-transfer-coding": "malformed",
}
ANSWERS = {
    "gzip": (200, b"{}"),
    "html": (200, b"<!DOCTYPE html><html><body><h1>Oops</h1></body></html>"),
    "html-502": (502, b"<!DOCTYPE html><html><body><h1>Oops</h1></body></html>"),
    "invalid-utf-8": (200, b'{"name": "\xff\xfe"}'),
    "keep-alive-late-lie": (200, b"{}"),
    "keep-alive-lie": (200, b"{}"),
    "length-too-short": (200, b"{"),
    "null-200": (200, b"{}"),
    "null-202": (202, b""),
    "null-400": (400, b'{"error_code": "VPC.0011", "error_msg": "the request is refused, whatever it is"}'),
    "null-401": (401, b'{"error_code": "APIGW.0301", "error_msg": "the request is refused, whatever it is"}'),
    "null-404": (404, b'{"error_code": "APIGW.0101", "error_msg": "the request is refused, whatever it is"}'),
    "null-500": (500, b'{"error_code": "VPC.0000", "error_msg": "the request is refused, whatever it is"}'),
    "null-closing": (200, b"{}"),
    "redirect": (302, b""),
}
THROTTLING = {name for name in BEHAVIOURS if name.startswith(("throttle-", "unavailable"))}  # see test_throttle.py


@pytest.fixture
def echo() -> Iterator[Server]:
    """A server that answers 200 to everything and remembers what it was sent."""
    with serving("null-200") as server:
        yield server


def test_every_behaviour_is_expected() -> None:
    """No behaviour of the hostile servers is left without an expectation."""
    assert set(BEHAVIOURS) == FAILURES.keys() | ANSWERS.keys() | THROTTLING


@pytest.mark.parametrize("name", FAILURES)
def test_failure(name: str) -> None:
    """Whatever a target does, the exchange ends within the deadline, as a value of the right kind."""
    kind = FAILURES[name]
    with serving(name) as server, client(server, deadline=SHORT if kind == "timeout" else BOUND) as sender:
        exchange = send(sender)

    assert exchange.response is None
    assert exchange.failure
    assert (exchange.failure.kind, bool(exchange.failure.detail)) == (kind, True)
    assert exchange.request is GET


@pytest.mark.parametrize("name", ANSWERS)
def test_answer(name: str) -> None:
    """What is HTTP is a response, however unwelcome; twice in a row, whatever became of the connection."""
    with serving(name) as server, client(server) as sender:
        exchanges = [send(sender), send(sender)]

    assert [exchange.failure for exchange in exchanges] == [None, None]
    assert [(e.response.status, e.response.body) for e in exchanges if e.response] == [ANSWERS[name]] * 2


def test_sent_as_given(echo: Server) -> None:
    """Case, order and duplicates of headers and the bytes of the body go out as given, with what HTTP needs."""
    request = Request("PUT", "/a%20b?x=%00", (("x-B", "1"), ("X-a", "\xe9"), ("x-b", "")), b"\x00\xff\r\n")

    with client(echo) as sender:
        send(sender, request)

    host = echo.url.removeprefix("http://")
    assert list(echo.requests) == [
        f"PUT /a%20b?x=%00 HTTP/1.1\r\nHost: {host}\r\nx-B: 1\r\nX-a: \xe9\r\nx-b: \r\n".encode("latin-1")
        + b"Accept-Encoding: identity\r\nContent-Length: 4\r\n\r\n\x00\xff\r\n"
    ]


def test_connection_is_reused(echo: Server) -> None:
    """Requests share one connection as long as the target allows."""
    with client(echo) as sender:
        for _ in range(3):
            send(sender)

    assert (echo.connections, len(echo.requests)) == (1, 3)


@pytest.mark.parametrize("name", ["null-closing", "length-too-short", "keep-alive-lie"])
def test_connection_is_not_reused(name: str) -> None:
    """After an answer that says close, or is followed by stray bytes or the end, the next request opens another."""
    with serving(name) as server, client(server) as sender:
        send(sender)
        send(sender)

    assert server.connections == 2


def test_own_framing_ends_the_connection(echo: Server) -> None:
    """A request that brings its own Content-Length may have desynchronized the target: nothing follows it."""
    with client(echo) as sender:
        send(sender, Request("POST", "/", (("Content-Length", "2"),), b"{}"))
        send(sender)

    assert echo.connections == 2


def test_resent_after_silent_close() -> None:
    """A request that a kept connection swallowed without a byte of answer is sent again, once, over a new one."""
    with serving("keep-alive-late-lie") as server, client(server) as sender:
        exchanges = [send(sender) for _ in range(3)]

    assert all(exchange.response for exchange in exchanges)
    assert (server.connections, len(server.requests)) == (3, 5)


def test_not_resent_over_a_new_connection() -> None:
    """A request that a fresh connection swallowed has failed: it may have had its effect."""
    with serving("close-at-once") as server, client(server) as sender:
        send(sender)

    assert len(server.requests) == 1


def test_not_resent_after_first_byte() -> None:
    """A request that was answered in part has failed, even over a kept connection."""

    def answer(caller: Caller) -> bool:
        caller.write(response("200 OK") if caller.served == 1 else b"HTTP/1.1 200 OK\r\n")
        return caller.served == 1

    with serving(answer) as server, client(server) as sender:
        exchanges = [send(sender), send(sender)]

    assert exchanges[1].failure
    assert (exchanges[1].failure.kind, len(server.requests)) == ("closed", 2)


def test_client_recovers() -> None:
    """A failed exchange leaves nothing behind: the next request gets its own answer."""

    def answer(caller: Caller) -> bool:
        if b"/slow" in caller.request:
            caller.hang()
        caller.write(response("200 OK", b"mine"))
        return True

    with serving(answer) as server, client(server, deadline=SHORT) as sender:
        slow = send(sender, Request("GET", "/slow"))
        quick = send(sender)

    assert slow.failure
    assert quick.response
    assert (slow.failure.kind, quick.response.body) == ("timeout", b"mine")


def test_body_limit_is_exact(echo: Server) -> None:
    """A body of the limit's size is read, one more byte is too large."""
    address = Address.parse(echo.url)

    with Client(address, max_body=2) as enough, Client(address, max_body=1) as less:
        exchanges = [send(enough), send(less)]

    assert exchanges[0].response
    assert exchanges[1].failure
    assert exchanges[1].failure.kind == "too-large"


def test_no_proxy(monkeypatch: pytest.MonkeyPatch, echo: Server) -> None:
    """The environment's proxies are not used: what is tested is the target, not what stands between."""
    with nobody() as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy)
        with client(echo) as sender:
            exchange = send(sender)

    assert exchange.response


def test_times(echo: Server) -> None:
    """An exchange says when it started, in epoch seconds, and how long it took."""
    with client(echo) as sender:
        first, second = send(sender), send(sender)

    assert 0 < first.started <= second.started
    assert 0 < first.seconds < BOUND
