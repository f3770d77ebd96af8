"""Laws of the sample: any number of faults, spread evenly, the fewer among the more."""

from __future__ import annotations

from collections import Counter

from bench.peers.sample import faults, ordered
from conformance.emulator.faults import FAMILIES, REGISTRY


def test_every_fault_comes_once() -> None:
    """The whole order is the whole registry."""
    assert sorted(faults(len(REGISTRY))) == sorted(REGISTRY)


def test_the_fewer_are_among_the_more() -> None:
    """A larger sample only adds."""
    assert faults(60)[:20] == faults(20)


def test_each_family_has_its_share() -> None:
    """Of every beginning, a family has its share give or take one."""
    families = [[f"{size}.{number}" for number in range(size)] for size in (40, 20, 10)]

    order = ordered(families)

    for count in (7, 14, 35, 70):
        shares = Counter(fault.partition(".")[0] for fault in order[:count])
        assert all(abs(shares[str(len(family))] - count * len(family) / 70) <= 1 for family in families)


def test_a_family_is_not_tried_from_its_beginning() -> None:
    """The first of a family's faults in the order lie apart in the registry."""
    large = [fault.id for fault in max(FAMILIES, key=len)]

    first = [large.index(fault) for fault in ordered([large])[:5]]

    assert min(abs(a - b) for a in first for b in first if a != b) > len(large) / 20
