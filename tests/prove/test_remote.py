"""Laws of a user's own server under proof."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from conformance import suite
from conformance.errors import UsageError
from conformance.prove import Fault, prove
from conformance.prove.proof import Scope
from conformance.prove.remote import PATH, Remote
from conformance.settings import TargetSettings
from tests.toys import parcels
from tests.toys.parcels_faults import PARCELS
from tests.toys.toy import Decisions
from tests.toys.wire import App, Request, Response, serving

CONTRACT = suite.load(Path(parcels.__file__).with_name(PARCELS.contract))
KNOWN = {fault.name: fault for fault in PARCELS.faults}


class Switchable:
    """The toy, with a switch for its faults; it remembers what was asked of the switch."""

    def __init__(self) -> None:
        self.switched: list[list[str]] = []
        self._app: App = PARCELS.start(PARCELS.decisions)

    def __call__(self, request: Request) -> Response:
        """The switch's answer, or the toy's."""
        if request.path != PATH:
            return self._app(request)
        assert "authorization" not in request.headers
        if request.method == "GET":
            entry = {
                "id": "limit-51",
                "family": "query",
                "breaks": "More is given.",
                "catches": [KNOWN["limit-51"].requirement],
            }
            return Response(200, {"faults": [entry]})
        active = json.loads(request.body)["active"]
        self.switched.append(active)
        decisions: Decisions = PARCELS.decisions
        for name in active:
            decisions = decisions.replaced(KNOWN[name])
        self._app = PARCELS.start(decisions)
        return Response(204)


@contextmanager
def remote(app: App) -> Iterator[Remote]:
    """A remote subject of this app."""
    with serving(app) as url:
        yield Remote(CONTRACT, TargetSettings(url, PARCELS.token))


def test_foreign_server_is_proved() -> None:
    """A server that lists and switches its faults is proved like our own."""
    app = Switchable()
    firm = tuple(r.id for r in suite.requirements(CONTRACT) if r.level != "contested")

    with remote(app) as subject:
        faults = subject.listing().faults
        matrix = prove(subject, Scope("parcels.yaml", firm, faults, partial=True, profile="quick"))

    assert faults == (Fault("limit-51", "query", "More is given.", (KNOWN["limit-51"].requirement,)),)
    assert [trial.outcome for trial in matrix.trials] == ["named"]
    assert matrix.unfaithful == ()
    assert matrix.where.startswith("http://127.0.0.1:")
    assert app.switched == [[], ["limit-51"]]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Response(404, {}), "lists no faults: 404"),
        (Response(200, b"<html>"), "lists no faults"),
        (Response(200, []), "lists no faults"),
        (Response(200, {"faults": []}), "lists no faults"),
        (Response(200, {"faults": ["x"]}), "what is no fault"),
        (Response(200, {"faults": [{"id": ""}]}), "what is no fault"),
        (Response(200, {"faults": [{"id": "a", "catches": "b"}]}), "what is no fault"),
        (Response(200, {"faults": [{"id": "a", "breaks": 1}]}), "what is no fault"),
        (Response(200, {"faults": [{"id": "a"}, {"id": "a"}]}), "two faults of the same id"),
        (Response(200, {"faults": [{"id": "a"}], "beyond": ["x"]}), "no object of sentences"),
    ],
)
def test_bad_lists(answer: Response, said: str) -> None:
    """What is no list of faults is the user's to mend."""
    with remote(lambda request: answer) as subject, pytest.raises(UsageError, match=said) as caught:
        subject.listing()

    assert caught.value.hint is not None
    assert "docs/prove.md" in caught.value.hint


def test_id_is_enough() -> None:
    """A fault need say no more than its id."""
    with remote(lambda request: Response(200, {"faults": [{"id": "a"}]})) as subject:
        assert subject.listing().faults == (Fault("a"),)


def test_beyond() -> None:
    """What none of its faults can break, a server may say."""
    listed = {"faults": [{"id": "a"}], "beyond": {"*/header-case": "It is read elsewhere."}}

    with remote(lambda request: Response(200, listed)) as subject:
        assert subject.listing().beyond == {"*/header-case": "It is read elsewhere."}


def test_switch_that_fails() -> None:
    """A fault that cannot be switched on is no proof of anything."""

    def refuses(request: Request) -> Response:
        return Response(500, {})

    with remote(refuses) as subject, pytest.raises(UsageError, match=r"does not switch to \['a'\]: 500"):
        subject.examine("a", "quick")


def test_nobody_there() -> None:
    """A server that does not answer is said to be so."""
    with serving(lambda request: Response(200)) as url:
        pass
    gone: Any = Remote(CONTRACT, TargetSettings(url))

    with pytest.raises(UsageError, match="lists no faults"):
        gone.listing()
