"""Laws of charging: what a request breaks, remembered for what comes again, and for nothing else."""

from __future__ import annotations

import tracemalloc
from typing import Any

import pytest

from conformance import suite
from conformance.contract.router import Router
from conformance.emulator import FIXTURES
from conformance.requirements.oracle import Oracle
from conformance.traffic.charge import Charges
from conformance.traffic.decode import Decoded, Reader, decoded
from conformance.traffic.exchange import Recorded
from conformance.wire import Exchange, Request
from tests.toy_contracts import asking, only_operation

CONTRACT = suite.load()
UPDATE = CONTRACT.operations["updateAddressGroup"]
TARGET = f"/v3/{FIXTURES['project_id']}/vpc/address-groups/{FIXTURES['address_group_id']}"
NAME = "updateAddressGroup/request/body/address_group/name/maxLength"


@pytest.mark.parametrize("length", [65, 20_000])
def test_the_same_charge_each_time(length: int) -> None:
    """A name that is too long is charged with its length, the first time and again, however long it is."""
    charges, reader = Charges(UPDATE, Oracle(UPDATE, CONTRACT.settings)), Reader()

    found = [charges.known(read(reader, length), "given", {}) for _ in range(3)]

    assert [charge and charge.firm for charge in found] == [(NAME,)] * 3


def test_long_bodies_are_not_kept() -> None:
    """A year of long bodies takes no more memory than a few."""
    charges, reader = Charges(UPDATE, Oracle(UPDATE, CONTRACT.settings)), Reader()
    charges.known(read(reader, 20_000), "given", {})
    tracemalloc.start()

    for _ in range(50):
        charges.known(read(reader, 20_000), "given", {})

    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept < 200_000


def test_a_body_that_is_missing_has_no_media_type() -> None:
    """Whoever asks for the media type first refuses a request without a body as one of another type."""
    charges = Charges(UPDATE, Oracle(UPDATE, CONTRACT.settings))
    match = Router(CONTRACT.operations.values()).match("PUT", TARGET)
    assert match is not None
    nothing = Reader().read(match, Recorded("", Exchange(Request("PUT", TARGET), None, None, 0.0, 0.0)))

    charge = charges.known(nothing, "given", {})

    assert charge is not None
    assert charge.firm == ("updateAddressGroup/request/body/required",)
    assert set(charge.allowed) >= {400, 415}


def test_what_is_only_contested_is_charged_so() -> None:
    """What one reading refuses and another accepts is at fault for nobody, and is noted."""
    body = b'{"address_group": {"name": "office"}}'
    request = Request("PUT", TARGET, (("Content-Type", "application/json"),), body)
    match = Router(CONTRACT.operations.values()).match("PUT", TARGET)
    assert match is not None

    charge = Charges(UPDATE, Oracle(UPDATE, CONTRACT.settings)).of(decoded(UPDATE, match.path, request), "given", {})

    assert charge is not None
    assert charge.firm == ()
    assert charge.contested


def read(reader: Reader, length: int) -> Decoded:
    """A request with a name of this length, read."""
    body = b'{"address_group": {"name": "%s"}}' % (b"a" * length)
    request = Request("PUT", TARGET, (("Content-Type", "application/json"),), body)
    match = Router(CONTRACT.operations.values()).match("PUT", TARGET)
    assert match is not None
    return reader.read(match, Recorded("", Exchange(request, None, None, 0.0, 0.0)))


@pytest.mark.parametrize(
    ("query", "broken"),
    [
        ("kinds=c", ["find/request/query/kinds/*/enum"]),
        ("kinds=", None),  # no kinds
        ("size=a", ["find/request/query/size/type"]),
        ("size=", None),  # no size
        ("full=7", ["find/request/query/full/type"]),
        ("full=1", None),  # true
        ("kinds=&size=&full=yes", None),  # a form that was left empty
        ("size=&full=7", ["find/request/query/size/type", "find/request/query/full/type"]),
    ],
)
def test_what_may_be_read_otherwise_is_not_charged(query: str, broken: list[str] | None) -> None:
    """A text in a URL breaks nothing for sure where a lenient reader sees a valid value in it, or none."""
    schemas: dict[str, Any] = {
        "kinds": {"type": "array", "items": {"enum": ["a", "b"]}},
        "size": {"type": "integer"},
        "full": {"type": "boolean"},
    }
    named = [{"name": n, "in": "query", "explode": False, "schema": schema} for n, schema in schemas.items()]
    operation = only_operation(asking(*named))
    request = Request("GET", f"/things?{query}", (), None)

    charge = Charges(operation, Oracle(operation, {})).of(decoded(operation, {}, request), "given", {})

    assert (None if charge is None else list(charge.firm)) == broken
