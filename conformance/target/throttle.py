"""Patience with a target that asks to slow down, within bounds."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Protocol

from conformance.wire import Exchange, Request, Response

_UNSAID = 1.0  # seconds to wait when the target does not say how long, or not in a way that can be read
_SECONDS = re.compile(r"[0-9]{1,9}")


class Sender(Protocol):
    """Whatever turns a request into an exchange."""

    def send(self, request: Request) -> Exchange: ...  # noqa: D102 - the class says it


class Patient:
    """Sends again what was refused for now: 429, or 503 with Retry-After; counts its waits for the report.

    One wait is at most `longest` seconds whatever the target asks for, all waits of this object together `total`;
    a request is sent at most `retries` times again. What the target said last is the exchange. `clock` gives seconds
    since the epoch, because Retry-After may be a date.
    """

    def __init__(
        self,
        sender: Sender,
        *,
        longest: float = 5.0,
        total: float = 30.0,
        retries: int = 3,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        self.waits = 0
        self.waited = 0.0  # seconds
        self._sender = sender
        self._longest = longest
        self._total = total
        self._retries = retries
        self._clock = clock
        self._sleep = sleep

    def send(self, request: Request) -> Exchange:
        """The first exchange in which the target does not ask to wait, or the last one that patience allows."""
        exchange = self._sender.send(request)
        for _ in range(self._retries):
            if not self._wait(exchange):
                break
            exchange = self._sender.send(request)
        return exchange

    def _wait(self, exchange: Exchange) -> bool:
        asked = _asked(exchange.response, self._clock)
        left = self._total - self.waited
        if asked is None or left <= 0:
            return False
        seconds = min(asked, self._longest, left)
        self._sleep(seconds)
        self.waits += 1
        self.waited += seconds
        return True


def _asked(response: Response | None, clock: Callable[[], float]) -> float | None:
    """Seconds that the target asks to wait; None if it does not."""
    if response is None or response.status not in (429, 503):
        return None
    after = response.header("Retry-After")
    if after is None:
        return _UNSAID if response.status == 429 else None
    return _seconds(after, clock)


def _seconds(after: str, clock: Callable[[], float]) -> float:
    if _SECONDS.fullmatch(after):
        return float(after)
    from email.utils import parsedate_to_datetime  # late: slow to import, and few targets name a date

    try:
        return max(parsedate_to_datetime(after).timestamp() - clock(), 0.0)
    except (ValueError, OverflowError, TypeError, IndexError):  # what a date of chance makes of the parser
        return _UNSAID
