"""States: where an answer shows one, and when two are the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from conformance.contract.expression import EvaluationError
from conformance.contract.operation import Operation
from conformance.judge.step import Step
from conformance.strict_json import NOT_JSON


def differing(before: Mapping[str, Any], after: Mapping[str, Any], but: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The members that differ between two states, save those named; arrays in another order are equal."""
    names = [name for name in {**before, **after} if name not in but]
    return tuple(name for name in names if not same(before.get(name), after.get(name)))


def same(one: Any, other: Any, *, ordered: bool = False) -> bool:
    """Equality of JSON values: 1 is 1.0 and not true; the order of arrays is free unless `ordered`."""
    return repr(one) == repr(other) or _text(one, ordered=ordered) == _text(other, ordered=ordered)


def _text(value: Any, *, ordered: bool) -> str:
    """A text that is the same for the same values."""
    if isinstance(value, list):
        texts = [_text(item, ordered=ordered) for item in value]
        return f"[{','.join(texts if ordered else sorted(texts))}]"
    if isinstance(value, dict):
        members = (f"{name!r}:{_text(inner, ordered=ordered)}" for name, inner in sorted(value.items()))
        return f"{{{','.join(members)}}}"
    return repr(int(value) if isinstance(value, float) and value.is_integer() else value)


def shown_by(operation: Operation, step: Step) -> dict[str, Any] | None:
    """The state that an answer shows, where the contract says where."""
    if operation.shows is None or step.body is NOT_JSON:
        return None
    try:
        value = operation.shows.value({"response": {"status": step.status, "body": step.body}})
    except EvaluationError:
        return None
    return value if isinstance(value, dict) else None
