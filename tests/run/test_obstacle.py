"""Laws of obstacles: what the user is told to mend."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.judge.step import Step
from conformance.run.obstacle import obstacle
from tests.judge.steps import exchange
from tests.toy_contracts import asking, only_operation, read

BEARER = {"components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}}}
KEY = {"components": {"securitySchemes": {"token": {"type": "apiKey", "in": "header", "name": "X-Key"}}}}


def detail(status: int, *, root: Any = None, spoke: bool = False, **operation: Any) -> str:
    """What is said of the first valid request that is answered with a status."""
    document = {**asking(**operation), **(root or {})}
    contract = read(document)
    step = Step("find", {}, exchange(status, {"error": "no"}), "probe")
    return obstacle(contract, only_operation(document), step, spoke=spoke).detail


def test_a_credential_without_the_name_of_its_scheme() -> None:
    """Whoever gives a token with its scheme before it is told so; a key has no scheme."""
    assert "without the word Bearer" in detail(401, root=BEARER, security=[{"token": []}])
    assert "give the right --token" in detail(401, root=KEY, security=[{"token": []}])
    assert "without the word" not in detail(401, root=KEY, security=[{"token": []}])


def test_a_token_that_nobody_sends() -> None:
    """A contract without a security scheme has no place for a token."""
    assert "names no security scheme" in detail(401)


@pytest.mark.parametrize("parameters", [(), ({"name": "id", "in": "path", "required": True, "schema": {}},)])
def test_where_nothing_is_known(parameters: Any) -> None:
    """A target that knows nothing may be somewhere else; one that has answered before is not."""
    path = "/things/{id}" if parameters else "/things"

    document = asking(*parameters, path=path)
    step = Step("find", {}, exchange(404), "probe")
    said = [obstacle(read(document), only_operation(document), step, spoke=spoke).detail for spoke in (False, True)]

    assert [f"at {path}" in each for each in said] == [True, False]


def test_a_redirection_that_is_documented() -> None:
    """Where the contract says that a call redirects, no other address is asked for."""
    answers = {"200": {"description": "It."}, "302": {"description": "Elsewhere."}}

    assert "final URL" in detail(302)
    assert "as documented" in detail(302, responses=answers)


@pytest.mark.parametrize("status", [404, 409, 410, 423])
def test_what_a_state_does_not_allow(status: int) -> None:
    """A documented status of a state asks for another example."""
    answers = {"200": {"description": "It."}, str(status): {"description": "No."}}

    assert "give an example that fits" in detail(status, responses=answers)
