"""Laws of answers: every documented one is parsed into its class and gives back the same JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest
from huaweicloud_addresses import AuthenticatedClient
from huaweicloud_addresses.errors import UnexpectedStatus
from huaweicloud_addresses.models import IpExtraSetOption, IpExtraSetRespOption
from huaweicloud_addresses.types import UNSET
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.generated.loopback import Loopback
from tests.generated.operations import OPERATIONS, call, canonical, example, values

DESCRIBED = [
    (operation, int(status), media_type)
    for operation, documented in OPERATIONS.items()
    for status, answer in documented.answers.items()
    for media_type in answer.content
]
UNDESCRIBED = [
    (operation, int(status))
    for operation, documented in OPERATIONS.items()
    for status, answer in documented.answers.items()
    if not answer.content
]


def plain(parsed: Any) -> Any:
    """The JSON value that a parsed answer stands for."""
    return parsed if isinstance(parsed, str) else parsed.to_dict()


@pytest.mark.parametrize(("operation", "status", "media_type"), DESCRIBED)
@given(data=st.data())
@settings(max_examples=12)
def test_a_documented_answer_gives_back_the_same_value(
    operation: str, status: int, media_type: str, loopback: Loopback, told: AuthenticatedClient, data: st.DataObject
) -> None:
    """Success or error, JSON or text: what is parsed is what was sent, absent and null members told apart."""
    sent = data.draw(values(OPERATIONS[operation].answers[str(status)].content[media_type]))
    text = json.dumps(sent) if media_type == "application/json" else sent
    loopback.tell(status, text.encode(), f"{media_type}; charset=utf-8")

    answer = call(operation, told, **example(operation))

    assert answer.status_code == status
    assert canonical(plain(answer.parsed)) == canonical(sent)


@pytest.mark.parametrize(("operation", "status"), UNDESCRIBED)
@pytest.mark.parametrize("body", [b"", b"{}", b'{"error_code": "SYS.0202"}', b"null", b'"done"', b"not JSON"])
def test_an_undescribed_body_is_left_alone(
    operation: str, status: int, body: bytes, loopback: Loopback, told: AuthenticatedClient
) -> None:
    """Where the contract describes no body, whatever is there is handed on as bytes."""
    loopback.tell(status, body)

    answer = call(operation, told, **example(operation))

    assert (answer.status_code, answer.content, answer.parsed) == (status, body, None)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_an_undocumented_status_is_not_taken_for_an_answer(
    operation: str, loopback: Loopback, told: AuthenticatedClient
) -> None:
    """A status that the contract does not list is raised, if the caller asked for that."""
    loopback.tell(418)

    with pytest.raises(UnexpectedStatus, match="418"):
        call(operation, told, **example(operation))


def test_null_and_absent_are_not_the_same() -> None:
    """A member that is null is None, one that is absent is UNSET, and each is written as it was read."""
    null = IpExtraSetRespOption.from_dict({"ip": "192.168.3.2", "remarks": None})
    absent = IpExtraSetOption.from_dict({"ip": "192.168.3.2"})

    assert null.remarks is None
    assert absent.remarks is UNSET
    assert null.to_dict() == {"ip": "192.168.3.2", "remarks": None}
    assert absent.to_dict() == {"ip": "192.168.3.2"}
