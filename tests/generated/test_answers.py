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

from conformance.contract import Operation
from tests.generated.loopback import Loopback
from tests.generated.operations import OPERATIONS, call, canonical, model, values


def documented(*, described: bool) -> list[Any]:
    """Every documented status of every operation, with a schema of its body or without one."""
    return [
        pytest.param(operation, int(status), id=f"{operation.id}-{status}")
        for operation in OPERATIONS
        for status, answer in operation.answers.items()
        if bool(answer.content) == described
    ]


def ask(operation: Operation, told: AuthenticatedClient) -> Any:
    """The client's view of the answer to a request with the first example as its body."""
    body = {"body": model(operation).from_dict(operation.body.examples[0])} if operation.body else {}
    return call(operation, told, **body)


@pytest.mark.parametrize(("operation", "status"), documented(described=True))
@given(data=st.data())
@settings(max_examples=12)
def test_a_documented_answer_gives_back_the_same_json(
    operation: Operation, status: int, loopback: Loopback, told: AuthenticatedClient, data: st.DataObject
) -> None:
    """Success or error: the parsed answer is the JSON that was sent, absent and null members told apart."""
    (schema,) = operation.answers[str(status)].content.values()
    sent = data.draw(values(schema))
    loopback.status, loopback.body = status, json.dumps(sent).encode()

    answer = ask(operation, told)

    assert answer.status_code == status
    assert canonical(answer.parsed if isinstance(sent, str) else answer.parsed.to_dict()) == canonical(sent)


@pytest.mark.parametrize(("operation", "status"), documented(described=False))
@pytest.mark.parametrize("body", [b"", b"{}", b'{"error_code": "SYS.0202"}', b"null", b'"done"', b"not JSON"])
def test_an_undescribed_body_is_left_alone(
    operation: Operation, status: int, body: bytes, loopback: Loopback, told: AuthenticatedClient
) -> None:
    """Where the contract describes no body, whatever is there is handed on as bytes."""
    loopback.status, loopback.body = status, body

    answer = ask(operation, told)

    assert (answer.status_code, answer.content, answer.parsed) == (status, body, None)


@pytest.mark.parametrize("operation", OPERATIONS, ids=[operation.id for operation in OPERATIONS])
def test_an_undocumented_status_is_not_taken_for_an_answer(
    operation: Operation, loopback: Loopback, told: AuthenticatedClient
) -> None:
    """A status that the contract does not list is raised, if the caller asked for that."""
    loopback.status, loopback.body = 418, b"{}"

    with pytest.raises(UnexpectedStatus, match="418"):
        ask(operation, told)


def test_null_and_absent_are_not_the_same() -> None:
    """A member that is null is None, one that is absent is UNSET, and each is written as it was read."""
    null = IpExtraSetRespOption.from_dict({"ip": "192.168.3.2", "remarks": None})
    absent = IpExtraSetOption.from_dict({"ip": "192.168.3.2"})

    assert null.remarks is None
    assert absent.remarks is UNSET
    assert null.to_dict() == {"ip": "192.168.3.2", "remarks": None}
    assert absent.to_dict() == {"ip": "192.168.3.2"}
