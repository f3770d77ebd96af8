"""Laws of the pytest plugin, seen by running pytest with an engine whose verdicts are known."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import entry_points
from pathlib import Path
from xml.etree.ElementTree import parse

import pytest
from syrupy.assertion import SnapshotAssertion

import conformance
from tests.report import samples
from tests.toys.parcels_faults import PARCELS
from tests.toys.wire import serving

pytest_plugins = ["pytester"]

ROOT = Path(__file__).parent.parent
INSTALLED = any(entry.name == "conformance" for entry in entry_points(group="pytest11"))
QUIET = ["-p", "no:schemathesis", "-p", "no:anyio", "-p", "no:cacheprovider", "-p", "no:hypothesispytest"]

# Stands for conformance.suite in the pytest under test and in its workers; each run leaves a line in runs.txt.
ENGINE = """
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import conformance
from conformance.errors import ContractError
from conformance.verdict import Result, Verdict
from tests.cli.conftest import CONTRACT, Engine
from tests.report import samples

DEPARTS = replace(samples.NOTED, reason="departs")
UNPROVEN = replace(samples.BLOCKED, mendable={mendable})
RESULTS = (samples.FAILED, samples.PASSED, DEPARTS, UNPROVEN, samples.BROKEN)
RUNS = Path({runs!r})

def load(path):
    if "broken" in path.read_text():
        raise ContractError("there are no paths", file="openapi.yaml", line=3, hint="add some")
    return CONTRACT

def check(contract, target, options, progress):
    with RUNS.open("a") as file:
        file.write(" ".join([str(target.url), options.profile, str(options.seed), *options.only]) + "\\n")
    chosen = [result for result in RESULTS if result.requirement.id in options.only]
    if {cut}:
        chosen = [replace(r, verdict=Verdict.UNPROVEN, reason="unreachable", evidence=()) for r in chosen]
    run = replace(samples.RUN, incomplete="nothing listens at the URL" if {cut} else None, interrupted={interrupted})
    return samples.report(*chosen, run=run)

module = ModuleType("conformance.suite")
module.load, module.check = load, check
module.requirements = Engine().requirements
sys.modules["conformance.suite"] = conformance.suite = module
"""


class Folder:
    """A folder with an OpenAPI document, and the pytest that runs in it."""

    def __init__(self, pytester: pytest.Pytester, *, mendable: bool, cut: bool, interrupted: bool) -> None:
        self._pytester = pytester
        self.path = pytester.path
        self._runs = pytester.path / "runs.txt"
        pytester.makeconftest(ENGINE.format(mendable=mendable, cut=cut, interrupted=interrupted, runs=str(self._runs)))
        (pytester.path / "openapi.yaml").write_text("openapi: 3.1.0\n")

    def pytest(self, *arguments: str, alone: bool = False) -> pytest.RunResult:
        """Runs pytest, in a process of its own if alone."""
        plugin = [] if INSTALLED else ["-p", "conformance.plugin"]
        run = self._pytester.runpytest_subprocess if alone else self._pytester.runpytest_inprocess
        return run(*QUIET, *plugin, *arguments)

    def runs(self) -> list[list[str]]:
        """What the engine was asked, run by run."""
        return [line.split() for line in self._runs.read_text().splitlines()] if self._runs.exists() else []


@pytest.fixture
def make(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Folder]:
    """Makes the folder, with an engine as told."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.delenv("CONFORMANCE_TOKEN", raising=False)
    monkeypatch.setattr(conformance, "suite", None, raising=False)  # what the engine below sets is undone with this

    def made(*, mendable: bool = False, cut: bool = False, interrupted: bool = False) -> Folder:
        return Folder(pytester, mendable=mendable, cut=cut, interrupted=interrupted)

    return made


Make = Callable[..., Folder]


def test_verdicts(make: Make, snapshot: SnapshotAssertion) -> None:
    """Pass and noted pass, unproven skips with its reason, fail and error fail; a failure reads in three lines."""
    folder = make()

    result = folder.pytest("openapi.yaml", "-rs", "--no-header", "-v")

    result.assert_outcomes(passed=2, failed=2, skipped=1)
    assert result.ret == 1
    assert "Traceback" not in str(result.stdout)
    assert _steady(result) == snapshot
    assert len(folder.runs()) == 1


def _steady(result: pytest.RunResult) -> str:
    """What pytest printed, without its first lines and durations."""
    lines = result.outlines[result.outlines.index("") + 1 :]
    return "\n".join(re.sub(r" in [0-9.]+s", "", line).strip("=").strip() for line in lines)


def test_only_what_is_selected(make: Make) -> None:
    """What is deselected, by name or by id, is not tried at all."""
    folder = make()

    by_word = folder.pytest("openapi.yaml", "-k", "both-sets or format")
    by_id = folder.pytest(f"openapi.yaml::{samples.NAME.id}")

    by_word.assert_outcomes(passed=2, deselected=3)
    by_id.assert_outcomes(failed=1)
    assert folder.runs() == [
        ["None", "standard", "1", samples.IDENTIFIER.id, samples.BOTH_SETS.id],
        ["None", "standard", "1", samples.NAME.id],
    ]


def test_options(make: Make) -> None:
    """The options reach the engine."""
    folder = make()

    folder.pytest(
        *("openapi.yaml", "-k", "both-sets", "--conformance-url", "http://127.0.0.1:1", "--conformance-seed", "9"),
        *("--conformance-profile", "quick", "--conformance-fixture", "project_id=p", "--conformance-token", "T0ken"),
    )

    assert folder.runs() == [["http://127.0.0.1:1", "quick", "9", samples.BOTH_SETS.id]]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--conformance-profile", "quik"], "did you mean quick?"),
        (["--conformance-seed", "x"], "is not a whole number"),
        (["--conformance-fixture", "project_id"], "is not NAME=VALUE"),
        (["--conformance-fixture", "projct_id=1"], "did you mean project_id?"),
        (["--conformance-url", "localhost"], "begins with http:// or https://"),
    ],
)
def test_slips(arguments: list[str], said: str, make: Make) -> None:
    """A slip is an error with the nearest that is known, and nothing is tried."""
    folder = make()

    result = folder.pytest("openapi.yaml", *arguments)

    assert result.ret in (pytest.ExitCode.USAGE_ERROR, pytest.ExitCode.INTERRUPTED)
    assert said in f"{result.stdout}{result.stderr}"
    assert folder.runs() == []


def test_nobody_else_is_bothered(make: Make) -> None:
    """A document that is not named is left alone, unless a target is named."""
    folder = make()
    (folder.path / "values.yaml").write_text("a: 1\n")

    alone, with_target = folder.pytest(), folder.pytest("--conformance-url", "http://127.0.0.1:1")

    assert alone.ret == pytest.ExitCode.NO_TESTS_COLLECTED
    with_target.assert_outcomes(passed=2, failed=2, skipped=1)


def test_loading_the_plugin_imports_nothing() -> None:
    """Whoever has the suite installed does not wait for it in other runs of pytest."""
    program = (
        "import sys, pytest\nbefore = set(sys.modules)\nimport conformance.plugin\n"
        "print(sorted(set(sys.modules) - before))"
    )

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=ROOT)

    assert done.stdout == "['conformance', 'conformance.plugin']\n"


def test_run_that_was_cut_is_red(make: Make) -> None:
    """What a cut run left open fails with the reason of the cut, instead of being skipped."""
    result = make(cut=True).pytest("openapi.yaml")

    result.assert_outcomes(failed=5)
    result.stdout.fnmatch_lines(["nothing listens at the URL", "incomplete: nothing listens at the URL"])


def test_incomplete_run_is_red(make: Make) -> None:
    """Where something waits for the user, the session fails though no test does."""
    result = make(mendable=True).pytest("openapi.yaml", "-k", "format or ready")

    result.assert_outcomes(passed=1, skipped=1, deselected=3)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["incomplete: *blocked by something that you can mend: 1; *"])


def test_interrupted_run_ends_the_session(make: Make) -> None:
    """An interrupt that the engine answered with a report ends pytest as well."""
    result = make(interrupted=True).pytest("openapi.yaml", alone=True)

    assert result.ret == pytest.ExitCode.INTERRUPTED


@pytest.mark.parametrize(
    ("strict", "expected"), [([], {"passed": 2}), (["--conformance-strict"], {"passed": 1, "failed": 1})]
)
def test_strict(strict: list[str], expected: dict[str, int], make: Make) -> None:
    """A contested reading that is departed from fails only if strict."""
    result = make().pytest("openapi.yaml", "-k", "both-sets or format", *strict)

    result.assert_outcomes(deselected=3, **expected)


def test_broken_contract(make: Make) -> None:
    """A contract that does not load is an error at its file, in a sentence with a hint."""
    folder = make()
    (folder.path / "openapi.yaml").write_text("openapi: 3.1.0\nbroken: true\n")

    result = folder.pytest("openapi.yaml")

    assert result.ret == pytest.ExitCode.INTERRUPTED
    assert "Traceback" not in str(result.stdout)
    result.stdout.fnmatch_lines(["openapi.yaml:3: there are no paths", "  hint: add some"])


def test_workers_share_one_run(make: Make) -> None:
    """With pytest-xdist, one worker makes the run, the others read it, and the session sums it up."""
    folder = make(mendable=True)

    result = folder.pytest("openapi.yaml", "-p", "xdist", "-n", "2", alone=True)

    result.assert_outcomes(passed=2, failed=2, skipped=1)
    assert len(folder.runs()) == 1
    assert len(folder.runs()[0]) == 3 + 5
    result.stdout.fnmatch_lines(["*conformance: openapi.yaml*", "1 pass, 1 fail, 1 noted, 1 unproven, 1 error"])


def test_junit(make: Make) -> None:
    """The JUnit file of pytest itself has the ids, the failures and the reasons."""
    folder = make()

    folder.pytest("openapi.yaml", "--junitxml", "junit.xml")

    cases = {
        case.get("name"): [child.tag for child in case] for case in parse(folder.path / "junit.xml").iter("testcase")
    }
    assert cases[samples.NAME.id] == ["failure"]
    assert cases[samples.READY.id] == ["skipped"]
    assert cases[samples.IDENTIFIER.id] == []


@pytest.mark.parametrize("listening", [True, False])
def test_real_engine(listening: bool, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the real engine, in two workers: a faithful server passes, one that nobody serves is red throughout."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("CONFORMANCE_TOKEN", PARCELS.token)
    plugin = [] if INSTALLED else ["-p", "conformance.plugin"]
    chosen = [str(ROOT / "tests" / "toys" / PARCELS.contract), "-k", "showParcel", "--conformance-profile", "quick"]

    with serving(PARCELS.start(PARCELS.decisions)) as url:
        target = url if listening else "http://127.0.0.1:1"
        result = pytester.runpytest_subprocess(*QUIET, *plugin, *chosen, "-n", "2", "--conformance-url", target)

    outcomes = result.parseoutcomes()
    assert result.ret == (pytest.ExitCode.OK if listening else pytest.ExitCode.TESTS_FAILED)
    assert outcomes.get("passed", 0) > 50 if listening else "passed" not in outcomes
    assert ("failed" in outcomes) is not listening
    assert PARCELS.token not in str(result.stdout)
