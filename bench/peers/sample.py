"""Which faults are tried: any number of them, spread evenly over the families, the fewer always among the more."""

from __future__ import annotations

from collections.abc import Sequence

from conformance.emulator.faults import FAMILIES

_GOLDEN = 0.6180339887498949  # of its multiples, any first few lie evenly in the unit interval


def ordered(families: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """All faults, so that each beginning holds about the same share of every family."""
    shares = [
        ((rank + 0.5) / len(family), fault) for family in families for rank, fault in enumerate(_scattered(family))
    ]
    return tuple(fault for _, fault in sorted(shares, key=lambda share: share[0]))


def faults(count: int) -> tuple[str, ...]:
    """The first faults of the emulator's in that order."""
    return ordered([[fault.id for fault in family] for family in FAMILIES])[:count]


def _scattered(family: Sequence[str]) -> list[str]:
    places = sorted(range(len(family)), key=lambda place: place * _GOLDEN % 1)
    rank = {place: position for position, place in enumerate(places)}
    return [family[rank[place]] for place in range(len(family))]
