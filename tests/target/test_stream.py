"""The connection: opened or not, plain or TLS, under one deadline."""

from __future__ import annotations

import socket
import threading
from typing import Any

import pytest

from conformance.target import Address, Client
from conformance.target.stream import Deadline, Stream
from conformance.wire import Request
from tests.target.exchanging import BOUND, SHORT, client, send
from tests.target.hostile import CERTIFICATE, nobody, response, serving


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


def test_a_body_after_the_head_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that sends the body when it knows that the head arrived is told so at once."""
    monkeypatch.setattr("conformance.target.stream._ACKNOWLEDGE", 12)  # as on Linux, where it is heeded
    told = threading.Event()

    class Telling(socket.socket):
        def setsockopt(self, *option: Any) -> None:
            told.set()
            super().setsockopt(*option)

    def answer(listener: socket.socket) -> None:
        connected, _ = listener.accept()
        with connected:
            connected.recv(1000)
            connected.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n")
            if told.wait(BOUND):
                connected.sendall(b"{}")

    with socket.create_server(("127.0.0.1", 0)) as listener, Telling() as connected:
        threading.Thread(target=answer, args=(listener,), daemon=True).start()
        connected.connect(listener.getsockname())
        stream = Stream(connected)
        stream.send(b"GET / HTTP/1.1\r\n\r\n", Deadline.after(BOUND))

        assert stream.head(1000).startswith(b"HTTP/1.1 200")
        assert stream.exactly(2) == b"{}"


def test_nobody_listens() -> None:
    """A refused connection is unreachable, and the sentence says where."""
    with nobody() as url, Client(Address.parse(url)) as sender:
        exchange = send(sender)

    assert exchange.failure
    assert exchange.failure.kind == "unreachable"
    assert url in exchange.failure.detail


def test_host_without_address(monkeypatch: pytest.MonkeyPatch) -> None:
    """A host that no resolver knows is unreachable, in the resolver's words."""

    def resolve(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr("socket.getaddrinfo", resolve)

    exchange = send(Client(Address("http", "host.invalid", 80)))

    assert exchange.failure
    assert exchange.failure.kind == "unreachable"
    assert exchange.failure.detail == "no connection to http://host.invalid: Name or service not known"


def test_resolver_that_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    """A resolver that does not answer is left behind at the deadline."""
    over = threading.Event()

    def resolve(*_: object, flags: int, **__: object) -> list[object]:
        if flags:
            raise socket.gaierror(socket.EAI_NONAME, "not a number")
        over.wait(BOUND)
        return []

    monkeypatch.setattr("socket.getaddrinfo", resolve)

    exchange = send(Client(Address("http", "host.invalid", 80), deadline=SHORT))
    over.set()

    assert exchange.failure
    assert exchange.failure.kind == "unreachable"
    assert exchange.failure.detail == "no connection to http://host.invalid within 0.3 s"


def test_tls_to_a_plain_port() -> None:
    """A target that does not speak TLS where https is asked for is unreachable."""
    with serving("null-200") as server:
        address = Address.parse(server.url.replace("http:", "https:"))
        exchange = send(Client(address, deadline=SHORT))

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


@pytest.mark.parametrize("name", ["null-200", "keep-alive-late-lie"])
def test_trusted_certificate(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Over TLS connections are kept, and replaced when the target closed them, as without."""
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))

    with serving(name, tls=True) as server, client(server) as sender:
        exchanges = [send(sender), send(sender)]

    assert [exchange.failure for exchange in exchanges] == [None, None]
    assert server.connections == (1 if name == "null-200" else 2)


@pytest.mark.parametrize(("name", "kind"), [("drip-body", "timeout"), ("reset", "closed"), ("half-body", "closed")])
def test_failure_over_tls(monkeypatch: pytest.MonkeyPatch, name: str, kind: str) -> None:
    """Over TLS an exchange fails as it does without."""
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))

    with serving(name, tls=True) as server, client(server, 1.0 if kind == "timeout" else BOUND) as sender:
        exchange = send(sender)

    assert exchange.failure
    assert exchange.failure.kind == kind
