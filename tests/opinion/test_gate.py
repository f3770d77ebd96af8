"""Laws of the gate: a real target is only read and rehearsed, and every request has the right credential."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from conformance.contract.operation import SecurityScheme
from conformance.contract.router import Router
from conformance.opinion.gate import Gate, credentialed
from conformance.run.permission import Permission
from conformance.traffic.decode import decoded
from conformance.wire import Request
from tests.toy_contracts import SHELVES, read

CONTRACT = read(SHELVES)
FIXTURES = {"shelf": "a-1"}
REMOTE = Permission(changes=False, disruption=False, foreign_methods=False)
JSON = (("Content-Type", "application/json"),)


def lets(method: str, target: str, body: Any = None, permission: Permission = REMOTE) -> bool:
    """Whether a request passes."""
    data = body if isinstance(body, bytes) else None if body is None else json.dumps(body).encode()
    request = Request(method, target, JSON, data)
    match = Router(CONTRACT.operations.values()).match(method, target)
    read_as = decoded(match.operation, match.path, request) if match is not None else None
    return Gate(permission, FIXTURES).lets(match, read_as)


@pytest.mark.parametrize(
    ("method", "target", "body", "passes"),
    [
        ("GET", "/v1/shelves/a-1", None, True),
        ("GET", "/v1/shelves/z-9", None, True),
        ("PUT", "/v1/shelves/a-1", {"name": "x", "dry_run": True}, True),
        ("PUT", "/v1/shelves/a-1", {"name": "far-too-long", "dry_run": True}, True),
        ("PUT", "/v1/shelves/a-1", {"name": "x"}, False),
        ("PUT", "/v1/shelves/a-1", {"name": "x", "dry_run": "true"}, False),
        ("PUT", "/v1/shelves/a-1", {"name": "x", "dry_run": 1}, False),
        ("PUT", "/v1/shelves/a-1", b'{"dry_run": true', False),
        ("PUT", "/v1/shelves/a-1", None, False),
        ("PUT", "/v1/shelves/z-9", {"dry_run": True}, False),
        ("DELETE", "/v1/shelves/a-1", None, False),
        ("GET", "/elsewhere", None, False),
    ],
)
def test_a_real_target(method: str, target: str, body: Any, passes: bool) -> None:
    """Reads and rehearsals of what the user has named pass, and nothing else."""
    assert lets(method, target, body) is passes


@pytest.mark.parametrize(("target", "passes"), [("/v1/shelves/a-1", True), ("/v1/shelves/z-9", False)])
def test_permitted_changes(target: str, passes: bool) -> None:
    """Who may change what was named may not change anything else."""
    assert lets("PUT", target, {"name": "x"}, replace(REMOTE, changes=True)) is passes


@pytest.mark.parametrize("target", ["/v1/shelves/z-9", "/elsewhere"])
def test_a_target_of_ones_own(target: str) -> None:
    """On the loopback everything is tried."""
    assert lets("DELETE", target, None, Permission())


@pytest.mark.parametrize(
    ("scheme", "sent"),
    [
        (
            SecurityScheme("key", "apiKey", "header", "X-Key"),
            ("/a?b=c&key=old", (("Cookie", "s=old; t=1"), ("X-Key", "new"))),
        ),
        (
            SecurityScheme("key", "apiKey", "query", "key"),
            ("/a?b=c&key=new", (("x-key", "old"), ("Cookie", "s=old; t=1"))),
        ),
        (
            SecurityScheme("key", "apiKey", "cookie", "s"),
            ("/a?b=c&key=old", (("x-key", "old"), ("Cookie", "t=1; s=new"))),
        ),
    ],
    ids=["header", "query", "cookie"],
)
def test_the_right_credential_is_the_only_one(scheme: Any, sent: tuple[str, Any]) -> None:
    """The credential stands where the contract says, in the place of any other."""
    operation = replace(CONTRACT.operations["showShelf"], security=(scheme,))
    request = Request("GET", "/a?b=c&key=old", (("x-key", "old"), ("Cookie", "s=old; t=1")))

    made = credentialed(operation, request, "new")

    assert (made.target, made.headers) == sent
