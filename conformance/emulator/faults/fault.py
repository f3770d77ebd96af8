"""A fault: one deliberate defect, and what must notice it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from conformance.emulator.behaviour import Behaviour

Change = Callable[[Behaviour], Behaviour]


@dataclass(frozen=True, slots=True)
class Fault:
    """One deliberate defect: `breaks` says in a sentence what is wrong, `catches` the requirements, main one first."""

    id: str
    family: str
    breaks: str
    catches: tuple[str, ...]
    change: Change
