"""Laws of drawn cases: valid requests are valid for everybody, and the same for the same seed."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.cases.drawn import drawn
from conformance.cases.host import Hosts
from tests.toy_contracts import posting, read

SCHEMA = {
    "type": "object",
    "required": ["sizes"],
    "properties": {"sizes": {"type": "array", "items": {"type": "number"}}},
}


def accepted(seed: int) -> list[Any]:
    """The bodies that are drawn as acceptable."""
    contract = read(posting(SCHEMA))
    hosts = Hosts(contract, contract.operations["make"], {}, {"": {}}, contract.settings)
    return [case.request["body"] for case in drawn(hosts, seed) if case.expect == "accept"]


def numbers(value: Any) -> list[float]:
    """Every number in a value."""
    if isinstance(value, dict | list):
        return [n for part in (value.values() if isinstance(value, dict) else value) for n in numbers(part)]
    return [value] if isinstance(value, int | float) else []


@pytest.mark.parametrize("seed", [1, 2])
def test_no_number_is_beyond_what_everybody_holds(seed: int) -> None:
    """A server may round, or refuse, what a double does not hold exactly: acceptance is not demanded there."""
    bodies = accepted(seed)

    assert len(bodies) > 10
    assert all(abs(number) < 2**53 for body in bodies for number in numbers(body))


def test_the_same_seed_draws_the_same() -> None:
    """A run can be repeated."""
    assert accepted(1) == accepted(1)
