"""Requests that the faults of the parcels are tried with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tests.toys import toy
from tests.toys.parcels import BASE, EXAMPLE, TOKEN
from tests.toys.wire import Request

DOOR = {"kind": "door", "street": "Long Street 1", "city": "Port"}
LOCKER = {"kind": "locker", "locker": 7}
ONE = f"{BASE}/parcels/{EXAMPLE}"
LABEL = toy.string(pattern="[A-Z]{2}[0-9]{1,3}")
POINT = toy.array(toy.number(-180, 180), 2, 2)
AUTHORISED = {"authorization": f"Bearer {TOKEN}"}


def get(path: str = f"{BASE}/parcels", headers: Mapping[str, str] = AUTHORISED, **query: str) -> Request:
    """A GET with the credential that it needs."""
    return Request("GET", path, {name: [value] for name, value in query.items()}, headers)


def send(method: str, path: str, document: Any) -> Request:
    """A request with a JSON body."""
    headers = {**AUTHORISED, "content-type": "application/json"}
    return Request(method, path, {}, headers, json.dumps(document).encode())


def post(**members: Any) -> Request:
    """A request for a new parcel."""
    return send("POST", f"{BASE}/parcels", {"to": DOOR, "weight": 2, **members})


def patch(**members: Any) -> Request:
    """A request to change a parcel."""
    return send("PATCH", ONE, members)


def weight(value: Any) -> bool:
    """Whether a value is a weight."""
    return toy.number(0, 31.5)(value)
