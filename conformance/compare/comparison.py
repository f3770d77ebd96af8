"""Comparing two sides, case by case."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from conformance.compare.difference import Difference, Group, Groups
from conformance.compare.side import Asked, Side
from conformance.compare.volatile import Leaves, Places, general
from conformance.contract.operation import Contract

_SHORTEST_IDENTITY = 8  # characters


@dataclass(frozen=True, slots=True)
class Figure:
    """How many of how many are alike."""

    alike: int
    compared: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """What came of it. `decisions` counts equal statuses, `answers` equal answers among those."""

    reference: Side
    candidate: Side
    decisions: Figure
    answers: Figure
    contested: Figure
    groups: tuple[Group, ...] = ()
    wording: int = 0  # answers that only say the same in other words
    left_out: Counter[str] = field(default_factory=Counter)  # cases that cannot be compared, by reason
    volatile: tuple[str, ...] = ()
    incomplete: str | None = None


def compared(contract: Contract, reference: Side, again: Side | None, candidate: Side) -> Comparison:
    """The comparison of a candidate with a reference, whose second answers (`again`) tell what is volatile."""
    return _Comparer(contract, reference, again, candidate).all()


class _Identities:
    """Where each volatile text of one run was seen first: what must reappear has to reappear on both sides."""

    def __init__(self) -> None:
        self._first: dict[str, str] = {}

    def of(self, text: Any, where: str) -> str:
        if not isinstance(text, str) or len(text) < _SHORTEST_IDENTITY:
            return type(text).__name__
        return self._first.setdefault(text, where)


class _Comparer:
    def __init__(self, contract: Contract, reference: Side, again: Side | None, candidate: Side) -> None:
        self._reference, self._again, self._candidate = reference, again, candidate
        self._places = Places(contract)
        self._groups = Groups(reference, candidate)
        self._left_out: Counter[str] = Counter()
        self._counts: Counter[str] = Counter()
        self._identities = [_Identities() for _ in range(3)]

    def all(self) -> Comparison:
        for name, asked in self._reference.cases.items():
            repeated = self._again.cases.get(name, asked) if self._again is not None else asked
            self._places.learn(self._reference, asked, repeated)
        for name, asked in self._reference.cases.items():
            self._case(name, asked)
        for name in self._candidate.cases:
            self._left_out["the reference was not asked"] += name not in self._reference.cases
        counts = self._counts
        return Comparison(
            self._reference,
            self._candidate,
            Figure(counts["decided alike"], counts["compared"]),
            Figure(counts["answered alike"], counts["decided alike"]),
            Figure(counts["contested alike"], counts["contested"]),
            tuple(self._groups.found.values()),
            counts["wording"],
            +self._left_out,
            tuple(sorted(f"{operation}/response/{status}{place}" for operation, status, place in self._places.known)),
        )

    def _case(self, name: str, asked: Asked) -> None:
        other = self._candidate.cases.get(name)
        repeated = self._again.cases.get(name) if self._again is not None else asked
        reason = self._reason(asked, repeated, other)
        if reason is not None or other is None:
            self._left_out[reason or ""] += 1
            return
        self._counts["compared"] += 1
        self._counts["contested"] += asked.contested
        if asked.status != other.status:
            said = _status(asked), _status(other)
            self._groups.add(Difference("decision", asked.operation, asked.requirement, other, *said))
            return
        self._counts["decided alike"] += 1
        self._counts["contested alike"] += asked.contested
        differences = list(self._answers(asked, repeated or asked, other))
        for difference in differences:
            self._groups.add(difference)
        self._counts["answered alike"] += not differences

    def _reason(self, asked: Asked, repeated: Asked | None, other: Asked | None) -> str | None:
        """Why a case cannot be compared."""
        if other is None:
            return "the candidate could not be asked"
        if self._again is not None and (repeated is None or repeated.status != asked.status):
            return "the reference answers differently each time"
        sent = self._reference.request(asked.exchange.request), self._candidate.request(other.exchange.request)
        return None if sent[0] == sent[1] else "the candidate had to be asked something else"

    def _answers(self, asked: Asked, repeated: Asked, other: Asked) -> Iterator[Difference]:
        sides = (self._reference, self._again or self._reference, self._candidate)
        one, two, three = (
            self._places.leaves(side, each) for side, each in zip(sides, (asked, repeated, other), strict=True)
        )
        reworded = False
        steady = self._places.as_found(sides[0], asked) & self._places.as_found(sides[2], other)
        for pointer in {**one, **three}:
            place = (asked.operation, asked.status, general(pointer))
            if place in self._places:
                said = self._identity(asked, pointer, (one, two, three))
            else:
                said = one.get(pointer, _ABSENT), three.get(pointer, _ABSENT)
            same = said[0] == said[1] and type(said[0]) is type(said[1])
            if same or any(pointer == member or pointer.startswith(f"{member}/") for member in steady):
                continue
            if asked.status >= 400 and _is_prose(*said):
                reworded = True
                continue
            requirement = f"{asked.operation}/response/{asked.status}{general(pointer)}"
            yield Difference("answer", asked.operation, requirement, other, _short(said[0]), _short(said[1]))
        self._counts["wording"] += reworded

    def _identity(self, asked: Asked, pointer: str, leaves: tuple[Leaves, Leaves, Leaves]) -> tuple[Any, Any]:
        """A volatile place: nothing to compare but whether its value is one that was seen before."""
        if any(general(pointer) == stated or general(pointer).startswith(f"{stated}/")
               for stated in self._places.stated(asked.operation)):  # fmt: skip
            present = tuple(pointer in each for each in (leaves[0], leaves[2]))
            return present[0], present[1]
        where = f"{asked.case}{pointer}"
        known = [
            identities.of(each.get(pointer), where) for identities, each in zip(self._identities, leaves, strict=True)
        ]
        return (known[0], known[2]) if known[0] == known[1] else ("", "")


class _Absent:
    def __repr__(self) -> str:
        return "nothing there"


_ABSENT = _Absent()


def _is_prose(one: Any, other: Any) -> bool:
    """Whether both are sentences for people, which nobody promises."""
    return isinstance(one, str) and isinstance(other, str) and (" " in one or " " in other)


def _status(asked: Asked) -> str:
    response, failure = asked.exchange.response, asked.exchange.failure
    if response is None:
        return f"no answer: {failure.detail}" if failure is not None else "no answer"
    return f"{response.status} {response.reason}".strip()


def _short(value: Any) -> str:
    if value is _ABSENT:
        return repr(value)
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 120 else f"{text[:117]}..."
