"""Twins found in traffic: the accepted request that is equal to a refused one but for its one fault."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from conformance.cases.case import Document
from conformance.judge.step import Step
from conformance.requirements.site import unescape

REMEMBERED = 256  # accepted requests of one operation
WAITING = 32  # refusals of one operation that have no twin yet


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refused request, the requirement that it alone breaks, and the pointer at which it does."""

    requirement: str
    pointer: str
    step: Step
    expected: str


@dataclass
class Twins:
    """What one operation's traffic accepted and refused of late; memory is bounded, so an old twin may be forgotten."""

    _accepted: OrderedDict[str, Document] = field(default_factory=OrderedDict)
    _waiting: dict[str, tuple[Refusal, str | None]] = field(default_factory=dict)  # by requirement
    _spelled: dict[str, OrderedDict[str, None]] = field(default_factory=dict)  # what was accepted, but for a pointer

    def refused(self, refusal: Refusal) -> bool:
        """Whether the twin of a refusal was accepted before; if not, the refusal waits for it."""
        pointer = refusal.pointer
        if pointer not in self._spelled:
            found = (but(document, pointer) for document in self._accepted.values())
            self._spelled[pointer] = OrderedDict.fromkeys(text for text in found if text is not None)
        spelled = but(refusal.step.document, pointer)
        if spelled in self._spelled[pointer]:
            return True
        if refusal.requirement not in self._waiting:
            self._waiting[refusal.requirement] = refusal, spelled
            if len(self._waiting) > WAITING:
                del self._waiting[next(iter(self._waiting))]
        return False

    def accepted(self, document: Document) -> Iterator[Refusal]:
        """The refusals whose twin this accepted request is."""
        text = repr(document)
        if text in self._accepted:
            return
        self._accepted[text] = document
        if len(self._accepted) > REMEMBERED:
            self._accepted.popitem(last=False)
        for pointer, known in self._spelled.items():
            spelled = but(document, pointer)
            if spelled is not None:
                known[spelled] = None
                if len(known) > REMEMBERED:
                    known.popitem(last=False)
        yield from self._proved()

    def _proved(self) -> Iterator[Refusal]:
        """Those that wait for this twin; where nobody waits any more, nothing is spelled."""
        for name, (refusal, spelled) in tuple(self._waiting.items()):
            known = self._spelled.get(refusal.pointer, ())
            if spelled is not None and spelled in known:
                del self._waiting[name]
                yield refusal
        waiting = {refusal.pointer for refusal, _ in self._waiting.values()}
        for pointer in tuple(self._spelled):
            if pointer not in waiting:
                del self._spelled[pointer]


def but(document: Any, pointer: str) -> str | None:
    """A document as a text that is the same for all that differ at one place only; None if it has no such place.

    The place itself may be empty. A * is all of its array.
    """
    try:
        return json.dumps(_cut(document, pointer.split("/")[1:]), sort_keys=True, separators=(",", ":"))
    except LookupError:
        return None


def _cut(value: Any, parts: list[str]) -> Any:
    """A value without what stands at a place."""
    if not parts or parts[0] == "*":
        return None
    head, rest = unescape(parts[0]), parts[1:]
    if isinstance(value, list) and head.isdigit():
        at = int(head)
        return [*value[:at], _cut(value[at], rest) if rest else None, *value[at + 1 :]]
    if not isinstance(value, dict):
        raise LookupError(head)
    others = {name: inner for name, inner in value.items() if name != head}
    return {**others, head: _cut(value[head], rest)} if rest else others
