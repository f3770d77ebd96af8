"""Laws of the application that is called directly."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest

from conformance.emulator import FIXTURES, PROJECT_ID, TOKEN
from conformance.emulator.app import application
from conformance.emulator.server import Embedded
from conformance.errors import DefectError
from conformance.prove.asgi import InProcess, scope
from conformance.target import Address, Client
from conformance.wire import Exchange, Request

GROUP = f"/v3/{PROJECT_ID}/vpc/address-groups/{FIXTURES['address_group_id']}"
SENDER = (("X-Auth-Token", TOKEN), ("Content-Type", "application/json"))
REQUESTS = (
    Request("GET", GROUP, SENDER),
    Request("PUT", GROUP, SENDER, b'{"address_group": {"name": "n"}}'),
    Request("PUT", GROUP, SENDER, '{"address_group": {"description": "ä"}}'.encode()),
    Request("PUT", GROUP, SENDER, b'{"address_group": {"name": "'),
    Request("PUT", GROUP, SENDER, b""),
    Request("PUT", GROUP, SENDER),
    Request("PUT", GROUP, (("X-AUTH-TOKEN", TOKEN), ("content-type", "text/plain")), b"{}"),
    Request("PUT", GROUP, (), b"{}"),
    Request("DELETE", GROUP, SENDER),
    Request("HEAD", GROUP, SENDER),
    Request("GET", f"{GROUP}%20", SENDER),
    Request("GET", f"{GROUP}?a=%20b", SENDER),
    Request("GET", "/nowhere", SENDER),
    Request("PUT", f"/v1/{PROJECT_ID}/instances/{FIXTURES['instance_id']}/ip", SENDER, b'{"vpc_id": 5}'),
)


def seen(exchange: Exchange) -> tuple[Any, ...]:
    """What an exchange shows, but for what differs from call to call and what the server adds."""
    response = exchange.response
    assert response is not None
    names = sorted(name.lower() for name, _ in response.headers if name.lower() != "date")
    try:
        body = json.loads(response.body)
    except ValueError:
        body = response.body
    if isinstance(body, dict):
        body = {**body, "request_id": "request_id" in body}
        body.get("address_group", {}).pop("updated_at", None)
    return response.status, response.reason, names, body


def test_the_same_as_over_a_socket() -> None:
    """Whatever is sent, what comes back is what a server would have sent."""
    direct = InProcess(application())

    with Embedded() as emulator, Client(Address.parse(emulator.url())) as client:
        for request in REQUESTS:
            assert seen(direct.send(request)) == seen(client.send(request)), request


def test_scope() -> None:
    """The application is told what ASGI promises: a decoded path, small header names, the query as it was."""
    told = scope(Request("PUT", "/a%20b/c?x=%20", (("X-One", " 1 "),), b"abc"))

    assert (told["path"], told["raw_path"], told["query_string"]) == ("/a b/c", b"/a%20b/c", b"x=%20")
    assert (b"x-one", b"1") in told["headers"]
    assert (b"content-length", b"3") in told["headers"]


def answering(*headers: tuple[bytes, bytes], body: bytes = b"") -> Any:
    """An application of one answer."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": list(headers)})
        await send({"type": "http.response.body", "body": body[:2], "more_body": True})
        await send({"type": "http.response.body", "body": body[2:]})

    return app


def test_body_in_parts_and_coded() -> None:
    """A body may come in parts, and is decompressed."""
    app = answering((b"content-encoding", b"gzip"), body=gzip.compress(b"hello"))

    exchange = InProcess(app).send(Request("GET", "/"))

    assert exchange.response is not None
    assert exchange.response.body == b"hello"


def test_broken_coding_is_a_failure() -> None:
    """What cannot be decompressed is no response."""
    exchange = InProcess(answering((b"content-encoding", b"gzip"), body=b"hello")).send(Request("GET", "/"))

    assert exchange.response is None
    assert exchange.failure is not None
    assert exchange.failure.kind == "malformed"


async def _raises(scope: Any, receive: Any, send: Any) -> None:
    raise ValueError(await receive())


async def _says_nothing(scope: Any, receive: Any, send: Any) -> None:
    await receive()


@pytest.mark.parametrize("app", [_raises, _says_nothing])
def test_no_answer_is_a_failure(app: Any) -> None:
    """An application that raises or says nothing is like a connection that is closed."""
    exchange = InProcess(app).send(Request("GET", "/"))

    assert exchange.response is None
    assert exchange.failure is not None
    assert exchange.failure.kind == "closed"


class _Forever:
    """Something to wait for."""

    def __await__(self) -> Any:
        yield


async def _waits(scope: Any, receive: Any, send: Any) -> None:
    await _Forever()


def test_waiting_is_a_defect_of_ours() -> None:
    """An application that needs an event loop cannot be called directly."""
    with pytest.raises(DefectError, match="event loop"):
        InProcess(_waits).send(Request("GET", "/"))
