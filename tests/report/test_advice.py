"""Laws of how unproven requirements are grouped."""

from __future__ import annotations

from dataclasses import replace

from conformance.report.advice import groups
from conformance.verdict import Result
from tests.report import samples


def _unproven(identifier: str, reason: str, *, mendable: bool = False) -> Result:
    requirement = replace(samples.READY, id=identifier)
    return replace(samples.BLOCKED, requirement=requirement, reason=reason, detail="", mendable=mendable)


def test_grouped_by_reason() -> None:
    """What the user can mend comes first, then the largest group."""
    results = [
        _unproven("a", "unseen"),
        _unproven("b", "vacuous"),
        _unproven("c", "vacuous"),
        _unproven("d", "fixture", mendable=True),
    ]

    found = groups(samples.shown(samples.report(*results))["requirements"])

    assert [(group.sentence, group.ids) for group in found] == [
        ("fixture", ("d",)),
        ("vacuous", ("b", "c")),
        ("unseen", ("a",)),
    ]


def test_only_the_unproven() -> None:
    """Whatever was decided needs no advice."""
    found = groups(samples.shown(samples.report(samples.PASSED, samples.FAILED))["requirements"])

    assert found == []
