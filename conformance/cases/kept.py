"""Kept values: computed as far as they were asked for, and no second time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


class Kept:
    """The values of an iterator; what they were computed of lives as long as they do, for it is known by its id."""

    def __init__(self, source: Any, rest: Iterator[Any]) -> None:
        self.source = source
        self._found: list[Any] = []
        self._rest = rest

    def __iter__(self) -> Iterator[Any]:
        index = 0
        while True:
            if index == len(self._found):
                try:
                    self._found.append(next(self._rest))
                except (StopIteration, ValueError):  # ValueError: asked for while being computed, by a recursive schema
                    return
            yield self._found[index]
            index += 1
