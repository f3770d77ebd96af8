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


def is_beyond_requests(requirement: str) -> bool:
    """Whether a requirement, by its id, is judged on all that may be accepted: it speaks of answers or of states."""
    return any(side in requirement for side in ("/response/", "/state/", "/rule/", "/rehearsal/"))
