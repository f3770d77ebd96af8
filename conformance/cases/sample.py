"""Plain valid values of a schema, computed rather than drawn: the material of hosts and limits."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from decimal import Decimal
from itertools import chain, count, islice
from typing import Any

from conformance import formats
from conformance.cases.algebra import canonical_form, is_empty
from conformance.cases.kept import Kept
from conformance.cases.pattern import matching
from conformance.cases.small import small
from conformance.contract.schema import Schema, retrieve, validator

SOUGHT = 8  # values of a schema that none can be computed for
LONGEST = 1_000_000  # characters of a text that is made
MOST_ENTRIES = 10_000  # of an array that is made, and members of an object
_SIZES = {f"{which}Length": LONGEST for which in ("min", "max")} | {
    f"{which}{what}": MOST_ENTRIES for which in ("min", "max") for what in ("Items", "Properties")
}
_TYPES = ("string", "integer", "number", "boolean", "object", "array", "null")


def sample(schema: Any, *, full: bool = False) -> Any:
    """One valid value, the plainest; with every optional member if `full`. LookupError if none is found."""
    for value in samples(schema, full=full):
        return value
    raise LookupError("no valid value could be computed")


def is_large(schema: Schema, keyword: str) -> bool:
    """Whether a keyword is a limit beyond which no value is made: documents write one where they mean none."""
    return keyword in _SIZES and schema[keyword] > _SIZES[keyword]


def samples(schema: Any, *, full: bool = False) -> Iterator[Any]:
    """Distinct valid values, plainest first; finite. What was computed once is kept with its schema."""
    if schema is True or schema == {}:
        return iter(("a",))
    if schema is False:
        return iter(())
    key = (id(schema), full)
    if key not in _KEPT:
        _KEPT[key] = Kept(schema, _valid(schema, full))
    return iter(_KEPT[key])


_KEPT: dict[tuple[int, bool], Kept] = {}


def _valid(schema: Schema, full: bool) -> Iterator[Any]:
    compiled = validator(schema)
    seen: set[str] = set()  # by spelling: 1 and True are equal to Python, not to JSON
    for value in islice(unchecked(schema, full=full), 400):
        if repr(value) not in seen and compiled.is_valid(value):
            seen.add(repr(value))
            yield value
    if not seen and not is_empty(canonical_form(schema)):  # to know that there is nothing costs less than to look
        yield from islice(filter(compiled.is_valid, small(schema)), SOUGHT)


def unchecked(schema: Schema, *, full: bool = False) -> Iterator[Any]:
    """Values made of what a schema says; most of them are valid."""
    yield from schema.get("examples", [])
    if "const" in schema:
        yield schema["const"]
    yield from schema.get("enum", [])
    if "default" in schema:
        yield schema["default"]
    for keyword in ("oneOf", "anyOf"):
        for branch in schema.get(keyword, []):
            yield from islice(_merged(schema, keyword, branch, full), 8)
    if "$ref" in schema and not full:
        yield from islice(_referred(schema["$ref"]), 8)
    if "allOf" in schema or "not" in schema:
        yield from islice(_canonical(schema, full), 8)
    for name in types_of(schema):
        yield from _OF_TYPE[name](schema, full)


def _referred(uri: str) -> Iterator[Any]:
    """Of a reference that is not ours, as the algebra writes them into its results, nothing is known here."""
    try:
        yield from samples(retrieve(uri))
    except LookupError:
        return


def types_of(schema: Schema) -> list[str]:
    """The types that a schema admits; guessed from its keywords where it names none."""
    named = schema.get("type")
    if isinstance(named, str):
        return [named]
    if isinstance(named, list):
        return sorted(named, key=_TYPES.index)
    guesses = {"properties": "object", "required": "object", "items": "array", "minimum": "number", "maximum": "number"}
    found = [kind for keyword, kind in guesses.items() if keyword in schema]
    return list(dict.fromkeys(found)) or list(_TYPES)


def _merged(schema: Schema, keyword: str, branch: Any, full: bool) -> Iterator[Any]:
    rest = {key: value for key, value in schema.items() if key not in (keyword, "examples")}
    if not set(rest) - {"x-conformance"}:
        yield from samples(branch, full=full)
        return
    yield from _canonical(taking(rest, branch), full)


def taking(schema: Schema, branch: Any) -> Schema:
    """A schema and one of its alternatives, which stands where all of them did: what else it holds may look at it."""
    return {**schema, "allOf": [*schema.get("allOf", ()), branch]}


def _canonical(schema: Schema, full: bool) -> Iterator[Any]:
    form = canonical_form(schema)
    merged = None if form is None else form.to_json_schema()
    if isinstance(merged, dict) and not {"allOf", "$ref", "not"} & set(merged):
        yield from samples(merged, full=full)


def _strings(schema: Schema, full: bool) -> Iterator[Any]:
    low, high = schema.get("minLength", 0), schema.get("maxLength")
    known = formats.REGISTRY.get(schema.get("format", ""))
    if known is not None and known.valid:
        yield from known.valid
        yield from (text for value in known.valid[:6] for text in _varied(str(value)))
    if "pattern" in schema:
        yield from matching(schema["pattern"], low, high)
    for number in range(60 if low <= LONGEST else 0):
        word = "a" if number == 0 else f"a{number}"
        text = word.ljust(low + (0 < low != high), "a")
        yield text if high is None or len(text) <= high else text[-high:] if high else ""
    yield ""


def _varied(text: str) -> Iterator[str]:
    """Like texts, told apart by their last number: more entries of a format than it lists."""
    found = list(re.finditer(r"[0-9]+", text))
    if found:
        start, end = found[-1].span()
        yield from (f"{text[:start]}{str(number).zfill(end - start)}{text[end:]}" for number in range(10, 60))


def like(value: Any) -> Iterator[Any]:
    """Values like this one, told apart by the last number in its first text that has one; none if none has."""
    if isinstance(value, str):
        yield from _varied(value)
    elif isinstance(value, dict):
        name = next((name for name, inner in value.items() if any(True for _ in like(inner))), None)
        yield from ({**value, name: inner} for inner in like(value.get(name)))


def _integers(schema: Schema, full: bool) -> Iterator[Any]:
    low, high = _limits(schema)
    step = schema.get("multipleOf", 1)
    step = int(step) if float(step).is_integer() and step >= 1 else 1
    first = (
        -(-int(low) // step) * step
        if low is not None
        else (int(high) // step * step - 50 * step if high is not None and high < 1 else step)
    )
    values = [int(first + index * step) for index in range(60)]
    fitting = [value for value in values if high is None or value <= high]
    yield from (*fitting[1:2], *fitting[:1], *fitting[2:]) if low is not None else fitting


_LOWER, _UPPER = ("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")


def _numbers(schema: Schema, full: bool) -> Iterator[Any]:
    yield from _integers(schema, full)
    bounds = [schema[keyword] for keyword in _LOWER if keyword in schema], [schema[k] for k in _UPPER if k in schema]
    if bounds[0] and bounds[1]:
        yield (max(bounds[0]) + min(bounds[1])) / 2
    yield from (max(bounds[0]) + part for part in (0.5, 0.001) if bounds[0])
    yield from (min(bounds[1]) - part for part in (0.5, 0.001) if bounds[1])
    step = schema.get("multipleOf")
    if step:
        yield from (value for index in range(1, 20) if is_plain_multiple(value := times(step, index), step))


def times(step: float, count: int) -> float:
    """The multiple as it is written: three times 0.1 is 0.3, which a sum of binary fractions is not."""
    product = Decimal(str(step)) * count
    return int(product) if isinstance(step, int) else float(product)


def is_plain_multiple(value: float, step: float) -> bool:
    """Whether decimal and binary arithmetic agree that it is a multiple, as they do not of 0.0003 and 0.0001."""
    return (value / step).is_integer()


def _limits(schema: Schema) -> tuple[Any, Any]:
    low, high = schema.get("minimum"), schema.get("maximum")
    if "exclusiveMinimum" in schema:
        low = max(schema["exclusiveMinimum"] + 1, low if low is not None else schema["exclusiveMinimum"])
    if "exclusiveMaximum" in schema:
        high = min(schema["exclusiveMaximum"] - 1, high if high is not None else schema["exclusiveMaximum"])
    return low, high


def _objects(schema: Schema, full: bool) -> Iterator[Any]:
    members = schema.get("properties", {})
    required = list(schema.get("required", []))
    for number in range(60 if schema.get("minProperties", 0) <= MOST_ENTRIES else 0):
        try:
            built = {name: nth(_described(schema, name), number, full=full) for name in _needed(schema, required)}
            if full:
                built |= {n: nth(s, number, full=True) for n, s in members.items() if n not in built and s is not False}
            yield _with_minimum(schema, built, number)
        except LookupError:
            return


def _needed(schema: Schema, required: list[str]) -> list[str]:
    """What is required, and what that requires in turn."""
    found = list(required)
    for name in found:  # grows while it is walked
        found += [other for other in schema.get("dependentRequired", {}).get(name, []) if other not in found]
    return found


def _described(schema: Schema, name: str) -> Any:
    """The schema of a member: its own, that of a pattern that its name matches, or that of all others."""
    if name in schema.get("properties", {}):
        return schema["properties"][name]
    fitting = [inner for pattern, inner in schema.get("patternProperties", {}).items() if _matches(pattern, name)]
    return fitting[0] if fitting else schema.get("additionalProperties", True)


def _matches(pattern: str, name: str) -> bool:
    return bool(validator({"pattern": pattern}).is_valid(name))


def _with_minimum(schema: Schema, built: dict[str, Any], number: int) -> dict[str, Any]:
    extra = schema.get("additionalProperties", True)
    optional = [name for name in schema.get("properties", {}) if name not in built]
    for name in optional:
        if len(built) < schema.get("minProperties", 0):
            built[name] = nth(schema["properties"][name], number)
    further = names(schema, tuple(built))
    while len(built) < schema.get("minProperties", 0) and extra is not False:
        built[next(further)] = nth(extra, number)
    return built


def names(schema: Schema, taken: Container[str]) -> Iterator[str]:
    """Names that further members of an object may have: those that `propertyNames` admits, then plain ones."""
    rule = schema.get("propertyNames", True)
    own = samples({"type": "string", **rule}) if isinstance(rule, dict) and rule else iter(())
    return (name for name in chain(own, (f"k{index}" for index in count())) if name not in taken)


def _arrays(schema: Schema, full: bool) -> Iterator[Any]:
    low = min(schema.get("minItems", 0), MOST_ENTRIES)
    prefix = schema.get("prefixItems", [])
    items = schema.get("items", True)
    wanted = max(low, 1 if schema.get("maxItems", 1) else 0)
    try:
        first = [sample(item, full=full) for item in prefix]
        held = [sample(schema["contains"])] * schema.get("minContains", 1) if "contains" in schema else []
        for offset in range(4):
            rest = entries(items, max(wanted - len(first) - len(held), 0), offset, full=full)
            yield first + held + rest
    except LookupError:
        pass
    yield []


def entries(schema: Any, length: int, offset: int = 0, *, full: bool = False) -> list[Any]:
    """So many distinct valid entries of an array; repeated ones where the schema has too few."""
    found = list(islice(samples(schema, full=full), offset + length))
    if not found and length:
        raise LookupError("no valid entry could be computed")
    distinct = found[offset:] or found
    return [distinct[index % len(distinct)] for index in range(length)]


def nth(schema: Any, number: int, *, full: bool = False) -> Any:
    """The value with this number among the samples, or the last one."""
    found = list(islice(samples(schema, full=full), number + 1))
    if not found:
        raise LookupError("no valid value could be computed")
    return found[-1]


_OF_TYPE: dict[str, Any] = {
    "string": _strings,
    "integer": _integers,
    "number": _numbers,
    "boolean": lambda schema, full: iter((True, False)),
    "object": _objects,
    "array": _arrays,
    "null": lambda schema, full: iter((None,)),
}
