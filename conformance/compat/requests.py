"""Requests: what callers may send is still accepted, or it is not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from conformance.compat import hunt, media
from conformance.compat.attribute import at, brief, requirements_of, shown
from conformance.compat.finding import CALLERS, SERVERS, UNDECIDED, Finding, Verdict, Witness
from conformance.compat.inclusion import Inclusion
from conformance.compat.outcome import Gap, Outcome
from conformance.compat.parameters import align, rewritten, textual
from conformance.compat.side import Described
from conformance.compat.stated import identical, stated
from conformance.contract.operation import Operation
from conformance.contract.schema import Schema
from conformance.requirements.derive import request_keywords

PARTS = ("path", "query", "header", "cookie")
_NOTHING: Schema = {"type": "object", "properties": {"": False}}  # an object that describes no member


def compare(name: str, before: Described, after: Described, inclusion: Inclusion) -> Iterator[Finding]:
    """What callers may no longer send, and what servers newly have to accept."""
    after_operation = align(before.operation, after.operation)
    yield from rewritten(name, before.operation, after_operation)
    for old_type, new_type in media.pairs(before.bodies, after.bodies):
        if new_type is None:
            yield _lost(name, str(old_type), before)
            continue
        narrow = with_body(before.operation, before.bodies.get(old_type or ""))
        wide = with_body(after_operation, after.bodies.get(new_type))
        if identical(narrow, wide) and before.operation.parameters == after_operation.parameters:
            continue
        old, new = document(narrow), document(textual(wide, narrow))
        label = f" ({old_type})" if len(before.bodies) > 1 else ""
        broken = inclusion.compare(old, new)
        yield from _findings(name, label, broken, (before.operation, after_operation), old, new)
        back = document(narrow), document(wide)
        yield from _for_servers(name, label, inclusion.compare(back[1], document(textual(narrow, wide))))


def example(described: Described) -> tuple[Any, ...]:
    """A request that a version accepts, in a tuple; an empty one if none was found."""
    media_type = described.operation.body.media_type if described.operation.body else ""
    return tuple(map(cleaned, hunt.element(document(with_body(described.operation, described.bodies.get(media_type))))))


def with_body(operation: Operation, body: Any) -> Schema:
    """The request schema of an operation with the body of one of its media types."""
    if body is None:
        return operation.request_schema
    return {**operation.request_schema, "properties": {**operation.request_schema["properties"], "body": body}}


def document(schema: Schema) -> Schema:
    """The schema of a whole request, with every part of it an object."""
    parts: Schema = {name: stated(part) for name, part in schema.get("properties", {}).items()}
    for where in PARTS:
        if where not in parts or parts[where] == {"type": "object"}:
            parts[where] = _NOTHING
    needed = {*PARTS, *schema.get("required", [])}
    return {"type": "object", "properties": parts, "required": sorted(needed)}


def cleaned(request: Any) -> Any:
    """A request without the parts that are empty."""
    if not isinstance(request, dict):
        return request
    return {name: part for name, part in request.items() if part != {} or name == "body"}


def _lost(name: str, media_type: str, before: Described) -> Finding:
    sample = hunt.element(document(with_body(before.operation, before.bodies[media_type])))
    said = f"a body of {media_type} was accepted"
    witness = Witness("request", {"media type": media_type, **cleaned(sample[0])}, said) if sample else None
    text = f"a body of {media_type} is no longer accepted"
    return Finding(CALLERS, name, "request body", "content", text, witness)


def _findings(
    name: str, label: str, found: Outcome, operations: tuple[Operation, Operation], old: Schema, new: Schema
) -> Iterator[Finding]:
    before, after = operations
    known = [placed.requirement for placed in request_keywords(after)] if found.gaps else []
    mine = [placed.requirement for placed in request_keywords(before)] if found.gaps else []
    for gap in found.gaps:
        place = f"request {shown(gap.pointer)}{label}"
        side, prefix = (mine, before.id) if gap.undescribed else (known, after.id)
        ids = requirements_of(gap, side, f"{prefix}/request")
        refused = hunt.valid(old, gap.value) and not hunt.valid(new, gap.value)
        if not refused and not (gap.undescribed and hunt.valid(old, gap.value)):
            reason = "the value that was found does not show it in a whole request"
            yield Finding(UNDECIDED, name, place, gap.keyword, reason, None, ids)
            continue
        said = "it worked; the new version refuses it"
        if not refused:
            said = "it worked; the new version says nothing of this member any more"
        text = _text(gap, before, after)
        yield Finding(CALLERS, name, place, gap.keyword, text, Witness("request", cleaned(gap.value), said), ids)
    for doubt in found.doubts:
        place = f"request {shown(doubt.pointer)}{label}"
        yield Finding(UNDECIDED, name, place, doubt.keyword, doubt.reason)


def _text(gap: Gap, before: Operation, after: Operation) -> str:
    parts = gap.pointer.split("/")
    if len(parts) != 3 or parts[1] not in PARTS or not (gap.undescribed or gap.keyword == "required"):
        return wording(gap, "request")
    other = after if gap.undescribed else before
    moved = next(
        (p.where for p in other.parameters if p.name.lower() == parts[2].lower() and p.where != parts[1]), None
    )
    if moved is None:
        return wording(gap, "request")
    source, target = (parts[1], moved) if gap.undescribed else (moved, parts[1])
    return f"the parameter {parts[2]} moved from {source} to {target}"


def wording(gap: Gap, side: str) -> str:
    """What changed at a gap's place, in a sentence."""
    subject = shown(gap.pointer) or side
    value = at(gap.value, gap.pointer)
    if gap.undescribed:
        return f"{subject} is no longer described"
    if gap.keyword == "required":
        return f"{subject} may no longer be left out" if side == "request" else f"{subject} may now be missing"
    shown_value = f": {brief(value[0])}" if value else ""
    if side == "request":
        return f"{subject} no longer takes everything that it took ({gap.keyword}){shown_value}"
    return f"{subject} may now be what it never was ({gap.keyword}){shown_value}"


def _for_servers(name: str, label: str, found: Outcome) -> Iterator[Finding]:
    verdict: Verdict = SERVERS
    for gap in found.gaps:
        subject = shown(gap.pointer) or "the request"
        text = (
            f"a server must newly understand {subject}"
            if gap.undescribed
            else (
                f"{subject} may now be left out"
                if gap.keyword == "required"
                else f"{subject} takes more than before ({gap.keyword})"
            )
        )
        witness = Witness("request", cleaned(gap.value), "a server newly has to accept it")
        yield Finding(verdict, name, f"request {shown(gap.pointer)}{label}", gap.keyword, text, witness)
