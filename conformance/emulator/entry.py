"""Entries of an address group: one address, a range `first-last`, or a block `address/prefix`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from socket import AF_INET, AF_INET6, inet_pton

_PREFIX = re.compile(r"0|[1-9][0-9]{0,2}")


@dataclass(frozen=True, slots=True)
class Address:
    """An IP address: its version, and its value as a number."""

    version: int
    value: int


def address(text: str) -> Address | None:
    """The address that is written exactly so, without zone or leading zeros; else None."""
    version, family = (6, AF_INET6) if ":" in text else (4, AF_INET)
    try:
        return Address(version, int.from_bytes(inet_pton(family, text)))
    except (OSError, ValueError):
        return None


@lru_cache(maxsize=4096)  # each entry is looked at by several checks
def bounds(text: str) -> tuple[Address, Address] | None:
    """Both ends of an entry as they are written; None if it is no entry at all."""
    first, dash, last = text.partition("-")
    if dash:
        low, high = address(first), address(last)
        return (low, high) if low and high else None
    head, slash, prefix = text.partition("/")
    low = address(head)
    if low is None or (slash and not _prefix_fits(prefix, low.version)):
        return None
    return low, low


def well_formed(text: str) -> bool:
    """Whether this is one address, range or block, and nothing else."""
    return bounds(text) is not None


def ordered(text: str) -> bool:
    """Whether a range does not end before it begins; true of all that is no range."""
    ends = bounds(text)
    return ends is None or ends[0].version != ends[1].version or ends[0].value <= ends[1].value


def of_one_version(text: str) -> bool:
    """Whether both ends of a range are of one IP version; true of all that is no range."""
    ends = bounds(text)
    return ends is None or ends[0].version == ends[1].version


def version(text: str) -> int | None:
    """4 or 6; None of what is no entry."""
    ends = bounds(text)
    return ends[0].version if ends else None


def _prefix_fits(prefix: str, version: int) -> bool:
    return _PREFIX.fullmatch(prefix) is not None and int(prefix) <= (32 if version == 4 else 128)
