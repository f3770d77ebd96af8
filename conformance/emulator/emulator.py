"""The emulator itself: a behaviour, a world, and how a request becomes an answer."""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from typing import Any

from conformance.emulator import instances
from conformance.emulator.behaviour import FAITHFUL, MODIFY, STATUS, Behaviour, refused
from conformance.emulator.call import Answer, Call, Refusal
from conformance.emulator.check import Check, Plan, broken, planned
from conformance.emulator.state import Group, World, beginning


class DeliberateCrashError(Exception):
    """A fault crashes here on purpose; nobody needs to see a traceback."""


class Emulator:
    """One world and what is done in it; not safe for threads, as one event loop serves it."""

    def __init__(self, faults: Sequence[str] = ()) -> None:
        self.active: tuple[str, ...] = ()
        self.behaviour: Behaviour = FAITHFUL
        self.world: World = beginning()
        self._plans: dict[str, Plan] = {}
        self.switch(faults)

    def switch(self, faults: Sequence[str]) -> None:
        """Makes these faults the active ones and goes back to the beginning; KeyError for an unknown one."""
        self.behaviour = _with_faults(faults)
        self._plans = {operation: planned(checks) for operation, checks in self.behaviour.checks.items()}
        self.active = tuple(faults)
        self.world = beginning()

    def answer(self, call: Call) -> Answer:
        """What comes of a request to a known operation; our own mistakes are a 500."""
        try:
            answer = self._decide(call)
        except DeliberateCrashError:
            answer = self.crashed(call.operation)
        except Exception:  # noqa: BLE001
            traceback.print_exc()
            answer = self.crashed(call.operation)
        return self.behaviour.answered(call, answer)

    def crashed(self, operation: str) -> Answer:
        """The answer to what should not have happened."""
        code = "iMetal.0099" if operation in (MODIFY, STATUS) else "VPC.0009"
        return self.refused(Refusal(500, code, "Internal server error."))

    def refused(self, reason: Refusal, headers: tuple[tuple[str, str], ...] = ()) -> Answer:
        """The answer to what is refused for a reason."""
        return refused(reason, self.behaviour.request_id(self.world), headers)

    def _decide(self, call: Call) -> Answer:
        check = broken(self._plans[call.operation], call)
        if check is not None:
            self._suffer(call, check)
            return self.refused(check.refusal)
        self.behaviour.understood(call)
        match call.operation:
            case "updateAddressGroup":
                return self._update(call)
            case "showAddressGroup":
                return self._show(call)
            case "modifyInstanceIp":
                return self._modify(call)
        return self._status(call)

    def _suffer(self, call: Call, check: Check) -> None:
        """The one refusal that has an effect: an instance that is not ready loses its power."""
        if check.name == "ready":
            instance = call.world.instances[call.path["id"]]
            instances.keep(call.world, self.behaviour.failed(instance))

    def _update(self, call: Call) -> Answer:
        if self.behaviour.rehearses(call):
            return self.refused(Refusal(202, "SYS.0202", "The check request has succeeded."))
        before = call.world.groups[call.path["address_group_id"]]
        after = self.behaviour.updated(before, call.option, self.behaviour.now(call.world))
        self.behaviour.stored(call, before, after)
        return self._shown(call, after)

    def _show(self, call: Call) -> Answer:
        return self._shown(call, call.world.groups[call.path["address_group_id"]])

    def _shown(self, call: Call, group: Group) -> Answer:
        request_id = self.behaviour.request_id(call.world)
        body: dict[str, Any] = {"address_group": self.behaviour.shown(group), "request_id": request_id}
        return Answer(200, body, headers=(("x-request-id", request_id),))

    def _modify(self, call: Call) -> Answer:
        instance = call.world.instances[call.path["id"]]
        instances.keep(call.world, self.behaviour.modified(instance))
        return Answer(202)

    def _status(self, call: Call) -> Answer:
        instance = call.world.instances[call.path["id"]]
        instances.keep(call.world, instances.settled(instance))
        return Answer(200, instances.shown(instance))


def _with_faults(faults: Sequence[str]) -> Behaviour:
    if not faults:
        return FAITHFUL  # most users never need the registry
    from conformance.emulator.faults import REGISTRY

    behaviour = FAITHFUL
    for fault in faults:
        behaviour = REGISTRY[fault].change(behaviour)
    return behaviour
