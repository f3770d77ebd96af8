"""Laws of runs: what is sent to whom, what is found, and that everything is put back."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from conformance.cases.plan import Plan
from conformance.judge.outcome import Outcome
from conformance.judge.verdicts import verdicts
from conformance.requirements.derive import of_contract
from conformance.run.runner import Permission, Runner
from conformance.run.session import Session
from conformance.wire import Request
from tests.run.shelf import FIXTURES, KEY, START, Shelves
from tests.toy_contracts import SHELVES, asking, changed, described, posting, read

CONTRACT = read(SHELVES)
REMOTE = Permission(changes=False, disruption=False, foreign_methods=False)
OTHERS = "changeShelf/state/other/unchanged"
UNCHANGED = "changeShelf/state/refusal/unchanged"


def run(target: Shelves, permission: Permission | None = None, contract: Any = CONTRACT, **more: Any) -> Outcome:
    """A run of the quick profile against shelves."""
    session = Session(contract, target, more.pop("token", KEY), more.pop("until", None))
    fixtures = more.pop("fixtures", FIXTURES)
    plan = Plan("quick", **more)
    return Runner(session, fixtures, contract.settings, plan, permission or Permission()).run()


def found(outcome: Outcome, contract: Any = CONTRACT) -> dict[str, str]:
    """The verdicts on a run, by requirement."""
    results = verdicts(contract, of_contract(contract), outcome, contract.settings)
    return {result.requirement.id: str(result.verdict) for result in results}


def failed(outcome: Outcome) -> set[str]:
    """The requirements that failed."""
    return {name for name, verdict in found(outcome).items() if verdict == "fail"}


def as_found(target: Shelves) -> bool:
    """Whether all shelves are as they were in the beginning, but for the count of changes."""
    return all({**shelf, "touched": 1} == START for shelf in target.shelves.values())


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


Break = Callable[[int, Request], Any]


def interrupting(at: int) -> Break:
    """Ctrl-C after a request was answered."""

    def after(number: int, _: Request) -> None:
        if number == at:
            raise KeyboardInterrupt

    return after


def departures() -> list[int]:
    """The numbers of requests that change a shelf which was as found, and of some others."""
    target, numbers, still = Shelves(), [1, 40, 60, 80], [True]

    def after(number: int, _: Request) -> None:
        if still[0] and not as_found(target):
            numbers.append(number)
        still[0] = as_found(target)

    target.after = after
    run(target)
    return numbers[:7]


def test_everything_is_put_back_after_an_interruption() -> None:
    """Wherever a run is interrupted, also between a change and the word of it, everything is put back."""
    numbers = departures()
    assert len(numbers) > 4

    for at in numbers:
        target = Shelves(after=interrupting(at))
        outcome = run(target)
        assert as_found(target), at
        assert outcome.interrupted


def test_everything_is_put_back_after_a_stop() -> None:
    """A target that falls silent, and does what it is told all the same, is put back when it speaks again."""
    for at in departures()[1:]:
        target = Shelves()

        def before(number: int, request: Request, at: int = at, target: Shelves = target) -> Any:
            if not at <= number < at + 4:
                return None
            target._answered(request)
            return 0, None

        target.before = before
        outcome = run(target)
        assert as_found(target), at
        assert outcome.incomplete is None or "stopped answering" in outcome.incomplete


def test_everything_is_put_back_when_the_time_is_over() -> None:
    """The end of the time ends the tests, not the putting back."""
    target = Shelves()
    passed = iter([*[0.0] * 100, *[10.0] * 10_000])

    session = Session(CONTRACT, target, KEY, 5.0)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("conformance.run.session.monotonic", lambda: next(passed))
        outcome = Runner(session, FIXTURES, CONTRACT.settings, Plan("quick"), Permission()).run()

    assert outcome.incomplete == "the time limit was reached"
    assert as_found(target)


def test_what_cannot_be_put_back_is_said() -> None:
    """If putting back fails, the user is told what it was and how to restore it."""
    stubborn = Shelves(before=lambda number, request: (500, {}) if number > 60 and request.method == "PUT" else None)
    before = dict(stubborn.shelves["a-1"])

    outcome = run(stubborn)

    if not as_found(stubborn):
        said = " ".join(outcome.notices)
        assert "could NOT be put back" in said
        assert before["name"] in said


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
