"""Values that are new each time: the present, and identities, which have to reappear where they are referred to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from conformance.wire import Exchange

Place = tuple[str, int, str]  # operation, status and pointer; an array item is `*`

_NEAR = 300.0  # seconds: clocks differ
_LONG = 8  # characters: a shorter text occurs by chance
_OFTEN = 5  # so many different values of a place make identities of them, whatever they look like
_OPAQUE = re.compile(r"(?=(?:.*[0-9]){3})[0-9A-Za-z_-]{16,}", re.DOTALL)  # what looks like one
_MILLISECONDS = 1e11  # above it a number of the present counts milliseconds


def present(value: Any, exchange: Exchange) -> bool:
    """Whether a value is the time of its exchange, however it is written."""
    moment = _moment(value)
    return moment is not None and abs(moment - exchange.started) <= _NEAR


def _moment(value: Any) -> float | None:
    """Seconds since the epoch, if that is what a value may mean."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return value / 1000 if value > _MILLISECONDS else float(value)
    if not isinstance(value, str) or len(value) < _LONG:
        return None
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        with suppress(ValueError, OverflowError):
            time = read(value)
            return (time if time.tzinfo is not None else time.replace(tzinfo=UTC)).timestamp()
    return None


@dataclass
class Identities:
    """The identities that one side gave, and where each was seen first."""

    _first: dict[Any, tuple[str, str]] = field(default_factory=dict)  # the case, and the member's name

    def learn(self, value: Any, case: str, member: str) -> None:
        """A place that gives identities gave this one."""
        self._first.setdefault(_key(value), (case, member))

    def known(self, value: Any) -> bool:
        """Whether it was given before."""
        return _key(value) in self._first

    def origin(self, value: Any, member: str) -> tuple[str, str] | None:
        """Where a value was given, if that is the one meant here: a short one only under the same name."""
        found = self._first.get(_key(value)) if isinstance(value, str | int) else None
        if found is None or (found[1] != member and not (isinstance(value, str) and len(value) >= _LONG)):
            return None
        return found


def _key(value: Any) -> Any:
    return type(value).__name__, value


@dataclass
class Census:
    """Which places of one side's answers gave another value every time, none of which was in the request."""

    _values: dict[Place, set[Any]] = field(default_factory=dict)
    _counts: dict[Place, int] = field(default_factory=dict)
    _others: set[Place] = field(default_factory=set)  # places that also gave what is no identity

    def count(self, values: Iterable[tuple[Place, Any]], exchange: Exchange) -> None:
        """Enter the values of one answer."""
        sent = exchange.request.target + (exchange.request.body or b"").decode("utf-8", "replace")
        for place, value in values:
            if not isinstance(value, str | int) or isinstance(value, bool) or str(value) in sent:
                self._others.add(place)
            else:
                self._counts[place] = self._counts.get(place, 0) + 1
                self._values.setdefault(place, set()).add(_key(value))

    def fresh(self, place: Place, *, volatile: bool) -> bool:
        """Whether a place gives identities; one that is not known to be volatile has to show it more often."""
        count = self._counts.get(place, 0)
        few = volatile or all(_OPAQUE.fullmatch(str(value)) for _, value in self._values.get(place, ()))
        enough = count >= (2 if few else _OFTEN) and place not in self._others
        return enough and "*" not in place[2].split("/") and len(self._values[place]) == count


def member(pointer: str) -> str:
    """The name under which a value stands."""
    return [part for part in pointer.split("/") if not part.isdigit()][-1]
