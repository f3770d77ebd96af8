"""Laws of hosts: where the values of path parameters come from."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.cases.derive import Plan, derive
from conformance.cases.host import Hosts, listed, typed
from tests.toy_contracts import asking, read


def hosts_of(schema: Any, fixtures: dict[str, str]) -> Hosts:
    """The hosts of an operation with one path parameter, `kind`."""
    parameter = {"name": "kind", "in": "path", "required": True, "schema": schema}
    responses = {"200": {"description": "It."}, "404": {"description": "Unknown."}}
    contract = read(asking(parameter, path="/things/{kind}", responses=responses))
    return Hosts(contract, contract.operations["find"], fixtures, {}, {})


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"enum": ["oil", "tyres"]}, "oil"),
        ({"type": "boolean"}, True),
        ({"type": "array", "minItems": 2, "items": {"enum": ["EUR", "USD"]}}, ["EUR", "USD"]),
    ],
)
def test_a_parameter_whose_values_are_listed_needs_no_fixture(schema: Any, value: Any) -> None:
    """Where the document names all values there are, one of them is taken, and no other is called unknown."""
    hosts = hosts_of(schema, {})

    assert listed(schema)
    assert hosts.missing() == []
    assert hosts.frame({})["path"] == {"kind": value}
    assert not [c for c in derive(hosts, Plan("standard")) if c.requirement == "find/path/kind/unknown"]


def test_a_name_is_a_fixture() -> None:
    """A text of which the document lists no values names a thing that only the user knows."""
    assert hosts_of({"type": "string"}, {}).missing() == ["kind"]


@pytest.mark.parametrize(
    ("schema", "text", "value"),
    [
        ({"type": "array", "items": {"type": "string"}}, "EUR,USD", ["EUR", "USD"]),
        ({"type": "array", "items": {"type": "integer"}}, "1,2", [1, 2]),
        ({"type": "integer"}, "7", 7),
        ({"type": "number"}, "0.5", 0.5),
        ({"type": "string"}, "7", "7"),
    ],
)
def test_a_fixture_has_the_type_of_its_parameter(schema: Any, text: str, value: Any) -> None:
    """The text of a fixture is read as its parameter wants it, and cases are made of whatever it is."""
    hosts = hosts_of(schema, {"kind": text})

    assert typed(text, schema) == value
    assert hosts.frame({})["path"] == {"kind": value}
    assert derive(hosts, Plan("standard"))
