"""Steps made by hand: what was sent and answered, as a run would have noted it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from conformance.cases.case import Case
from conformance.contract import Contract
from conformance.judge.outcome import Outcome
from conformance.judge.step import Step
from conformance.judge.verdicts import verdicts
from conformance.requirements.derive import of_contract
from conformance.verdict import Result
from conformance.wire import Exchange, Failure, Request, Response
from tests.toy_contracts import SHELVES, read

CONTRACT = read(SHELVES)
REQUIREMENTS = of_contract(CONTRACT)
SHELF = {"name": "novels", "books": ["emma"], "room": 3, "touched": 1}
REFUSED = {"error": "no"}
TWIN: dict[str, Any] = {"path": {"shelf": "a-1"}, "body": {"name": "novels"}}
LONG: dict[str, Any] = {"path": {"shelf": "a-1"}, "body": {"name": "novelsnovels"}}
LONGEST = "changeShelf/request/body/name/maxLength"
SUCCESS = "changeShelf/response/status/success"


def exchange(status: int, body: Any = None, headers: dict[str, str] | None = None) -> Exchange:
    """An answer; `body` is sent as JSON, bytes as they are, None as no body, and status 0 is no answer at all."""
    request = Request("PUT", "/v1/shelves/a-1")
    if status == 0:
        return Exchange(request, None, Failure("timeout", "nothing came"), 0.0, 0.1)
    raw = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
    sent = {"Content-Type": "application/json", **(headers or {})} if raw else dict(headers or {})
    return Exchange(request, Response(status, "", tuple(sent.items()), raw), None, 0.0, 0.1)


def case(requirement: str = LONGEST, expect: str = "refuse", request: Any = None, **more: Any) -> Case:
    """A case; a refusal has TWIN as its twin."""
    defaults: dict[str, Any] = {"twin": TWIN} if expect == "refuse" else {}
    document = request if request is not None else LONG if expect == "refuse" else TWIN
    return Case(
        id=more.pop("id", f"{requirement}#{expect}"),
        requirement=requirement,
        operation=requirement.split("/", maxsplit=1)[0],
        request=document,
        expect=expect,  # type: ignore[arg-type]
        sent=more.pop("sent", "something"),
        **{**defaults, **more},
    )


def sent(made: Case, status: int, body: Any = None, *, headers: dict[str, str] | None = None, **more: Any) -> Step:
    """The step of a case; without a body the answer has the documented one."""
    if body is None and status != 202:
        body = SHELF if status == 200 else REFUSED
    return Step(made.operation, made.request, exchange(status, body, headers), more.pop("role", "case"), made, **more)


def accepted(**more: Any) -> Step:
    """The step that accepts the twin."""
    return sent(case(SUCCESS, "accept", id=more.pop("id", "twin")), 200, **more)


def refused(status: int = 400, **more: Any) -> Step:
    """The step that refuses the faulty request."""
    return sent(case(), status, **more)


def probe(status: int = 200, body: Any = SHELF, operation: str = "changeShelf", **more: Any) -> Step:
    """A valid request outside of all cases."""
    return Step(operation, TWIN, exchange(status, body), "probe", None, **more)


def look(body: Any = SHELF) -> Step:
    """A look at the shelf."""
    return Step("showShelf", {"path": {"shelf": "a-1"}}, exchange(200, body), "look")


def judged(*steps: Step, contract: Contract = CONTRACT, **outcome: Any) -> dict[str, Result]:
    """The results of all requirements, by id."""
    requirements = REQUIREMENTS if contract is CONTRACT else of_contract(contract)
    found = verdicts(contract, requirements, Outcome(list(steps), **outcome), contract.settings)
    return {result.requirement.id: result for result in found}


def verdict(name: str, *steps: Step, **outcome: Any) -> tuple[str, str | None]:
    """The verdict and the reason of one requirement."""
    result = judged(*steps, **outcome)[name]
    return str(result.verdict), result.reason


def invalid(count: int, status: int) -> list[Step]:
    """So many faulty requests of different requirements, each answered with this status."""
    places = ("name/maxLength", "name/minLength", "name/pattern", "name/type", "books/type", "books/maxItems")
    return [
        sent(case(f"changeShelf/request/body/{place}", request={**LONG, "n": place}), status)
        for place in places[:count]
    ]


def rehearsed(made: Case) -> Case:
    """The same case as a rehearsal."""
    body = {**made.request["body"], "dry_run": True}
    return replace(made, id=f"{made.id} (rehearsal)", request={**made.request, "body": body}, rehearsal=True)


def on_rehearsal(step: Step, status: int) -> Step:
    """The case of a step, sent as a rehearsal."""
    assert step.case is not None
    return sent(rehearsed(step.case), status)


def given(requirement: str, body: Any, status: int = 400, shelf: str = "a-1") -> Step:
    """The step of a valid request, sent for this requirement."""
    made = case(requirement, "accept", {"path": {"shelf": shelf}, "body": body}, id=f"{requirement}#{body}")
    return sent(made, status, {**SHELF, **body} if status == 200 else None)


def failed(*steps: Step) -> list[str]:
    """The requirements that failed."""
    return [name for name, result in judged(*steps).items() if result.verdict == "fail"]
