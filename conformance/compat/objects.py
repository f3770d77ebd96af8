"""Objects within objects: presence, members, and what stands beside them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from conformance.compat import algebra, hunt
from conformance.compat.outcome import PROVED, Doubt, Gap, Outcome, doubt, gap
from conformance.contract.schema import Schema
from conformance.requirements.site import escape

if TYPE_CHECKING:
    from conformance.compat.inclusion import Inclusion

FRESH = "another-member"


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
    if child is False and member(narrow, name, described=inclusion.described) is not False:
        found = inclusion.compare(member(narrow, name, described=inclusion.described), {"not": {}})
    else:
        found = inclusion.compare(member(narrow, name, described=inclusion.described), child)
    return lifted(narrow, name, found.below(escape(name)))


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


def lifted(narrow: Schema, name: str, found: Outcome) -> Outcome:
    """The outcome of a member as one of its object: each value stands in an object of the first schema."""
    gaps: list[Gap] = []
    doubts = list(found.doubts)
    for each in found.gaps:
        host = hosting(narrow, name, each.value)
        whole = hunt.element(host)
        if whole:
            gaps.append(Gap(each.pointer, each.keyword, whole[0], each.undescribed))
        elif not algebra.empty(host):
            doubts.append(Doubt(each.pointer, each.keyword, "no whole value was found that holds this difference"))
    return Outcome(tuple(gaps), tuple(doubts))


def hosting(schema: Schema, name: str, value: Any) -> Schema:
    """The schema of objects that have this very value as a member."""
    properties = {**schema.get("properties", {}), name: {"enum": [value]}}
    return {**schema, "properties": properties, "required": sorted({*schema.get("required", []), name})}


def _patterns(inclusion: Inclusion, narrow: Schema, wide: Schema) -> Iterator[Outcome]:
    """Members whose names match: those of the same pattern, those named, and else any."""
    for pattern, child in wide.get("patternProperties", {}).items():
        own = narrow.get("patternProperties", {})
        for name, schema in narrow.get("properties", {}).items():
            if hunt.finds(pattern, name):
                yield lifted(narrow, name, inclusion.compare(schema, child).below(escape(name)))
        others = own[pattern] if pattern in own else rest(narrow, described=inclusion.described)
        name = next((n for n in hunt.texts(pattern) if n not in narrow.get("properties", {})), FRESH)
        yield lifted(narrow, name, inclusion.compare(others, child).below("*"))


def _others(inclusion: Inclusion, narrow: Schema, wide: Schema) -> Iterator[Outcome]:
    """Members that the second schema does not name, where it says something of them."""
    child = wide.get("additionalProperties", True)
    if child is True:
        return
    refused = child is False
    known = set(wide.get("properties", {}))
    patterns = list(wide.get("patternProperties", {}))
    for name in narrow.get("properties", {}):
        if name in known or any(hunt.finds(pattern, name) for pattern in patterns):
            continue
        found = inclusion.compare(narrow["properties"][name], {"not": {}} if refused else child)
        yield _as_additional(lifted(narrow, name, found.below(escape(name))), refused=refused)
    for pattern, schema in narrow.get("patternProperties", {}).items():
        if pattern not in patterns:
            name = next(iter(hunt.texts(pattern)), FRESH)
            found = inclusion.compare(schema, {"not": {}} if refused else child)
            yield _as_additional(lifted(narrow, name, found.below("*")), refused=refused)
    others = rest(narrow, described=inclusion.described)
    if others is not False and not (refused and others is False):
        name = next(n for n in (FRESH, "b", "c1", "d2") if n not in known | set(narrow.get("properties", {})))
        found = inclusion.compare(others, {"not": {}} if refused else child)
        yield _as_additional(lifted(narrow, name, found.below("*")), refused=refused)


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
