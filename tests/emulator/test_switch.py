"""Switching faults over HTTP."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.emulator.faults import REGISTRY
from tests.emulator.talking import JSON, Caller

PATH = "/_conformance/faults"


def test_list(caller: Caller) -> None:
    """Every fault is listed with what it breaks and what catches it, and none is active at first."""
    listed = caller.send("GET", PATH)

    assert listed.status == 200
    assert listed.body["active"] == []
    assert [fault["id"] for fault in listed.body["faults"]] == list(REGISTRY)
    assert set(listed.body["faults"][0]) == {"id", "breaks", "catches", "family"}


def test_switch(caller: Caller) -> None:
    """A fault that is switched on is there, and so is the state of the start."""
    caller.update({"name": "before"})

    answer = caller.send("PUT", PATH, b'{"active": ["name-65"]}', JSON)

    assert (answer.status, answer.body) == (200, {"active": ["name-65"]})
    assert caller.send("GET", PATH).body["active"] == ["name-65"]
    assert caller.show()["name"] == "vkvgykvsvhjaaaa1"
    assert caller.update({"name": "a" * 65}).status == 200
    assert caller.update({"name": "a" * 66}).status == 400


def test_several_at_once(caller: Caller) -> None:
    """Faults may be active together."""
    caller.switch("name-65", "description-256")

    assert caller.update({"name": "a" * 65, "description": "a" * 256}).status == 200


def test_switch_off(caller: Caller) -> None:
    """Without faults the emulator is faithful again."""
    caller.switch("name-65")
    caller.switch()

    assert caller.update({"name": "a" * 65}).status == 400


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"{}",
        b'{"active": "name-65"}',
        b'{"active": [1]}',
        b'{"active": ["name-65", "no-such-fault"]}',
    ],
)
def test_refused(caller: Caller, body: bytes) -> None:
    """What is no list of known faults is refused with a sentence, and changes nothing."""
    caller.switch("name-65")
    caller.update({"name": "before"})

    refused = caller.send("PUT", PATH, body, JSON)

    assert refused.status == 400
    assert isinstance(refused.body["error_msg"], str)
    assert caller.send("GET", PATH).body["active"] == ["name-65"]
    assert caller.show()["name"] == "before"


@pytest.mark.parametrize("method", ["POST", "DELETE"])
def test_other_methods(caller: Caller, method: str) -> None:
    """Faults are listed and switched, nothing else."""
    assert caller.send(method, PATH).status == 405


def test_crash_is_answered(caller: Caller) -> None:
    """A fault that crashes is a 500 with an error object, and the next request is answered."""
    caller.switch("name-64-crashes")

    crashed: Any = caller.update({"name": "a" * 64})

    assert (crashed.status, set(crashed.body)) == (500, {"request_id", "error_code", "error_msg"})
    assert caller.update({"name": "a"}).status == 200
