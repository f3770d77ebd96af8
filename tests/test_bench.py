"""Laws of the bench: what it measures is what it says."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from bench import mutation
from bench.client import fastest
from bench.command import best, run
from bench.growth import measured, repeated
from bench.server import Counted, Tally
from conformance import suite
from conformance.bundled import bundled_contract
from conformance.contract import Contract
from conformance.contract.document import load


def sharing(contract: Contract) -> set[int]:
    """How many operations share a state."""
    return set(Counter(operation.state for operation in contract.operations.values() if operation.state).values())


def test_copies_are_whole_contracts(tmp_path: Path) -> None:
    """Three copies have three times the requirements, and each keeps its own states and operations."""
    spec = tmp_path / "openapi.json"
    spec.write_text(json.dumps(repeated(load(bundled_contract()).root, 3)))

    contract = suite.load(spec)

    original = suite.load()
    assert len(suite.requirements(contract)) == 3 * len(suite.requirements(original))
    assert len(contract.operations) == 3 * len(original.operations)
    assert len(contract.states) == 3 * len(original.states)
    assert sharing(contract) == sharing(original)


def test_a_size_counts_what_was_derived(tmp_path: Path) -> None:
    """Requirements and cases are those of the contract, and both took time and memory."""
    spec = tmp_path / "openapi.yaml"
    spec.write_text(
        "openapi: 3.1.0\ninfo: {title: Toy, version: '1'}\npaths: {/a: {get: {operationId: a, responses: "
        "{'200': {description: yes, content: {application/json: {schema: {type: object}}}}}}}}\n"
    )

    size = measured(spec)

    assert size.requirements == len(suite.requirements(suite.load(spec)))
    assert size.cases > 0
    assert min(size.listing, size.deriving, size.peak) > 0


def test_requests_are_counted_where_they_arrive() -> None:
    """The server counts each request once, from one question to the next, and times them."""
    with Counted() as server:
        stretch = fastest(server, requests=10)
        rest = server.tally()

    assert stretch.requests == 10
    assert stretch.rate > 0
    assert rest == Tally(0, 0)


def test_a_command_is_timed_to_its_end() -> None:
    """Time, exit code and output are those of the run itself."""
    done = run("sh", "-c", "echo said; exit 3")

    assert (done.code, done.output) == (3, "said\n")
    assert best(3, "true").seconds > 0


def test_changes_are_counted_by_what_came_of_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A change is noticed if a test fails, crashes or never ends; it survives, has no test, or was not tried."""
    notes = {"a.f__1": 1, "a.f__2": 0, "a.f__3": 33, "a.f__4": -24, "a.f__5": None}
    (tmp_path / "a.py.meta").write_text(json.dumps({"exit_code_by_key": notes}))
    (tmp_path / "empty.py.meta").write_text(json.dumps({"exit_code_by_key": {}}))
    monkeypatch.setattr(mutation, "WORK", tmp_path)

    (module,) = mutation.modules()

    assert (module.name, module.noticed) == ("a.py", 2)
    assert module.names((*mutation.SURVIVED, *mutation.UNTESTED)) == ["a.f__2", "a.f__3"]
    assert mutation.share([module]) == 2 / 5
    assert [line.split() for line in mutation.table([module])][2:] == [
        ["a.py", "5", "2", "1", "1", "40.0%"],
        ["all", "5", "2", "1", "1", "40.0%"],
    ]
