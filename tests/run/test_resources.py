"""Laws of the resources of a run: whatever ends it, everything is put back as it was found."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from conformance.cases.plan import Plan
from conformance.run.permission import Permission
from conformance.run.runner import Runner
from conformance.run.session import Session
from conformance.wire import Request
from tests.run.runs import CONTRACT, as_found, run
from tests.run.shelf import FIXTURES, KEY, Shelves

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
    last = departures()[-1]
    stubborn = Shelves(before=lambda number, request: (500, {}) if number > last and request.method == "PUT" else None)
    before = dict(stubborn.shelves["a-1"])

    outcome = run(stubborn)

    said = " ".join(outcome.notices)
    assert not as_found(stubborn)
    assert "could NOT be put back" in said
    assert before["name"] in said
