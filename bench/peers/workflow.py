"""Step CI's workflow: what it generates from the contract, with a token, and the refusals that a user adds by hand."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from conformance.emulator import FIXTURES, TOKEN

UNKNOWN = "00000000-0000-4000-8000-000000000000"
_ERROR = {"$ref": "#/components/schemas/Error"}


def finished(workflow: dict[str, Any]) -> dict[str, Any]:
    """The workflow with every step in a test of its own (a failure skips what follows it), and refusals beside it."""
    steps = [step for test in workflow["tests"].values() for step in test["steps"]]
    for step in steps:
        step["http"].setdefault("headers", {})["X-Auth-Token"] = TOKEN
    every = [*steps, *(refusal for step in steps for refusal in _refusals(step)), *_further(steps)]
    tests = {f"test{number}": {"name": step["name"], "steps": [step]} for number, step in enumerate(every)}
    return {**workflow, "tests": tests}


def _refusals(step: dict[str, Any]) -> list[dict[str, Any]]:
    """No token, and an id that does not exist."""
    path = step["http"]["url"]
    unknown = path.replace(FIXTURES["address_group_id"], UNKNOWN).replace(FIXTURES["instance_id"], UNKNOWN)
    return [
        _step(step, "without a token", 401, lambda http: http["headers"].pop("X-Auth-Token")),
        _step(step, "of another", 404, lambda http: http.update(url=unknown)),
    ]


def _further(steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    update = next(step for step in steps if step["id"] == "updateAddressGroup")
    change = next(step for step in steps if step["id"] == "modifyInstanceIp")
    busy = update["http"]["url"].replace(FIXTURES["address_group_id"], FIXTURES["address_group_id.updating"])
    long = {"address_group": {"name": "a" * 65}}
    return [
        _step(update, "with a long name", 400, lambda http: http.update(json=long)),
        _step(update, "that is busy", 409, lambda http: http.update(url=busy)),
        _step(update, "as a rehearsal", 202, lambda http: http["json"].update(dry_run=True)),
        _step(change, "with a wrong type", 400, lambda http: http.update(json={"nics": 1})),
    ]


def _step(step: dict[str, Any], how: str, status: int, edit: Any) -> dict[str, Any]:
    copy = deepcopy(step)
    edit(copy["http"])
    copy |= {"id": f"{step['id']}{status}", "name": f"{step['name']} {how}"}
    copy["http"]["check"] = {"status": status} | ({"schema": _ERROR} if status >= 400 else {})
    return copy
