"""Webhooks: here the server sends, so what the new version may send has to be what the old one described."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.compat import hunt, media, requests
from conformance.compat.attribute import shown
from conformance.compat.finding import CALLERS, UNDECIDED, Finding, Witness
from conformance.compat.inclusion import Inclusion
from conformance.compat.outcome import Outcome
from conformance.compat.side import Described, Side
from conformance.contract.schema import Schema


def compare(old: Side, new: Side, admitted: Inclusion) -> Iterator[Finding]:
    """Events that are gone, and events that their receivers never had to expect."""
    for route, before in old.webhooks.items():
        name = f"{before.operation.method} webhook {before.operation.path.removeprefix('/')}"
        after = new.webhooks.get(route)
        if after is None:
            yield Finding(CALLERS, name, "event", "removed", "the event is gone: it was promised", _sample(before))
        else:
            yield from _event(name, before, after, admitted)


def _sample(before: Described) -> Witness | None:
    found = requests.example(before)
    return Witness("request", found[0], "it was sent; the new version has no such event") if found else None


def _event(name: str, before: Described, after: Described, admitted: Inclusion) -> Iterator[Finding]:
    for new_type, old_type in media.pairs(after.bodies, before.bodies):
        if old_type is None:
            text = f"an event may now come as {new_type}"
            yield Finding(CALLERS, name, "event body", "content", text)
            continue
        now = requests.document(requests.with_body(after.operation, after.bodies.get(new_type or "")))
        then = requests.document(requests.with_body(before.operation, before.bodies.get(old_type)))
        yield from _findings(name, admitted.compare(now, then), now, then)


def _findings(name: str, found: Outcome, now: Schema, then: Schema) -> Iterator[Finding]:
    for gap in found.gaps:
        place = f"event {shown(gap.pointer)}"
        if not hunt.valid(now, gap.value) or hunt.valid(then, gap.value):
            yield Finding(UNDECIDED, name, place, gap.keyword, "the value that was found does not show it as a whole")
            continue
        witness = Witness("request", requests.cleaned(gap.value), "it may come now; nobody had to expect it")
        yield Finding(CALLERS, name, place, gap.keyword, requests.wording(gap, "answer"), witness)
    for doubt in found.doubts:
        yield Finding(UNDECIDED, name, f"event {shown(doubt.pointer)}", doubt.keyword, doubt.reason)
