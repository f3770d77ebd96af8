"""Laws of runs against a target whose states are seen by updates alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from conformance.cases.plan import Plan
from conformance.contract.operation import Contract
from conformance.judge.outcome import Outcome
from conformance.run.permission import Permission
from conformance.run.runner import Runner, ahead
from conformance.run.session import Session
from conformance.strict_json import parsed
from conformance.wire import Request
from tests.run.runs import found
from tests.run.shelf import FIXTURES, KEY, START, Shelves
from tests.toy_contracts import OPEN, SHELF_RULES, SHELVES, changed, read

LOOK = {"operation": "changeShelf", "request": "{'body': {}}", "value": "response.body", "disturbs": ["touched"]}
FULL = {"text": "a full one, which is closed", "self": {"room": 0}}
EXTENSION = SHELVES["paths"]["/shelves/{shelf}"]["put"]["x-conformance"]


def contract() -> Contract:
    """Shelves that are closed without room, and looked at by an update that changes nothing."""
    document = changed(SHELVES, [LOOK], "x-conformance", "states", "shelf", "observe")
    document = changed(document, FULL, "x-conformance", "fixtures", "shelf.full")
    return read(changed(document, [*EXTENSION["requires"], OPEN], *SHELF_RULES))


def shelves(answer: Callable[[dict[str, Any], Request], Any]) -> Shelves:
    """Shelves without a GET, one of them closed; `answer` is given the shelf and may answer instead."""
    target = Shelves()
    target.shelves["c-3"] = {**START, "room": 0}

    def before(_: int, request: Request) -> Any:
        shelf = target.shelves.get(request.target.rpartition("/")[2], {})
        return (405, {"error": "no"}) if request.method == "GET" else answer(shelf, request)

    target.before = before
    return target


CLOSED = (400, {"error": "closed"})


def ran(target: Shelves, **fixtures: str) -> Outcome:
    """A quick run, which waits for nobody."""
    session = Session(contract(), target, KEY, pause=lambda _: None)
    return Runner(session, {**FIXTURES, **fixtures}, contract().settings, Plan("quick"), Permission()).run()


def broken(target: Shelves, **fixtures: str) -> set[str]:
    """What shelves do not keep of the contract of changes."""
    results = found(ran(target, **fixtures), contract())
    return {name for name, verdict in results.items() if verdict == "fail" and name.startswith("changeShelf")}


def test_what_may_not_be_updated_is_not_looked_at() -> None:
    """Whoever updates what is closed, and shows it open afterwards, is found out; whoever refuses that is not."""

    def opening(shelf: dict[str, Any], _: Request) -> None:
        shelf["room"] = shelf.get("room") or 3

    def refusing(shelf: dict[str, Any], _: Request) -> Any:
        return None if shelf.get("room", 3) else CLOSED

    assert broken(shelves(opening), **{"shelf.full": "c-3"}) == {"changeShelf/rule/open"}
    assert broken(shelves(refusing), **{"shelf.full": "c-3"}) == set()


def test_what_is_not_as_declared_is_to_be_mended() -> None:
    """Where the state at hand allows nothing, and nothing is accepted, the user is told which fixture is wrong."""

    def closing(shelf: dict[str, Any], _: Request) -> Any:
        was, shelf["room"] = shelf.get("room"), 0
        return (200, shelf) if was else CLOSED

    block = ran(shelves(closing)).blocks["changeShelf"]

    assert (block.reason, block.mendable) == ("state", True)
    assert "shelf has room 0, where 3 is needed" in block.detail


def test_a_fixture_in_the_wrong_state_is_no_fault() -> None:
    """What a GET shows to be closed, and is refused, is the wrong fixture."""
    target = Shelves(before=lambda _, request: CLOSED if request.method == "PUT" else None)
    target.shelves["a-1"]["room"] = target.shelves["b-2"]["room"] = 0
    document = changed(SHELVES, FULL, "x-conformance", "fixtures", "shelf.full")
    seen, plan = read(changed(document, [*EXTENSION["requires"], OPEN], *SHELF_RULES)), Plan("quick")
    made = ahead(seen, FIXTURES, plan, Permission())
    assert made.hosts(seen, seen.operations["changeShelf"]).alternatives()  # on what is declared they are valid

    runner = Runner(Session(seen, target, KEY), FIXTURES, seen.settings, plan, Permission(), hosts=made.hosts)
    outcome = runner.run()

    assert (outcome.blocks["changeShelf"].reason, outcome.blocks["changeShelf"].mendable) == ("state", True)
    assert {name for name, verdict in found(outcome, seen).items() if verdict == "fail"} == set()


def test_a_refusal_that_closes_is_found_out() -> None:
    """After it not even the update that changes nothing is accepted, however long that is waited for."""
    shut: set[str] = set()

    def shutting(shelf: dict[str, Any], request: Request) -> Any:
        body = parsed(request.body or b"")
        long = isinstance(body, dict) and len(str(body.get("name", ""))) > 8
        shut.update({request.target} if long and shelf else ())
        return CLOSED if request.target in shut else None

    assert "changeShelf/state/refusal/unchanged" in broken(shelves(shutting))


def test_what_is_busy_for_a_while_is_not_closed() -> None:
    """A target that refuses some looks after an update, and accepts them later, has changed nothing."""
    refused = 0

    def busy(_: dict[str, Any], request: Request) -> Any:
        nonlocal refused
        refused += request.body == b"{}"
        return CLOSED if request.body == b"{}" and refused % 3 == 2 else None

    assert "changeShelf/state/refusal/unchanged" not in broken(shelves(busy))
