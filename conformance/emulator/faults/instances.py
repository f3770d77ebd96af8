"""Faults in a change of an instance's address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from conformance.emulator.behaviour import MODIFY
from conformance.emulator.call import Answer, Call
from conformance.emulator.check import Holds
from conformance.emulator.faults.change import (
    accepting,
    answering,
    crashing,
    looking,
    refused_with,
    refusing,
    unchecked,
)
from conformance.emulator.faults.fault import Change, Fault, family

fault = family("instances")

BODY = f"{MODIFY}/request/body"
SUCCESS = f"{MODIFY}/response/status/success"

MEMBERS: tuple[tuple[str, str, type], ...] = (
    ("vpc_id", "vpc", str),
    ("nics", "nics", list),
    ("nics/*", "nic", dict),
    ("nics/*/subnet_id", "subnet", str),
    ("nics/*/ip_address", "nic-address", str),
)


def numbers(value: Any) -> bool:
    """Whether this is a number."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def of_type(pointer: str, who: str, kind: type) -> tuple[Fault, ...]:
    """What may be wrong with the type of a member."""
    check, catches, name = f"/body/{pointer}/type", f"{BODY}/{pointer}/type", pointer.replace("/", ".")
    others: tuple[tuple[str, str, Holds], ...] = (
        ("null", "null", lambda value: value is None),
        ("number", "a number", numbers),
        ("boolean", "a boolean", lambda value: isinstance(value, bool)),
        ("array" if kind is not list else "object", "a collection", lambda value: isinstance(value, list | dict)),
    )
    return (
        fault(f"{who}-any", f"{name} may be of any type.", catches, unchecked(check, operation=MODIFY)),
        *(
            fault(f"{who}-{of}", f"{name} may be {words}.", catches, accepting(check, lax, MODIFY))
            for of, words, lax in others
        ),
        fault(
            f"{who}-type-crashes",
            f"{name} of another type is answered with 500.",
            catches,
            crashing(check, lambda value: not isinstance(value, kind), MODIFY),
        ),
    )


def first(values: Sequence[Any]) -> Sequence[Any]:
    """Only the first of some values."""
    return values[:1]


def partly(pointer: str, who: str) -> tuple[Fault, ...]:
    """Only some items are looked at."""
    check, catches, name = f"/body/{pointer}/type", f"{BODY}/{pointer}/type", pointer.replace("/", ".")
    return (
        fault(f"{who}-first", f"Only the first {name} is looked at.", catches, looking(check, first, MODIFY)),
        fault(
            f"{who}-last",
            f"The last of several {name} is not looked at.",
            catches,
            looking(check, lambda values: values[:-1] if len(values) > 1 else values, MODIFY),
        ),
    )


def with_status(status: int) -> Change:
    """A change that is taken on is answered with another status."""
    return answering(taken_on, lambda call, answer: replace(answer, status=status))


def taken_on(call: Call, answer: Answer) -> bool:
    """Whether a change has been taken on."""
    return call.operation == MODIFY and answer.status == 202


def demanded(member: str) -> Holds:
    """Whether a body lacks a member."""
    return lambda body: isinstance(body, dict) and member not in body


FAULTS = (
    *(each for row in MEMBERS for each in of_type(*row)),
    *(each for pointer, who, _ in MEMBERS[2:] for each in partly(pointer, who)),
    fault("modify-body-any", "The body may be of any type.", f"{BODY}/type", unchecked("/body/type", operation=MODIFY)),
    fault(
        "modify-body-crashes",
        "A body that is no object is answered with 500.",
        f"{BODY}/type {MODIFY}/protocol/hostile",
        crashing("/body/type", lambda value: not isinstance(value, dict), MODIFY),
    ),
    fault(
        "vpc-demanded",
        "A change without vpc_id is refused.",
        f"{BODY}/vpc_id/optional {SUCCESS}",
        refusing("/body/type", demanded("vpc_id"), MODIFY),
    ),
    fault(
        "nics-demanded",
        "A change without nics is refused.",
        f"{BODY}/nics/optional {SUCCESS}",
        refusing("/body/type", demanded("nics"), MODIFY),
    ),
    fault(
        "nic-address-demanded",
        "An interface without ip_address is refused.",
        f"{BODY}/nics/*/ip_address/optional {SUCCESS}",
        refusing("/body/nics/*/type", demanded("ip_address"), MODIFY),
    ),
    fault("modify-200", "A change is answered with 200.", SUCCESS, with_status(200)),
    fault("modify-201", "A change is answered with 201.", SUCCESS, with_status(201)),
    fault("modify-204", "A change is answered with 204.", SUCCESS, with_status(204)),
    fault("modify-500", "A change is taken on and answered with 500.", SUCCESS, with_status(500)),
    fault(
        "unready-taken-on",
        "An instance that is not ready is changed.",
        f"{MODIFY}/rule/instance-ready",
        unchecked("ready", operation=MODIFY),
    ),
    fault(
        "unready-202",
        "An instance that is not ready is an error object with 202.",
        f"{MODIFY}/rule/instance-ready",
        refused_with(202, "ready", operation=MODIFY),
    ),
    fault(
        "unready-crashes",
        "An instance that is not ready is answered with 500.",
        f"{MODIFY}/rule/instance-ready",
        crashing("ready", lambda instance: not instance.ready, MODIFY),
    ),
    fault(
        "ready-refused",
        "An instance that is ready is refused too.",
        f"{SUCCESS}",
        refusing("ready", lambda instance: True, MODIFY),
    ),
)
