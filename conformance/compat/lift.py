"""Lifting: what tells two members or items apart, shown in whole values of what holds them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from conformance.compat import algebra, hunt
from conformance.compat.outcome import Doubt, Gap, Outcome
from conformance.contract.schema import Schema


def lifted(found: Outcome, hosting: Callable[[Any], Schema]) -> Outcome:
    """The outcome of a part as one of its whole; `hosting` is the schema of the wholes with this very value in them."""
    gaps: list[Gap] = []
    doubts = list(found.doubts)
    for each in found.gaps:
        host = hosting(each.value)
        whole = hunt.element(host)
        if whole:
            gaps.append(Gap(each.pointer, each.keyword, whole[0], each.undescribed))
        elif not algebra.empty(host):
            doubts.append(Doubt(each.pointer, each.keyword, "no whole value was found that holds this difference"))
    return Outcome(tuple(gaps), tuple(doubts))
