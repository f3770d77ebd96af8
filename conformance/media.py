"""Media types and their ranges, by name (RFC 9110, 8.3.1 and 12.5.1)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


@lru_cache(maxsize=1024)
def essence(media_type: str) -> str:
    """A media type without its parameters, in lower case."""
    return media_type.partition(";")[0].strip().lower()


def is_json(media_type: str) -> bool:
    """Whether a body of this media type is one JSON document; a sequence of several has another name (RFC 6839)."""
    name = essence(media_type)
    return name in (JSON, "text/json") or name.endswith("+json")


def is_range(media_type: str) -> bool:
    """Whether it stands for several media types."""
    return essence(media_type).endswith("*")


def covers(allowed: str, media_type: str) -> bool:
    """Whether a media type is the one that is allowed, or in its range."""
    wanted, given = essence(allowed), essence(media_type)
    return wanted in (given, "*/*") or (wanted.endswith("/*") and given.startswith(wanted[:-1]))


def allows(content: Iterable[str], media_type: str) -> bool:
    """Whether one of several media types covers another."""
    return any(covers(each, media_type) for each in content)


def may_be_json(media_type: str) -> bool:
    """Whether JSON is of this media type, or in its range."""
    return is_json(media_type) or covers(media_type, JSON)
