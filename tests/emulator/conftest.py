"""One emulator for all tests; each test finds it as it is at the start."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from conformance.emulator.server import Embedded
from tests.emulator.talking import Caller


@pytest.fixture(scope="session")
def emulator() -> Iterator[str]:
    """The URL of an emulator whose faults can be switched."""
    with Embedded(switchable=True) as embedded:
        yield embedded.url()


@pytest.fixture(scope="session")
def _caller(emulator: str) -> Iterator[Caller]:
    caller = Caller(emulator)
    yield caller
    caller.close()


@pytest.fixture
def caller(_caller: Caller) -> Caller:
    """A connection to the emulator in its first state, without faults."""
    _caller.switch()
    return _caller
