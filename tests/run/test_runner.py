"""Laws of runs: what is sent to whom, what is found, and that everything is put back."""

from __future__ import annotations

import json
from typing import Any

import pytest

from conformance.run.permission import Permission
from conformance.wire import Request
from tests.run.runs import OTHERS, as_found, failed, found, run
from tests.run.shelf import START, Shelves
from tests.toy_contracts import SHELVES, asking, changed, described, read

REMOTE = Permission(changes=False, disruption=False, foreign_methods=False)
UNCHANGED = "changeShelf/state/refusal/unchanged"


def test_a_faithful_target() -> None:
    """A faithful target fails nothing, is tested thoroughly, and is left as it was."""
    target = Shelves()

    outcome = run(target)

    counts = list(found(outcome).values())
    assert failed(outcome) == set()
    assert counts.count("pass") > 70
    assert outcome.incomplete is None
    assert as_found(target)


def test_the_same_run_twice() -> None:
    """Two runs send the same requests in the same order."""
    one, two = Shelves(), Shelves()

    run(one)
    run(two)

    assert one.seen == two.seen


@pytest.mark.parametrize(
    ("defect", "requirement"),
    [
        ("name-9", "changeShelf/request/body/name/maxLength"),
        ("refusal-changes", UNCHANGED),
        ("rehearsal-changes", "changeShelf/rehearsal/unchanged"),
        ("leaks", OTHERS),
    ],
)
def test_a_defect_is_found(defect: str, requirement: str) -> None:
    """A target with one defect fails the requirement that it breaks, and no keyword besides."""
    broken = failed(run(Shelves(frozenset([defect]))))

    assert requirement in broken
    assert not {name for name in broken if "/request/" in name} - {requirement}


def test_the_culprit_is_found() -> None:
    """Of many refusals between two looks, the one that changed something is named, and only such ones."""
    outcome = run(Shelves(frozenset({"refusal-changes"})))

    culprits = [step for step in outcome.steps if step.culprit]
    assert culprits
    for step in culprits:
        assert step.case is not None
        assert len(step.document["body"]["name"]) > 8
        assert step.changed == ("books",)


def test_refusals_share_a_look() -> None:
    """Refusals are looked at in batches: far fewer looks than refusals."""
    outcome = run(Shelves())

    looks = [step for step in outcome.steps if step.role == "look"]
    refusals = [step for step in outcome.steps if step.case is not None and step.case.expect == "refuse"]
    assert all(step.seen is not None for step in refusals if step.operation == "changeShelf" and step.status == 400)
    assert len(looks) < len(refusals)


def takes_effect(request: Request) -> bool:
    """Whether a request may change something."""
    if request.method == "GET":
        return False
    try:
        body = json.loads(request.body or b"null")
    except ValueError:
        return True
    return not (isinstance(body, dict) and body.get("dry_run") is True)


def test_nothing_takes_effect_without_permission() -> None:
    """At a remote target only reads and rehearsals are sent, each by the method of the contract."""
    target = Shelves()

    outcome = run(target, REMOTE)

    assert target.seen
    assert not [request for request in target.seen if takes_effect(request)]
    assert {request.method for request in target.seen} == {"GET", "PUT"}
    assert target.shelves == Shelves().shelves
    assert found(outcome)["changeShelf/request/body/name/maxLength"] == "pass"
    assert found(outcome)["changeShelf/state/name/becomes"] == "unproven"


def test_a_remote_target_that_changes_is_left_and_said() -> None:
    """Whoever changed it, a target that may not be changed is not put back; the user is told what it was."""
    target = Shelves()
    target.after = lambda number, _: target.shelves["a-1"].update(name="others") if number == 30 else None

    outcome = run(target, REMOTE)

    assert not [request for request in target.seen if takes_effect(request)]
    assert target.shelves["a-1"]["name"] == "others"
    said = " ".join(outcome.notices)
    assert "left so without --allow-changes" in said
    assert START["name"] in said


def test_operations_without_rehearsal_are_not_allowed() -> None:
    """An operation that can only take effect is left out without permission, and that is mendable."""
    put = ("paths", "/shelves/{shelf}", "put", "x-conformance")
    extension = SHELVES["paths"]["/shelves/{shelf}"]["put"]["x-conformance"]
    without = {name: value for name, value in extension.items() if name != "dry_run"}
    contract = read(changed(SHELVES, without, *put))
    target = Shelves()

    outcome = run(target, REMOTE, contract)

    assert {request.method for request in target.seen} == {"GET"}
    assert (outcome.blocks["changeShelf"].reason, outcome.blocks["changeShelf"].mendable) == ("not-allowed", True)


def test_disruption_needs_its_own_permission() -> None:
    """That changes are allowed does not allow what disrupts."""
    item = {
        "delete": {
            "operationId": "drop",
            "parameters": [{"name": "id", "in": "path", "example": "a-1", "schema": {"type": "string"}}],
            "responses": {"204": {}},
        }
    }
    contract = read(described({"/v1/shelves/{id}": item}))
    target = Shelves()

    outcome = run(target, Permission(changes=True, disruption=False, foreign_methods=False), contract, fixtures={})

    assert target.seen == []
    assert "--allow-disruption" in outcome.blocks["drop"].detail


def test_foreign_methods_only_where_they_are_permitted() -> None:
    """Methods that the contract does not list are tried only where that can do no harm."""
    free, careful = Shelves(), Shelves()

    run(free)
    run(careful, Permission(changes=True, disruption=True, foreign_methods=False))

    assert {"POST", "PATCH"} <= {request.method for request in free.seen}
    assert {request.method for request in careful.seen} == {"GET", "PUT"}


KEYS = {"securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "X-Key"}}}


@pytest.mark.parametrize(
    ("security", "requirement"),
    [([], "find/response/status/success"), ([{}, {"key": []}], "find/authentication/optional")],
)
def test_what_is_open_asks_for_no_credential(security: Any, requirement: str) -> None:
    """A document that knows of credentials and asks for none here means it: to demand one breaks it."""
    contract = read({**asking(), "components": KEYS, "security": security})

    def demanding(_: Any, request: Request) -> Any:
        return (200, {}) if request.header("X-Key") == "k" else (401, {})

    outcome = run(Shelves(before=demanding), contract=contract, fixtures={}, token="k")

    assert found(outcome, contract)[requirement] == "fail"


def test_missing_fixtures() -> None:
    """Without its fixture an operation is left out, and the user is told which to give."""
    target = Shelves()

    outcome = run(target, fixtures={})

    assert target.seen == []
    assert "shelf" in outcome.blocks["changeShelf"].detail


def test_only_what_is_wanted() -> None:
    """With a wish, only the operation and the cases that it needs are sent."""
    target = Shelves()

    run(target, wanted=frozenset(["showShelf/path/shelf/unknown"]))

    assert {request.method for request in target.seen} == {"GET"}
    assert len(target.seen) < 8


def test_reads_come_before_changes() -> None:
    """Harmless operations go first."""
    outcome = run(Shelves())

    order = [step.operation for step in outcome.steps if step.role == "case"]
    assert order == sorted(order, key=["showShelf", "changeShelf"].index)


def test_a_body_that_cannot_be_composed_is_no_failure() -> None:
    """An operation whose body has a form that we cannot write is left out, not blamed."""
    body = {"required": True, "content": {"multipart/mixed": {"schema": {"type": "object", "required": ["file"]}}}}
    document = asking(requestBody=body)
    document["paths"]["/things"] = {"post": document["paths"]["/things"]["get"]}
    contract = read(document)

    outcome = run(Shelves(before=lambda *_: (400, {})), contract=contract, fixtures={})

    assert "fail" not in found(outcome, contract).values()
