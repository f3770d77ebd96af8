"""Laws of looking: the first way that works is kept, and a look never changes more than it may."""

from __future__ import annotations

from typing import Any

from conformance.judge.step import Step
from conformance.run.look import Looker
from tests.judge.steps import SHELF, exchange
from tests.toy_contracts import SHELVES, changed, read

BOTH = [
    {"operation": "showShelf", "value": "response.body"},
    {
        "operation": "changeShelf",
        "request": "{'body': {'name': self.name}}",
        "value": "response.body",
        "disturbs": ["touched"],
    },
]
CONTRACT = read(changed(SHELVES, BOTH, "x-conformance", "states", "shelf", "observe"))
PATH = {"shelf": "a-1"}


class Target:
    """Answers each operation with one status and body, and notes what was asked."""

    def __init__(self, **answers: tuple[int, Any]) -> None:
        self.answers = answers
        self.asked: list[tuple[str, Any]] = []

    def __call__(self, operation: str, document: Any) -> Step:
        """The step of an operation."""
        self.asked.append((operation, document))
        return Step(operation, document, exchange(*self.answers[operation]), "look")


def looker(target: Target, *, may_change: bool = True) -> Looker:
    """A looker at shelves."""
    return Looker(CONTRACT, CONTRACT.states["shelf"], target, may_change)


def test_the_first_way_that_works() -> None:
    """A GET that works shows the state, and nothing else is sent."""
    target = Target(showShelf=(200, SHELF))
    at = looker(target)

    seen, step = at.look(PATH, {})

    assert (seen, at.reads) == (SHELF, True)
    assert step is not None
    assert [operation for operation, _ in target.asked] == ["showShelf"]


def test_the_next_way_when_the_first_is_not_there() -> None:
    """Where the GET is unknown, the update that changes nothing is used, and the GET is not tried again."""
    target = Target(showShelf=(404, {}), changeShelf=(200, SHELF))
    at = looker(target)

    at.look(PATH, {"name": "novels"})
    seen, _ = at.look(PATH, {"name": "novels"})

    assert seen == SHELF
    assert not at.reads
    assert at.way is not None
    assert at.way.disturbs == ("touched",)
    assert [operation for operation, _ in target.asked] == ["showShelf", "changeShelf", "changeShelf"]
    assert target.asked[1][1]["body"] == {"name": "novels"}


def test_no_update_without_permission() -> None:
    """Where nothing may be changed, no update is sent to look."""
    target = Target(showShelf=(404, {}), changeShelf=(200, SHELF))

    seen, _ = looker(target, may_change=False).look(PATH, {"name": "novels"})

    assert seen is None
    assert [operation for operation, _ in target.asked] == ["showShelf"]


def test_no_update_that_is_forbidden() -> None:
    """An update that the contract forbids is not sent to look; a GET always is."""
    target = Target(showShelf=(404, {}), changeShelf=(200, SHELF))

    seen, _ = looker(target).look(PATH, {"name": "novels"}, lambda name, request: request["body"]["name"] == "novels")

    assert seen is None
    assert [operation for operation, _ in target.asked] == ["showShelf"]
    assert looker(target).look(PATH, {"name": "poems"}, lambda name, request: name == "showShelf")[0] == SHELF


def test_no_update_without_what_it_needs() -> None:
    """An update whose request needs what is not known is not sent."""
    target = Target(showShelf=(404, {}), changeShelf=(200, SHELF))

    assert looker(target).look(PATH, {}) == (None, None)
    assert len(target.asked) == 1


def test_a_way_that_worked_is_kept() -> None:
    """A look that fails once after it worked shows nothing, and no other way is taken."""
    target = Target(showShelf=(200, SHELF), changeShelf=(200, SHELF))
    at = looker(target)
    at.look(PATH, {"name": "novels"})
    target.answers["showShelf"] = (500, {})

    seen, _ = at.look(PATH, {"name": "novels"})

    assert seen is None
    assert "changeShelf" not in [operation for operation, _ in target.asked]


def test_what_shows_no_state() -> None:
    """An answer that is no JSON, or where the state is missing, shows nothing."""
    for body in (b"<html>", [1], b""):
        assert looker(Target(showShelf=(200, body), changeShelf=(400, {}))).look(PATH, {})[0] is None
