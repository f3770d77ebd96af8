"""Laws of a survey: another tool explores shelves by our rules, and our judge judges what comes of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from conformance.cases.plan import Plan
from conformance.contract import Contract, read_contract
from conformance.generation import explorer
from conformance.judge.outcome import Outcome
from conformance.judge.step import Step
from conformance.opinion import survey as surveys
from conformance.opinion.gate import Gate
from conformance.opinion.survey import Survey
from conformance.requirements.derive import of_contract
from conformance.run.permission import Permission
from conformance.run.runner import Runner
from conformance.run.session import Session
from conformance.wire import Request
from tests.run.shelf import FIXTURES, KEY, START, Shelves
from tests.toy_contracts import SHELVES

REMOTE = Permission(changes=False, disruption=False, foreign_methods=False)
LONG = "changeShelf/request/body/name/maxLength"


@pytest.fixture(scope="module")
def contract(tmp_path_factory: pytest.TempPathFactory) -> Contract:
    """The shelves, in a file that another tool can read."""
    path: Path = tmp_path_factory.mktemp("toy") / "shelves.yaml"
    path.write_text(yaml.safe_dump(SHELVES, sort_keys=False))
    return read_contract(path)


@pytest.fixture(autouse=True)
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(explorer, "COVERED", 120)
    monkeypatch.setattr(explorer, "DRAWN", 12)
    monkeypatch.setattr(explorer, "SEQUENCES", 2)


def surveyed(
    contract: Contract, target: Shelves, permission: Permission | None = None, **more: Any
) -> tuple[Survey, Outcome, Session]:
    """A run of few cases with a survey."""
    session = Session(contract, target, KEY, more.pop("until", None))
    allowed = permission or Permission()
    survey = Survey(session, of_contract(contract), Gate(allowed, FIXTURES), more.pop("seed", 1), **more)
    plan = Plan("quick", wanted=frozenset(["changeShelf/request/body/dry_run/type"]))
    runner = Runner(session, FIXTURES, contract.settings, plan, allowed, exploration=survey)
    return survey, runner.run(), session


def failed(survey: Survey) -> set[str]:
    """The requirements that exchanges of the survey break."""
    return {result.requirement.id for result in survey.results() if str(result.verdict) == "fail"}


@pytest.mark.parametrize("seed", [1, 2])
def test_a_faithful_target(contract: Contract, seed: int) -> None:
    """Nothing is held against a faithful target, which is left as it was found; a 405 of shelves lacks its Allow."""
    target = Shelves()

    survey, outcome, _ = surveyed(contract, target, seed=seed)

    assert failed(survey) == set()
    found = [(finding.check, finding.requirements) for finding in survey.opinion().findings]
    assert found == [("Wrong response to undeclared method", ())]
    assert survey.opinion().requests > 50
    assert outcome.incomplete is None
    assert {**target.shelves["a-1"], "touched": 1} == START


def test_what_is_put_back_between_explorations(contract: Contract) -> None:
    """Between two explorations resources are put back: what was seen of them before is held against nobody."""
    target = Shelves()
    session = Session(contract, target, KEY)
    survey = Survey(session, of_contract(contract), Gate(Permission(), FIXTURES), 1)
    operation, frame = contract.operations["changeShelf"], {"path": {"shelf": "a-1"}}

    for name in ("novels", "poems", "novels"):
        target.shelves["a-1"] |= {"name": name, "touched": 1}
        survey.explore(operation, frame)

    assert failed(survey) == set()


def test_a_finding_fails_the_requirement_that_it_is_about(contract: Contract) -> None:
    """A name that is too long and accepted is evidence against its limit, and the finding says so."""
    survey, _, _ = surveyed(contract, Shelves(frozenset({"name-9"})))

    assert failed(survey) == {LONG}
    accepted = [f for f in survey.opinion().findings if f.check == "Schema-violating request accepted"]
    assert [finding.requirements for finding in accepted] == [(LONG,)]
    exchange = next(result for result in survey.results() if result.requirement.id == LONG).evidence[0].exchange
    assert exchange is not None
    assert len(json.loads(exchange.request.body or b"")["name"]) == 9


def test_a_finding_about_nothing_that_is_written(contract: Contract) -> None:
    """A status that no requirement speaks of is a finding on its own."""

    def teapot(number: int, request: Request) -> Any:
        return (418, {"error": "tea"}) if b"books" in (request.body or b"") and number > 30 else None

    survey, _, _ = surveyed(contract, Shelves(before=teapot))

    assert ("Undocumented status code", ()) in {(f.check, f.requirements) for f in survey.opinion().findings}


def test_silence_is_asked_again(contract: Contract) -> None:
    """A request that is never answered fails the statement about odd requests; one that was lost once does not."""
    lost: set[Request] = set()

    def deaf(number: int, request: Request) -> Any:
        return (0, None) if b'"books": []' in (request.body or b"") else None

    def forgetful(number: int, request: Request) -> Any:
        new = b'"books": []' in (request.body or b"") and request not in lost
        lost.add(request)
        return (0, None) if new else None

    assert "changeShelf/protocol/hostile" in failed(surveyed(contract, Shelves(before=deaf))[0])
    assert failed(surveyed(contract, Shelves(before=forgetful))[0]) == set()


def test_a_real_target_is_read_and_rehearsed(contract: Contract) -> None:
    """Without permission every update is a rehearsal, and no other method is tried."""
    target = Shelves()

    survey, _, _ = surveyed(contract, target, REMOTE)

    assert survey.opinion().requests > 0
    assert {request.method for request in target.seen} == {"GET", "PUT"}
    assert all(json.loads(r.body or b"")["dry_run"] is True for r in target.seen if r.method == "PUT")
    assert target.shelves["a-1"] == START


def test_every_request_is_one_of_the_session(contract: Contract) -> None:
    """What is explored is counted and noted like all else, with the right credential, and is no step of the run."""
    target = Shelves()
    noted: list[Step] = []
    session = Session(contract, target, KEY)
    session.noted = noted.append
    survey = Survey(session, of_contract(contract), Gate(Permission(), FIXTURES), 1)

    survey.explore(contract.operations["changeShelf"], {"path": {"shelf": "a-1"}})

    assert len(target.seen) == session.requests == len(noted) == survey.opinion().requests
    assert {step.role for step in noted} == {"explored"}
    assert {request.header("X-Key") for request in target.seen} == {KEY}
    assert session.steps == []


def test_a_target_that_stops_answering(contract: Contract) -> None:
    """The run is cut as it would be without a survey, and says why."""
    target = Shelves(before=lambda number, request: (0, None) if number > 60 else None)

    _, outcome, _ = surveyed(contract, target)

    assert outcome.incomplete == "the target stopped answering: nothing came in time"


def test_an_interrupt_ends_the_exploration(contract: Contract) -> None:
    """Ctrl-C in the middle of it ends the run at once, and the shelf is put back."""
    counts: list[int] = []

    def pressed(number: int, request: Request) -> None:
        counts.append(number)
        if number == 60:
            raise KeyboardInterrupt

    target = Shelves(after=pressed)
    _, outcome, _ = surveyed(contract, target)

    assert outcome.interrupted
    assert len(counts) < 70
    assert {**target.shelves["a-1"], "touched": 1} == START


def test_the_time_of_an_operation_is_bounded(contract: Contract, monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes too long is ended, and the run goes on."""
    clock = iter(range(10_000))
    monkeypatch.setattr(surveys, "monotonic", lambda: float(next(clock)))

    survey, outcome, _ = surveyed(contract, Shelves(), longest=20.0)

    assert survey.opinion().requests <= 2 * 20
    assert outcome.incomplete is None
