"""Laws of the ledger: how evidence becomes a verdict."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest

from conformance.judge.ledger import MOST_EVIDENCE, MOST_KEPT, REASONS, Entry, Ledger, result
from conformance.requirement import Level, Requirement, Source
from conformance.verdict import Result, Verdict
from conformance.wire import Request
from tests.judge.steps import LONGEST, accepted, case, refused, sent

STEP = refused()
NOTES = {
    "accepts": "the target accepts it",
    "refuses": "the target refuses it",
    "accepts and refuses": "the target accepts some of it and refuses some",
    "follows": "the target follows this reading",
    "departs": "the target departs from this reading",
}


def ledger(level: Level = "documented") -> Ledger:
    """The ledger of one requirement."""
    requirement = Requirement(LONGEST, "changeShelf", "request", "/body/name", "maxLength", level, Source("x"), "short")
    return Ledger({LONGEST: Entry(requirement)})


def drawn(made: Ledger, *, alive: bool = True, mendable: bool = False) -> Result:
    """The verdict of the one requirement."""
    return result(made.entries[LONGEST], alive=alive, absent="not-exercised", mendable=mendable)


def enter(made: Ledger, what: str) -> None:
    """Enter one piece of evidence of a kind."""
    match what:
        case "keep":
            made.keep(LONGEST, STEP, "400", "400")
        case "fail":
            made.fail(LONGEST, STEP, "400", "200")
        case "doubt":
            made.doubt(LONGEST, STEP)
        case _:
            made.note(LONGEST, STEP, what, "200")


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ((), ("unproven", "not-exercised")),
        (("keep",), ("pass", None)),
        (("fail",), ("fail", None)),
        (("doubt",), ("unproven", "twin-refused")),
        (("keep", "doubt"), ("pass", None)),
        (("keep", "keep", "fail"), ("fail", None)),
        (("keep", "doubt", "fail"), ("fail", None)),
    ],
)
def test_the_worst_evidence_wins(entries: tuple[str, ...], expected: Any) -> None:
    """Evidence against outweighs all evidence for, in whatever order it comes; doubt is no proof."""
    for order in permutations(entries):
        made = ledger()
        for what in order:
            enter(made, what)
        found = drawn(made)
        assert (str(found.verdict), found.reason) == expected


def test_nothing_passes_at_a_target_that_does_not_discriminate() -> None:
    """Where the target is not alive, what was kept is unproven, what was broken is broken."""
    kept, broken = ledger(), ledger()
    enter(kept, "keep")
    enter(broken, "fail")

    assert (drawn(kept, alive=False).verdict, drawn(kept, alive=False).reason) == ("unproven", "not-discriminating")
    assert drawn(broken, alive=False).verdict == "fail"


@pytest.mark.parametrize(
    ("entries", "reason"),
    [
        (("accepts",), "accepts"),
        (("accepts", "refuses"), "accepts and refuses"),
        (("follows",), "follows"),
        (("follows", "departs"), "departs"),
        (("keep",), "follows"),
        (("keep", "fail"), "departs"),
        (("fail",), "departs"),
        (("keep", "accepts"), "accepts"),
        (("refuses",), "refuses"),
    ],
)
def test_a_contested_requirement_is_only_noted(entries: tuple[str, ...], reason: str) -> None:
    """Whatever speaks for or against a contested requirement, it is noted, and a departure is said."""
    made = ledger("contested")
    for what in entries:
        enter(made, what)

    found = drawn(made)

    assert (found.verdict, found.reason, found.mendable) == (Verdict.NOTED, reason, False)
    assert found.detail == NOTES[reason]
    assert found.evidence
    assert all(each.exchange == STEP.exchange for each in found.evidence)


def test_a_departure_is_shown_by_the_smallest_request() -> None:
    """Of several departures from a contested reading the shortest request is shown."""
    made = ledger("contested")
    for size in (30, 3, 300):
        step = replace(STEP, exchange=replace(STEP.exchange, request=Request("PUT", "/", (), b"x" * size)))
        made.fail(LONGEST, step, "400", str(size))

    assert [each.observed for each in drawn(made).evidence] == ["3"]


def test_a_contested_requirement_without_evidence_is_unproven() -> None:
    """What was not tried is not noted."""
    assert drawn(ledger("contested")).verdict == "unproven"


def test_evidence_is_small_and_little() -> None:
    """Of much evidence against, the shortest requests are shown, a few."""
    made = ledger()
    for number in range(12):
        enter(made, "fail")
        made.fail(LONGEST, sent(case(id=str(number)), 200), "400", "200")

    assert len(drawn(made).evidence) == MOST_EVIDENCE


def test_cases_are_counted_once() -> None:
    """A result counts the cases behind it, each once, and no probes."""
    made = ledger()
    for step in (sent(case(id="a"), 400), sent(case(id="a"), 400), sent(case(id="b"), 400), accepted(role="probe")):
        made.keep(LONGEST, step, "", "")

    doubted = ledger()
    doubted.doubt(LONGEST, STEP)
    tried = ledger()
    tried.tried(LONGEST, STEP)

    assert drawn(made).cases == 2
    assert drawn(made, alive=False).cases == 2
    assert (drawn(doubted).cases, drawn(tried).cases, drawn(ledger()).cases) == (1, 1, 0)


def test_unknown_requirements_are_ignored() -> None:
    """Evidence for a requirement that was not selected changes nothing."""
    made = ledger()
    made.keep("other", STEP, "", "")
    made.fail("other", STEP, "", "")

    assert "other" not in made
    assert drawn(made).verdict == "unproven"


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_is_a_sentence(reason: str) -> None:
    """A reason is said in words, and what the user can mend stays so."""
    found = result(ledger().entries[LONGEST], alive=True, absent=reason, mendable=True)

    assert found.detail == REASONS[reason]
    assert found.mendable


def test_the_smallest_requests_are_shown() -> None:
    """Of what speaks against a requirement the shortest requests come first, those without a body before all."""
    made = ledger()
    for size in (None, 30, 3, 300, 0, 40, 20):
        body = None if size is None else b"x" * size
        step = replace(STEP, exchange=replace(STEP.exchange, request=Request("PUT", "/v1/shelves/a-1", (), body)))
        made.fail(LONGEST, step, "400", str(size))

    assert [each.observed for each in drawn(made).evidence] == ["None", "0", "3", "20", "30"]
    assert drawn(made).evidence[0].exchange is not None


def test_short_paths_are_shown_before_long_ones() -> None:
    """Where requests have no body, the shorter path is the smaller request."""
    made = ledger()
    for target in ("/shelves/a-1", "/", "/shelves"):
        step = replace(STEP, exchange=replace(STEP.exchange, request=Request("PUT", target)))
        made.fail(LONGEST, step, "400", target)

    assert [each.observed for each in drawn(made).evidence] == ["/", "/shelves", "/shelves/a-1"]


def test_every_failure_is_told_at_once() -> None:
    """Who listens is told the requirement and the step of each failure that is asked for, and of nothing else."""
    heard: list[tuple[str, Any]] = []
    made = Ledger(ledger().entries, lambda requirement, step: heard.append((requirement, step)))
    made.keep(LONGEST, STEP, "400", "400")
    made.fail("other", STEP, "400", "200")
    made.fail(LONGEST, STEP, "400", "200")

    assert heard == [(LONGEST, STEP)]


def test_much_evidence_is_kept_small() -> None:
    """A run may be a year of traffic: of many failures the smallest stay, however late they come."""
    made = ledger()
    for number in range(MOST_KEPT, 0, -1):
        step = replace(STEP, exchange=replace(STEP.exchange, request=Request("PUT", "/", (), b"x" * number)))
        made.fail(LONGEST, step, "400", str(number))
    assert len(made.entries[LONGEST].against) == MOST_KEPT

    made.fail(LONGEST, replace(STEP, exchange=replace(STEP.exchange, request=Request("PUT", "/"))), "400", "none")

    assert [each.observed for each in made.entries[LONGEST].against] == ["none", "1", "2", "3", "4"]
