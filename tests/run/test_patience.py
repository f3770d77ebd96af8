"""Laws of conducting: a resource that no longer takes what fits is waited for, and then told of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from conformance.cases.plan import Plan
from conformance.contract import Contract
from conformance.judge.outcome import Outcome
from conformance.judge.verdicts import verdicts
from conformance.requirements.derive import of_contract
from conformance.run.patience import PATIENCE
from conformance.run.permission import Permission
from conformance.run.runner import Runner
from conformance.run.session import Session
from conformance.strict_json import parsed
from conformance.wire import Request
from tests.run.shelf import FIXTURES, KEY, Answer, Shelves
from tests.toy_contracts import SHELVES, changed, described, read

FREE = ("paths", "/shelves/{shelf}", "put", "x-conformance", "free")
CONTRACT = read(changed(SHELVES, ["touched", "room"], *FREE))
SUCCESS = "changeShelf/response/status/success"
UNCHANGED = "changeShelf/state/refusal/unchanged"
WAITING = Callable[[float], None]


def locking(status: int) -> Shelves:
    """Shelves that have room for nothing once a request was answered so."""
    target = Shelves()

    def before(_: int, request: Request) -> Answer:
        answer = target._answered(request)
        if request.method == "PUT" and answer[0] == status:
            for shelf in target.shelves.values():
                shelf["room"] = 0
        return (200, {**answer[1], "room": 0}) if request.method == "PUT" and answer[0] == 200 == status else answer

    target.before = before
    return target


def run(target: Shelves, pause: WAITING = lambda _: None, contract: Contract = CONTRACT) -> Outcome:
    """A run of the quick profile that does not wait in earnest."""
    session = Session(contract, target, KEY, pause=pause)
    return Runner(session, FIXTURES, contract.settings, Plan("quick"), Permission()).run()


def failed(outcome: Outcome, contract: Contract = CONTRACT) -> set[str]:
    """The requirements that failed."""
    results = verdicts(contract, of_contract(contract), outcome, contract.settings)
    return {result.requirement.id for result in results if result.verdict == "fail"}


def test_an_update_that_allows_no_other() -> None:
    """A resource that stays in a state which allows nothing, and all by an accepted update, breaks that success."""
    waits: list[float] = []

    outcome = run(locking(200), waits.append)

    assert SUCCESS in failed(outcome)
    assert waits[: len(PATIENCE)] == list(PATIENCE)


def test_a_refusal_that_allows_no_update() -> None:
    """A refusal that leaves a resource in a state which allows nothing has changed it, be that member free or not."""
    assert UNCHANGED in failed(run(locking(400)))


def test_a_target_that_is_busy_for_a_while() -> None:
    """A resource that comes back by itself is waited for, and nobody is blamed."""
    target = Shelves()

    def before(_: int, request: Request) -> Answer:
        answer = target._answered(request)
        if request.method == "PUT" and answer[0] == 200:
            target.shelves["a-1"]["room"] = 0
            return 200, {**answer[1], "room": 0}
        return answer

    def pause(_: float) -> None:
        target.shelves["a-1"]["room"] = 3

    target.before = before
    outcome = run(target, pause)

    assert not failed(outcome) & {SUCCESS, UNCHANGED}
    assert [step for step in outcome.steps if step.case is not None and step.case.expect == "accept"]


def with_two_books(taken: int = 3) -> Contract:
    """Where a shelf that has two books takes only fewer than so many."""
    given: dict[str, Any] = {"body": {"books": ["a", "b"]}}
    many = f"size(self.books) != 2 || size(request.body.books) < {taken}"
    rule = ("paths", "/shelves/{shelf}", "put", "x-conformance", "requires", 0)
    full: dict[str, Any] = {
        "text": "no third book",
        "rule": f"!has(request.body.books) || !has(self.books) || {many}",
        "satisfied": [{"request": {"body": {"books": ["a"]}}, "self": {"room": 3, "books": ["b"]}}],
        "violated": [
            {"given": given, "request": {"body": {"books": ["a", "b", "c"]}}, "self": {"room": 3, "books": ["a", "b"]}}
        ],
    }
    existing = SHELVES["paths"]["/shelves/{shelf}"]["put"]["x-conformance"]["requires"][0]
    return read(changed(SHELVES, {**existing, **full}, *rule))


def test_what_an_update_sets_is_not_waited_for() -> None:
    """It comes back by an update alone, and that was refused."""
    target, waits = Shelves(), list[float]()

    def before(_: int, request: Request) -> Answer | None:
        stuck = len(target.shelves["a-1"]["books"]) == 2
        return (
            (400, {"error": "no"}) if request.method == "PUT" and stuck and b"books" in (request.body or b"") else None
        )

    target.before = before
    outcome = run(target, waits.append, with_two_books(taken=1))

    assert [step for step in outcome.steps if step.role == "restore" and step.status == 400]
    assert waits == []


def test_an_update_that_has_to_precede_a_refusal_does_so_again() -> None:
    """Sought one by one, a refusal stands again on the update that made it one."""
    contract = with_two_books()
    target, once = Shelves(), iter([1])

    def before(_: int, request: Request) -> Answer | None:
        shelf = target.shelves["a-1"]
        if request.method == "PUT" and len(shelf["books"]) == 2 and b'["a", "b", "c"]' in (request.body or b""):
            shelf["touched"] += next(once, 0)  # what moves by itself makes the refusals be sent one by one
            return 400, {"error": "too many"}
        return None

    target.before = before
    outcome = run(target, contract=contract)

    assert [step for step in outcome.steps if step.role == "probe" and step.case is not None]
    assert UNCHANGED not in failed(outcome, contract)


def test_a_target_that_is_busy_without_saying_so() -> None:
    """Where no state says so, a target may refuse everything until it is done: later calls wait for that."""
    body = {"required": True, "content": {"application/json": {"schema": {"type": "string", "maxLength": 9}}}}
    answers = {"202": {"description": "Taken on."}, "400": {"description": "No."}}
    operation = {"operationId": "make", "requestBody": body, "responses": answers}
    contract = read(described({"/notes": {"post": operation}}))
    now, until = [0.0], [0.0]

    def working(_: int, request: Request) -> Answer:
        plain = request.method == "POST" and (request.header("content-type") or "").startswith("application/json")
        text = parsed(request.body or b"") if plain else None
        if now[0] < until[0] or not isinstance(text, str) or len(text) > 9:
            return 400, None
        until[0] = now[0] + 0.08
        return 202, None

    def pause(seconds: float) -> None:
        now[0] += seconds

    session = Session(contract, Shelves(before=working), None, pause=pause)
    outcome = Runner(session, {}, contract.settings, Plan("quick"), Permission()).run()

    results = verdicts(contract, of_contract(contract), outcome, contract.settings)
    found = {result.requirement.id: result.verdict for result in results}
    assert found["make/request/body/maxLength"] == "pass"
    assert "fail" not in found.values()
