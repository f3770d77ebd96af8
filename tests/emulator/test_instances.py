"""Instances: what a change of address accepts and refuses, and what it does."""

from __future__ import annotations

from typing import Any

import pytest

from tests.emulator.talking import RAW, READY, Caller

NIC = {"subnet_id": "9b2c"}


def nics(*items: Any) -> dict[str, Any]:
    """A change that names interfaces."""
    return {"nics": list(items)}


ACCEPTED = [
    {},
    {"vpc_id": "v"},
    nics(),
    nics(NIC),
    nics({**NIC, "ip_address": ""}),
    {"vpc_id": "v", **nics(NIC, {**NIC, "ip_address": "10.0.0.9"})},
    {"unknown": 1},
]
OTHERS: list[Any] = [None, 1, [], {}]
NO_LISTS: list[Any] = [None, "x", 1, {}]
NO_NICS: list[Any] = [None, 1, "x", [], {}, {"ip_address": "x"}]
REFUSED = [
    *({"vpc_id": value} for value in OTHERS),
    *({"nics": value} for value in NO_LISTS),
    *(nics(NIC, item) for item in NO_NICS),
    *(nics(NIC, {**NIC, "subnet_id": value}) for value in OTHERS),
    *(nics(NIC, {**NIC, "ip_address": value}) for value in OTHERS),
]


@pytest.mark.parametrize("body", ACCEPTED)
def test_accepted(caller: Caller, body: dict[str, Any]) -> None:
    """What the page allows is taken on with 202 and an empty body, and is done a little later."""
    reply = caller.modify(body, headers={"Content-Type": "application/json;charset=UTF-8"})
    looks = [caller.status(), caller.status()]

    assert (reply.status, reply.raw) == (202, b"")
    assert [look["operation_state"] for look in looks] == ["modify-ip-processing", "modify-ip-succeed"]
    assert {look["state"] for look in looks} == {"running"}


@pytest.mark.parametrize("body", REFUSED)
@pytest.mark.parametrize("instance", [READY, RAW])
def test_refused(caller: Caller, body: dict[str, Any], instance: str) -> None:
    """A member of another type is 400, and the instance stays as it was, ready or not."""
    before = caller.status(instance)

    reply = caller.modify(body, instance)

    assert (reply.status, reply.body["error_code"]) == (400, "iMetal.0001")
    assert caller.status(instance) == before


def test_instance_that_is_not_ready(caller: Caller) -> None:
    """A change before the instance is ready fails, and the instance is powered off."""
    before = caller.status(RAW)

    reply = caller.modify({"nics": [NIC]}, RAW)

    assert before["state"] == "running"
    assert reply.status == 400
    assert set(reply.body) == {"error_code", "error_msg"}
    assert caller.status(RAW) == {"state": "stopped", "operation_state": "modify-ip-failed"}
    assert caller.status(READY)["state"] == "running"
