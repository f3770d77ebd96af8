"""The client: what it sends, and what it makes of every kind of answer."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest

from conformance.errors import DefectError
from conformance.target import Address, Client
from conformance.wire import Exchange, FailureKind, Request
from tests.target.hostile import BEHAVIOURS, CERTIFICATE, Caller, Server, nobody, response, serving

GET = Request("GET", "/v3/groups?limit=1")
SHORT = 0.3  # seconds
BOUND = 20.0  # seconds, far more than any deadline here: only an exchange without end takes as long

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


def send(client: Client, request: Request = GET) -> Exchange:
    """The exchange, sent in a thread of its own so that an endless one fails the test instead of hanging it."""
    done: list[Exchange] = []
    thread = threading.Thread(target=lambda: done.append(client.send(request)), daemon=True)
    thread.start()
    thread.join(BOUND)
    assert done, "the exchange has no end"
    return done[0]


def client(server: Server, **limits: float) -> Client:
    """A client of the server with a short deadline."""
    return Client(Address.parse(server.url), deadline=limits.get("deadline", BOUND))


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


@pytest.mark.parametrize(
    ("given", "body", "line"),
    [
        ("hOST: elsewhere", None, b"Host:"),
        ("accept-encoding: gzip", None, b"Accept-Encoding:"),
        ("content-length: 2", b"{}", b"Content-Length:"),
    ],
)
def test_given_header_replaces_ours(echo: Server, given: str, body: bytes | None, line: bytes) -> None:
    """A header that the caller gives, in whatever case, is not added again."""
    name, value = given.split(": ")

    with client(echo) as sender:
        send(sender, Request("POST", "/", ((name, value),), body))

    assert given.encode() in echo.requests[0]
    assert line not in echo.requests[0]


@pytest.mark.parametrize(("body", "lengths"), [(None, 0), (b"", 1)])
def test_no_body_and_empty_body_differ(echo: Server, body: bytes | None, lengths: int) -> None:
    """No body sends no Content-Length, an empty one sends 0."""
    with client(echo) as sender:
        send(sender, Request("POST", "/", (), body))

    assert echo.requests[0].count(b"Content-Length: 0") == lengths


@pytest.mark.parametrize(
    "request_",
    [
        Request("GET", "/", (("X-A", "secret\r\nX-B: c"),)),
        Request("GET", "/", (("X-A", "secret\n"),)),
        Request("GET", "/", (("X-A", "secret\0"),)),
        Request("GET", "/", (("X-A", "secret\u0100"),)),
        Request("GET", "/", (("X-A: secret\r\nX-B", "c"),)),
        Request("GET", "/", (("X A", "secret"),)),
        Request("GET", "/", (("", "secret"),)),
        Request("GET", "secret"),
        Request("GET", "/secret path"),
        Request("GET", "/\xe9secret"),
        Request("GET", "/secret\r\nX-B: c"),
        Request("GET secret", "/"),
        Request("", "/secret"),
    ],
)
def test_what_http_cannot_carry_is_our_defect(echo: Server, request_: Request) -> None:
    """A request that would smuggle a line or break the head is refused before a byte is sent, its text unrepeated."""
    with client(echo) as sender, pytest.raises(DefectError) as caught:
        sender.send(request_)

    assert "secret" not in str(caught.value)
    assert not echo.requests


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


@pytest.mark.parametrize(("method", "status"), [("HEAD", "200 OK"), ("GET", "204 No Content"), ("GET", "304 Same")])
def test_without_body(method: str, status: str) -> None:
    """The answer to HEAD, and 204 and 304, end with the head, whatever length they announce."""

    def answer(caller: Caller) -> bool:
        caller.write(f"HTTP/1.1 {status}\r\nContent-Length: 5\r\n\r\n".encode())
        return True

    with serving(answer) as server, client(server) as sender:
        exchanges = [send(sender, Request(method, "/")) for _ in range(2)]

    assert [exchange.response.body for exchange in exchanges if exchange.response] == [b"", b""]
    assert server.connections == 1


def test_interim_responses_are_passed_over() -> None:
    """1xx answers precede the response and are not it."""

    def answer(caller: Caller) -> bool:
        caller.write(
            b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n" + response("201 Yes")
        )
        return True

    with serving(answer) as server, client(server) as sender:
        exchange = send(sender)

    assert exchange.response
    assert (exchange.response.status, exchange.response.reason) == (201, "Yes")


def test_head_as_received() -> None:
    """Names keep their case, values lose the space around them, duplicates stay apart, bytes are latin-1."""

    def answer(caller: Caller) -> bool:
        caller.write(b"HTTP/1.1 200\r\nX-a:  1 \t\r\nx-A:\xe9\r\nX-Empty:\r\nContent-Length: 0\r\n\r\n")
        return True

    with serving(answer) as server, client(server) as sender:
        exchange = send(sender)

    assert exchange.response
    assert exchange.response.reason == ""
    assert exchange.response.headers == (("X-a", "1"), ("x-A", "\xe9"), ("X-Empty", ""), ("Content-Length", "0"))


@pytest.mark.parametrize(
    "raw",
    [
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;a=b\r\n{}\r\n03 \r\n123\r\n0\r\nX-T: 1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\nContent-Length: 1\r\n\r\n5\r\n{}123\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5, 5\r\n\r\n{}123",
        b"HTTP/1.0 200 OK\r\n\r\n{}123",
    ],
)
def test_framing(raw: bytes) -> None:
    """Chunks with extensions and trailers, a repeated equal length, and the end of the connection frame a body."""

    def answer(caller: Caller) -> bool:
        caller.write(raw)
        return False

    with serving(answer) as server, client(server) as sender:
        exchange = send(sender)

    assert exchange.response
    assert exchange.response.body == b"{}123"


def test_body_limit_is_exact(echo: Server) -> None:
    """A body of the limit's size is read, one more byte is too large."""
    address = Address.parse(echo.url)

    with Client(address, max_body=2) as enough, Client(address, max_body=1) as less:
        exchanges = [send(enough), send(less)]

    assert exchanges[0].response
    assert exchanges[1].failure
    assert exchanges[1].failure.kind == "too-large"


def test_unread_request_meets_the_deadline() -> None:
    """A target that never reads a large request cannot hold the client either."""
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        address = Address("http", "127.0.0.1", deaf.getsockname()[1])
        with Client(address, deadline=SHORT) as sender:
            exchange = send(sender, Request("PUT", "/", (), bytes(2**25)))

    assert exchange.failure
    assert exchange.failure.kind == "timeout"


def test_early_answer_to_an_unread_request() -> None:
    """A target that answers and hangs up before it has read the whole request is heard all the same."""

    def refuse(listener: socket.socket) -> None:
        connected, _ = listener.accept()
        with connected:
            connected.recv(1000)
            connected.sendall(response("413 Content Too Large"))
            connected.shutdown(socket.SHUT_WR)
            while connected.recv(65536):
                pass

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=refuse, args=(listener,), daemon=True).start()
        with Client(Address("http", "127.0.0.1", listener.getsockname()[1])) as sender:
            exchange = send(sender, Request("PUT", "/", (), bytes(2**24)))

    assert exchange.response
    assert exchange.response.status == 413


def test_nobody_listens() -> None:
    """A refused connection is unreachable, and the sentence says where."""
    with nobody() as url, Client(Address.parse(url)) as sender:
        exchange = send(sender)

    assert exchange.failure
    assert exchange.failure.kind == "unreachable"
    assert url in exchange.failure.detail


def test_host_without_address() -> None:
    """A host that no resolver knows is unreachable."""
    with Client(Address("http", "host.invalid", 80), deadline=SHORT) as sender:
        exchange = send(sender)

    assert exchange.failure
    assert exchange.failure.kind == "unreachable"


def test_tls_to_a_plain_port(echo: Server) -> None:
    """A target that does not speak TLS where https is asked for is unreachable."""
    with Client(Address.parse(echo.url.replace("http:", "https:")), deadline=SHORT) as sender:
        exchange = send(sender)

    assert exchange.failure
    assert exchange.failure.kind == "unreachable"


def test_plain_to_a_tls_port() -> None:
    """A target that speaks TLS where http is asked for does not answer in HTTP."""
    with serving("null-200", tls=True) as server:
        plain = server.url.replace("https://localhost", "http://127.0.0.1")
        with Client(Address.parse(plain)) as sender:
            exchange = send(sender)

    assert exchange.failure
    assert exchange.failure.kind in ("malformed", "closed")


def test_untrusted_certificate() -> None:
    """A certificate that the system does not trust is refused, in words."""
    with serving("null-200", tls=True) as server, client(server) as sender:
        exchange = send(sender)

    assert exchange.failure
    assert exchange.failure.kind == "unreachable"
    assert "certificate is not trusted" in exchange.failure.detail


@pytest.mark.parametrize(
    ("name", "kind"), [("null-200", None), ("keep-alive-late-lie", None), ("drip-body", "timeout"), ("reset", "closed")]
)
def test_trusted_certificate(monkeypatch: pytest.MonkeyPatch, name: str, kind: str | None) -> None:
    """Over TLS the same laws hold: connections are kept, deadlines and failures are the same."""
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))

    with serving(name, tls=True) as server, client(server, deadline=SHORT if kind == "timeout" else BOUND) as sender:
        exchanges = [send(sender), send(sender)]

    assert [exchange.failure.kind if exchange.failure else None for exchange in exchanges] == [kind, kind]


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
