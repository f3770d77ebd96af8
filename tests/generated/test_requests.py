"""Laws of requests: a valid body comes through the client's classes unchanged, down to the wire."""

from __future__ import annotations

import json

import pytest
from huaweicloud_addresses import AuthenticatedClient
from huaweicloud_addresses.models import UpdateAddressGroupOption, UpdateAddressGroupRequest
from hypothesis import given, settings
from hypothesis import strategies as st

from conformance.emulator import TOKEN
from tests.generated.loopback import Loopback
from tests.generated.operations import OPERATIONS, WITH_BODY, bodies, call, canonical, example, model

with_body = pytest.mark.parametrize("operation", WITH_BODY)


@with_body
@given(data=st.data())
@settings(max_examples=30)
def test_a_valid_body_round_trips(operation: str, data: st.DataObject) -> None:
    """What `from_dict` reads, `to_dict` gives back, unknown members included; what was read stays as it is."""
    body = data.draw(bodies(operation))
    before = canonical(body)

    given_back = model(operation).from_dict(body).to_dict()

    assert canonical(given_back) == before
    assert canonical(body) == before


@with_body
@given(data=st.data())
@settings(max_examples=30)
def test_a_valid_body_reaches_the_server_as_the_same_json(
    operation: str, loopback: Loopback, told: AuthenticatedClient, data: st.DataObject
) -> None:
    """What arrives is the body that was meant, in UTF-8 and declared as JSON."""
    body = data.draw(bodies(operation))
    loopback.tell(500)

    call(operation, told, body=model(operation).from_dict(body))

    assert loopback.received is not None
    assert canonical(json.loads(loopback.received.body.decode())) == canonical(body)
    assert loopback.received.headers["Content-Type"] == "application/json"


@pytest.mark.parametrize("operation", OPERATIONS)
def test_method_path_and_token_are_the_contracts(operation: str, loopback: Loopback, told: AuthenticatedClient) -> None:
    """Path parameters are escaped as one segment each, and the token is sent as it is."""
    documented = OPERATIONS[operation]
    names = [parameter.name for parameter in documented.parameters if parameter.where == "path"]
    loopback.tell(500)

    call(operation, told, **dict.fromkeys(names, "a/b?ü"), **example(operation))

    assert loopback.received is not None
    assert loopback.received.method.lower() == documented.method.lower()
    assert loopback.received.path == documented.path.format(**dict.fromkeys(names, "a%2Fb%3F%C3%BC"))
    assert loopback.received.headers["X-Auth-Token"] == TOKEN


def test_what_is_not_named_is_not_sent() -> None:
    """No default of the contract gets into an update: the target keeps what the caller leaves out."""
    request = UpdateAddressGroupRequest(address_group=UpdateAddressGroupOption(name="office"))

    assert request.to_dict() == {"address_group": {"name": "office"}}
