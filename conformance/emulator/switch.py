"""Switching faults over HTTP: `GET` and `PUT /_conformance/faults`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from conformance.emulator.call import Answer, Heard
from conformance.emulator.emulator import Emulator
from conformance.emulator.faults import BEYOND, REGISTRY
from conformance.emulator.payload import decoded

PATH = "/_conformance/faults"


def switchable(emulator: Emulator) -> Callable[[Heard], Answer]:
    """What the emulator responds, and beside it the path where its faults are listed and switched."""
    return lambda heard: _answer(emulator, heard) if heard.path == PATH else emulator.respond(heard)


def _answer(emulator: Emulator, heard: Heard) -> Answer:
    match heard.method:
        case "GET":
            return _list(emulator)
        case "PUT":
            return _put(emulator, heard.raw or b"")
    return _error(405, "Only GET and PUT.")


def _list(emulator: Emulator) -> Answer:
    faults = [
        {"id": fault.id, "breaks": fault.breaks, "catches": list(fault.catches), "family": fault.family}
        for fault in REGISTRY.values()
    ]
    return Answer(200, {"faults": faults, "beyond": BEYOND, "active": list(emulator.active)})


def _put(emulator: Emulator, raw: bytes) -> Answer:
    active = _asked(raw)
    if active is None:
        return _error(400, 'The body must be {"active": [fault ids]}.')
    unknown = [fault for fault in active if fault not in REGISTRY]
    if unknown:
        return _error(400, f"There is no fault {unknown[0]!r}.")
    emulator.switch(active)
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
