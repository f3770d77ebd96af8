"""Laws of drawn cases: each is what it says for everybody, and the same for the same seed."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.cases.case import Case, described
from conformance.cases.drawn import ACCEPTED, BROKEN, drawn
from conformance.cases.host import Hosts
from tests.cases import independent
from tests.toy_contracts import asking, hosts_of, posting

SIZES = {
    "type": "object",
    "required": ["sizes"],
    "properties": {"sizes": {"type": "array", "items": {"type": "number"}}},
}
CARD = {
    "type": "object",
    "required": ["code"],
    "properties": {
        "code": {"type": "string", "pattern": "^[A-Z]{2,6}$", "examples": ["ABC"]},
        "size": {"type": "integer", "maximum": 40, "x-conformance": {"levels": {"maximum": "contested"}}},
        "day": {"type": "string", "format": "date"},
    },
}


def of(schema: Any, seed: int = 1, **operation: Any) -> tuple[Hosts, list[Case]]:
    """Where cases stand, and those that are drawn for a body."""
    hosts = hosts_of(posting(schema, **operation))
    return hosts, list(drawn(hosts, seed))


def accepted(seed: int) -> list[Any]:
    """The bodies that are drawn as acceptable."""
    return [case.request["body"] for case in of(SIZES, seed)[1] if case.expect == "accept"]


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
    assert accepted(1) != accepted(2)


@pytest.mark.parametrize("seed", [1, 2])
def test_whole_requests(seed: int) -> None:
    """Each is valid, and told as what it is; only the thorough profile sends it."""
    hosts, cases = of(CARD, seed)
    found = [case for case in cases if case.expect == "accept"]

    assert ACCEPTED / 2 < len(found) <= ACCEPTED
    for case in found:
        assert independent.is_valid(CARD, case.request["body"])
        assert (case.operation, case.requirement) == ("make", "make/response/status/success")
        assert case.sent == f"drawn: {described(case.request['body'])}"
        assert case.id == f"{case.requirement}#{case.sent}"
        assert (case.rank, case.variant) == (2, hosts.variants[0])


@pytest.mark.parametrize(
    ("keyword", "name", "expect"),
    [("pattern", "code", "refuse"), ("type", "code", "refuse"), ("maximum", "size", "contested")],
)
@pytest.mark.parametrize("seed", [1, 2])
def test_values_that_break_one_keyword(keyword: str, name: str, expect: str, seed: int) -> None:
    """Each breaks its keyword and nothing else, beside a twin that breaks nothing where a refusal is expected."""
    hosts, cases = of(CARD, seed)
    requirement = f"make/request/body/{name}/{keyword}"
    found = [case for case in cases if case.requirement == requirement]
    schema = hosts.operation.request_schema
    loose = independent.without(schema, hosts.oracle.placed[requirement].requirement)

    assert 1 < len(found) <= BROKEN
    for case in found:
        assert (case.expect, case.rank) == (expect, 2)
        assert case.sent == f"drawn: {described(case.request['body'][name])}"
        assert independent.is_valid(schema, case.twin) if expect == "refuse" else case.twin is None
        assert independent.is_valid(loose, case.request)
        assert not independent.is_valid(schema, case.request)


def test_other_seeds_break_otherwise() -> None:
    """What is drawn depends on the seed."""
    one, two = ([case.sent for case in of(CARD, seed)[1] if case.expect == "refuse"] for seed in (1, 2))

    assert one != two


def test_what_is_not_drawn() -> None:
    """A form is no JSON: what is drawn for it would be another thing on the wire; and no body has no values."""
    form = {"required": True, "content": {"application/x-www-form-urlencoded": {"schema": CARD}}}

    assert [case for case in of(CARD, requestBody=form)[1] if case.expect == "accept"] == []
    assert list(drawn(hosts_of(asking()), 1)) == []
