"""Laws of obstacles: what the user is told to mend."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.cases.plan import Plan
from conformance.judge.step import Step
from conformance.run.obstacle import obstacle, unlike
from conformance.run.permission import Permission
from conformance.run.runner import Runner
from conformance.run.session import Session
from conformance.wire import Request
from tests.judge.steps import exchange
from tests.run.shelf import Shelves
from tests.toy_contracts import SHELVES, asking, described, only_operation, read

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


@pytest.mark.parametrize(("token", "status"), [("right", 400), ("wrong", 401)])
def test_a_credential_that_is_refused_before_anything_is_deleted(token: str, status: int) -> None:
    """A DELETE is not tried to see whether the credential is right: what is refused anyway tells it as well."""
    number = {"name": "id", "in": "path", "required": True, "example": 7, "schema": {"type": "integer", "minimum": 1}}
    answers = {"204": {"description": "Gone."}, "400": {"description": "No."}, "401": {"description": "Who?"}}
    drop = {"operationId": "drop", "parameters": [number], "responses": answers, "security": [{"token": []}]}
    contract = read({**described({"/things/{id}": {"delete": drop}}), **KEY})

    def answered(_: int, request: Request) -> tuple[int, Any]:
        if request.header("X-Key") != "right":
            return 401, {"error": "who?"}
        return (204, None) if request.target == "/things/7" else (400, {"error": "no"})

    target = Shelves(before=answered)
    session = Session(contract, target, token)
    outcome = Runner(session, {}, contract.settings, Plan("quick"), Permission()).run()

    assert (session.steps[0].role, session.steps[0].status) == ("probe", status)
    reasons = [block.reason for block in outcome.blocks.values()]
    assert reasons == (["credential-refused"] if status == 401 else [])
    assert (len(target.seen) == 1) == (status == 401)


def test_a_fixture_that_is_not_as_declared() -> None:
    """What is seen of it is said, beside what is needed; of one that is as declared, nothing."""
    contract = read(SHELVES)
    change = contract.operations["changeShelf"]

    said = [unlike(contract, change, variant, {"room": 3}, {"room": 5}) for variant in ("", "shelf.spare")]

    assert said == [[f"{name} has room 5, where 3 is needed"] for name in ("shelf", "shelf.spare")]
    told = [unlike(contract, change, "", {"room": 3}, {"room": room})[0] for room in (None, True, "3")]
    assert told == [f"shelf has room {json}, where 3 is needed" for json in ("null", "true", '"3"')]
    assert unlike(contract, change, "", {"room": 3}, {"room": 3, "name": "novels"}) == []
    assert unlike(contract, change, "", {"room": 3}, {}) == []


def test_what_is_not_as_declared_is_told() -> None:
    """The user sees which fixture it is, even if all goes well without it."""
    target = Shelves()
    target.shelves["b-2"]["room"] = 2
    session = Session(read(SHELVES), target, "the-Key-7")
    fixtures = {"shelf": "a-1", "shelf.spare": "b-2"}

    outcome = Runner(session, fixtures, session.contract.settings, Plan("quick"), Permission()).run()

    assert "shelf.spare has room 2, where 3 is needed" in outcome.notices
    assert "shelf has" not in " ".join(outcome.notices)
