"""Laws of clocks: a target whose clock is a little off is judged by its own, as far as it tells."""

from __future__ import annotations

from dataclasses import replace
from email.utils import formatdate

import pytest

from conformance.judge.clock import now
from tests.judge.steps import accepted

SENT = 1_764_000_000.25


@pytest.mark.parametrize(
    ("behind", "expected"),
    [(0, SENT), (1, SENT), (-1, SENT), (60, SENT // 1 - 60), (-600, SENT // 1 + 600), (900.25, SENT), (3600, SENT)],
)
def test_the_clock_of_the_target(behind: float, expected: float) -> None:
    """Within two seconds it is ours; beyond a quarter of an hour it is wrong, and not believed."""
    step = accepted(headers={"Date": formatdate(SENT - behind, usegmt=True)})

    assert now(replace(step, exchange=replace(step.exchange, started=SENT))) == expected


@pytest.mark.parametrize(("behind", "theirs"), [(1, False), (2, True), (900, True), (901, False)])
def test_how_far_clocks_may_differ(behind: int, theirs: bool) -> None:
    """From two whole seconds on the target's clock counts, up to a quarter of an hour."""
    step = accepted(headers={"Date": formatdate(SENT // 1 - behind, usegmt=True)})

    found = now(replace(step, exchange=replace(step.exchange, started=SENT // 1)))

    assert found == SENT // 1 - behind * theirs


@pytest.mark.parametrize("header", ["", "yesterday", "Wed, 99 Nov 2026 22:49:56 GMT", "0"])
def test_what_is_no_date(header: str) -> None:
    """Without a date that can be read the time is ours."""
    step = accepted(headers={"Date": header})

    assert now(step) == step.exchange.started
