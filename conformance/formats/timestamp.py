"""Points in time in UTC, in the three forms that the documented service is known to answer."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache
from types import MappingProxyType

from conformance.formats.format import Format

# Plain, with milliseconds and a zero offset, or with Z; [0-9] because \d matches digits of every script.
_FORM = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:Z|\.[0-9]{3}\+00:00)?")

_LONGEST = 29  # characters


def is_utc_timestamp(text: str) -> bool:
    """Whether a text is a real time in one of the three forms."""
    return _read(text) is not None


def utc(text: object) -> float:
    """Seconds since the epoch of a UTC timestamp; -1.0 of anything that is not one."""
    moment = _read(text) if isinstance(text, str) else None
    return -1.0 if moment is None else moment.timestamp()


def canonical_timestamp(text: str) -> str:
    """The form with milliseconds and offset; any other text as it is."""
    moment = _read(text)
    return text if moment is None else moment.isoformat(timespec="milliseconds")


@lru_cache(maxsize=4096)
def _read(text: str) -> datetime | None:
    return _moment(text) if len(text) <= _LONGEST else None


@lru_cache(maxsize=1_000)  # the same moment is looked at by many rules, and shown by many answers
def _moment(text: str) -> datetime | None:
    if not _FORM.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError:
        return None


_NEAR_MISSES = (
    "", "2019", "2019-06", "2019-06-28", "02:06:38", "2019-06-28T02:06", "2019-06-28T02", "2019-06-28T",
    "2019-06-28 02:06:38", "2019-06-28t02:06:38", "2019-06-28T02:06:38z", "2019-06-28_02:06:38", "20190628T020638Z",
    "2019/06/28T02:06:38", "28-06-2019T02:06:38", "2019-6-28T02:06:38", "2019-06-28T2:06:38", "19-06-28T02:06:38",
    " 2019-06-28T02:06:38", "2019-06-28T02:06:38 ", "2019-06-28T02:06:38\n", "2019-06-28T02:06:38 Z",
    "2019-06-28T02:06:38Zx", "2019-06-28T02:06:38ZZ", "2019-06-28T02:06:38 UTC", "2019-06-28T02:06:38GMT",
    "2019-06-28T02:06:38[UTC]", "2019-06-28T02:06:38+08:00", "2019-06-28T02:06:38.000+08:00",
    "2019-06-28T02:06:38.000-00:01", "2019-06-28T02:06:38-05:00", "2019-06-28T02:06:38+00:00",
    "2019-06-28T02:06:38.000+0000", "2019-06-28T02:06:38.000+00", "2019-06-28T02:06:38.000-00:00",
    "2019-06-28T02:06:38.000", "2019-06-28T02:06:38.000Z", "2019-06-28T02:06:38.0+00:00",
    "2019-06-28T02:06:38.000000+00:00", "2019-06-28T02:06:38,000+00:00", "2019-06-28T02:06:38.+00:00",
    "2019-00-28T02:06:38", "2019-13-28T02:06:38", "2019-06-00T02:06:38", "2019-06-31T02:06:38", "2019-02-29T02:06:38",
    "2019-06-28T24:00:00", "2019-06-28T25:06:38", "2019-06-28T02:60:38", "2019-06-28T02:06:60", "0000-06-28T02:06:38",
    "1561687598", "1561687598.0", "1561687598000", "Fri, 28 Jun 2019 02:06:38 GMT", "now", "null",
    "\uff12019-06-28T02:06:38", "+2019-06-28T02:06:38", "-2019-06-28T02:06:38", "2019-W26-5T02:06:38",
    "2019-179T02:06:38",
)  # fmt: skip

UTC_TIMESTAMP = Format(
    name="utc-timestamp",
    check=is_utc_timestamp,
    valid=(
        "2019-06-28T02:06:38",
        "2019-06-28T02:06:38.000+00:00",
        "2025-03-17T03:17:27Z",
        "2019-06-28T02:14:01.999+00:00",
        "2020-02-29T23:59:59",
        "1970-01-01T00:00:00Z",
    ),
    near_misses=_NEAR_MISSES,
    canonical=canonical_timestamp,
    functions=MappingProxyType({"utc": utc}),
)

FORMATS = (UTC_TIMESTAMP,)
