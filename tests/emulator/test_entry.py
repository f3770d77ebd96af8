"""Entries of a group: which texts are one."""

from __future__ import annotations

import pytest

from conformance.emulator import entry

GOOD = [
    "0.0.0.0",
    "255.255.255.255",
    "192.168.3.2",
    "10.0.0.0/0",
    "10.0.0.0/8",
    "10.0.0.1/32",
    "10.0.0.1/8",
    "10.0.0.1-10.0.0.1",
    "10.0.0.1-10.0.0.2",
    "0.0.0.0-255.255.255.255",
    "::",
    "::1",
    "2001:db8::1",
    "2001:DB8::1",
    "2001:0db8:0000:0000:0000:0000:0000:0001",
    "::ffff:1.2.3.4",
    "2001:db8::/0",
    "2001:db8::/32",
    "2001:db8::1/128",
    "2001:db8::1-2001:db8::ff",
]
BAD = [
    "",
    "10.0.0",
    "10.0.0.0.0",
    "10.0.0.256",
    "10.0.0.-1",
    "10.0.0.01",
    "10.0.0.a",
    "10.0.0.1 ",
    " 10.0.0.1",
    "10.0.0.1\n",
    "10.0.0.1\0",
    "10.0.0.1,10.0.0.2",
    "10.0.0.1;10.0.0.2",
    "10.0.0.1 - 10.0.0.2",
    "10.0.0.1-",
    "-10.0.0.1",
    "10.0.0.1-10.0.0.2-10.0.0.3",
    "10.0.0.0/24-10.0.1.0/24",
    "10.0.0.0/",
    "10.0.0.0/33",
    "10.0.0.0/-1",
    "10.0.0.0/+8",
    "10.0.0.0/08",
    "10.0.0.0/8 ",
    "10.0.0.0/8\n",
    "10.0.0.0/255.0.0.0",
    "10.0.0.0/8/8",
    "10.0.0.0/٨",  # an Arabic digit
    "١0.0.0.1",
    "2001:db8::/129",
    "2001:db8:::1",
    "2001:db8::1::2",
    "2001:db8::g",
    "2001:db8::12345",
    "1:2:3:4:5:6:7:8:9",
    "1:2:3:4:5:6:7",
    "fe80::1%eth0",
    "[::1]",
    "example.com",
]


@pytest.mark.parametrize("text", GOOD)
def test_well_formed(text: str) -> None:
    """One address, range or block is an entry."""
    assert entry.well_formed(text)
    assert entry.ordered(text)
    assert entry.of_one_version(text)
    assert entry.version(text) == (6 if ":" in text else 4)


@pytest.mark.parametrize("text", BAD)
def test_malformed(text: str) -> None:
    """Whatever else is none, and says nothing of versions and order."""
    assert not entry.well_formed(text)
    assert entry.version(text) is None
    assert entry.ordered(text)
    assert entry.of_one_version(text)


@pytest.mark.parametrize("text", ["10.0.0.2-10.0.0.1", "2001:db8::2-2001:db8::1", "9.0.0.0-10.0.0.0"])
def test_order_is_numeric(text: str) -> None:
    """A range ends where it begins or after it, by number and not by spelling."""
    assert entry.ordered(text) is text.startswith("9.")


@pytest.mark.parametrize("text", ["10.0.0.1-2001:db8::1", "2001:db8::1-10.0.0.1"])
def test_mixed_range(text: str) -> None:
    """A range of two IP versions is of none."""
    assert not entry.of_one_version(text)
    assert entry.ordered(text)
