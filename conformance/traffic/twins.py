"""Twins found in traffic: the accepted request that is equal to a refused one but for its one fault."""

from __future__ import annotations

from collections import OrderedDict, deque
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
    _waiting: deque[Refusal] = field(default_factory=lambda: deque(maxlen=WAITING))

    def refused(self, refusal: Refusal) -> bool:
        """Whether the twin of a refusal was accepted before; if not, the refusal waits for it."""
        parts = _parts(refusal.pointer)
        if any(equal_but(refusal.step.document, each, parts) for each in reversed(self._accepted.values())):
            return True
        if not any(each.requirement == refusal.requirement for each in self._waiting):
            self._waiting.append(refusal)
        return False

    def accepted(self, document: Document) -> Iterator[Refusal]:
        """The refusals whose twin this accepted request is."""
        text = repr(document)
        if text not in self._accepted:
            self._accepted[text] = document
            if len(self._accepted) > REMEMBERED:
                self._accepted.popitem(last=False)
            proved = [each for each in self._waiting if equal_but(each.step.document, document, _parts(each.pointer))]
            for refusal in proved:
                self._waiting.remove(refusal)
            yield from proved


def _parts(pointer: str) -> tuple[str, ...]:
    return tuple(pointer.split("/")[1:])


def equal_but(one: Any, other: Any, parts: tuple[str, ...]) -> bool:
    """Whether two documents are equal everywhere but at a place, which either may lack; a * is all of its array."""
    if not parts:
        return bool(one == other)
    head, rest = unescape(parts[0]), parts[1:]
    if isinstance(one, list) and isinstance(other, list):
        return parts[0] == "*" or (head.isdigit() and _items(one, other, int(head), rest))
    if parts[0] == "*" or not isinstance(one, dict) or not isinstance(other, dict):
        return parts[0] == "*"
    others = {name for name in (*one, *other) if name != head}
    if any(name not in other or name not in one or other[name] != one[name] for name in others):
        return False
    return not rest or (head in one and head in other and equal_but(one[head], other[head], rest))


def _items(one: list[Any], other: list[Any], at: int, rest: tuple[str, ...]) -> bool:
    if one[:at] != other[:at] or one[at + 1 :] != other[at + 1 :]:
        return False
    return not rest or (at < len(one) and at < len(other) and equal_but(one[at], other[at], rest))
