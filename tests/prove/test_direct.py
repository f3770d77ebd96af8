"""Laws of the emulator that is called directly."""

from __future__ import annotations

import json
from typing import Any

import pytest

from conformance.emulator import FIXTURES, PROJECT_ID, TOKEN
from conformance.emulator.server import Embedded
from conformance.prove.direct import Direct, heard
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
    Request("GET", f"{GROUP}/", SENDER),
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


@pytest.mark.parametrize("faults", [(), ("name-65",)])
def test_the_same_as_over_a_socket(faults: tuple[str, ...]) -> None:
    """Whatever is sent, what comes back is what a server would have sent."""
    direct = Direct(faults)

    with Embedded(faults) as emulator, Client(Address.parse(emulator.url())) as client:
        for request in REQUESTS:
            assert seen(direct.send(request)) == seen(client.send(request)), request


def test_what_is_heard() -> None:
    """The path is decoded, the names of headers are small, the query is as it was."""
    told = heard(Request("PUT", "/a%20b/c?x=%20", (("X-One", " 1 "),), b"abc"))

    assert (told.method, told.path, told.query, told.raw) == ("PUT", "/a b/c", "x=%20", b"abc")
    assert (told.headers["x-one"], told.headers["content-length"]) == ("1", "3")


def test_every_run_is_the_same_run() -> None:
    """Its clock moves with the requests alone: the same requests get the same answers, to the last byte."""
    first, second = Direct(), Direct()

    for request in REQUESTS:
        assert first.send(request) == second.send(request)


def test_times_move() -> None:
    """Of two updates the later one has the later time, and each request has an id of its own."""
    direct = Direct()

    answers = [direct.send(REQUESTS[1]).response for _ in range(2)]

    bodies = [json.loads(answer.body) for answer in answers if answer is not None]
    times = [body["address_group"]["updated_at"] for body in bodies]
    assert times[0] < times[1]
    assert bodies[0]["request_id"] != bodies[1]["request_id"]
