"""Objects within objects: presence, members, and what stands beside them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from conformance.cases.regular import contained
from conformance.compat import algebra, hunt
from conformance.compat.lift import lifted
from conformance.compat.outcome import PROVED, Gap, Outcome, doubt, gap
from conformance.contract.schema import Schema
from conformance.requirements.site import escape

if TYPE_CHECKING:
    from conformance.compat.inclusion import Inclusion

_FRESH = ("another-member", "b", "c1", "D", "_", "0", "é")  # names to try for members of any name


def parts(inclusion: Inclusion, narrow: Schema, wide: Schema) -> Iterator[Outcome]:
    """Everything that the second schema says of members, each as an outcome of its own."""
    for name in wide.get("required", []):
        if name not in narrow.get("required", []):
            yield _present(inclusion, narrow, name)
    for name, child in wide.get("properties", {}).items():
        if child is not True and not _gone(narrow, wide, name):
            yield _member(inclusion, narrow, name, child)
    yield from _patterns(inclusion, narrow, wide)
    yield from _others(inclusion, narrow, wide)
    if inclusion.described:
        yield from _undescribed(inclusion, narrow, wide)


def _gone(narrow: Schema, wide: Schema, name: str) -> bool:
    """Whether a member is needed, and nothing is said of it any more: that it may be missing says it all."""
    described = name in names(narrow) or narrow.get("patternProperties") or "additionalProperties" in narrow
    return not described and name in wide.get("required", []) and name not in narrow.get("required", [])


def _present(inclusion: Inclusion, narrow: Schema, name: str) -> Outcome:
    pointer = f"/{escape(name)}"
    demand = {"type": "object", "required": [name]}
    if algebra.covered(narrow, demand):
        return PROVED
    if not inclusion.seek:
        return doubt("required", "not proved", pointer)
    without = {**narrow, "properties": {**narrow.get("properties", {}), name: False}}
    found = hunt.element(without)
    if found:
        return gap("required", found[0], pointer)
    return PROVED if algebra.empty(without) else doubt("required", "no value without this member was found", pointer)


def _member(inclusion: Inclusion, narrow: Schema, name: str, child: Any) -> Outcome:
    own = member(narrow, name, described=inclusion.described)
    found = inclusion.compare(own, {"not": {}} if child is False else child)
    return _lifted(narrow, name, found.below(escape(name)))


def member(schema: Schema, name: str, *, described: bool) -> Any:
    """The schema of one member: its own, those of patterns, what is said of all others, or none."""
    found = [schema["properties"][name]] if name in schema.get("properties", {}) else []
    found += [s for pattern, s in schema.get("patternProperties", {}).items() if hunt.finds(pattern, name)]
    if found:
        return found[0] if len(found) == 1 else {"allOf": found}
    return rest(schema, described=described)


def rest(schema: Schema, *, described: bool) -> Any:
    """The schema of members that are not named; one that names some admits only those, if `described` counts."""
    if "additionalProperties" in schema:
        return schema["additionalProperties"]
    return not (described and names(schema))


def names(schema: Any) -> set[str]:
    """The members that a schema names, wherever it applies to the same object."""
    if not isinstance(schema, dict):
        return set()
    found = set(schema.get("properties", {}))
    for keyword in ("allOf", "anyOf", "oneOf"):
        found |= {name for part in schema.get(keyword, []) for name in names(part)}
    for keyword in ("if", "then", "else"):
        found |= names(schema.get(keyword))
    return found | {name for part in schema.get("dependentSchemas", {}).values() for name in names(part)}


def _lifted(narrow: Schema, name: str, found: Outcome) -> Outcome:
    """The outcome of a member as one of its object: each value stands in an object of the first schema."""
    return lifted(found, partial(_hosting, narrow, name))


def _hosting(schema: Schema, name: str, value: Any) -> Schema:
    """The schema of objects that have this very value as a member."""
    properties = {**schema.get("properties", {}), name: {"enum": [value]}}
    return {**schema, "properties": properties, "required": sorted({*schema.get("required", []), name})}


def _patterns(inclusion: Inclusion, narrow: Schema, wide: Schema) -> Iterator[Outcome]:
    """Members whose names match: those that are named, those of the first schema's patterns, and else any."""
    for pattern, child in wide.get("patternProperties", {}).items():
        own = narrow.get("patternProperties", {})
        for name, schema in narrow.get("properties", {}).items():
            if hunt.finds(pattern, name):
                yield _lifted(narrow, name, inclusion.compare(schema, child).below(escape(name)))
        if pattern in own:
            yield _shown(narrow, [pattern], [], inclusion.compare(own[pattern], child))
            continue
        for other, schema in own.items():
            yield _shown(narrow, [pattern, other], [], inclusion.compare(schema, child))
        others = rest(narrow, described=inclusion.described)
        yield _shown(narrow, [pattern], list(own), inclusion.compare(others, child))


def _others(inclusion: Inclusion, narrow: Schema, wide: Schema) -> Iterator[Outcome]:
    """Members that the second schema does not name, where it says something of them."""
    child = wide.get("additionalProperties", True)
    if child is True:
        return
    refused, demand = child is False, {"not": {}} if child is False else child
    known, patterns = wide.get("properties", {}), list(wide.get("patternProperties", {}))
    for name in narrow.get("properties", {}):
        if name not in known and not any(hunt.finds(pattern, name) for pattern in patterns):
            found = inclusion.compare(narrow["properties"][name], demand)
            yield _as_additional(_lifted(narrow, name, found.below(escape(name))), refused=refused)
    own = narrow.get("patternProperties", {})
    for pattern, schema in own.items():
        if not any(contained(pattern, other) or pattern == other for other in patterns):
            found = _shown({**narrow, "besides": known}, [pattern], patterns, inclusion.compare(schema, demand))
            yield _as_additional(found, refused=refused)
    others = rest(narrow, described=inclusion.described)
    if others is not False:
        found = _shown({**narrow, "besides": known}, [], [*patterns, *own], inclusion.compare(others, demand))
        yield _as_additional(found, refused=refused)


def _shown(narrow: Schema, found_by: list[str], not_by: list[str], found: Outcome) -> Outcome:
    """The outcome of members with some name that these patterns find, and those do not."""
    if found.proved:
        return found
    taken = {**narrow.get("properties", {}), **narrow.get("besides", {})}
    for name in _names_found(found_by):
        if name not in taken and not any(hunt.finds(pattern, name) for pattern in not_by):
            return _lifted({k: v for k, v in narrow.items() if k != "besides"}, name, found.below("*"))
    return doubt("patternProperties", "no name of such a member was found", "/*")


def _names_found(patterns: list[str]) -> Iterator[str]:
    """Some names that all of these patterns find."""
    texts = [text for pattern in patterns for text in hunt.texts(pattern)]
    together = (one + other for one in texts for other in texts) if len(patterns) > 1 else ()
    for name in (*texts, *together, *_FRESH):
        if all(hunt.finds(pattern, name) for pattern in patterns):
            yield name


def _as_additional(found: Outcome, *, refused: bool) -> Outcome:
    if not refused:
        return found
    gaps = tuple(Gap(each.pointer, "additionalProperties", each.value) for each in found.gaps)
    return Outcome(gaps, found.doubts)


def _undescribed(inclusion: Inclusion, narrow: Schema, wide: Schema) -> Iterator[Outcome]:
    """Members that only the first schema describes: the second admits them, but says nothing of them any more."""
    if "additionalProperties" in wide or "unevaluatedProperties" in wide or not names(wide):
        return
    patterns = list(wide.get("patternProperties", {}))
    for name, schema in narrow.get("properties", {}).items():
        if schema is False or name in names(wide) or any(hunt.finds(pattern, name) for pattern in patterns):
            continue
        pointer = f"/{escape(name)}"
        if not inclusion.seek:
            yield doubt("properties", "not proved", pointer)
            continue
        present = {**narrow, "required": sorted({*narrow.get("required", []), name})}
        found = hunt.element(present)
        if found:
            yield gap("properties", found[0], pointer, undescribed=True)
        elif not algebra.empty(present):
            yield doubt("properties", "no value with this member was found", pointer)
