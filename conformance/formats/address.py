"""Entries of an address group: one IP address, an `a-b` range or a CIDR block, of IPv4 or IPv6."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import AddressValueError, IPv4Address, IPv6Address

Address = IPv4Address | IPv6Address

_NUMBER = "0*[0-9]{1,3}"  # a number below 1000 in any spelling: leading zeros are contested, not wrong
_PREFIX = re.compile(_NUMBER)
_DOTTED = re.compile(rf"{_NUMBER}(?:\.{_NUMBER}){{3}}")
# A decimal number with a leading zero, standing between the marks of IPv4 or as a prefix length.
_LEADING_ZERO = re.compile(r"(?:^|[-./])0[0-9]+(?:[-./]|$)")
_MAPPED = 0xFFFF  # the upper 96 bits of ::ffff:0:0/96


@dataclass(frozen=True, slots=True)
class Entry:
    """What an entry's text says: one address, the two of a range, or one with the prefix length of a block."""

    addresses: tuple[Address, ...]
    prefix: int | None = None

    @property
    def versions(self) -> frozenset[int]:
        """The IP versions that occur: 4, 6 or both."""
        return frozenset(address.version for address in self.addresses)

    @property
    def host_bits(self) -> int:
        """The bits beyond the prefix of a block; 0 for anything else."""
        if self.prefix is None:
            return 0
        width = self.addresses[0].max_prefixlen - self.prefix
        return int(self.addresses[0]) & ((1 << width) - 1)

    def __str__(self) -> str:
        if self.prefix is None:
            return "-".join(str(_unmapped(address)) for address in self.addresses)
        first = self.addresses[0]
        return f"{type(first)(int(first) - self.host_bits)}/{self.prefix}"


@lru_cache(maxsize=4096)
def read(text: str) -> Entry | None:
    """The entry that a text stands for, contested spellings included; None if it is no entry."""
    if "/" in text:
        return _read_block(text)
    parts = text.split("-")
    addresses = tuple(address for address in map(_read_address, parts) if address is not None)
    return Entry(addresses) if len(addresses) == len(parts) <= 2 else None


def is_entry(text: str) -> bool:
    """Whether a text is one entry, contested spellings included."""
    return read(text) is not None


@lru_cache(maxsize=4096)
def has_host_bits(text: str) -> bool:
    """Whether an entry is a block whose address has bits beyond its prefix, as in 10.0.0.1/8."""
    entry = read(text)
    return entry is not None and entry.host_bits != 0


@lru_cache(maxsize=4096)
def has_leading_zeros(text: str) -> bool:
    """Whether an entry has an octet or a prefix length with a leading zero, as in 010.0.0.1 or ::/08."""
    return is_entry(text) and _LEADING_ZERO.search(text) is not None


@lru_cache(maxsize=4096)
def is_ipv4_in_ipv6(text: str) -> bool:
    """Whether an entry has an IPv6 address that is IPv4-mapped or ends in dotted IPv4 notation."""
    entry = read(text)
    if entry is None:
        return False
    mapped = any(each.version == 6 and int(each) >> 32 == _MAPPED for each in entry.addresses)
    return mapped or any(":" in part and "." in part for part in text.split("-"))


def is_contested_entry(text: str) -> bool:
    """Whether an entry is spelled in one of the ways that faithful readers treat differently."""
    return has_host_bits(text) or has_leading_zeros(text) or is_ipv4_in_ipv6(text)


@lru_cache(maxsize=4096)
def canonical_entry(text: str) -> str:
    """The shortest lower-case spelling of an entry; any other text as it is.

    A block loses its host bits, and an IPv4-mapped address becomes the IPv4 address: whoever accepts these
    contested spellings may well answer so.
    """
    entry = read(text)
    return text if entry is None else str(entry)


def ip_version(entry: object) -> int:
    """4 or 6; 0 if that is unclear: no entry at all, a range between versions, IPv4 written within IPv6."""
    known = read(entry) if isinstance(entry, str) else None
    if known is None or len(known.versions) != 1 or is_ipv4_in_ipv6(str(entry)):
        return 0
    return min(known.versions)


def is_mixed_range(entry: object) -> bool:
    """Whether an entry is a range from one IP version to the other; false for everything else."""
    known = read(entry) if isinstance(entry, str) else None
    return known is not None and len(known.versions) == 2


def is_reversed_range(entry: object) -> bool:
    """Whether an entry is a range of one IP version whose end lies below its start; false for everything else."""
    known = read(entry) if isinstance(entry, str) else None
    if known is None or len(known.addresses) != 2 or len(known.versions) != 1:
        return False
    start, end = map(int, known.addresses)
    return end < start


def same_entries(left: object, right: object) -> bool:
    """Whether two lists hold the same entries as often, whatever their order and spelling; false for non-lists."""
    if not isinstance(left, list) or not isinstance(right, list):
        return False
    return sorted(map(_sortable, left)) == sorted(map(_sortable, right))


def distinct_entries(entries: object) -> bool:
    """Whether no entry stands twice in a list, in whatever spelling; false for non-lists."""
    if not isinstance(entries, list):
        return False
    return len(set(map(_sortable, entries))) == len(entries)


def _sortable(entry: object) -> str:
    return repr(canonical_entry(entry) if isinstance(entry, str) else entry)


def _unmapped(address: Address) -> Address:
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return address if mapped is None else mapped


def _read_block(text: str) -> Entry | None:
    start, _, prefix = text.partition("/")
    address = _read_address(start)
    if address is None or not _PREFIX.fullmatch(prefix) or int(prefix) > address.max_prefixlen:
        return None
    return Entry((address,), int(prefix))


def _read_address(text: str) -> Address | None:
    if _DOTTED.fullmatch(text):
        octets = [int(octet) for octet in text.split(".")]
        return IPv4Address(bytes(octets)) if max(octets) <= 255 else None
    # A zone index ("%eth0") belongs to a host's interface, not to an address.
    if ":" not in text or "%" in text:
        return None
    try:
        return IPv6Address(text)
    except AddressValueError:
        return None
