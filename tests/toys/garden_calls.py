"""Requests that the faults of the garden are tried with."""

from __future__ import annotations

import json
from typing import Any

from tests.toys.garden import CROP, KEY
from tests.toys.wire import Request

JSON = {"content-type": "application/json"}
SLOT = {"weekday": "mon", "hour": 6}
INTERVAL = {"mode": "interval", "minutes": 30, "from": "2024-05-01T06:00:00Z"}


def get(path: str = "/beds", *, key: str | None = KEY, unit: str | None = None, **query: str) -> Request:
    """A GET with the credential that it needs."""
    given = {"limit": "5", **query} if path == "/beds" else dict(query)
    keyed = given if key is None else {**given, "key": key}
    headers = {} if unit is None else {"x-unit": unit}
    return Request("GET", path, {name: [value] for name, value in keyed.items()}, headers)


def send(method: str, path: str, document: Any) -> Request:
    """A request with a JSON body."""
    return Request(method, path, {"key": [KEY]}, JSON, json.dumps(document).encode())


def bed(**members: Any) -> dict[str, Any]:
    """A valid bed, with some members otherwise."""
    return {"area": 2.5, "crops": ["kale"], "gardener": "ann@example.org", **members}


def dig(**members: Any) -> Request:
    """A request for a new bed."""
    return send("POST", "/beds", bed(**members))


def water(**members: Any) -> Request:
    """A request for watering."""
    return send("POST", "/beds/7/watering", members)


def week(*slots: Any) -> Request:
    """A request for watering by the week."""
    return water(mode="week", slots=list(slots))


def hour_less(value: Any) -> Any:
    """A slot at 24 hours as one at 23."""
    late = isinstance(value, dict) and value.get("hour") == 24
    return {**value, "hour": 23} if late else value


def lacking(name: str) -> Request:
    """A bed that lacks a member."""
    return send("POST", "/beds", {key: value for key, value in bed().items() if key != name})


def last_free(value: Any) -> bool:
    """Whether an array of different crops is one but for its last text."""
    if not isinstance(value, list) or not 1 < len(value) < 4:
        return False
    *first, last = value
    return all(map(CROP, first)) and isinstance(last, str) and last not in first
