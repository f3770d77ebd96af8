"""Laws of probing: where no valid request is accepted, nothing is concluded, and the reason is named."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.wire import Request
from tests.run.runs import failed, found, run
from tests.run.shelf import Shelves
from tests.toy_contracts import posting, read


@pytest.mark.parametrize(
    ("status", "reason", "mendable"),
    [
        (401, "credential-refused", True),
        (403, "credential-refused", True),
        (404, "fixture-unknown", True),
        (302, "redirected", True),
        (400, "valid-request-refused", False),
        (500, "valid-request-refused", False),
    ],
)
def test_why_nothing_can_be_concluded(status: int, reason: str, mendable: bool) -> None:
    """A target that refuses the first valid request is asked no more, and the reason is named."""
    target = Shelves(before=lambda *_: (status, {"error": "no"}))

    outcome = run(target)

    assert {block.reason for block in outcome.blocks.values()} == {reason}
    assert {block.mendable for block in outcome.blocks.values()} == {mendable}
    assert len(target.seen) < 20
    assert "pass" not in {verdict for name, verdict in found(outcome).items() if "/request/" in name}


def test_a_redirection_beside_answers() -> None:
    """Where looks are answered the URL is right: whoever redirects an update there breaks its success."""
    target = Shelves(before=lambda _, request: (302, {"error": "no"}) if request.method == "PUT" else None)

    outcome = run(target)

    assert outcome.blocks["changeShelf"].mendable is False
    assert "changeShelf/response/status/success" in failed(outcome)


def test_what_is_shown_wrongly_is_not_believed() -> None:
    """A state that is shown so that nothing could be valid is taken for what its fixture is declared to be."""
    target = Shelves()

    def before(_: int, request: Request) -> Any:
        status, body = target._answered(request)
        return status, {**body, "room": "none"} if status == 200 else body

    target.before = before
    outcome = run(target)

    assert not outcome.blocks
    assert "changeShelf/response/200/body/room/type" in failed(outcome)


@pytest.mark.parametrize("status", [404, 409])
def test_a_valid_request_may_name_what_is_not_there(status: int) -> None:
    """Without a fixture in the path a documented 404 or 409 speaks of the body: nothing is concluded, nobody blamed."""
    responses = {"200": {"description": "Done."}, str(status): {"description": "Not so."}}
    contract = read(posting({"type": "object", "properties": {"id": {"type": "integer"}}}, responses=responses))

    outcome = run(Shelves(before=lambda *_: (status, {})), contract=contract, fixtures={})

    assert outcome.blocks["make"].reason == "state"
    assert "fail" not in found(outcome, contract).values()
