"""Laws of the cases of HTTP, JSON and identities."""

from __future__ import annotations

import re
from typing import Any

import pytest

from conformance.cases.case import Case
from conformance.cases.derive import derive
from conformance.cases.host import Hosts
from conformance.cases.plan import Plan
from tests.toy_contracts import SHELVES, asking, read

CONTRACT = read(SHELVES)


def cases(requirement: str, shelf: str = "a-1") -> list[Case]:
    """The cases of one requirement of the shelf that is changed."""
    state: dict[str, Any] = {"": {"room": 3}}
    hosts = Hosts(CONTRACT, CONTRACT.operations["changeShelf"], {"shelf": shelf}, state, {})
    return [case for case in derive(hosts, Plan()) if case.requirement == f"changeShelf/{requirement}"]


def test_a_credential_that_need_not_be_given() -> None:
    """Where the contract asks for a credential or for none, a request without one is accepted, and none is wrong."""
    schemes = {"securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "X-Key"}}}
    contract = read({**asking(), "components": schemes, "security": [{}, {"key": []}]})
    made = derive(Hosts(contract, contract.operations["find"], {}, {}, {}), Plan("quick"))

    found = [each for each in made if "/authentication/" in each.requirement]

    assert [(c.requirement, c.expect, c.sent, c.wire.credential) for c in found] == [
        ("find/authentication/optional", "accept", "no credential", "missing")
    ]


def test_the_nearest_neighbour() -> None:
    """An identity that differs in its last character only is unknown; of a short one somebody may have it."""
    long = "shelf-01234567890123"

    near = {case.request["path"]["shelf"] for case in cases("path/shelf/unknown", long)}
    short = {case.request["path"]["shelf"] for case in cases("path/shelf/unknown", "shelf-12")}

    assert [name for name in near if name != long and name[:-1] == long[:-1]]
    assert not [name for name in short if len(name) == 8 and name[:-1] == "shelf-1"]


@pytest.mark.parametrize("pattern", ["^[a-z]{3}-[0-9]{2}$", "^[A-Z]+$", "^[0-9]{4}$"])
def test_a_stranger_has_the_form_of_an_identity(pattern: str) -> None:
    """What names nothing is right in all else, so that it is unknown and not malformed."""
    schema = {"type": "string", "pattern": pattern}
    answers = {"200": {"description": "It."}, "404": {"description": "Unknown."}}
    parameter = {"name": "kind", "in": "path", "required": True, "schema": schema}
    contract = read(asking(parameter, path="/things/{kind}", responses=answers))
    known = next(v for v in ("abc-12", "abcd", "ABCD", "1234") if re.search(pattern, v))
    hosts = Hosts(contract, contract.operations["find"], {"kind": known}, {}, {})

    (unknown,) = [c for c in derive(hosts, Plan()) if c.kind == "unknown/kind"]

    assert re.search(pattern, unknown.request["path"]["kind"])
    assert unknown.request["path"]["kind"] != known


@pytest.mark.parametrize(
    ("schema", "known"),
    [
        ({"type": "string", "pattern": "^(one|two)$"}, "one"),
        ({"type": "string", "pattern": "^[A-Z]{2}$"}, "DE"),
        ({"type": "integer", "minimum": 1, "maximum": 12}, "5"),
        ({"type": "integer", "minimum": 2000, "maximum": 2099}, "2026"),
    ],
)
def test_what_may_name_something_is_no_stranger(schema: dict[str, Any], known: str) -> None:
    """Where no identity of the same form is surely unknown, none is asked for."""
    answers = {"200": {"description": "It."}, "404": {"description": "Unknown."}}
    parameter = {"name": "kind", "in": "path", "required": True, "schema": schema}
    contract = read(asking(parameter, path="/things/{kind}", responses=answers))
    hosts = Hosts(contract, contract.operations["find"], {"kind": known}, {}, {})

    assert not [c for c in derive(hosts, Plan()) if c.kind == "unknown/kind"]
