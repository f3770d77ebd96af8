"""Laws of sessions: what is sent is noted, and a target that is gone ends the run."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.run.session import MOST_FAILURES, MOST_SILENCES, Session, Stop, resource
from conformance.wire import Request
from tests.judge.steps import CONTRACT, TWIN
from tests.run.shelf import KEY, Shelves

CHANGE = CONTRACT.operations["changeShelf"]


def session(target: Shelves, **more: Any) -> Session:
    """A session with shelves."""
    return Session(CONTRACT, target, KEY, **more)


def test_what_is_sent_is_noted() -> None:
    """Every request is a step, in order, with what was known before."""
    made = session(Shelves())
    made.known[resource(CHANGE, TWIN)] = {"name": "old"}

    step = made.send(CHANGE, TWIN, role="probe")

    assert made.steps == [step]
    assert (step.status, step.role, step.before, made.requests) == (200, "probe", {"name": "old"}, 1)


def test_amended_steps() -> None:
    """A step that turns out to know more replaces itself, and only itself."""
    made = session(Shelves())
    one, two = made.send(CHANGE, TWIN), made.send(CHANGE, TWIN)

    amended = made.amend(one, flaky=True)

    assert made.steps == [amended, two]
    assert amended.flaky
    assert not one.flaky


def test_resources() -> None:
    """A resource is named by the kind of state and the values of the path, whatever is sent to it."""
    show = CONTRACT.operations["showShelf"]

    assert resource(CHANGE, TWIN) == resource(CHANGE, {**TWIN, "body": {}})
    assert resource(CHANGE, TWIN) != resource(CHANGE, {"path": {"shelf": "b-2"}})
    assert resource(CHANGE, TWIN) != resource(show, TWIN)


def silent(_: int, __: Request) -> tuple[int, Any]:
    """No answer."""
    return 0, None


def test_nobody_there() -> None:
    """A target that never answered is unreachable at the second try."""
    made = session(Shelves(before=silent))
    made.send(CHANGE, TWIN)

    with pytest.raises(Stop, match="cannot be reached"):
        made.send(CHANGE, TWIN)


def test_a_target_that_stops_answering() -> None:
    """After answers, some failures are a failing request; many in a row are a target that is gone."""
    made = session(Shelves(before=lambda number, _: None if number == 1 else (0, None)))
    made.send(CHANGE, TWIN)
    for _ in range(MOST_FAILURES - 1):
        made.send(CHANGE, TWIN)

    with pytest.raises(Stop, match="stopped answering"):
        made.send(CHANGE, TWIN)


def mute_to(name: str) -> Any:
    """No answer to a change to this name, whatever else is asked."""
    return lambda _, request: (0, None) if name.encode() in (request.body or b"") else None


def test_silence_for_some_requests_only() -> None:
    """Where what was fine before is still answered, silence is what these requests get, and the run goes on."""
    made = session(Shelves(before=mute_to("mute")))
    made.send(CHANGE, TWIN)

    for _ in range(MOST_FAILURES):
        made.send(CHANGE, {**TWIN, "body": {"name": "mute"}})

    assert made.send(CHANGE, TWIN).status == 200
    assert made.requests == MOST_FAILURES + 3


def test_silence_is_not_waited_for_without_end() -> None:
    """A target that is silent again and again costs a bounded number of waits."""
    made = session(Shelves(before=mute_to("mute")))
    made.send(CHANGE, TWIN)
    for _ in range(MOST_FAILURES * (MOST_SILENCES + 1) - 1):
        made.send(CHANGE, {**TWIN, "body": {"name": "mute"}})

    with pytest.raises(Stop, match="stopped answering"):
        made.send(CHANGE, {**TWIN, "body": {"name": "mute"}})


def test_failures_between_answers() -> None:
    """Failures that are not in a row do not end the run."""
    made = session(Shelves(before=lambda number, _: (0, None) if number % 3 == 0 else None))

    for _ in range(20):
        made.send(CHANGE, TWIN)

    assert made.requests == 20


def test_throttling_that_stays() -> None:
    """A 429 that everything meets ends the run."""
    with pytest.raises(Stop, match="429"):
        session(Shelves(before=lambda *_: (429, {}))).send(CHANGE, TWIN)


def test_429_for_one_request_only() -> None:
    """A 429 that only one request meets is that request's answer."""
    made = session(Shelves(before=lambda number, _: (429, {}) if number == 2 else None))
    made.send(CHANGE, TWIN)

    assert made.send(CHANGE, TWIN).status == 429


def test_the_time_limit() -> None:
    """When the time is over, nothing more is sent."""
    target = Shelves()

    with pytest.raises(Stop, match="time"):
        session(target, until=0.0).send(CHANGE, TWIN)
    assert target.seen == []
