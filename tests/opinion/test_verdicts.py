"""Laws of joining: a survey can break what a run has proved, and prove only what nothing has shown."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conformance.opinion.verdicts import joined
from conformance.requirement import Requirement, Source
from conformance.verdict import Evidence, Result, Verdict

FIRM = Requirement("make/x", "make", "request", "/body", "maxLength", "documented", Source("manual"), "x")
OPEN = replace(FIRM, id="make/y", level="contested")
OWN, OTHER = Evidence("a", "b", "own"), Evidence("a", "b", "other")
PASS = Result(FIRM, Verdict.PASS, 3, evidence=(OWN,))
FAIL = Result(FIRM, Verdict.FAIL, 3, evidence=(OWN,))
SILENT = Result(FIRM, Verdict.UNPROVEN, 0, "not-exercised", "no exchange showed it")
BLOCKED = Result(FIRM, Verdict.UNPROVEN, 0, "fixture-missing", "give it", mendable=True)
FOLLOWS = Result(OPEN, Verdict.NOTED, 2, "follows", "it follows", evidence=(OWN,))


def other(result: Result) -> Result:
    """The same of a survey."""
    return replace(result, cases=0, evidence=(OTHER,) if result.evidence else ())


@pytest.mark.parametrize(
    ("own", "survey", "verdict", "reason", "evidence"),
    [
        (PASS, other(FAIL), "fail", None, (OTHER,)),
        (FAIL, other(FAIL), "fail", None, (OWN, OTHER)),
        (BLOCKED, other(FAIL), "fail", None, (OTHER,)),
        (PASS, SILENT, "pass", None, (OWN,)),
        (FAIL, other(PASS), "fail", None, (OWN,)),
        (SILENT, other(PASS), "pass", None, (OTHER,)),
        (BLOCKED, other(PASS), "unproven", "fixture-missing", ()),
        (FOLLOWS, other(replace(FOLLOWS, reason="departs")), "noted", "departs", (OTHER,)),
        (replace(FOLLOWS, reason="departs"), other(FOLLOWS), "noted", "departs", (OWN,)),
        (replace(SILENT, requirement=OPEN), other(FOLLOWS), "noted", "follows", (OTHER,)),
    ],
)
def test_joining(own: Result, survey: Result, verdict: str, reason: str | None, evidence: tuple[Evidence, ...]) -> None:
    """What becomes of a verdict and another one on the same requirement."""
    (result,) = joined([own], [survey])

    assert (str(result.verdict), result.reason, result.evidence) == (verdict, reason, evidence)
    assert result.cases == own.cases


def test_what_was_not_asked_for_is_left_out() -> None:
    """Only requirements of the run have results."""
    assert joined([PASS], [other(FOLLOWS), SILENT]) == (PASS,)
