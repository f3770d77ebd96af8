"""Small values made of what a schema itself mentions: its constants, limits, names and counts, combined.

Most violations are small. Where the algebra of schemas has no answer, these are tried one after the other: to validate
a value costs a microsecond.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, islice, product
from random import Random
from typing import Any

from conformance import formats
from conformance.cases.pattern import matching
from conformance.contract.schema import retrieve

_PLAIN: tuple[Any, ...] = (None, True, False, 0, 1, -1, 1.5, "", "a", "ab", [], {})
_LIMITS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
_COUNTS = ("minItems", "maxItems", "minContains", "maxContains", "minProperties", "maxProperties")
_LONGEST = 24  # entries, members
MOST_CONSTANTS = 40
MOST_NAMES = 8
EACH = 3000  # values of one kind
MIXED = 3000  # values composed at random


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a schema mentions; the rarest things first."""

    constants: tuple[Any, ...]
    names: tuple[str, ...]
    counts: tuple[int, ...]


def small(schema: Any) -> Iterator[Any]:
    """Distinct small values, simplest first; finite, and always the same ones."""
    words = vocabulary(schema)
    seen: set[str] = set()
    for value in (*words.constants, *_composed(words)):
        mark = repr(value)
        if mark not in seen:
            seen.add(mark)
            yield value
    for value in _mixed(words):
        mark = repr(value)
        if mark not in seen:
            seen.add(mark)
            yield value


def vocabulary(schema: Any) -> Vocabulary:
    """Constants, names of members and numbers of entries that a schema and what it refers to mention."""
    nodes = list(_nodes(schema, set()))
    constants = _distinct([*(each for node in nodes for each in _constants(node)), *_PLAIN])
    names = _distinct([*(name for node in nodes for name in _names(node)), "k0"])
    counts = {0, 1, 2, 3} | {n + step for node in nodes for n in _numbers(node, _COUNTS) for step in (0, 1)}
    within = tuple(sorted(int(count) for count in counts if 0 <= count <= _LONGEST))
    return Vocabulary(tuple(constants[:MOST_CONSTANTS]), tuple(names[:MOST_NAMES]), within)


def _distinct(values: Iterable[Any]) -> list[Any]:
    """By spelling: 1 and True are equal to Python, not to JSON."""
    return list({repr(value): value for value in values}.values())


def _nodes(schema: Any, met: set[str]) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        yield schema
        reference = schema.get("$ref")
        if isinstance(reference, str) and reference not in met:
            met.add(reference)
            yield from _nodes(_referred(reference), met)
    inner = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
    for each in inner:
        yield from _nodes(each, met)


def _referred(reference: str) -> Any:
    try:
        return retrieve(reference)
    except LookupError:
        return None


def _constants(node: dict[str, Any]) -> Iterator[Any]:
    if "const" in node:
        yield node["const"]
    if isinstance(node.get("enum"), list):
        yield from node["enum"]
    for number in _numbers(node, _LIMITS):
        yield from (number, number - 1, number + 1)
    for step in _numbers(node, ("multipleOf",)):
        yield from (step, step * 2, step + 1)
    for length in _numbers(node, ("minLength", "maxLength")):
        yield from ("a" * int(count) for count in (length, length + 1, length - 1) if 0 <= count <= 10_000)
    if isinstance(node.get("pattern"), str):
        yield from islice(matching(node["pattern"]), 3)
    known = formats.REGISTRY.get(node["format"]) if isinstance(node.get("format"), str) else None
    if known is not None:
        yield from (*known.valid[:2], *known.near_misses[:2])


def _numbers(node: dict[str, Any], keywords: tuple[str, ...]) -> list[Any]:
    found = (node.get(keyword) for keyword in keywords)
    return [number for number in found if isinstance(number, int | float) and not isinstance(number, bool)]


def _names(node: dict[str, Any]) -> Iterator[str]:
    for keyword in ("properties", "dependentSchemas", "dependentRequired"):
        if isinstance(node.get(keyword), dict):
            yield from node[keyword]
    if isinstance(node.get("required"), list):
        yield from (name for name in node["required"] if isinstance(name, str))
    if isinstance(node.get("dependentRequired"), dict):
        yield from (name for needed in node["dependentRequired"].values() for name in needed)
    if isinstance(node.get("patternProperties"), dict):
        for pattern in node["patternProperties"]:
            yield from islice(matching(pattern), 2)
    if isinstance(node.get("propertyNames"), dict):
        yield from (text for text in _constants(node["propertyNames"]) if isinstance(text, str))


def _composed(words: Vocabulary) -> Iterator[Any]:
    """Arrays and objects of constants: all short ones, then longer ones of two values."""
    yield from islice(_arrays(words), EACH)
    yield from islice(_objects(words), EACH)


def _arrays(words: Vocabulary) -> Iterator[list[Any]]:
    yield from ([each] for each in words.constants)
    yield from map(list, product(words.constants[:12], repeat=2))
    yield from map(list, product(words.constants[:6], repeat=3))
    for count in words.counts:
        for first, last in product(words.constants[:6], repeat=2):
            for head in {0, 1, count // 2, count - 1}:
                yield [first] * head + [last] * (count - head)
        yield list(range(100, 100 + count))


def _objects(words: Vocabulary) -> Iterator[dict[str, Any]]:
    yield from ({name: value} for name in words.names for value in words.constants)
    for size in (2, 3):
        for names in combinations(words.names, size):
            for values in product(words.constants[: 10 // size], repeat=size):
                yield dict(zip(names, values, strict=True))
    for count in words.counts:
        for value in words.constants[:4]:
            yield {**dict.fromkeys(words.names[:count], value), **{f"x{n}": value for n in range(count)}}
            yield {f"x{n}": value for n in range(count)}


def _mixed(words: Vocabulary) -> Iterator[Any]:
    """Deeper values, composed at random: always the same ones."""
    random = Random(1)  # noqa: S311 - repeatable, not secret
    for number in range(MIXED):
        yield _grown(words, random, 1 + number % 4)


def _grown(words: Vocabulary, random: Random, depth: int) -> Any:
    if depth == 0 or random.random() < 0.2:
        return random.choice(words.constants)
    if random.random() < 0.35:
        return [_grown(words, random, depth - 1) for _ in range(random.randrange(5))]
    chosen = random.sample(words.names, random.randrange(len(words.names) + 1))
    return {name: _grown(words, random, depth - 1) for name in chosen}
