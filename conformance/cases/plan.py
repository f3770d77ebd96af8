"""A plan: what is wanted of the cases."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plan:
    """What is wanted of the cases: how many, and what may be done to the target."""

    profile: str = "standard"
    seed: int = 1
    wanted: frozenset[str] | None = None  # ids of requirements; None is all
    foreign_methods: bool = True
    taken_methods: frozenset[str] = frozenset()
    real: bool = True  # whether calls with an effect may be sent
    rehearsals: bool = True
