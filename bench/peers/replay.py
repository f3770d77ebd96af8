"""Whether a tool can tell a fault at all: its requests to the faithful server, answered once more with the fault.

The emulator answers by its state, its clock and the ids that it draws. With clock and ids that repeat, the same
requests get the same answers; so a tool that gets no other answer than before has nothing to find, and need not be
started to know that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import UUID

from conformance.emulator.behaviour import FAITHFUL
from conformance.emulator.call import Answer, Heard
from conformance.emulator.emulator import Emulator

_START = datetime(2026, 1, 1, tzinfo=UTC)


def tells(requests: Sequence[Heard], fault: str) -> bool:
    """Whether any of the requests, sent in this order from the beginning, is answered differently with the fault."""
    return any(one != other for one, other in zip(_answers(requests), _answers(requests, fault), strict=True))


def _answers(requests: Sequence[Heard], *faults: str) -> Iterator[Answer]:
    moments, ids = count(), count()
    repeating = replace(
        FAITHFUL,
        now=lambda world: _START + timedelta(milliseconds=next(moments)),
        request_id=lambda world: str(UUID(int=next(ids))),
    )
    return map(Emulator(faults, repeating).respond, requests)
