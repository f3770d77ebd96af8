"""The near misses of a format, shared out among the places where it stands: most likely one code checks them all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from conformance.cases.case import Candidate
from conformance.contract.schema import Schema, validator

PLACES = 4  # that get the first near misses of a format; further ones get a quarter of them
FIRST, NEXT = 52, 28  # near misses that each place gets, and as many more in turn, others at each


@dataclass(frozen=True, slots=True)
class Turns:
    """Whose turn it is, by format; with `every` all near misses are made, those of others' turns with a later rank."""

    every: bool
    _counts: Counter[str] = field(default_factory=Counter)

    def due(self, schema: Schema, made: Iterator[Candidate]) -> Iterator[Candidate]:
        """Of the candidates at the next place of a format those that are tried there."""
        turn, number = self._counts[schema["format"]], 0
        self._counts[schema["format"]] += 1
        fits = validator(schema).is_valid
        for candidate in made:
            if fits(candidate.value):
                yield candidate
                continue
            if candidate.rank == 0 or _is_due(number, turn):
                yield candidate
            elif self.every:
                yield replace(candidate, rank=2)
            number += 1


def _is_due(number: int, turn: int) -> bool:
    if number < FIRST:
        return turn < PLACES or (number + turn) % 4 == 0
    return 0 <= number - FIRST - turn * NEXT < NEXT
