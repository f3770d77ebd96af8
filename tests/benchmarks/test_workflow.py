"""Laws of the workflow: every step alone, with a token, and the refusals beside it."""

from __future__ import annotations

from typing import Any

from bench.peers.workflow import UNKNOWN, finished
from conformance.emulator import FIXTURES, TOKEN

GROUP = f"/groups/{FIXTURES['address_group_id']}"


def generated() -> dict[str, Any]:
    """A workflow as Step CI writes it."""
    update = {"url": GROUP, "method": "PUT", "json": {"address_group": {}}, "check": {"status": 200}}
    change = {"url": f"/instances/{FIXTURES['instance_id']}/ip", "method": "PUT", "json": {}, "check": {"status": 202}}
    steps = [
        {"id": "updateAddressGroup", "name": "Update", "http": update},
        {"id": "modifyInstanceIp", "name": "Change", "http": change},
    ]
    return {"version": "1.0", "tests": {"all": {"steps": steps}}}


def test_each_step_is_a_test_of_its_own() -> None:
    """A failure must not skip what follows it."""
    tests = finished(generated())["tests"].values()

    assert {len(test["steps"]) for test in tests} == {1}
    assert len(tests) == 2 + 2 * 2 + 4


def test_a_refusal_differs_in_what_it_is_refused_for() -> None:
    """Without a token there is none, an unknown id is another one, and all else has the token."""
    steps = {test["steps"][0]["id"]: test["steps"][0]["http"] for test in finished(generated())["tests"].values()}

    assert "X-Auth-Token" not in steps["updateAddressGroup401"]["headers"]
    assert steps["updateAddressGroup404"]["url"] == f"/groups/{UNKNOWN}"
    assert {step["headers"].get("X-Auth-Token") for name, step in steps.items() if "401" not in name} == {TOKEN}
    assert all(step["check"]["status"] == int(name[-3:]) for name, step in steps.items() if name[-3:].isdigit())
