"""Laws of the resources that nobody addresses."""

from __future__ import annotations

from collections.abc import Callable

from conformance.wire import Request
from tests.run.runs import OTHERS, failed, run
from tests.run.shelf import Shelves

Touch = Callable[[Shelves, int], None]


def touching(touch: Touch, method: str) -> Shelves:
    """Shelves of which something is touched after each request of a method that names another one."""
    target = Shelves()

    def after(number: int, request: Request) -> None:
        if request.method == method and "/b-2" not in request.target:
            touch(target, number)

    target.after = after
    return target


def test_a_free_member_that_is_dragged_along() -> None:
    """What may move by itself may not move whenever another resource is changed, and only then."""

    def touch(target: Shelves, _: int) -> None:
        target.shelves["b-2"]["touched"] += 1

    assert OTHERS in failed(run(touching(touch, "PUT")))


def test_a_free_member_that_moves_by_itself() -> None:
    """What moves now and then, or with every look, moves by itself."""

    def now_and_then(target: Shelves, number: int) -> None:
        target.shelves["b-2"]["touched"] += number % 50 == 0

    def always(target: Shelves, _: int) -> None:
        target.shelves["b-2"]["touched"] += 1

    once, counted = touching(now_and_then, "PUT"), touching(always, "GET")

    assert OTHERS not in failed(run(once))
    assert OTHERS not in failed(run(counted))
