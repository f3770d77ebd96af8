"""Laws of one entry among many."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.cases.among import Array, array_of, spots
from conformance.cases.case import Case
from conformance.cases.derive import derive
from conformance.cases.host import Hosts
from conformance.cases.plan import Plan
from tests.toy_contracts import posting, read

LINE = {
    "type": "object",
    "required": ["text"],
    "properties": {"text": {"type": "string", "format": "uuid"}, "note": {"type": "string", "maxLength": 3}},
}
BODY: dict[str, Any] = {
    "type": "object",
    "properties": {
        "lines": {"type": "array", "maxItems": 8, "items": LINE},
        "owner": {"type": "string", "format": "ip-address-entry"},
        "other": {"type": "array", "maxItems": 20, "items": {"type": "string", "format": "ip-address-entry"}},
    },
}
CONTRACT = read(posting(BODY))
HOSTS = Hosts(CONTRACT, CONTRACT.operations["make"], {}, {}, {})
NOTE = "make/request/body/lines/*/note/maxLength"


def array(requirement: str) -> Array:
    """The array of a requirement's place."""
    path = HOSTS.oracle.placed[requirement].site.path
    host = HOSTS.at(path)
    assert host is not None
    found = array_of(HOSTS, path, host)
    assert found is not None
    return found


def cases(requirement: str, expect: str) -> list[Case]:
    """The cases of a requirement."""
    return [c for c in derive(HOSTS, Plan()) if c.requirement == requirement and c.expect == expect]


def test_every_entry_has_the_place() -> None:
    """Among many entries that all have the member, the wrong one stands first, second, in the middle and last."""
    found = list(spots(HOSTS, array(NOTE)))

    assert [position for _, position in found] == [0, 1, 4, 7]
    assert all(len(entries) == 8 and all("note" in entry for entry in entries) for entries, _ in found)


def test_only_one_entry_is_wrong() -> None:
    """In the cases of it the others keep their valid value."""
    large = [c.request["body"]["lines"] for c in cases(NOTE, "refuse") if len(c.request["body"]["lines"]) == 8]

    wrong = [[index for index, line in enumerate(lines) if len(line["note"]) > 3] for lines in large]
    assert wrong == [[0], [1], [4], [7]]


def test_a_place_outside_of_arrays() -> None:
    """What stands in no array has no others beside it."""
    path = HOSTS.oracle.placed["make/request/body/owner/format"].site.path
    host = HOSTS.at(path)

    assert host is not None
    assert array_of(HOSTS, path, host) is None


@pytest.mark.parametrize("inner", [None, "size"])
def test_a_wrong_value_after_a_right_one(inner: str | None) -> None:
    """Of a map the second value is wrong, and only that one: some servers look at the first."""
    number: dict[str, Any] = {"type": "integer", "maximum": 9}
    value = number if inner is None else {"type": "object", "required": [inner], "properties": {inner: number}}
    contract = read(posting({"type": "object", "additionalProperties": value}))
    cases = derive(Hosts(contract, contract.operations["make"], {}, {}, {}), Plan())

    end = "/*/maximum" if inner is None else f"/*/{inner}/maximum"
    refused = [case.request["body"] for case in cases if case.expect == "refuse" and case.requirement.endswith(end)]

    numbers = [[each if inner is None else each[inner] for each in body.values()] for body in refused]
    assert [each for each in numbers if len(each) == 2 and each[0] <= 9 < each[1]]
