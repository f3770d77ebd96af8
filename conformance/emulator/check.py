"""Checks: where one looks in a request, what must hold there, and how a broken one is answered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any

from conformance.emulator.call import Call, Refusal

Values = Callable[[Call], Sequence[Any]]
Holds = Callable[[Any], bool]


@dataclass(frozen=True, slots=True)
class Check:
    """One decision: `holds` must be true of each of `values`; a fault replaces either."""

    name: str
    values: Values
    holds: Holds
    refusal: Refusal


Plan = tuple[tuple[Values, tuple[Check, ...]], ...]


def planned(checks: Iterable[Check]) -> Plan:
    """The checks in their order, those in a row that look at one place together: it is looked up once."""
    return tuple((values, tuple(group)) for values, group in groupby(checks, key=attrgetter("values")))


def broken(plan: Plan, call: Call) -> Check | None:
    """The first check that the request does not pass."""
    for values, checks in plan:
        found = values(call)
        if not found:
            continue
        for check in checks:
            for value in found:
                if not check.holds(value):
                    return check
    return None


def itself(call: Call) -> Sequence[Any]:
    """The whole request."""
    return (call,)


def at(*steps: str) -> Values:
    """The values at a place of the body, `*` for each item; nothing where it is absent or of another type."""
    if "*" not in steps:
        return lambda call: _under(call.document, steps)
    star = steps.index("*")
    return lambda call: _within(call.document, steps[:star], steps[star + 1 :])


def _under(value: Any, steps: Sequence[str]) -> Sequence[Any]:
    for step in steps:
        if not isinstance(value, dict) or step not in value:
            return ()
        value = value[step]
    return (value,)


def _within(document: Any, before: Sequence[str], after: Sequence[str]) -> Sequence[Any]:
    found = _under(document, before)
    if not found or not isinstance(found[0], list):
        return ()
    return [value for item in found[0] for value in _under(item, after)] if after else found[0]


def is_text(value: Any) -> bool:
    """Whether this is a JSON string."""
    return isinstance(value, str)


def is_text_or_null(value: Any) -> bool:
    """Whether this is a JSON string or null."""
    return value is None or isinstance(value, str)


def is_flag(value: Any) -> bool:
    """Whether this is true or false."""
    return isinstance(value, bool)


def is_integer(value: Any) -> bool:
    """Whether this is a JSON integer: 3 and 3.0 are, 3.5 and true are not."""
    return (isinstance(value, int) and not isinstance(value, bool)) or (isinstance(value, float) and value.is_integer())


def is_list(value: Any) -> bool:
    """Whether this is a JSON array."""
    return isinstance(value, list)


def is_object(value: Any) -> bool:
    """Whether this is a JSON object."""
    return isinstance(value, dict)


def has(member: str) -> Holds:
    """True of objects with this member, and of all that is no object."""
    return lambda value: not isinstance(value, dict) or member in value


def text(holds: Callable[[str], bool]) -> Holds:
    """A condition on strings, true of all else: the type is a check of its own."""
    return lambda value: holds(value) if isinstance(value, str) else True


def number(holds: Callable[[float], bool]) -> Holds:
    """A condition on numbers, true of all else."""
    return lambda value: isinstance(value, bool) or not isinstance(value, int | float) or holds(value)


def items(holds: Callable[[list[Any]], bool]) -> Holds:
    """A condition on arrays, true of all else."""
    return lambda value: not isinstance(value, list) or holds(value)
