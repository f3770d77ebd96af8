"""Entries: what counts as one, which are contested, and what rules ask of them."""

from __future__ import annotations

import pytest

from conformance.formats import REGISTRY, address

ENTRY = REGISTRY["ip-address-entry"]
CONTESTED = REGISTRY["contested-ip-address-entry"]


def test_nothing_contested_is_among_the_firm_examples() -> None:
    """The firm format's members and near misses leave the contested ones out."""
    assert [text for text in (*ENTRY.valid, *ENTRY.near_misses) if CONTESTED.check(text)] == []


def test_contested_entries_are_entries() -> None:
    """What is contested is not malformed: an answer may show it."""
    assert [text for text in CONTESTED.valid if not ENTRY.check(text)] == []


def test_rules_of_ranges_are_no_matter_of_the_format() -> None:
    """A range that runs backwards or between versions is an entry, and stands among no examples."""
    odd = ["192.168.3.9-192.168.3.2", "2001:db8::9-2001:db8::2", "192.168.3.2-2001:db8::2"]

    assert all(ENTRY.check(text) for text in odd)
    assert not any(address.is_mixed_range(text) or address.is_reversed_range(text) for text in ENTRY.valid)


def test_near_misses_are_rich() -> None:
    """Every base form is wrapped in every way, and each kind has misses of its own."""
    assert len(ENTRY.near_misses) > 350
    assert {"", "192.168.5.0/33", "192.168.3.20-100", "2001:db8::g", "192.168.3.2\n"} <= set(ENTRY.near_misses)


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("2001:0DB8:0:0::00A", "2001:db8::a"),
        ("2001:DB8::1-2001:DB8::F", "2001:db8::1-2001:db8::f"),
        ("2001:DB8::/32", "2001:db8::/32"),
        ("010.0.0.01", "10.0.0.1"),
        ("10.1.2.3/08", "10.0.0.0/8"),
        ("2001:db8::1/64", "2001:db8::/64"),
        ("::FFFF:c0a8:302", "192.168.3.2"),
        ("192.168.3.2", "192.168.3.2"),
        ("no entry", "no entry"),
    ],
)
def test_spellings_of_one_entry_have_one_canonical_form(text: str, canonical: str) -> None:
    """Case, leading zeros, runs of zeros and host bits do not make another entry."""
    assert ENTRY.canonical(text) == canonical


@pytest.mark.parametrize(
    ("text", "host_bits", "leading_zeros", "ipv4_in_ipv6"),
    [
        ("10.0.0.1/8", True, False, False),
        ("10.0.0.0/8", False, False, False),
        ("10.0.0.1/32", False, False, False),
        ("2001:db8::1/127", True, False, False),
        ("10.0.0.01", False, True, False),
        ("10.0.0.0", False, False, False),
        ("10.0.0.0/08", False, True, False),
        ("10.0.0.1-10.0.0.09", False, True, False),
        ("2001:0db8::0001", False, False, False),
        ("::ffff:10.0.0.1", False, False, True),
        ("::ffff:a00:1", False, False, True),
        ("64:ff9b::10.0.0.1", False, False, True),
        ("::1-::ffff:a00:1", False, False, True),
        ("::fffe:a00:1", False, False, False),
        ("no entry", False, False, False),
    ],
)
def test_each_contested_spelling_is_told_apart(
    text: str, host_bits: bool, leading_zeros: bool, ipv4_in_ipv6: bool
) -> None:
    """A text is contested for its own reason only."""
    found = (address.has_host_bits(text), address.has_leading_zeros(text), address.is_ipv4_in_ipv6(text))

    assert found == (host_bits, leading_zeros, ipv4_in_ipv6)


@pytest.mark.parametrize(
    ("entry", "version"),
    [
        ("192.168.3.2", 4),
        ("192.168.3.2-192.168.3.9", 4),
        ("10.0.0.0/8", 4),
        ("::1", 6),
        ("2001:db8::/32", 6),
        ("192.168.3.2-::1", 0),
        ("::ffff:10.0.0.1", 0),
        ("192.168.3.256", 0),
        (4, 0),
    ],
)
def test_the_version_is_known_or_zero(entry: object, version: int) -> None:
    """What is unclear is of no version, so that no rule about versions speaks of it."""
    assert address.ip_version(entry) == version


@pytest.mark.parametrize(
    ("entry", "reversed_", "mixed"),
    [
        ("10.0.0.1-10.0.0.2", False, False),
        ("10.0.0.2-10.0.0.2", False, False),
        ("10.0.0.2-10.0.0.1", True, False),
        ("10.0.0.100-10.0.0.9", True, False),
        ("10.0.1.0-10.0.0.255", True, False),
        ("::a-::9", True, False),
        ("::9-::a", False, False),
        ("::1-10.0.0.1", False, True),
        ("10.0.0.1-::", False, True),
        ("10.0.0.1", False, False),
        ("10.0.0.0/8", False, False),
        ("10.0.0.2-10.0.0.1-10.0.0.0", False, False),
        (None, False, False),
    ],
)
def test_ranges_are_reversed_or_mixed(entry: object, reversed_: bool, mixed: bool) -> None:
    """Order is that of numbers, and a range between versions has none."""
    assert (address.is_reversed_range(entry), address.is_mixed_range(entry)) == (reversed_, mixed)


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ([], [], True),
        (["::a", "10.0.0.1"], ["10.0.0.1", "0::A"], True),
        (["10.0.0.1"], ["10.0.0.1", "10.0.0.1"], False),
        (["10.0.0.1"], ["10.0.0.1/32"], False),
        (["10.0.0.1"], [], False),
        ([None], ["None"], False),
        ("10.0.0.1", "10.0.0.1", False),
        (None, [], False),
    ],
)
def test_lists_hold_the_same_entries(left: object, right: object, same: bool) -> None:
    """Order and spelling are free, number is not."""
    assert address.same_entries(left, right) is same


@pytest.mark.parametrize(
    ("entries", "distinct"),
    [
        ([], True),
        (["::a", "::b"], True),
        (["::a", "0::A"], False),
        (["10.0.0.1", "10.0.0.1"], False),
        ([1, "1"], True),
        ("10.0.0.1", False),
    ],
)
def test_entries_stand_once(entries: object, distinct: bool) -> None:
    """Two spellings of one entry are one entry twice."""
    assert address.distinct_entries(entries) is distinct
