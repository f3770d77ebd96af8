"""Looking for a value that one schema admits and another does not: computed at limits, then drawn; always checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import islice
from typing import Any

from conformance import formats
from conformance.cases.candidate import candidates
from conformance.cases.pattern import matching
from conformance.cases.regular import counterexample
from conformance.cases.sample import samples
from conformance.compat import algebra
from conformance.compat.algebra import key
from conformance.contract.schema import Schema

DRAWN = 20
# Recursion cannot be drawn; texts of two minds are drawn by one and thrown away by the other, for minutes.
_UNDRAWABLE = (
    ("conformance:/recursive",),
    ('"not":{"pattern"',),
    ('"not":{"format"',),
    ('"not":{"enum"',),
    ('"pattern":', '"format":'),
    ('"pattern":', '"maxLength":'),
)
_PLAIN: tuple[Any, ...] = (
    None,
    "a",
    7,
    True,
    [],
    {},
    1.5,
    "",
    -1,
    0,
    [1, 1],
    {"a": 1},
    "2024-01-01T00:00:00Z",
    "b" * 300,
    [None],
)


def valid(schema: Any, value: Any) -> bool:
    """Whether a value satisfies a schema, formats and recursion included."""
    return bool(_validator(key(schema)).is_valid(value))


@lru_cache(maxsize=4096)
def _validator(text: str) -> Any:
    import json

    import jsonschema_rs

    schema = json.loads(text)
    return jsonschema_rs.Draft202012Validator(
        schema, formats=formats.checkers(), validate_formats=True, retriever=algebra.retrieve
    )


def element(schema: Any, *, full: bool = False) -> tuple[Any, ...]:
    """One valid value in a tuple, or an empty one if none was found."""
    for value in islice(_some(schema, full), 60):
        if valid(schema, value):
            return (value,)
    for value in _drawn(schema):
        if valid(schema, value):
            return (value,)
    return ()


def outside(wide: Any, narrow: Any, keyword: str = "", part: Any = None) -> tuple[Any, ...]:
    """One value that `wide` admits and `narrow` does not, in a tuple; an empty one if none was found.

    It is looked for in a `part` of `wide`, if one is given.
    """
    for value in _proposals(wide if part is None else part, narrow, keyword):
        try:
            if valid(wide, value) and not valid(narrow, value):
                return (value,)
        except ValueError:  # e.g. a number that the validator cannot hold
            continue
    return ()


def _proposals(wide: Any, narrow: Any, keyword: str) -> Iterator[Any]:
    yield from _PLAIN
    yield from islice(_some(wide, False), 40)
    yield from islice(_some(wide, True), 4)
    if isinstance(narrow, dict):
        yield from _at_limits(wide, narrow, keyword)
        yield from _near_misses(narrow)
        yield from _told_apart(wide, narrow)
        yield from _repeated(narrow)
    left = algebra.difference(wide, narrow)
    if isinstance(left, dict):
        yield from islice(_some(left, False), 20)
        yield from _drawn(left)
    yield from _drawn(wide)


def _some(schema: Any, full: bool) -> Iterator[Any]:
    try:
        yield from samples(schema, full=full)
    except (LookupError, ValueError, ArithmeticError, TypeError, RecursionError):
        return


def _at_limits(wide: Any, narrow: Schema, keyword: str) -> Iterator[Any]:
    """The limit values of the refusing keyword, and of the same keywords of what admits more."""
    current = next(iter([*islice(_some(narrow, False), 1), "a"]))
    for schema in (narrow, wide):
        if not isinstance(schema, Mapping):
            continue
        for name in (keyword, *schema) if keyword else schema:
            if name in schema:
                yield from _limit_values({**schema}, name, current)


def _limit_values(schema: Schema, keyword: str, current: Any) -> list[Any]:
    try:
        return [candidate.value for candidate in islice(candidates(schema, keyword, current), 200)]
    except (LookupError, ValueError, TypeError, ArithmeticError, KeyError, AttributeError):
        return []


def _told_apart(wide: Any, narrow: Schema) -> Iterator[str]:
    """Texts that one pattern finds and the other does not, stretched to the length that is asked for."""
    if "pattern" not in narrow or not isinstance(wide, Mapping):
        return
    text = counterexample(str(wide.get("pattern", "")), narrow["pattern"])
    if isinstance(text, str):
        yield text
        yield from (text + letter * wide.get("minLength", 0) for letter in (text[-1:] or "a"))


def _repeated(schema: Schema) -> Iterator[list[Any]]:
    """Arrays of what `contains` counts, around its limits."""
    found = element(schema["contains"]) if isinstance(schema.get("contains"), dict) else ()
    for limit in (schema.get("minContains", 1), schema.get("maxContains", 1)):
        yield from (list(found) * int(limit + step) for step in (-1, 0, 1))


def _near_misses(schema: Schema) -> tuple[Any, ...]:
    known = formats.REGISTRY.get(str(schema.get("format", "")))
    return () if known is None else known.near_misses


def finds(pattern: str, name: str) -> bool:
    """Whether a pattern finds something in a name, as the validator understands it; False if it is no pattern."""
    try:
        return valid({"pattern": pattern}, name)
    except ValueError:
        return False


def texts(pattern: str) -> list[str]:
    """Some texts that a pattern finds."""
    try:
        return list(islice(matching(pattern), 5))
    except (ValueError, LookupError):
        return []


def _drawn(schema: Any) -> list[Any]:
    text = key(schema)
    if not isinstance(schema, dict) or any(all(word in text for word in words) for words in _UNDRAWABLE):
        return []
    from conformance.cases.draw import draw

    return draw(schema, DRAWN)
