"""Servers for the generated client."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from huaweicloud_addresses import AuthenticatedClient

from conformance.emulator.server import Embedded
from tests.generated.loopback import Loopback
from tests.generated.operations import client_of


@pytest.fixture(scope="session")
def loopback() -> Iterator[Loopback]:
    """A server that answers what it is told."""
    with Loopback() as server:
        yield server


@pytest.fixture(scope="session")
def told(loopback: Loopback) -> Iterator[AuthenticatedClient]:
    """A client of that server."""
    with client_of(loopback.url) as client:
        yield client


@pytest.fixture(scope="session")
def emulator() -> Iterator[str]:
    """The URL of an emulator without faults."""
    with Embedded() as embedded:
        yield embedded.url()


@pytest.fixture(scope="session")
def emulated(emulator: str) -> Iterator[AuthenticatedClient]:
    """A client of the emulator."""
    with client_of(emulator) as client:
        yield client
