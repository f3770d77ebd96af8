"""Laws of the client on the emulator, a server that knows nothing of the contract: both understand each other."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import Any

import pytest
from huaweicloud_addresses import AuthenticatedClient
from huaweicloud_addresses.api.address_groups import show_address_group, update_address_group
from huaweicloud_addresses.api.instances import modify_instance_ip
from huaweicloud_addresses.models import (
    AddressGroupStatus,
    Error,
    IpExtraSetOption,
    ModifyInstanceIpRequest,
    Nic,
    UpdateAddressGroupOption,
    UpdateAddressGroupRequest,
    UpdateAddressGroupResponse,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from conformance.emulator import FIXTURES, PROJECT_ID
from tests.generated.operations import WITH_BODY, bodies, call, client_of, model

GROUP = FIXTURES["address_group_id"]
UPDATING = FIXTURES["address_group_id.updating"]
READY = FIXTURES["instance_id"]
NOT_READY = FIXTURES["instance_id.not_ready"]
NICS = [Nic(subnet_id="4e8b1d6f-2a3c-4f57-9b80-1c6d7e5f4a32", ip_address="192.168.0.20")]


def update(client: AuthenticatedClient, group: str = GROUP, *, dry_run: bool = False, **members: Any) -> Any:
    """Updates members of a group."""
    request = UpdateAddressGroupRequest(address_group=UpdateAddressGroupOption(**members), dry_run=dry_run)
    return update_address_group.sync_detailed(PROJECT_ID, group, client=client, body=request)


def test_an_update_shows_the_new_state(emulated: AuthenticatedClient) -> None:
    """The answer to an update and the next look at the group are one and the same typed group."""
    entries = [IpExtraSetOption(ip="192.168.3.2", remarks="printer"), IpExtraSetOption(ip="192.168.5.0/24")]

    answer = update(emulated, name="office", description="second floor", ip_extra_set=entries)
    shown = show_address_group.sync(PROJECT_ID, GROUP, client=emulated)

    assert isinstance(answer.parsed, UpdateAddressGroupResponse)
    group = answer.parsed.address_group
    assert (group.id, group.name, group.status) == (GROUP, "office", AddressGroupStatus.NORMAL)
    assert {(entry.ip, entry.remarks) for entry in group.ip_extra_set} == {
        ("192.168.3.2", "printer"),
        ("192.168.5.0/24", None),
    }
    assert shown.address_group == group  # type: ignore[union-attr]


def test_a_rehearsal_has_no_body_to_parse(emulated: AuthenticatedClient) -> None:
    """A dry run is answered with 202 and changes nothing."""
    before = show_address_group.sync(PROJECT_ID, GROUP, client=emulated)

    answer = update(emulated, name="rehearsed", dry_run=True)

    after = show_address_group.sync(PROJECT_ID, GROUP, client=emulated)
    assert (answer.status_code, answer.parsed) == (HTTPStatus.ACCEPTED, None)
    assert before.address_group == after.address_group  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("group", "members"),
    [(GROUP, {"name": "a" * 65}), (GROUP, {"ip_set": ["192.168.3.256"]}), (UPDATING, {"name": "office"})],
    ids=["a name too long", "no address", "a group that is being updated"],
)
def test_a_refusal_is_an_error_with_code_and_message(
    emulated: AuthenticatedClient, group: str, members: dict[str, Any]
) -> None:
    """Whatever is refused comes back as the contract's error."""
    answer = update(emulated, group, **members)

    assert 400 <= answer.status_code < 500
    assert isinstance(answer.parsed, Error)
    assert answer.parsed.error_code
    assert answer.parsed.error_msg


def test_an_unknown_group_is_an_error(emulated: AuthenticatedClient) -> None:
    """404 is documented and parsed like any other error."""
    answer = update(emulated, "00000000-0000-4000-8000-000000000000", name="office")

    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert isinstance(answer.parsed, Error)


def test_a_wrong_token_is_an_error(emulator: str) -> None:
    """401 is documented and parsed like any other error, for both operations."""
    with client_of(emulator, token="wrong") as client:
        answers = [
            update(client, name="office"),
            modify_instance_ip.sync_detailed(PROJECT_ID, READY, client=client, body=ModifyInstanceIpRequest()),
        ]

    assert [answer.status_code for answer in answers] == [HTTPStatus.UNAUTHORIZED] * 2
    assert all(isinstance(answer.parsed, Error) for answer in answers)


def test_an_instance_moves_to_another_address(emulated: AuthenticatedClient) -> None:
    """The change of an instance's address is accepted."""
    request = ModifyInstanceIpRequest(vpc_id="0c7d3a52-9e1f-4b60-8a34-5d2e6f7b8c91", nics=NICS)

    answer = modify_instance_ip.sync_detailed(PROJECT_ID, READY, client=emulated, body=request)

    assert answer.status_code == HTTPStatus.ACCEPTED


def test_an_instance_that_is_not_ready_is_an_error(emulated: AuthenticatedClient) -> None:
    """The failed change comes back as the contract's error."""
    request = ModifyInstanceIpRequest(nics=NICS)

    answer = modify_instance_ip.sync_detailed(PROJECT_ID, NOT_READY, client=emulated, body=request)

    assert 400 <= answer.status_code < 500
    assert isinstance(answer.parsed, Error)


def test_the_asynchronous_client_gets_the_same_answer(emulator: str) -> None:
    """Both kinds of calls are generated and work."""

    async def show() -> Any:
        async with client_of(emulator) as client:
            return await show_address_group.asyncio(PROJECT_ID, GROUP, client=client)

    with client_of(emulator) as client:
        shown = show_address_group.sync(PROJECT_ID, GROUP, client=client)

    assert asyncio.run(show()).address_group == shown.address_group  # type: ignore[union-attr]


@pytest.mark.parametrize("operation", WITH_BODY)
@given(data=st.data())
@settings(max_examples=25)
def test_any_valid_body_gets_a_documented_answer(
    operation: str, emulated: AuthenticatedClient, data: st.DataObject
) -> None:
    """Accepted or refused by a rule: the answer is documented, or the client would raise; it is never a failure."""
    body = data.draw(bodies(operation))

    answer = call(operation, emulated, body=model(operation).from_dict(body))

    assert answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR
