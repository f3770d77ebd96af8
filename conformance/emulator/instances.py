"""iMetal instances: the checks of a change of IP address, and what it does (CloudDC, Tables 1-7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from conformance.emulator import gate
from conformance.emulator.call import Call, Refusal
from conformance.emulator.check import Check, Holds, Values, at, has, is_list, is_object, is_text
from conformance.emulator.state import Instance, World


def modify_checks() -> tuple[Check, ...]:
    """All that modifyInstanceIp checks, in order: request, body, members, state."""
    before = (*gate.identity("iMetal.0003"), *gate.project(gate.IMETAL), *gate.instance(), *gate.body(gate.IMETAL))
    return (*before, *_body_checks(), _check("ready", _instances, _is_ready, "The instance is not ready."))


def status_checks() -> tuple[Check, ...]:
    """All that showInstanceStatus checks."""
    return (*gate.identity("iMetal.0003"), *gate.project(gate.IMETAL), *gate.instance())


def _body_checks() -> tuple[Check, ...]:
    item = ("nics", "*")
    return (
        _check("/body/type", at(), is_object, "The body must be an object."),
        _check("/body/vpc_id/type", at("vpc_id"), is_text, "vpc_id must be a string."),
        _check("/body/nics/type", at("nics"), is_list, "nics must be an array."),
        _check("/body/nics/*/type", at(*item), is_object, "An item of nics must be an object."),
        _check("/body/nics/*/subnet_id/required", at(*item), has("subnet_id"), "subnet_id is missing."),
        _check("/body/nics/*/subnet_id/type", at(*item, "subnet_id"), is_text, "subnet_id must be a string."),
        _check("/body/nics/*/ip_address/type", at(*item, "ip_address"), is_text, "ip_address must be a string."),
    )


def _check(name: str, values: Values, holds: Holds, message: str) -> Check:
    return Check(name, values, holds, Refusal(400, gate.IMETAL.invalid, message))


def _instances(call: Call) -> Sequence[Instance]:
    return (call.world.instances[call.path["id"]],)


def _is_ready(instance: Instance) -> bool:
    return instance.ready


def modified(instance: Instance) -> Instance:
    """The instance once its change has been taken on; the change itself goes on after the answer."""
    return replace(instance, operation_state="modify-ip-processing")


def failed(instance: Instance) -> Instance:
    """An instance that was to be changed before it was ready: the change fails and the power is off."""
    return replace(instance, state="stopped", operation_state="modify-ip-failed")


def settled(instance: Instance) -> Instance:
    """The instance with a change that was under way at its end."""
    done = instance.operation_state == "modify-ip-processing"
    return replace(instance, operation_state="modify-ip-succeed") if done else instance


def shown(instance: Instance) -> dict[str, Any]:
    """An instance as its status answers."""
    return {"state": instance.state, "operation_state": instance.operation_state}


def keep(world: World, instance: Instance) -> None:
    """Stores an instance."""
    world.instances[instance.id] = instance
