"""States: where an answer shows one, and when two are the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from conformance.contract.expression import EvaluationError
from conformance.contract.operation import Operation
from conformance.judge.step import NOT_JSON, Step


def differing(before: Mapping[str, Any], after: Mapping[str, Any], but: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The members that differ between two states, save those named; arrays in another order are equal."""
    names = [name for name in {**before, **after} if name not in but]
    return tuple(name for name in names if not same(before.get(name), after.get(name)))


def same(one: Any, other: Any) -> bool:
    """Equality that does not care for the order of arrays, nor for the order of members."""
    if isinstance(one, list) and isinstance(other, list):
        return sorted(map(_ordered, one)) == sorted(map(_ordered, other))
    return bool(one == other) and isinstance(one, bool) == isinstance(other, bool)


def _ordered(value: Any) -> str:
    return repr(sorted(value.items())) if isinstance(value, dict) else repr(value)


def shown_by(operation: Operation, step: Step) -> dict[str, Any] | None:
    """The state that an answer shows, where the contract says where."""
    if operation.shows is None or step.body is NOT_JSON:
        return None
    try:
        value = operation.shows.value({"response": {"status": step.status, "body": step.body}})
    except EvaluationError:
        return None
    return value if isinstance(value, dict) else None
