"""Faults in what a rehearsal is, does and answers (dry_run)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from conformance.emulator import groups
from conformance.emulator.behaviour import MODIFY, UPDATE
from conformance.emulator.call import Answer, Call
from conformance.emulator.faults.change import (
    Edit,
    accepting,
    answering,
    both,
    crashing,
    refusing,
    rehearsal,
    sparing,
    unchecked,
)
from conformance.emulator.faults.fault import BODY, RULE, STATE, Change, family
from conformance.emulator.state import Group

fault = family("rehearsal")

OF = f"{UPDATE}/rehearsal"
TYPE = "/body/dry_run/type"
CONTENT = tuple(
    check.name
    for check in groups.update_checks()
    if check.name.startswith("/body/address_group") or check.name == "sets"
)


def rehearsing(when: Callable[[Call], bool]) -> Change:
    """Something else decides whether an update is a rehearsal."""
    return lambda behaviour: replace(behaviour, rehearses=when)


def flag(call: Call) -> Any:
    """The flag as it was sent; None without one."""
    return call.document.get("dry_run") if isinstance(call.document, dict) else None


def succeeded(call: Call, answer: Answer) -> bool:
    """Whether this answers a rehearsal that went well."""
    return call.operation == UPDATE and answer.status == 202


def answered(edit: Callable[[Call, Answer], Answer]) -> Change:
    """A rehearsal that went well is answered in another way."""
    return answering(succeeded, edit)


def with_status(status: int) -> Change:
    """A rehearsal that went well is answered with another status."""
    return answered(lambda call, answer: replace(answer, status=status))


def after_all(edit: Callable[[Group, dict[str, Any], Call], Group]) -> Change:
    """A rehearsal changes something."""

    def change(call: Call, answer: Answer) -> Answer:
        group = call.world.groups[call.path["address_group_id"]]
        call.world.groups[group.id] = edit(group, call.option, call)
        return answer

    return answered(change)


def read_as(convert: Edit, kind: type | tuple[type, ...]) -> Change:
    """A flag of another type is converted."""
    lax = accepting(TYPE, lambda value: isinstance(value, kind))
    return both(lax, rehearsing(lambda call: bool(convert(flag(call)) if isinstance(flag(call), kind) else flag(call))))


def applied(group: Group, option: dict[str, Any], call: Call) -> Group:
    """The whole update."""
    return groups.updated(group, option, group.updated_at)


def touched(group: Group, option: dict[str, Any], call: Call) -> Group:
    """Only the time of the last update."""
    return replace(group, updated_at=groups.updated(group, {}, group.updated_at).updated_at)


def renamed(group: Group, option: dict[str, Any], call: Call) -> Group:
    """Only the name."""
    return replace(group, name=option.get("name", group.name))


def refilled(group: Group, option: dict[str, Any], call: Call) -> Group:
    """Only the entries."""
    entries = groups.entries_given(option)
    return group if entries is None else replace(group, entries=entries)


def locked(group: Group, option: dict[str, Any], call: Call) -> Group:
    """Only the status."""
    return replace(group, status="UPDATING")


FLAG = (
    fault(
        "dry-run-ignored",
        "A rehearsal is a real update.",
        f"{OF}/status {OF}/unchanged",
        rehearsing(lambda call: False),
    ),
    fault(
        "dry-run-always",
        "Every update is a rehearsal.",
        f"{UPDATE}/response/status/success {STATE}/name/becomes",
        rehearsing(lambda call: True),
    ),
    fault(
        "dry-run-false-rehearsed",
        "A flag of false asks for a rehearsal too.",
        f"{OF}/off",
        rehearsing(lambda call: flag(call) is not None),
    ),
    fault(
        "dry-run-false-refused",
        "A flag of false is refused.",
        f"{OF}/off {BODY}/dry_run/type",
        refusing(TYPE, lambda v: v is False),
    ),
    fault(
        "dry-run-demanded",
        "An update without the flag is refused.",
        f"{BODY}/dry_run/optional {UPDATE}/response/status/success",
        refusing("/body/type", lambda value: isinstance(value, dict) and "dry_run" not in value),
    ),
    fault(
        "dry-run-in-group",
        "The flag is looked for in the address group.",
        f"{OF}/status",
        rehearsing(lambda call: call.option.get("dry_run") is True),
    ),
    fault(
        "dry-run-text", "The flag may be a string.", f"{BODY}/dry_run/type", read_as(lambda v: v.lower() == "true", str)
    ),
    fault(
        "dry-run-number", "The flag may be a number.", f"{BODY}/dry_run/type", read_as(lambda v: v != 0, (int, float))
    ),
    fault("dry-run-null", "The flag may be null.", f"{BODY}/dry_run/type", read_as(lambda v: False, type(None))),
    fault("dry-run-any", "The flag may be of any type.", f"{BODY}/dry_run/type", unchecked(TYPE)),
    fault(
        "dry-run-truthy",
        "The flag may be of any type, and what is not empty is true.",
        f"{BODY}/dry_run/type",
        both(unchecked(TYPE), rehearsing(lambda call: bool(flag(call)))),
    ),
    fault(
        "dry-run-type-crashes",
        "A flag that is no boolean is answered with 500.",
        f"{BODY}/dry_run/type",
        crashing(TYPE, lambda value: not isinstance(value, bool)),
    ),
)

EFFECT = (
    fault(
        "rehearsal-applied",
        "A rehearsal is answered as one and done nevertheless.",
        f"{OF}/unchanged",
        after_all(applied),
    ),
    fault("rehearsal-touches", "A rehearsal moves updated_at.", f"{OF}/unchanged", after_all(touched)),
    fault("rehearsal-renames", "A rehearsal changes the name.", f"{OF}/unchanged", after_all(renamed)),
    fault("rehearsal-fills", "A rehearsal changes the entries.", f"{OF}/unchanged", after_all(refilled)),
    fault(
        "rehearsal-locks",
        "A rehearsal leaves the group as UPDATING.",
        f"{OF}/unchanged {UPDATE}/response/status/success",
        after_all(locked),
    ),
)

ANSWER = (
    fault(
        "rehearsal-answers-array",
        "A rehearsal that went well is answered with an array.",
        f"{RULE}/rehearsal-answer",
        answered(lambda call, answer: replace(answer, body=[])),
    ),
    fault(
        "rehearsal-answers-broken",
        "A rehearsal that went well is answered with half a document.",
        f"{RULE}/rehearsal-answer",
        answered(lambda call, answer: replace(answer, raw=b'{"request_id": ')),
    ),
    fault(
        "modify-answers-broken",
        "An accepted change of an address is answered with half a document.",
        f"{MODIFY}/rule/answer-is-json",
        answering(
            lambda call, answer: call.operation == MODIFY and answer.status == 202,
            lambda call, answer: replace(answer, raw=b'{"job_id": '),
        ),
    ),
    fault("rehearsal-200", "A rehearsal is answered with 200.", f"{OF}/status", with_status(200)),
    fault(
        "rehearsal-204", "A rehearsal is answered with 204.", f"{OF}/status", answered(lambda call, answer: Answer(204))
    ),
    fault("rehearsal-201", "A rehearsal is answered with 201.", f"{OF}/status", with_status(201)),
    fault(
        "rehearsal-400",
        "A rehearsal that succeeds is answered with 400.",
        f"{OF}/status {OF}/accepts",
        with_status(400),
    ),
    fault("rehearsal-500", "A rehearsal is answered with 500.", f"{OF}/status {OF}/accepts", with_status(500)),
    fault(
        "rehearsal-refused-202",
        "A rehearsal that fails is answered with 202 and an error object.",
        f"{OF}/refuses",
        answering(
            lambda call, answer: call.operation == UPDATE and call.rehearsal and answer.status == 400,
            lambda call, answer: replace(answer, status=202),
        ),
    ),
)

CHECKS = (
    fault(
        "rehearsal-unchecked",
        "A rehearsal looks at nothing in the address group.",
        f"{OF}/refuses",
        sparing(rehearsal, *CONTENT, "capacity"),
    ),
    fault(
        "rehearsal-of-rules-unchecked",
        "A rehearsal looks at the form only.",
        f"{OF}/refuses",
        sparing(rehearsal, "sets", "capacity", "status"),
    ),
    fault(
        "rehearsal-of-updating",
        "A rehearsal for a group that is UPDATING succeeds.",
        f"{RULE}/not-updating {OF}/refuses",
        sparing(rehearsal, "status"),
    ),
    fault(
        "rehearsal-of-nothing",
        "A rehearsal needs no address group.",
        f"{OF}/refuses",
        sparing(rehearsal, "/body/address_group/required"),
    ),
    fault(
        "rehearsal-demands-name",
        "A rehearsal without a name is refused.",
        f"{OF}/accepts",
        refusing(
            "/body/type",
            lambda body: (
                isinstance(body, dict)
                and body.get("dry_run") is True
                and "name" not in (body.get("address_group") or {})
            ),
        ),
    ),
    fault(
        "rehearsal-demands-set",
        "A rehearsal without ip_set is refused.",
        f"{OF}/accepts",
        refusing(
            "/body/type",
            lambda body: (
                isinstance(body, dict)
                and body.get("dry_run") is True
                and "ip_set" not in (body.get("address_group") or {})
            ),
        ),
    ),
    fault(
        "updating-refused-only-rehearsed",
        "Only a rehearsal for a group that is UPDATING is refused.",
        f"{RULE}/not-updating",
        sparing(lambda call: not call.rehearsal, "status"),
    ),
    fault(
        "updating-crashes",
        "An update of a group that is UPDATING is answered with 500.",
        f"{RULE}/not-updating",
        crashing("status", lambda status: status == "UPDATING"),
    ),
    fault(
        "updating-accepted-for-name",
        "A group that is UPDATING takes a new name.",
        f"{RULE}/not-updating",
        sparing(lambda call: not {"ip_set", "ip_extra_set"} & set(call.option), "status"),
    ),
)

FAULTS = (*FLAG, *EFFECT, *ANSWER, *CHECKS)
