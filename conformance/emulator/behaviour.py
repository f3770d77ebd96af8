"""What the emulator does at each decision point; a fault is a behaviour with one of them replaced."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any
from uuid import uuid4

from conformance.emulator import groups, instances
from conformance.emulator.call import Answer, Call, Refusal
from conformance.emulator.check import Check
from conformance.emulator.state import Group, Instance, World

UPDATE = "updateAddressGroup"
SHOW = "showAddressGroup"
MODIFY = "modifyInstanceIp"
STATUS = "showInstanceStatus"

ROUTES: Mapping[str, str] = MappingProxyType(
    {
        "group": "/v3/{project_id}/vpc/address-groups/{address_group_id}",
        "address": "/v1/{project_id}/instances/{id}/ip",
        "status": "/v1/{project_id}/instances/{id}/status",
    }
)


@dataclass(frozen=True, slots=True)
class Behaviour:
    """Every decision of the emulator, as data and small functions."""

    methods: Mapping[tuple[str, str], str]  # (route, method) → operation
    checks: Mapping[str, tuple[Check, ...]]  # of each operation, in order
    understood: Callable[[Call], None]  # after the checks, before anything is done
    rehearses: Callable[[Call], bool]
    updated: Callable[[Group, Any, datetime], Group]
    stored: Callable[[Call, Group, Group], None]  # the group before and after
    shown: Callable[[Group], dict[str, Any]]
    modified: Callable[[Instance], Instance]
    failed: Callable[[Instance], Instance]
    answered: Callable[[Call, Answer], Answer]  # the last look at each answer
    now: Callable[[World], datetime]
    request_id: Callable[[World], str]


def refused(reason: Refusal, request_id: str, headers: tuple[tuple[str, str], ...] = ()) -> Answer:
    """The answer to what is refused for a reason: the error object of either service; iMetal's has no request id."""
    error = {"error_code": reason.code, "error_msg": reason.message}
    body = error if reason.code.startswith("iMetal") else {"request_id": request_id, **error}
    return Answer(reason.status, body, headers=(("x-request-id", request_id), *headers))


def _store(call: Call, before: Group, after: Group) -> None:
    call.world.groups[after.id] = after


def _now(world: World) -> datetime:
    instant = datetime.now(UTC)
    return instant.replace(microsecond=instant.microsecond // 1000 * 1000)


FAITHFUL = Behaviour(
    methods=MappingProxyType(
        {
            ("group", "PUT"): UPDATE,
            ("group", "GET"): SHOW,
            ("address", "PUT"): MODIFY,
            ("status", "GET"): STATUS,
        }
    ),
    checks=MappingProxyType(
        {
            UPDATE: groups.update_checks(),
            SHOW: groups.show_checks(),
            MODIFY: instances.modify_checks(),
            STATUS: instances.status_checks(),
        }
    ),
    understood=lambda call: None,
    rehearses=lambda call: call.rehearsal,
    updated=groups.updated,
    stored=_store,
    shown=groups.shown,
    modified=instances.modified,
    failed=instances.failed,
    answered=lambda call, answer: answer,
    now=_now,
    request_id=lambda world: str(uuid4()),
)
