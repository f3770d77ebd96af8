"""The emulator itself: a behaviour, a world, and how a request becomes an answer."""

from __future__ import annotations

import re
import traceback
from collections.abc import Mapping, Sequence
from typing import Any

from conformance.emulator import instances
from conformance.emulator.behaviour import FAITHFUL, MODIFY, ROUTES, STATUS, Behaviour, refused
from conformance.emulator.call import Answer, Call, Heard, Refusal
from conformance.emulator.check import Check, Plan, broken, planned
from conformance.emulator.state import Group, World, beginning

_TOO_LARGE = Refusal(413, "APIGW.0201", "The body is too large.")
_NO_SUCH_PATH = Refusal(404, "APIGW.0101", "The API does not exist or has not been published.")
_NO_SUCH_METHOD = Refusal(405, "APIGW.0101", "The path does not have this method.")
_PATHS = tuple((name, re.compile(re.sub(r"{(\w+)}", r"(?P<\1>[^/]+)", path))) for name, path in ROUTES.items())


class DeliberateCrashError(Exception):
    """A fault crashes here on purpose; nobody needs to see a traceback."""


class Emulator:
    """One world and what is done in it; not safe for threads, as one event loop serves it."""

    def __init__(self, faults: Sequence[str] = (), faithful: Behaviour = FAITHFUL) -> None:
        self.active: tuple[str, ...] = ()
        self._faithful = faithful
        self.behaviour: Behaviour = FAITHFUL
        self.world: World = beginning()
        self._plans: dict[str, Plan] = {}
        self.switch(faults)

    def switch(self, faults: Sequence[str]) -> None:
        """Makes these faults the active ones and goes back to the beginning; KeyError for an unknown one."""
        self.behaviour = _with_faults(faults, self._faithful)
        self._plans = {operation: planned(checks) for operation, checks in self.behaviour.checks.items()}
        self.active = tuple(faults)
        self.world = beginning()

    def respond(self, heard: Heard) -> Answer:
        """What comes of any request."""
        route, path = _routed(heard.path)
        if route is None:
            return self.refused(_NO_SUCH_PATH)
        self.world.requests += 1
        operation = self.behaviour.methods.get((route, heard.method))
        if operation is None:
            return self.refused(_NO_SUCH_METHOD, (("allow", ", ".join(self._methods(route))),))
        if heard.raw is None:
            return self.refused(_TOO_LARGE, (("connection", "close"),))
        return self.answer(self._call(heard, operation, path, heard.raw))

    def _methods(self, route: str) -> list[str]:
        return [method for known, method in self.behaviour.methods if known == route]

    def _call(self, heard: Heard, operation: str, path: Mapping[str, str], raw: bytes) -> Call:
        return Call(
            operation=operation,
            world=self.world,
            method=heard.method,
            target=heard.path,
            query=heard.query,
            path=path,
            headers=heard.headers,
            raw=raw,
            number=self.world.requests,
        )

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


def _routed(path: str) -> tuple[str | None, Mapping[str, str]]:
    """The route that a path takes, and the values in it; None if it leads nowhere."""
    for name, pattern in _PATHS:
        found = pattern.fullmatch(path)
        if found is not None:
            return name, found.groupdict()
    return None, {}


def _with_faults(faults: Sequence[str], behaviour: Behaviour) -> Behaviour:
    if not faults:
        return behaviour  # most users never need the registry
    from conformance.emulator.faults import REGISTRY

    for fault in faults:
        behaviour = REGISTRY[fault].change(behaviour)
    return behaviour
