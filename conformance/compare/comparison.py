"""Comparing two sides, case by case."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from conformance.compare.difference import Difference, Group, Groups, Kind
from conformance.compare.identity import Identities, Place, member, present
from conformance.compare.side import Asked, Side
from conformance.compare.volatile import Places, general
from conformance.contract.operation import Contract
from conformance.verdict import Result, Verdict
from conformance.wire import Exchange

_STEADY_METHODS = ("GET", "HEAD", "PUT", "OPTIONS")  # asked again, they answer alike


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
    verdicts: Figure = Figure(0, 0)  # requirements that were judged on both
    groups: tuple[Group, ...] = ()
    wording: int = 0  # answers that only say the same in other words
    left_out: Counter[str] = field(default_factory=Counter)  # cases that cannot be compared, by reason
    volatile: tuple[str, ...] = ()
    operations: Mapping[str, Figure] = field(default_factory=dict)  # wholly equal answers
    incomplete: str | None = None


def compared(contract: Contract, reference: Side, candidate: Side) -> Comparison:
    """The comparison of a candidate with a reference, whose answers to one request tell what is volatile."""
    return _Comparer(contract, reference, candidate).all()


class _Comparer:
    def __init__(self, contract: Contract, reference: Side, candidate: Side) -> None:
        self._reference, self._candidate = reference, candidate
        self._places = Places(contract)
        self._groups = Groups(reference, candidate)
        self._left_out: Counter[str] = Counter()
        self._counts: Counter[str] = Counter()
        self._identities = (Identities(), Identities())
        self._methods = {operation.id: operation.method for operation in contract.operations.values()}
        self._operations: dict[str, Counter[bool]] = {}

    def all(self) -> Comparison:
        met = set()
        for asked in self._reference.cases.values():
            self._places.learn(self._reference, asked)
        for asked in self._reference.cases.values():
            other = self._candidate.twin(asked, self._reference)
            met.add(other.case if other is not None else "")
            self._case(asked, other)
        self._left_out["the reference was not asked"] += sum(name not in met for name in self._candidate.cases)
        self._verdicts()
        return self._made()

    def _made(self) -> Comparison:
        counts = self._counts
        return Comparison(
            self._reference,
            self._candidate,
            Figure(counts["decided alike"], counts["compared"]),
            Figure(counts["answered alike"], counts["decided alike"]),
            Figure(counts["contested alike"], counts["contested"]),
            Figure(counts["judged alike"], counts["judged"]),
            tuple(self._groups.found.values()),
            counts["wording"],
            +self._left_out,
            tuple(sorted(f"{operation}/response/{status}{place}" for operation, status, place in self._places.known)),
            {name: Figure(each[True], each.total()) for name, each in self._operations.items()},
        )

    def _case(self, asked: Asked, other: Asked | None) -> None:
        reason = self._reason(asked, other)
        if reason is not None or other is None:
            self._left_out[reason or ""] += 1
            return
        self._counts["compared"] += 1
        self._counts["contested"] += asked.contested
        differences = list(self._decisions(asked, other))
        if not differences:
            self._counts["decided alike"] += 1
            self._counts["contested alike"] += asked.contested
            differences = list(self._answers(asked, other))
            self._counts["answered alike"] += not differences
        for difference in differences:
            self._groups.add(difference)
        self._operations.setdefault(asked.operation, Counter())[not differences] += 1

    def _reason(self, asked: Asked, other: Asked | None) -> str | None:
        """Why a case cannot be compared."""
        if other is None:
            return "the candidate could not be asked"
        steady = self._methods[asked.operation] in _STEADY_METHODS
        if steady and len(set(asked.statuses)) > 1 and other.status in asked.statuses:
            return "the reference answers differently each time"
        sent = (
            self._reference.names.request(asked.exchange.request),
            self._candidate.names.request(other.exchange.request),
        )
        return None if sent[0] == sent[1] else "the candidate had to be asked something else"

    def _decisions(self, asked: Asked, other: Asked) -> Iterator[Difference]:
        """The first answer with another status; one that comes only when asked again is said so."""
        for number, (one, two) in enumerate(zip(asked.exchanges, other.exchanges, strict=False)):
            said = _status(one), _status(two)
            if said[0][0] != said[1][0]:
                again = " (asked again)" if number else ""
                texts = [f"{text}{again}" for _, text in said]
                yield self._difference("decision", asked, other, asked.requirement, texts)
                return

    def _answers(self, asked: Asked, other: Asked) -> Iterator[Difference]:
        one = self._places.leaves(self._reference, asked, asked.exchange)
        two = self._places.leaves(self._candidate, other, other.exchange)
        steady = self._places.steady(asked) & self._places.steady(other)
        reworded = False
        for pointer in {**one, **two}:
            place = (asked.operation, asked.status, general(pointer))
            said = one.get(pointer, _ABSENT), two.get(pointer, _ABSENT)
            if self._alike(place, pointer, said, (asked, other)) or _below(pointer, steady):
                continue
            if asked.status >= 400 and _is_prose(*said):
                reworded = True
                continue
            yield self._difference("answer", asked, other, self._requirement(place), [_short(each) for each in said])
        self._counts["wording"] += reworded

    def _alike(self, place: Place, pointer: str, said: tuple[Any, Any], cases: tuple[Asked, Asked]) -> bool:
        """Whether two values mean the same: equal, the present, or what was given or is given at the same place."""
        one, two = said
        if self._places.stated(place):
            return (one is _ABSENT) == (two is _ABSENT)
        mine, theirs = self._identities
        name = member(pointer)
        if self._places.fresh(place) and type(one) is type(two) is not _Absent:
            new = not mine.known(one), not theirs.known(two)
            mine.learn(one, cases[0].case, name)
            theirs.learn(two, cases[0].case, name)
            if _same(one, two) or (present(one, cases[0].exchange) and present(two, cases[1].exchange)):
                return True
            return new[0] == new[1]
        origins = mine.origin(one, name), theirs.origin(two, name)
        if origins[0] is not None or origins[1] is not None:
            return origins[0] == origins[1] or _same(one, two)
        if present(one, cases[0].exchange) and present(two, cases[1].exchange):
            return True
        return place in self._places.known or self._equal(one, two)

    def _equal(self, one: Any, two: Any) -> bool:
        whole = self._reference.names.whole(one), self._candidate.names.whole(two)
        return _same(one, two) or _same(*whole)

    def _requirement(self, place: Place) -> str:
        """What a place of an answer is about: a law of the state that one side breaks, or the place itself."""
        name = self._places.member(place)
        for law in ("becomes", "kept") if name is not None else ():
            requirement = f"{place[0]}/state/{name}/{law}"
            if _parted(self._reference.results.get(requirement), self._candidate.results.get(requirement)):
                return requirement
        return f"{place[0]}/response/{place[1]}{place[2]}"

    def _difference(self, kind: Kind, asked: Asked, other: Asked, requirement: str, said: Sequence[str]) -> Difference:
        request = other.exchange.request
        return Difference(kind, asked.operation, requirement, asked.sent, request, said[0], said[1], asked.contested)

    def _verdicts(self) -> None:
        """Requirements that one side keeps and the other breaks, unless a difference shows it already."""
        for name, one in self._reference.results.items():
            two = self._candidate.results.get(name)
            if two is None or Verdict.UNPROVEN in (one.verdict, two.verdict):
                continue
            self._counts["judged"] += 1
            self._counts["judged alike"] += not _parted(one, two)
            if _parted(one, two) and not self._groups.about(name):
                self._groups.add(_from_results(one, two))


def _parted(one: Result | None, two: Result | None) -> bool:
    """Whether one side keeps a requirement that the other breaks."""
    verdicts = {each.verdict for each in (one, two) if each is not None}
    return Verdict.FAIL in verdicts and bool(verdicts & {Verdict.PASS, Verdict.NOTED})


def _from_results(one: Result, two: Result) -> Difference:
    broken = one if one.verdict is Verdict.FAIL else two
    shown = broken.evidence[0] if broken.evidence else None
    said = [(each.evidence[0].observed or str(each.verdict)) if each is broken and each.evidence else "as expected"
            for each in (one, two)]  # fmt: skip
    request = shown.exchange.request if shown is not None and shown.exchange is not None else None
    requirement = broken.requirement
    sent = shown.sent if shown is not None else ""
    of_reference = broken is one
    return Difference(
        "verdict", requirement.operation, requirement.id, sent, request, said[0], said[1], of_reference=of_reference
    )


class _Absent:
    def __repr__(self) -> str:
        return "nothing there"


_ABSENT = _Absent()


def _same(one: Any, two: Any) -> bool:
    """Equality of JSON values: 1 is 1.0, and not true."""
    return one == two and isinstance(one, bool) == isinstance(two, bool)


def _below(pointer: str, members: frozenset[str]) -> bool:
    return any(pointer == member or pointer.startswith(f"{member}/") for member in members)


def _is_prose(one: Any, other: Any) -> bool:
    """Whether both are sentences for people, which nobody promises."""
    return isinstance(one, str) and isinstance(other, str) and (" " in one or " " in other)


def _status(exchange: Exchange) -> tuple[int, str]:
    response, failure = exchange.response, exchange.failure
    if response is None:
        return 0, f"no answer: {failure.detail}" if failure is not None else "no answer"
    return response.status, f"{response.status} {response.reason}".strip()


def _short(value: Any) -> str:
    if value is _ABSENT:
        return repr(value)
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 120 else f"{text[:117]}..."
