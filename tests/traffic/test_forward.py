"""Laws of the proxy, on real sockets."""

from __future__ import annotations

import gzip
import json
import socket
import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

import pytest

from conformance.errors import UsageError
from conformance.target import Address, Client
from conformance.traffic.exchange import Recorded
from conformance.traffic.forward import Forwarder
from conformance.traffic.message import Head
from conformance.wire import Exchange, Request
from tests.target.hostile import Answer, Caller, Server, nobody, response, serving


@contextmanager
def forwarding(behaviour: str | Answer) -> Iterator[tuple[Server, Forwarder]]:
    """A server, and a proxy before it."""
    with serving(behaviour) as server, Forwarder(Address.parse(server.url), 0) as forwarder:
        yield server, forwarder


def sent(forwarder: Forwarder, *requests: Request) -> list[Exchange]:
    """What a client sees that sends requests through the proxy over one connection."""
    with Client(Address.parse(forwarder.url)) as client:
        return [client.send(request) for request in requests]


def passed(forwarder: Forwarder) -> list[Recorded]:
    """What the proxy saw, now that it ends."""
    forwarder.stop()
    return list(forwarder)


def talk(forwarder: Forwarder, data: bytes, *, until: bytes) -> bytes:
    """What comes back for raw bytes, up to an end."""
    with socket.create_connection(("127.0.0.1", int(forwarder.url.rsplit(":", 1)[1])), timeout=10) as connection:
        connection.sendall(data)
        found = b""
        while until not in found and (piece := connection.recv(65536)):
            found += piece
    return found


def test_requests_go_through_unchanged() -> None:
    """Names, order, duplicates, target and body of a request stay as they are; hop-by-hop headers do not go on."""
    body = bytes(range(256))
    with forwarding("null-200") as (server, forwarder):
        head = "PUT /a%2Fb?x=1&x HTTP/1.1\r\nHOST: me\r\nX-One: 1\r\nx-one:  2\r\nConnection: X-Gone\r\nX-Gone: 1\r\n"
        talk(forwarder, f"{head}Te: x\r\nContent-Length: 256\r\n\r\n".encode() + body, until=b"{}")

        [request] = server.requests

        wanted = b"PUT /a%2Fb?x=1&x HTTP/1.1\r\nHOST: me\r\nX-One: 1\r\nx-one: 2\r\nContent-Length: 256\r\n\r\n"
        assert request == wanted + body
        [seen] = passed(forwarder)
        assert (seen.exchange.request.target, seen.exchange.request.body) == ("/a%2Fb?x=1&x", body)
        assert seen.origin == server.url


def test_answers_come_back_unchanged() -> None:
    """Status, reason, headers and body of an answer stay as they are."""
    answer = response("299 Odd Reason", b"\x00\xffbody", "X-A: 1", "x-a: 2", "Set-Cookie: a=b")
    with forwarding(lambda caller: _say(caller, answer)) as (_, forwarder):
        found = talk(forwarder, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", until=b"body")

        [seen] = passed(forwarder)

    assert found == answer
    assert seen.exchange.response is not None
    assert (seen.exchange.response.status, seen.exchange.response.body) == (299, b"\x00\xffbody")


def _say(caller: Caller, data: bytes) -> bool:
    caller.write(data)
    return True


def test_connections_are_kept() -> None:
    """Requests over one connection use one connection to the target."""
    with forwarding("null-200") as (server, forwarder):
        found = sent(forwarder, *[Request("GET", f"/{number}") for number in range(20)])

        assert [each.response.status for each in found if each.response] == [200] * 20
        assert server.connections == 1
        assert [each.exchange.request.target for each in passed(forwarder)] == [f"/{number}" for number in range(20)]


@pytest.mark.parametrize(
    ("answer", "body"),
    [
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n2\r\nde\r\n0\r\nX-T: 1\r\n\r\n",
            b"abcde",
        ),
        (b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", b"ok"),
        (b"HTTP/1.1 204 No Content\r\n\r\n", b""),
        (response("200 OK", b"z" * 300_000), b"z" * 300_000),
        (response("200 OK", gzip.compress(b"zipped", mtime=0), "Content-Encoding: gzip"), b"zipped"),
    ],
)
def test_forms_of_bodies(answer: bytes, body: bytes) -> None:
    """However a body is sent, its bytes go through, and what is judged is the body."""
    with forwarding(lambda caller: _say(caller, answer)) as (_, forwarder):
        found = talk(forwarder, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", until=answer)
        [seen] = passed(forwarder)

    assert found == answer
    assert seen.exchange.response is not None
    assert (seen.exchange.response.body, seen.answered) == (body, True)


def test_bodies_that_are_asked_for() -> None:
    """A client that waits for 100 Continue gets it from the target, and a body in chunks goes through."""

    def answer(caller: Caller) -> bool:
        caller.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        while b"0\r\n\r\n" not in caller._ahead and caller._more():
            pass
        return _say(caller, response("200 OK", b"done"))

    head = b"POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n"
    with forwarding(answer) as (_, forwarder):
        port = int(forwarder.url.rsplit(":", 1)[1])
        with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
            connection.sendall(head)
            interim = connection.recv(1000)
            connection.sendall(b"4\r\nbody\r\n0\r\n\r\n")
            final = connection.recv(1000)
        [seen] = passed(forwarder)

    assert (interim[:12], final[-4:]) == (b"HTTP/1.1 100", b"done")
    assert seen.exchange.request.body == b"body"


def test_a_body_that_ends_with_the_connection() -> None:
    """An answer without a length ends when the target closes, and so does the client's connection."""
    with forwarding(lambda caller: _say(caller, b"HTTP/1.0 200 OK\r\n\r\nall") and False) as (_, forwarder):
        found = talk(forwarder, b"GET / HTTP/1.0\r\n\r\n", until=b"never")
        [seen] = passed(forwarder)

    assert found == b"HTTP/1.0 200 OK\r\n\r\nall"
    assert seen.exchange.response is not None
    assert seen.exchange.response.body == b"all"


def test_absolute_targets() -> None:
    """A client that is told of a forward proxy names the origin, which is left out."""
    with forwarding("null-200") as (server, forwarder):
        talk(forwarder, b"GET http://elsewhere:1/a?b HTTP/1.1\r\nHost: elsewhere:1\r\n\r\n", until=b"{}")

        assert server.requests[0].startswith(b"GET /a?b HTTP/1.1\r\n")


def test_a_target_that_is_not_there() -> None:
    """The client gets a 502, and the exchange has no answer."""
    with nobody() as url, Forwarder(Address.parse(url), 0) as forwarder:
        [found] = sent(forwarder, Request("GET", "/"))
        [seen] = passed(forwarder)

    assert found.response is not None
    assert found.response.status == 502
    assert seen.exchange.failure is not None
    assert seen.exchange.failure.kind == "unreachable"


def test_a_target_that_nobody_trusts() -> None:
    """A certificate that the system does not trust is not accepted."""
    with serving("null-200", tls=True) as server, Forwarder(Address.parse(server.url), 0) as forwarder:
        [found] = sent(forwarder, Request("GET", "/"))

    assert found.response is not None
    assert found.response.status == 502


@pytest.mark.parametrize(
    "behaviour",
    ["close-at-once", "reset", "close-in-head", "half-body", "half-chunk", "not-http", "invalid-status",
     "invalid-header", "invalid-chunk", "invalid-content-length", "endless-head"],
)  # fmt: skip
def test_a_target_that_breaks_off(behaviour: str) -> None:
    """The client's connection ends as the target's did, and the exchange has no answer."""
    with forwarding(behaviour) as (_, forwarder):
        [found] = sent(forwarder, Request("GET", "/"))
        [seen] = passed(forwarder)

    assert found.response is None
    assert seen.exchange.response is None


def test_clients_that_break_off() -> None:
    """A client that sends no HTTP, or half a request, harms nobody else."""
    with forwarding("null-200") as (_, forwarder):
        for data in (b"", b"nonsense\r\n\r\n", b"GET / HTTP/1.1\r\nno colon\r\n\r\n", b"GET /"):
            _leave(forwarder, data)
        found = sent(forwarder, Request("GET", "/"))

        assert [each.response.status for each in found if each.response] == [200]


def _leave(forwarder: Forwarder, data: bytes) -> None:
    with socket.create_connection(("127.0.0.1", int(forwarder.url.rsplit(":", 1)[1])), timeout=10) as connection:
        connection.sendall(data)


def test_a_port_that_is_taken() -> None:
    """A port that cannot be had is the user's to mend."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        taken = Forwarder(Address.parse("http://127.0.0.1:1"), listener.getsockname()[1])

        with pytest.raises(UsageError, match="cannot listen on port"), taken:
            pass


def test_what_it_costs() -> None:
    """At the median the proxy adds no more than some milliseconds, whatever else this machine does."""
    with forwarding("null-200") as (server, forwarder):
        direct, through = (_median(url) for url in (server.url, forwarder.url))

    assert through - direct < 0.02, json.dumps([direct, through])


def _median(url: str) -> float:
    with Client(Address.parse(url)) as client:
        seconds = []
        for _ in range(100):
            before = perf_counter()
            client.send(Request("GET", "/"))
            seconds.append(perf_counter() - before)
    return statistics.median(seconds)


@pytest.mark.parametrize(
    ("signed", "kept"), [("", False), ("X SignedHeaders=accept;HOST, Signature=1", True), ("X SignedHeaders=a", False)]
)
def test_the_host_of_another_machine(signed: str, kept: bool) -> None:
    """A request that is signed with its Host header keeps it; of others it is exchanged for the target's."""
    fields = {"host": "me", "authorization": signed}
    head = Head("GET / HTTP/1.1", tuple(fields.items()), fields)

    assert head.signs_host is kept
    assert b"Host: other\r\n" in head.forwarded(head.first, "other")
    assert b"host: me\r\n" in head.forwarded(head.first, None)
