"""What the bare client reaches in a loop on the same server: the ceiling for the suite."""

from __future__ import annotations

import json
from time import perf_counter

from bench.server import Counted
from conformance.emulator import FIXTURES, TOKEN
from conformance.target import Address, Client
from conformance.wire import Request

REQUESTS = 1500
REPETITIONS = 3


def rate(server: Counted, requests: int = REQUESTS) -> float:
    """Requests per second of one connection that sends the same small update again and again: the fastest stretch."""
    request = _update()
    with Client(Address.parse(server.url)) as client:
        _seconds(client, request, requests)  # what is used for the first time is slow
        return max(requests / _seconds(client, request, requests) for _ in range(REPETITIONS))


def _seconds(client: Client, request: Request, times: int) -> float:
    started = perf_counter()
    for _ in range(times):
        client.send(request)
    return perf_counter() - started


def _update() -> Request:
    path = f"/v3/{FIXTURES['project_id']}/vpc/address-groups/{FIXTURES['address_group_id']}"
    headers = (("Content-Type", "application/json"), ("X-Auth-Token", TOKEN))
    body = {"address_group": {"name": "bench", "ip_extra_set": [{"ip": "192.168.3.2", "remarks": "bench"}]}}
    return Request("PUT", path, headers, json.dumps(body).encode())
