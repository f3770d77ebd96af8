"""Switching faults over HTTP: `GET` and `PUT /_conformance/faults`."""

from __future__ import annotations

from typing import Any

from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from conformance.emulator.app import read_body, send_answer
from conformance.emulator.call import Answer
from conformance.emulator.emulator import Emulator
from conformance.emulator.faults import BEYOND, REGISTRY
from conformance.emulator.payload import decoded

PATH = "/_conformance/faults"


def route(emulator: Emulator) -> Route:
    """Where the faults of this emulator are listed and switched."""
    return Route(PATH, _Switch(emulator))


class _Switch:
    def __init__(self, emulator: Emulator) -> None:
        self._emulator = emulator

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        raw = await read_body(receive)
        await send_answer(send, self._answer(scope["method"], raw or b""))

    def _answer(self, method: str, raw: bytes) -> Answer:
        match method:
            case "GET":
                return self._list()
            case "PUT":
                return self._put(raw)
        return _error(405, "Only GET and PUT.")

    def _list(self) -> Answer:
        faults = [
            {"id": fault.id, "breaks": fault.breaks, "catches": list(fault.catches), "family": fault.family}
            for fault in REGISTRY.values()
        ]
        return Answer(200, {"faults": faults, "beyond": BEYOND, "active": list(self._emulator.active)})

    def _put(self, raw: bytes) -> Answer:
        active = _asked(raw)
        if active is None:
            return _error(400, 'The body must be {"active": [fault ids]}.')
        unknown = [fault for fault in active if fault not in REGISTRY]
        if unknown:
            return _error(400, f"There is no fault {unknown[0]!r}.")
        self._emulator.switch(active)
        return Answer(200, {"active": active})


def _asked(raw: bytes) -> list[str] | None:
    try:
        document: Any = decoded(raw)
    except ValueError:
        return None
    active = document.get("active") if isinstance(document, dict) else None
    return active if isinstance(active, list) and all(isinstance(fault, str) for fault in active) else None


def _error(status: int, message: str) -> Answer:
    return Answer(status, {"error_code": "conformance.faults", "error_msg": message})
