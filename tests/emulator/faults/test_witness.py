"""Every fault can be seen where it says that it can."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from conformance.emulator.faults import REGISTRY
from tests.emulator.faults.batteries import BATTERIES, Battery, again_and_again, battery
from tests.emulator.faults.observer import Observer
from tests.emulator.talking import Caller


@cache
def faithful(caller: Caller, requests: Battery) -> list[Any]:
    """What the emulator answers to a battery when nothing is wrong with it."""
    caller.switch()
    return list(requests(Observer(caller)))


@pytest.mark.parametrize("fault", REGISTRY.values(), ids=REGISTRY)
def test_fault_shows(caller: Caller, fault: Any) -> None:
    """Some request that exercises a fault's main requirement is answered otherwise than without the fault."""
    requests = battery(fault.family, fault.catches[0])
    expected = faithful(caller, requests)

    caller.switch(fault.id)
    observed = requests(Observer(caller))

    assert any(seen != faithfully for seen, faithfully in zip(observed, expected, strict=False))


@pytest.mark.parametrize("requests", [*(requests for _, requests in BATTERIES), again_and_again])
def test_nothing_shows_without_a_fault(caller: Caller, requests: Battery) -> None:
    """The same requests are answered alike when nothing is wrong: what shows is the fault."""
    expected = faithful(caller, requests)

    caller.switch()

    assert list(requests(Observer(caller))) == expected
