"""Laws of the bench: what it measures is what it says."""

from __future__ import annotations

import gc
import json
import tomllib
from collections import Counter
from collections.abc import Callable
from cProfile import Profile
from functools import partial
from pathlib import Path

import pytest

from bench import memory, mutation
from bench.client import fastest
from bench.command import best, run
from bench.growth import measured, repeated
from bench.server import Counted, Tally
from bench.traffic import measured as judged
from bench.traffic import proxy
from bench.traffic import repeated as again
from bench.versions import EDITS, ROOT, edited
from conformance import suite
from conformance.bundled import bundled_contract
from conformance.contract import Contract
from conformance.contract.document import load
from conformance.traffic.read import Recording
from conformance.traffic.write import entry
from tests.toy_contracts import SHELVES
from tests.traffic.samples import ORIGIN, har, shown, update


def sharing(contract: Contract) -> set[int]:
    """How many operations share a state."""
    return set(Counter(operation.state for operation in contract.operations.values() if operation.state).values())


def calls(work: Callable[[], object]) -> int:
    """How many functions something calls; none of them is one that is told of collected cycles."""
    profile = Profile()
    gc.disable()
    try:
        profile.runcall(work)
    finally:
        gc.enable()
    return sum(entry.callcount for entry in profile.getstats())


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


def test_each_copy_is_as_much_work_as_the_one_before(tmp_path: Path) -> None:
    """Twice the operations are twice the function calls, counted: a clock says it less exactly."""
    spec = tmp_path / "openapi.json"

    def work(copies: int) -> int:
        spec.write_text(json.dumps(repeated(SHELVES, copies)))
        return calls(partial(measured, spec))

    work(1)  # what is remembered for the next time is worked out once
    two, four, eight = work(2), work(4), work(8)

    assert two > 10_000
    assert eight - four == 2 * (four - two)


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
    assert [each.codes for each in mutation.modules(["a.f__[12]"])] == [{"a.f__1": 1, "a.f__2": 0}]
    assert list(mutation.modules(["b.*"])) == []
    assert [line.split() for line in mutation.table([module])][2:] == [
        ["a.py", "5", "2", "1", "1", "40.0%"],
        ["all", "5", "2", "1", "1", "40.0%"],
    ]


def test_the_emulator_is_changed_in_a_place_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There the suite is the only test, and what is changed is the emulator as it is now."""
    monkeypatch.setattr(mutation, "EMULATED", tmp_path / "emulator")
    project = Path(mutation.__file__).parents[1]

    for _ in range(2):
        monkeypatch.chdir(project)  # and back to where it was, after the test
        mutation._enter_emulated()

    wanted = tomllib.loads(Path("pyproject.toml").read_text())["tool"]["mutmut"]
    assert Path.cwd() == tmp_path / "emulator"
    assert [Path(each).is_file() for each in wanted["pytest_add_cli_args_test_selection"]] == [True]
    assert [Path(each).is_dir() for each in (*wanted["source_paths"], *wanted["also_copy"])] == [True, True, True]
    assert [bool(list(Path().glob(each))) for each in wanted["do_not_mutate"]] == [True] * 5


def test_a_recording_grows_by_whole_copies(tmp_path: Path) -> None:
    """A file of the size that was asked for, whose every exchange is read and judged."""
    entries = [entry(update(n, {"name": "a"}, 200, shown(n)), ORIGIN, {}) for n in range(3)]
    one = har(tmp_path / "one.har", entries)

    again(one, tmp_path / "many.har", 50_000)
    found = judged(tmp_path / "many.har")

    assert (tmp_path / "many.har").stat().st_size >= 50_000
    assert found.exchanges == len(list(Recording(tmp_path / "many.har"))) > 3
    assert found.exchanges % 3 == 0
    assert min(found.seconds, found.rate, found.peak) > 0


def test_both_ways_to_a_server_are_timed() -> None:
    """Directly and through the proxy, a request takes time."""
    found = proxy(requests=3)

    assert 0 < min(found.direct, found.through) < max(found.direct, found.through) < 10


def test_a_document_is_compared_with_an_edited_copy(tmp_path: Path) -> None:
    """Each of the edits is made in a copy, the original stays, and what breaks is counted."""
    responses = "{'200': {description: yes, content: {application/json: {schema: {$ref: 'shared/models/error.yml'}}}}}"
    files = {
        ROOT: "openapi: 3.0.3\ninfo: {title: Toy, version: '1'}\npaths: {/a: {get: {operationId: a, parameters: "
        f"[{{$ref: 'shared/parameters.yml#/page'}}], responses: {responses}}}}}}}\n",
        EDITS[0][0]: "page:\n  name: page\n  in: query\n  schema:\n    type: integer\n    maximum: 200\n",
        EDITS[1][0]: "type: object\nproperties:\n  name:\n    type: string\n    maxLength: 255\n",
        EDITS[2][0]: "type: object\nrequired:\n  - id\n  - message\n",
    }
    for name, text in files.items():
        path = tmp_path / Path(ROOT).parent / name.removeprefix(f"{Path(ROOT).parent}/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    changed, same = edited(tmp_path)

    assert (changed.breaking, changed.code) == (2, 1)
    assert (same.breaking, same.code) == (0, 0)
    assert (tmp_path / ROOT).read_text() == files[ROOT]


def test_what_is_remembered_counts_as_reached() -> None:
    """Whoever asks for a value that is known reaches what was reached when it was worked out, and it only."""
    reached: set[str] = set()

    def twice(number: int) -> int:
        reached.add(f"worked out for {number}")
        return 2 * number

    known = memory.remembering(twice, lambda: reached)
    for number, expected in ((1, {"worked out for 1"}), (2, {"worked out for 2"}), (1, {"worked out for 1"})):
        reached.clear()
        reached.add("before")

        assert known(number) == 2 * number
        assert reached == {"before", *expected}
