"""How a behaviour is made faulty: each function replaces one decision of it and gives back the change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from conformance.emulator.behaviour import UPDATE, Behaviour
from conformance.emulator.call import Answer, Call
from conformance.emulator.check import Check, Holds
from conformance.emulator.emulator import DeliberateCrashError
from conformance.emulator.faults.fault import Change
from conformance.emulator.state import Group, World

When = Callable[[Call], bool]
Edit = Callable[[Any], Any]


def checking(operation: str, name: str, edit: Callable[[Check], Check | None]) -> Change:
    """Another check in the place of one; none if `edit` gives None. A name that is unknown is our mistake."""

    def change(behaviour: Behaviour) -> Behaviour:
        old = behaviour.checks[operation]
        if name not in {check.name for check in old}:
            raise LookupError(name)
        new = (edit(check) if check.name == name else check for check in old)
        checks = {**behaviour.checks, operation: tuple(check for check in new if check is not None)}
        return replace(behaviour, checks=checks)

    return change


def both(*changes: Change) -> Change:
    """One change after another, where one decision is made at several points."""

    def change(behaviour: Behaviour) -> Behaviour:
        for each in changes:
            behaviour = each(behaviour)
        return behaviour

    return change


def unchecked(*names: str, operation: str = UPDATE) -> Change:
    """Some checks are not made."""
    return both(*(checking(operation, name, lambda check: None) for name in names))


def holding(name: str, holds: Holds, operation: str = UPDATE) -> Change:
    """A check asks for something else."""
    return checking(operation, name, lambda check: replace(check, holds=holds))


def accepting(name: str, more: Holds, operation: str = UPDATE) -> Change:
    """A check lets more pass than it should."""
    return checking(operation, name, lambda check: replace(check, holds=lambda v: check.holds(v) or more(v)))


def refusing(name: str, less: Holds, operation: str = UPDATE) -> Change:
    """A check refuses what it should let pass."""
    return checking(operation, name, lambda check: replace(check, holds=lambda v: check.holds(v) and not less(v)))


def looking(name: str, pick: Callable[[Sequence[Any]], Sequence[Any]], operation: str = UPDATE) -> Change:
    """A check looks only at some of the values that it should look at."""
    return checking(operation, name, lambda check: replace(check, values=lambda call: pick(check.values(call))))


def sparing(when: When, *names: str, operation: str = UPDATE) -> Change:
    """Some checks are not made for some requests."""

    def spare(check: Check) -> Check:
        return replace(check, values=lambda call: () if when(call) else check.values(call))

    return both(*(checking(operation, name, spare) for name in names))


def crashing(name: str, when: Holds, operation: str = UPDATE) -> Change:
    """A check crashes on some values."""

    def holds(check: Check, value: Any) -> bool:
        if when(value):
            raise DeliberateCrashError
        return check.holds(value)

    return checking(operation, name, lambda check: replace(check, holds=lambda value: holds(check, value)))


def refused_with(status: int, *names: str, operation: str = UPDATE) -> Change:
    """Some checks are answered with another status."""

    def edit(check: Check) -> Check:
        return replace(check, refusal=replace(check.refusal, status=status))

    return both(*(checking(operation, name, edit) for name in names))


def understanding(member: str, edit: Edit) -> Change:
    """A member of the address group is read as something else, after all checks."""

    def understood(call: Call) -> None:
        if member in call.option:
            call.option[member] = edit(call.option[member])

    return lambda behaviour: replace(behaviour, understood=understood)


def updating(edit: Callable[[Group, dict[str, Any], Group], Group]) -> Change:
    """An update comes to something else: `edit` takes the group before, the option and the group after."""

    def change(behaviour: Behaviour) -> Behaviour:
        faithful = behaviour.updated
        return replace(behaviour, updated=lambda group, option, now: edit(group, option, faithful(group, option, now)))

    return change


def storing(store: Callable[[Call, Group, Group], None]) -> Change:
    """Something else is stored than what is answered."""
    return lambda behaviour: replace(behaviour, stored=store)


def showing(edit: Edit) -> Change:
    """Answers show a group otherwise than it is stored."""

    def change(behaviour: Behaviour) -> Behaviour:
        faithful = behaviour.shown
        return replace(behaviour, shown=lambda group: edit(faithful(group)))

    return change


def answering(when: Callable[[Call, Answer], bool], edit: Callable[[Call, Answer], Answer]) -> Change:
    """Some answers are changed on their way out."""

    def change(behaviour: Behaviour) -> Behaviour:
        faithful = behaviour.answered

        def answered(call: Call, answer: Answer) -> Answer:
            answer = faithful(call, answer)
            return edit(call, answer) if when(call, answer) else answer

        return replace(behaviour, answered=answered)

    return change


def rehearsal(call: Call) -> bool:
    """Whether only the checks are asked for."""
    return call.rehearsal


def every(n: int) -> When:
    """True of each n-th request."""
    return lambda call: call.number % n == 0


def others(world: World, group: Group) -> list[Group]:
    """All groups but one."""
    return [other for other in world.groups.values() if other.id != group.id]


def member(pointer: str, keyword: str) -> str:
    """The name of the check of a keyword at a member of the address group."""
    return f"/body/address_group/{pointer}/{keyword}"


def nullable(name: str) -> Change:
    """A null is taken as if the member were absent."""

    def understood(call: Call) -> None:
        if call.option.get(name, "") is None:
            del call.option[name]

    lax = accepting(member(name, "type"), lambda value: value is None)
    return both(lax, lambda behaviour: replace(behaviour, understood=understood))


def coercing(name: str, kinds: type | tuple[type, ...], convert: Edit) -> Change:
    """Values of other types are converted instead of refused."""
    lax = accepting(member(name, "type"), lambda value: isinstance(value, kinds))
    return both(lax, understanding(name, lambda value: convert(value) if isinstance(value, kinds) else value))
