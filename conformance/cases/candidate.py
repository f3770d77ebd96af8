"""For every keyword the values at its limits: just inside, just outside, far outside. The oracle sorts them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain, islice, pairwise
from typing import Any

from conformance.cases.array import by_contained, by_count, by_end, by_unique
from conformance.cases.case import Candidate, described
from conformance.cases.kind import kind_of, number_like, wrong_types
from conformance.cases.sample import is_plain_multiple, names, sample, samples, times, types_of
from conformance.cases.text import by_format, by_length, by_pattern
from conformance.contract.schema import Schema

_BOUNDS = (2**31, 2**32, 2**53, 2**63, 2**64, 10**30)


def candidates(schema: Schema, keyword: str, current: Any) -> Iterator[Candidate]:
    """Values that may break or just keep `keyword`; `current` is a valid value of the place."""
    maker = _MAKERS.get(keyword)
    if maker is not None:
        yield from maker(schema, current)


def _type(schema: Schema, current: Any) -> Iterator[Candidate]:
    kinds = types_of(schema)
    for index, value in enumerate(wrong_types(kinds, current, number_like(schema, current))):
        if not (value and isinstance(value, dict) and "object" in kinds):  # an object with unknown members is one
            yield Candidate(value, _with_type(value), 0 if index < 3 else 1)
    if "integer" in kinds or "number" in kinds:
        yield from _numbers(schema, current)
    if "boolean" in kinds:
        yield from (Candidate(value, described(value), 0) for value in (True, False))
    if "null" in kinds:
        yield Candidate(None, "null", 0)
    yield Candidate(current, described(current), 0)


def _with_type(value: Any) -> str:
    """A value in a few words, its type first; null is both."""
    return f"{kind_of(value)} {described(value)}".strip()


def _numbers(schema: Schema, current: Any) -> Iterator[Candidate]:
    whole = current if isinstance(current, int) and not isinstance(current, bool) else 1
    yield Candidate(float(whole), f"{float(whole)}, a whole number", 0)
    for bound in _BOUNDS:
        yield Candidate(bound, f"{bound}", 1)
        yield Candidate(-bound, f"{-bound}", 1)


def _enumeration(schema: Schema, current: Any) -> Iterator[Candidate]:
    allowed = schema.get("enum", [schema.get("const")])
    for value in allowed:
        yield Candidate(value, described(value), 0)
    yield from (Candidate(v, described(v), 0 if i < 3 else 1) for i, v in enumerate(_beside(allowed)))
    yield from (Candidate(v, _with_type(v), 1) for v in (None, allowed[:1], True, 7))


def _beside(allowed: list[Any]) -> Iterator[Any]:
    texts = [value for value in allowed if isinstance(value, str)]
    if texts:
        cased = next((text for text in texts if text != text.swapcase()), texts[0])  # a sign has no other case
        yield from (texts[0] + "x", "no-such-value", cased.swapcase(), "", texts[0] + " ", texts[0][:-1])
        yield from (text.upper() for text in texts)
        yield from (text.capitalize() for text in texts)
    numbers = [v for v in allowed if isinstance(v, int | float) and not isinstance(v, bool)]
    if numbers:
        yield from (max(numbers) + 1, min(numbers) - 1, str(numbers[0]), numbers[0] + 0.5, 0, -1)


def _bound(keyword: str, schema: Schema, current: Any) -> Iterator[Candidate]:
    limit = schema[keyword]
    step = schema.get("multipleOf", 1)
    fine = [] if "integer" in types_of(schema) else [limit - 0.001, limit + 0.001, limit + 0.5, limit - 0.5]
    for value in (limit, limit - step, limit + step, limit - 10 * step, limit + 10 * step, *fine):
        yield Candidate(value, described(value), 0)
    for bound in _BOUNDS:
        yield from (Candidate(value, described(value)) for value in (bound, -bound))


def _multiple(schema: Schema, current: Any) -> Iterator[Candidate]:
    step = schema["multipleOf"]
    whole = (value for value in (step, times(step, 2), times(step, 3)) if is_plain_multiple(value, step))
    for value in (*whole, step + 1, step + step / 2, step / 2, step * 1.1):
        yield Candidate(value, described(value), 0)
    if isinstance(current, int | float):
        yield from (Candidate(v, described(v), 0) for v in (current + 1, current + step / 2, current + step))


def _closed(schema: Schema, current: Any) -> Iterator[Candidate]:
    if isinstance(current, dict):
        names = ("unexpected", *(f"{name}x" for name in schema.get("properties", {})))
        for index, name in enumerate(names[:3]):
            yield Candidate({**current, name: "a"}, f"a member {name}", 0 if index == 0 else 1)


def _members(schema: Schema, current: Any) -> Iterator[Candidate]:
    if not isinstance(current, dict):
        return
    yield Candidate({}, "no members", 0)
    held = list(current)
    for kept in (schema.get("minProperties", 0), schema.get("minProperties", 0) - 1):
        if 0 <= kept <= len(held):
            yield Candidate({name: current[name] for name in held[:kept]}, f"{kept} members", 0)
    high = schema.get("maxProperties")
    extra = schema.get("additionalProperties", True)
    if high is not None and high < 500 and extra is not False:
        for count in (high, high + 1):
            more = {name: sample(extra) for name in islice(names(schema, held), max(count - len(held), 0))}
            yield Candidate({**current, **more}, f"{len({**current, **more})} members", 0)


def _alternatives(keyword: str, schema: Schema, current: Any) -> Iterator[Candidate]:
    """What fits each alternative, and what fits it but for a member; what fits one and has the members of the next."""
    fitting = [list(islice(samples(branch), 2)) for branch in schema[keyword]]
    both = [{**one, **other} for one, other in pairwise(v[0] for v in fitting if v and isinstance(v[0], dict))]
    for index, value in enumerate(chain.from_iterable(fitting)):
        yield Candidate(value, described(value), 0)
        yield from _maimed(value)
        yield from (Candidate(joined, described(joined), 0) for joined in (both if index == 0 else ()))
    others: tuple[Any, ...] = ({}, [], None, 7, "a", True)
    yield from (Candidate(value, described(value), 1) for value in others)


def _maimed(value: Any) -> Iterator[Candidate]:
    """An object with one member gone or unknown."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield Candidate({k: v for k, v in value.items() if k != name}, f"without {name}", 0)
            if isinstance(inner, str):
                yield Candidate({**value, name: "no-such-value"}, f'{name} "no-such-value"', 0)
            yield Candidate({**value, name: None}, f"{name} null", 1)


def _names(schema: Schema, current: Any) -> Iterator[Candidate]:
    if isinstance(current, dict):
        rule = schema.get("propertyNames", True)
        texts = [c.value for key in rule for c in candidates(rule, key, "a")] if isinstance(rule, dict) else []
        value = next(iter(current.values()), "a")
        for name in [text for text in texts if isinstance(text, str)][:60]:
            yield Candidate({**current, name: value}, f"a member {described(name)}", 0)


def _dependent(schema: Schema, current: Any) -> Iterator[Candidate]:
    if isinstance(current, dict):
        for name, needed in schema.get("dependentRequired", {}).items():
            held = {**current, name: sample(schema.get("properties", {}).get(name, True))}
            for other in needed:
                yield Candidate({k: v for k, v in held.items() if k != other}, f"{name} without {other}", 0)


def _conditional(schema: Schema, current: Any) -> Iterator[Candidate]:
    """What meets the condition, with each member that it then needs left out or made wrong."""
    if not isinstance(current, dict) or not isinstance(schema["if"], dict):
        return
    for value in islice(samples(schema["if"], full=True), 3):
        met = {**current, **value} if isinstance(value, dict) else current
        for branch in (schema.get("then", {}), schema.get("else", {})):
            yield from _against(met, branch if isinstance(branch, dict) else {})
            yield from _against(current, branch if isinstance(branch, dict) else {})


def _against(value: dict[str, Any], branch: Schema) -> Iterator[Candidate]:
    for name in branch.get("required", []):
        yield Candidate({k: v for k, v in value.items() if k != name}, f"without {name}", 0)
    for name, inner in branch.get("properties", {}).items():
        for keyword in inner if isinstance(inner, dict) else ():
            for wrong in islice(candidates(inner, keyword, value.get(name)), 12):
                yield Candidate({**value, name: wrong.value}, f"{name} {wrong.sent}", 0)


def _excluded(schema: Schema, current: Any) -> Iterator[Candidate]:
    for value in islice(samples(schema["not"]), 5):
        yield Candidate(
            {**current, **value} if isinstance(current, dict) and isinstance(value, dict) else value,
            described(value),
            0,
        )


_MAKERS: dict[str, Callable[[Schema, Any], Iterator[Candidate]]] = {
    "type": _type,
    "enum": _enumeration,
    "const": _enumeration,
    "minLength": partial(by_length, "minLength"),
    "maxLength": partial(by_length, "maxLength"),
    "pattern": by_pattern,
    "format": by_format,
    "minimum": partial(_bound, "minimum"),
    "maximum": partial(_bound, "maximum"),
    "exclusiveMinimum": partial(_bound, "exclusiveMinimum"),
    "exclusiveMaximum": partial(_bound, "exclusiveMaximum"),
    "multipleOf": _multiple,
    "minItems": partial(by_count, "minItems"),
    "maxItems": partial(by_count, "maxItems"),
    "uniqueItems": by_unique,
    "contains": by_contained,
    "minContains": by_contained,
    "maxContains": by_contained,
    "additionalProperties": _closed,
    "unevaluatedProperties": _closed,
    "items": by_end,
    "unevaluatedItems": by_end,
    "minProperties": _members,
    "maxProperties": _members,
    "oneOf": partial(_alternatives, "oneOf"),
    "anyOf": partial(_alternatives, "anyOf"),
    "propertyNames": _names,
    "dependentRequired": _dependent,
    "if": _conditional,
    "not": _excluded,
}
