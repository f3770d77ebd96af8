"""Verdicts of a run and of the traffic of a survey, made one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from conformance.judge.ledger import MOST_EVIDENCE
from conformance.verdict import Result, Verdict


def joined(run: Iterable[Result], survey: Iterable[Result]) -> tuple[Result, ...]:
    """The results of a run, with what a survey has to add to each of them."""
    added = {result.requirement.id: result for result in survey}
    return tuple(_joined(result, added[result.requirement.id]) for result in run)


def _joined(own: Result, other: Result) -> Result:
    """A failure counts wherever it shows, and so does a departure; a survey proves only what nothing has shown yet."""
    match other.verdict:
        case Verdict.FAIL:
            before = own.evidence if own.verdict is Verdict.FAIL else ()
            return replace(other, cases=own.cases, evidence=(*before, *other.evidence)[:MOST_EVIDENCE])
        case Verdict.NOTED if other.reason == "departs" or own.verdict is Verdict.UNPROVEN:
            return replace(other, cases=own.cases) if own.reason != "departs" else own
        case Verdict.PASS if own.verdict is Verdict.UNPROVEN and own.reason == "not-exercised":
            return replace(other, cases=own.cases)
    return own
