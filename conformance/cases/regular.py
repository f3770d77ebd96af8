"""What regular expressions find, decided by automata: whether one finds all that another does, and how long it is.

Plain are characters, classes, repetitions, groups, alternatives, and anchors at the ends; others are left undecided.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from math import inf
from re import _constants as sre  # the parser of `re` has no public name
from re import _parser as parser
from typing import Any

MOST_STATES = 2_000
MOST_PAIRS = 20_000
_LAST = 0x10FFFF
_CLASSES = {
    sre.CATEGORY_DIGIT: ((48, 57),),
    sre.CATEGORY_WORD: ((48, 57), (65, 90), (95, 95), (97, 122)),
    sre.CATEGORY_SPACE: ((9, 13), (32, 32), (160, 160), (0xFEFF, 0xFEFF)),
}
_NEGATED = {
    sre.CATEGORY_NOT_DIGIT: sre.CATEGORY_DIGIT,
    sre.CATEGORY_NOT_WORD: sre.CATEGORY_WORD,
    sre.CATEGORY_NOT_SPACE: sre.CATEGORY_SPACE,
}
Ranges = tuple[tuple[int, int], ...]


class _NotPlainError(ValueError):
    """The expression has a part that no automaton of ours models."""


@dataclass
class _Automaton:
    """States are numbers; `steps` go by a character, `free` ones by nothing."""

    steps: list[list[tuple[Ranges, int]]] = field(default_factory=list)
    free: list[list[int]] = field(default_factory=list)
    last: int = 0

    def state(self) -> int:
        if len(self.steps) >= MOST_STATES:
            raise _NotPlainError("too large")
        self.steps.append([])
        self.free.append([])
        return len(self.steps) - 1

    def closure(self, states: Iterator[int] | list[int] | set[int]) -> frozenset[int]:
        found, todo = set(states), list(states)
        while todo:
            for following in self.free[todo.pop()]:
                if following not in found:
                    found.add(following)
                    todo.append(following)
        return frozenset(found)

    def after(self, states: frozenset[int], code: int) -> frozenset[int]:
        return self.closure(
            {to for s in states for ranges, to in self.steps[s] if any(low <= code <= high for low, high in ranges)}
        )


def contained(narrow: str, wide: str) -> bool:
    """Whether it is proved that whatever text `narrow` finds, `wide` finds as well."""
    return counterexample(narrow, wide) is None


@lru_cache(maxsize=512)
def counterexample(narrow: str, wide: str) -> str | bool | None:
    """A text that only `narrow` finds; None if it is proved that there is none; False if that is not known."""
    try:
        mine, theirs = _automaton(narrow), _automaton(wide)
    except (_NotPlainError, re.error, RecursionError, OverflowError):
        return False
    return _search(mine, theirs)


@lru_cache(maxsize=512)
def lengths(pattern: str) -> tuple[int, float]:
    """Between how many characters a text has that a pattern finds, as far as that is known: 0 to infinity if not."""
    try:
        made = _automaton(pattern)
    except (_NotPlainError, re.error, RecursionError, OverflowError):
        return 0, inf
    states, found = made.closure([0]), []
    for length in range(len(made.steps) + 1):  # whoever walks further has been somewhere twice
        if made.last in states:
            found.append(length)
        states = made.closure({to for state in states for _, to in made.steps[state]})
        if not states:
            break
    return min(found, default=0), inf if states else max(found, default=0)


def _search(mine: _Automaton, theirs: _Automaton) -> str | bool | None:
    letters = _letters(mine, theirs)
    start = (mine.closure([0]), theirs.closure([0]))
    seen, todo = {start}, [(start, "")]
    for (one, other), text in todo:
        if mine.last in one and theirs.last not in other:
            return text
        for code in letters:
            pair = (mine.after(one, code), theirs.after(other, code))
            if pair[0] and pair not in seen:
                seen.add(pair)
                todo.append((pair, text + chr(code)))
        if len(seen) > MOST_PAIRS:
            return False
    return None


def _letters(*automata: _Automaton) -> list[int]:
    """One character of each class that no step tells apart, letters and digits first."""
    ranges = [r for a in automata for steps in a.steps for all_of, _ in steps for r in all_of]
    borders = sorted({0, 97, *(low for low, _ in ranges), *(high + 1 for _, high in ranges if high < _LAST)})
    usable = [code for code in borders if not 0xD800 <= code <= 0xDFFF]
    return sorted(usable, key=lambda code: (not chr(code).isalnum(), not chr(code).isprintable(), code))


def _automaton(pattern: str) -> _Automaton:
    made = _Automaton()
    start, items = made.state(), list(parser.parse(pattern))
    opened = not (items and items[0] == (sre.AT, sre.AT_BEGINNING))
    closed = bool(items and items[-1] == (sre.AT, sre.AT_END))
    items = items[0 if opened else 1 : -1 if closed else None]
    anything: Ranges = ((0, _LAST),)
    if opened:
        made.steps[start].append((anything, start))
    made.last = _sequence(made, start, items)
    if not closed:
        made.steps[made.last].append((anything, made.last))
    return made


def _sequence(made: _Automaton, at: int, items: Any) -> int:
    for operation, argument in items:
        at = _item(made, at, operation, argument)
    return at


def _item(made: _Automaton, at: int, operation: Any, argument: Any) -> int:
    if operation in (sre.LITERAL, sre.NOT_LITERAL, sre.ANY, sre.IN):
        end = made.state()
        made.steps[at].append((_ranges(operation, argument), end))
        return end
    if operation is sre.SUBPATTERN:
        return _sequence(made, at, argument[3])
    if operation is sre.BRANCH:
        end = made.state()
        for branch in argument[1]:
            first = made.state()
            made.free[at].append(first)
            made.free[_sequence(made, first, branch)].append(end)
        return end
    if operation in (sre.MAX_REPEAT, sre.MIN_REPEAT):
        return _repeated(made, at, *argument)
    raise _NotPlainError(str(operation))


def _repeated(made: _Automaton, at: int, low: int, high: Any, items: Any) -> int:
    for _ in range(low):
        at = _sequence(made, at, items)
    if high is sre.MAXREPEAT:
        loop = made.state()
        made.free[at].append(loop)
        made.free[_sequence(made, loop, items)].append(loop)
        return loop
    end = made.state()
    made.free[at].append(end)
    for _ in range(int(high) - low):
        at = _sequence(made, at, items)
        made.free[at].append(end)
    return end


def _ranges(operation: Any, argument: Any) -> Ranges:
    if operation is sre.ANY:  # any character but those that end a line
        return ((0, 9), (11, 12), (14, 0x2027), (0x202A, _LAST))
    if operation is sre.LITERAL:
        return ((argument, argument),)
    if operation is sre.NOT_LITERAL:
        return _complement(((argument, argument),))
    negated = argument[0] == (sre.NEGATE, None)
    found = tuple(r for part in argument[1 if negated else 0 :] for r in _of_class(*part))
    return _complement(found) if negated else found


def _of_class(operation: Any, argument: Any) -> Ranges:
    if operation is sre.RANGE:
        return ((int(argument[0]), int(argument[1])),)
    if operation is sre.LITERAL:
        return ((int(argument), int(argument)),)
    if operation is sre.CATEGORY and argument in _NEGATED:
        return _complement(_CLASSES[_NEGATED[argument]])
    if operation is sre.CATEGORY and argument in _CLASSES:
        return _CLASSES[argument]
    raise _NotPlainError(str(operation))


def _complement(ranges: Ranges) -> Ranges:
    found, at = [], 0
    for low, high in sorted(ranges):
        if low > at:
            found.append((at, low - 1))
        at = max(at, high + 1)
    return (*found, (at, _LAST)) if at <= _LAST else tuple(found)
