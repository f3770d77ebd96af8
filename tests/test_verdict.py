"""Laws of verdicts: how they combine, what a run's exit code says, and when a run concluded too little."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.requirement import Level, Requirement, Source
from conformance.verdict import Report, Result, Run, Verdict, exit_code, shortfall, worst

PASS, FAIL, NOTED, UNPROVEN, ERROR = Verdict.PASS, Verdict.FAIL, Verdict.NOTED, Verdict.UNPROVEN, Verdict.ERROR


def result(verdict: Verdict, level: Level = "documented", **more: Any) -> Result:
    """A verdict on some requirement of a level."""
    return Result(Requirement("a", "show", "request", "", "type", level, Source("x"), "a text"), verdict, **more)


def report(*results: Result, **run: Any) -> Report:
    """The report of a run."""
    return Report(Run(1, "standard", 0.0, 1.0, 9, "x.yaml", **run), {}, results)


def test_verdicts_combine_by_taking_the_worst() -> None:
    """From best to worst: pass, noted, unproven, fail, error; nothing has no worst."""
    ranked = [PASS, NOTED, UNPROVEN, FAIL, ERROR]

    assert sorted(Verdict, key=lambda verdict: verdict.severity) == ranked
    assert [worst(ranked[: n + 1]) for n in range(5)] == ranked
    assert worst([FAIL, PASS]) == FAIL
    assert worst([]) is None


def test_a_summary_counts_every_verdict() -> None:
    """Each verdict is counted under its name, those that nothing got as 0."""
    found = report(result(PASS), result(FAIL), result(PASS)).summary()

    assert found == {"pass": 2, "fail": 1, "noted": 0, "unproven": 0, "error": 0}


@pytest.mark.parametrize(
    ("results", "run", "expected"),
    [
        ([result(PASS)], {}, 0),
        ([result(PASS), result(NOTED, "contested", reason="departs")], {}, 0),
        ([result(PASS), result(UNPROVEN, reason="no-case")], {}, 0),
        ([result(PASS), result(FAIL)], {}, 1),
        ([], {}, 3),
        ([result(UNPROVEN)], {}, 3),
        ([result(PASS, "contested")], {}, 3),
        ([result(NOTED)], {}, 3),
        ([result(PASS), result(UNPROVEN, mendable=True)], {}, 3),
        ([result(PASS), result(UNPROVEN, "implied", mendable=True)], {}, 3),
        ([result(PASS), result(UNPROVEN, "contested", mendable=True)], {}, 0),
        ([result(PASS)], {"incomplete": "the time limit was reached"}, 3),
        ([result(FAIL)], {"incomplete": "the time limit was reached"}, 1),
        ([result(FAIL)], {"interrupted": True}, 130),
        ([result(FAIL), result(ERROR)], {"interrupted": True}, 4),
    ],
)
def test_exit_codes(results: list[Result], run: dict[str, Any], expected: int) -> None:
    """An error of ours is 4 before all, an interrupt 130, a failure 1, too little concluded 3, and only else 0."""
    assert exit_code(report(*results, **run)) == expected


@pytest.mark.parametrize(
    ("noted", "expected"),
    [
        (result(NOTED, "contested", reason="departs"), 1),
        (result(NOTED, "contested", reason="follows"), 0),
        (result(UNPROVEN, "contested", reason="departs"), 0),
    ],
)
def test_strict_runs_fail_on_broken_readings(noted: Result, expected: int) -> None:
    """A strict run fails where the target departs from a reading, and only there."""
    assert exit_code(report(result(PASS), noted), strict=True) == expected


def test_a_shortfall_is_said() -> None:
    """What was missing is said in one sentence, the reason for a cut before all else; a whole run lacks nothing."""
    blocked = result(UNPROVEN, mendable=True, detail="give the token")
    other = result(UNPROVEN, mendable=True, detail="give the fixture")

    assert shortfall(report(result(PASS))) is None
    assert shortfall(report(result(PASS), incomplete="out of time", interrupted=True)) == "out of time"
    assert shortfall(report(result(PASS), interrupted=True)) == "the run was interrupted"
    assert shortfall(report(result(PASS), blocked, blocked, result(FAIL, mendable=True))) == (
        "documented or implied requirements blocked by something that you can mend: 2; give the token"
    )
    assert shortfall(report(other, blocked, blocked)) == (
        "documented or implied requirements blocked by something that you can mend: 3; among them: give the token"
    )
    assert shortfall(report(result(UNPROVEN))) == "nothing was proved"
