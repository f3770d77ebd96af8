"""Laws of the contract that other tools get."""

from __future__ import annotations

import re

import pytest
from openapi_spec_validator import OpenAPIV30SpecValidator

from bench.tailored import PATTERNS, one_member_each, tailored
from conformance.emulator import FIXTURES

URL = "http://127.0.0.1:1"


@pytest.mark.parametrize("entry", ["192.168.3.2", "10.0.0.1/32", "192.168.5.0/24", "192.168.3.20-192.168.3.100"])
def test_a_group_takes_what_the_pattern_holds(entry: str) -> None:
    """Addresses, blocks without further bits and ranges that do not run backwards."""
    assert re.fullmatch(PATTERNS["ip-address-entry"], entry)


@pytest.mark.parametrize("entry", ["192.168.3.256", "192.168.5.1/24", "1.2.3.4-1.2.3.3", "2001:db8::2", "", "1.2.3.4,"])
def test_the_pattern_holds_nothing_in_doubt(entry: str) -> None:
    """What the group refuses, or may refuse."""
    assert not re.fullmatch(PATTERNS["ip-address-entry"], entry)


@pytest.mark.parametrize("time", ["2019-06-28T02:06:38.000+00:00", "2019-06-28T02:06:38", "2025-03-31T03:17:27Z"])
def test_times_have_three_forms(time: str) -> None:
    """All three forms are accepted, no other offset is."""
    assert re.fullmatch(PATTERNS["utc-timestamp"], time)
    assert not re.fullmatch(PATTERNS["utc-timestamp"], time + "+08:00")


def test_both_documents_are_valid_3_0() -> None:
    """A validator of 3.0 accepts what the tools get."""
    for document in (tailored(URL), one_member_each(tailored(URL))):
        assert list(OpenAPIV30SpecValidator(document).iter_errors()) == []


def test_paths_lead_to_what_exists() -> None:
    """Each operation has its own parameters, each with the one value that exists."""
    operations = [operation for item in tailored(URL)["paths"].values() for operation in item.values()]

    assert all("parameters" in operation for operation in operations)
    values = {parameter["example"] for operation in operations for parameter in operation["parameters"]}
    assert values == {FIXTURES[name] for name in ("project_id", "address_group_id", "instance_id")}


def test_one_member_each() -> None:
    """Every member of an update is there, each alone and needed."""
    whole = tailored(URL)
    members = whole["components"]["schemas"]["UpdateAddressGroupOption"]["properties"]

    schemas = one_member_each(whole)["components"]["schemas"]

    alone = [schemas[name] for name in schemas if name.startswith("Only_")]
    assert [schema["required"] for schema in alone] == [[name] for name in members]
    assert len(schemas["UpdateAddressGroupRequest"]["properties"]["address_group"]["oneOf"]) == len(members)
    assert "UpdateAddressGroupOption" in whole["components"]["schemas"]
