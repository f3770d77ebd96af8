"""Clocks: when an exchange was, by the clock of the target, which need not be ours."""

from __future__ import annotations

from email.utils import parsedate_to_datetime
from functools import lru_cache

from conformance.judge.step import Step

ALIKE = 2.0  # seconds that two clocks may differ and still count as one: the header has no fractions
WRONG = 900.0  # seconds beyond which a clock is no excuse


def now(step: Step) -> float:
    """Seconds since the epoch at which a request was sent, by the `Date` of its answer if clocks differ (RFC 9110)."""
    sent = step.exchange.started
    told = _told(step.headers.get("date", ""))
    return told if told is not None and ALIKE <= abs(told - sent) <= WRONG else sent


@lru_cache(maxsize=64)
def _told(header: str) -> float | None:
    try:
        return parsedate_to_datetime(header).timestamp()
    except (OverflowError, TypeError, ValueError):
        return None
