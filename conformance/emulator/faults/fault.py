"""A fault: one deliberate defect, and what must notice it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from conformance.emulator.behaviour import UPDATE, Behaviour

Change = Callable[[Behaviour], Behaviour]
Maker = Callable[[str, str, str, Change], "Fault"]

BODY = f"{UPDATE}/request/body"
OPTION = f"{BODY}/address_group"
RULE = f"{UPDATE}/rule"
STATE = f"{UPDATE}/state"


@dataclass(frozen=True, slots=True)
class Fault:
    """One deliberate defect: `breaks` says in a sentence what is wrong, `catches` the requirements, main one first."""

    id: str
    family: str
    breaks: str
    catches: tuple[str, ...]
    change: Change


def family(name: str) -> Maker:
    """Makes the faults of a family from id, sentence, requirements (separated by blanks) and change."""

    def make(fault_id: str, breaks: str, catches: str, change: Change) -> Fault:
        return Fault(fault_id, name, breaks, tuple(catches.split()), change)

    return make


Row = tuple[str, str, Change]  # the end of an id, the sentence, the change


def under(make: Maker, who: str, catches: str, *rows: Row) -> tuple[Fault, ...]:
    """Several faults of one requirement, their ids beginning with the same word."""
    return tuple(make(f"{who}-{name}", breaks, catches, change) for name, breaks, change in rows)
