"""Faults in what may be an entry of ip_set or of ip_extra_set: the two have one rule, and here the same defects."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Sequence
from typing import Any

from conformance.emulator import entry
from conformance.emulator.behaviour import UPDATE
from conformance.emulator.check import Holds, items, text
from conformance.emulator.faults.change import (
    accepting,
    both,
    crashing,
    holding,
    looking,
    member,
    refusing,
    rehearsal,
    sparing,
    unchecked,
)
from conformance.emulator.faults.fault import OPTION, RULE, Fault, family

fault = family("entries")

OCTET = r"(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])"
FOUR = rf"{OCTET}(?:\.{OCTET}){{3}}"
REFUSES = f"{UPDATE}/rehearsal/refuses"


def fits(pattern: str) -> Holds:
    """Whether an expression is the whole entry."""
    expression = re.compile(pattern)
    return text(lambda value: expression.fullmatch(value) is not None)


def beside(pattern: str, convert: Callable[[str], str] = lambda value: value) -> Holds:
    """Whether an entry is one once what an expression finds is taken away."""
    expression = re.compile(pattern)
    return text(lambda value: entry.well_formed(convert(expression.sub("", value))))


def first(values: Sequence[Any]) -> Sequence[Any]:
    """Only the first of some values."""
    return values[:1]


def all_but_last(values: Sequence[Any]) -> Sequence[Any]:
    """All of several values but the last one."""
    return values[:-1] if len(values) > 1 else values


def last(values: Sequence[Any]) -> Sequence[Any]:
    """Only the last of some values."""
    return values[-1:]


def ends_differ(value: str) -> bool:
    """Whether this is a range of more than one address."""
    bounds = entry.bounds(value)
    return "-" in value and bounds is not None and bounds[0] != bounds[1]


ACCEPTED: tuple[tuple[str, str, Holds], ...] = (
    ("octet-256", "An octet may be 256.", fits(r"\d+\.\d+\.\d+\.256|256\.\d+\.\d+\.\d+")),
    ("octet-any", "An octet may be any number of three digits.", fits(r"\d{1,3}(\.\d{1,3}){3}")),
    ("octets-three", "Three octets are an address.", fits(rf"{OCTET}(\.{OCTET}){{2}}")),
    ("octets-five", "Five octets are an address.", fits(rf"{OCTET}(\.{OCTET}){{4}}")),
    ("prefix-33", "The prefix of an IPv4 block may be 33.", fits(rf"{FOUR}/33")),
    ("prefix-any", "The prefix of an IPv4 block may be up to 128.", fits(rf"{FOUR}/(\d{{1,2}}|1[01]\d|12[0-8])")),
    ("prefix-empty", "A block may end with its slash.", fits(rf"{FOUR}/")),
    ("prefix-negative", "The prefix of a block may be negative.", fits(rf"{FOUR}/-\d+")),
    ("prefix-signed", "The prefix of a block may have a sign.", fits(rf"{FOUR}/\+\d+")),
    ("prefix-text", "The prefix of a block may be any text.", fits(rf"{FOUR}/[a-z]+")),
    ("prefix-mask", "A block may have a mask instead of a prefix.", fits(rf"{FOUR}/{FOUR}")),
    ("prefix-twice", "A block may have two prefixes.", fits(rf"{FOUR}/\d+/\d+")),
    ("range-open", "A range may lack its end.", fits(rf"{FOUR}-")),
    ("range-headless", "A range may lack its start.", fits(rf"-{FOUR}")),
    ("range-short", "The end of a range may be its last octet only.", fits(rf"{FOUR}-\d{{1,3}}")),
    ("range-of-three", "A range may have three addresses.", fits(rf"{FOUR}-{FOUR}-{FOUR}")),
    ("range-of-blocks", "A range may be of blocks.", fits(rf"{FOUR}/\d+-{FOUR}/\d+")),
    ("range-spaced", "A range may have blanks around its hyphen.", fits(rf"{FOUR} - {FOUR}")),
    ("blank-before", "An entry may begin with a blank.", text(lambda v: entry.well_formed(v.lstrip()))),
    ("blank-after", "An entry may end with a blank.", text(lambda v: entry.well_formed(v.rstrip(" \t")))),
    ("newline-after", "An entry may end with a line break.", text(lambda v: entry.well_formed(v.rstrip("\r\n")))),
    ("list", "An entry may be several addresses with commas.", fits(rf"{FOUR}([,;] ?{FOUR})+")),
    ("garbage-after", "Anything may follow an IPv4 address.", fits(rf"{FOUR}[^0-9./-].*")),
    ("garbage-before", "Anything may stand before an IPv4 address.", fits(rf".*[^0-9.:/-]{FOUR}")),
    ("port", "An address may have a port.", fits(rf"{FOUR}:\d+")),
    ("host-name", "A host name is an entry.", fits(r"[A-Za-z][A-Za-z0-9-]*(\.[A-Za-z][A-Za-z0-9-]*)*")),
    ("empty", "An empty string is an entry.", text(lambda v: v == "")),
    ("number", "A plain number is an entry.", fits(r"\d+")),
    ("anything", "An entry may be any string.", text(lambda v: True)),
    ("hexadecimal", "An octet may be hexadecimal.", fits(r"0x[0-9a-f]+(\.(0x[0-9a-f]+|\d+)){3}")),
    ("wildcard", "An octet may be a star.", fits(r"(\d+|\*)(\.(\d+|\*)){3}")),
)

ACCEPTED_SIX: tuple[tuple[str, str, Holds], ...] = (
    ("six-prefix-129", "The prefix of an IPv6 block may be 129.", fits(r"[0-9a-fA-F:]+/129")),
    ("six-nine-groups", "An IPv6 address may have nine groups.", fits(r"[0-9a-fA-F]{1,4}(:[0-9a-fA-F]{1,4}){8}")),
    ("six-seven-groups", "An IPv6 address may have seven groups.", fits(r"[0-9a-fA-F]{1,4}(:[0-9a-fA-F]{1,4}){6}")),
    ("six-two-gaps", "An IPv6 address may have two gaps.", fits(r"[0-9a-fA-F:]*::[0-9a-fA-F:]+::[0-9a-fA-F:]*")),
    ("six-zone", "An IPv6 address may have a zone.", beside(r"%\w+")),
    (
        "six-long-group",
        "A group of an IPv6 address may have five digits.",
        fits(r"[0-9a-fA-F:]*[0-9a-fA-F]{5}[0-9a-fA-F:]*"),
    ),
    (
        "six-letters",
        "A group of an IPv6 address may have any letter.",
        beside("", lambda v: re.sub("[g-zG-Z]", "0", v)),
    ),
    ("six-brackets", "An IPv6 address may stand in brackets.", beside(r"[\[\]]")),
)

REFUSED: tuple[tuple[str, str, Holds], ...] = (
    ("range-refused", "A range is refused.", text(lambda v: "-" in v)),
    (
        "wide-range-refused",
        "A range across the last octet is refused.",
        text(lambda v: ends_differ(v) and v.split("-")[0].rpartition(".")[0] != v.split("-")[1].rpartition(".")[0]),
    ),
    ("block-refused", "A block is refused.", text(lambda v: "/" in v)),
    ("prefix-0-refused", "A prefix of 0 is refused.", text(lambda v: v.endswith("/0"))),
    ("prefix-32-refused", "A prefix of 32 is refused for IPv4.", text(lambda v: v.endswith("/32") and ":" not in v)),
    ("prefix-31-refused", "A prefix of 31 is refused for IPv4.", text(lambda v: v.endswith("/31") and ":" not in v)),
    ("address-refused", "A single address is refused.", text(lambda v: "/" not in v and "-" not in v)),
    ("zero-refused", "0.0.0.0 is refused.", text(lambda v: v == "0.0.0.0")),  # noqa: S104
    (
        "broadcast-refused",
        "An octet of 255 is refused.",
        text(lambda v: re.search(r"\b255\b", v) is not None and ":" not in v),
    ),
    ("octet-0-refused", "An octet of 0 is refused.", text(lambda v: re.search(r"(\A|\.)0(\.|\Z)", v) is not None)),
    ("one-range-refused", "A range of one address is refused.", text(lambda v: "-" in v and not ends_differ(v))),
)

REFUSED_SIX: tuple[tuple[str, str, Holds], ...] = (
    ("six-refused", "IPv6 is refused.", text(lambda v: ":" in v)),
    ("six-prefix-128-refused", "A prefix of 128 is refused.", text(lambda v: v.endswith("/128"))),
    ("six-capitals-refused", "Capital digits of IPv6 are refused.", text(lambda v: ":" in v and v != v.lower())),
    ("six-range-refused", "A range of IPv6 is refused.", text(lambda v: ":" in v and "-" in v)),
    ("six-gap-refused", "The gap of IPv6 is refused.", text(lambda v: "::" in v)),
    ("six-full-refused", "IPv6 without a gap is refused.", text(lambda v: ":" in v and "::" not in v)),
)


FEW = frozenset(
    (
        *(
            "octet-256",
            "prefix-33",
            "range-open",
            "newline-after",
            "list",
            "garbage-after",
            "anything",
            "six-prefix-129",
        ),
        *("range-refused", "block-refused", "prefix-0-refused", "prefix-32-refused", "six-refused"),
    )
)


def of_set(who: str, array: str, pointer: str, rule: str, names: Container[str]) -> tuple[Fault, ...]:
    """The defects of one of the sets: `array` is its pointer, `pointer` that of an entry's text."""
    formed = member(pointer, "format")
    accepted = (
        fault(f"{who}-{name}", words, f"{OPTION}/{pointer}/format", accepting(formed, more))
        for name, words, more in (*ACCEPTED, *ACCEPTED_SIX)
        if name in names
    )
    refused = (
        fault(
            f"{who}-{name}",
            words,
            f"{OPTION}/{pointer}/format {UPDATE}/response/status/success",
            refusing(formed, less),
        )
        for name, words, less in (*REFUSED, *REFUSED_SIX)
        if name in names
    )
    return (*accepted, *refused, *_partly(who, pointer), *_rules(who, pointer, rule), *_counted(who, array))


def _partly(who: str, pointer: str) -> tuple[Fault, ...]:
    formed, typed, of = member(pointer, "format"), member(pointer, "type"), f"{OPTION}/{pointer}"
    return (
        fault(f"{who}-only-first", "Only the first entry is looked at.", f"{of}/format", looking(formed, first)),
        fault(f"{who}-not-last", "The last entry is not looked at.", f"{of}/format", looking(formed, all_but_last)),
        fault(f"{who}-only-last", "Only the last entry is looked at.", f"{of}/format", looking(formed, last)),
        fault(
            f"{who}-type-only-first", "Only the first entry's type is looked at.", f"{of}/type", looking(typed, first)
        ),
        fault(f"{who}-type-any", "An entry may be of any type.", f"{of}/type", unchecked(typed)),
        fault(f"{who}-type-null", "An entry may be null.", f"{of}/type", accepting(typed, lambda v: v is None)),
        fault(
            f"{who}-type-number",
            "An entry may be a number.",
            f"{of}/type",
            accepting(typed, lambda v: isinstance(v, int)),
        ),
        fault(
            f"{who}-type-crashes",
            "An entry that is no string is answered with 500.",
            f"{of}/type",
            crashing(typed, lambda value: not isinstance(value, str)),
        ),
        fault(
            f"{who}-format-crashes",
            "What is no entry is answered with 500.",
            f"{of}/format",
            crashing(formed, text(lambda value: not entry.well_formed(value))),
        ),
        fault(
            f"{who}-format-unrehearsed",
            "A rehearsal does not look at the form of entries.",
            REFUSES,
            sparing(rehearsal, formed),
        ),
        fault(
            f"{who}-type-unrehearsed",
            "A rehearsal does not look at the type of entries.",
            REFUSES,
            sparing(rehearsal, typed),
        ),
    )


def _rules(who: str, pointer: str, rule: str) -> tuple[Fault, ...]:
    order, mixed, version = (member(pointer, name) for name in ("order", "one-version", "version"))
    reversed_range, one, same = (
        f"{RULE}/{rule}-range-ordered",
        f"{RULE}/{rule}-range-one-version",
        f"{RULE}/{rule}-of-group-version",
    )
    return (
        fault(f"{who}-range-reversed", "A range may end before it begins.", reversed_range, unchecked(order)),
        fault(
            f"{who}-range-by-text",
            "The ends of a range are compared as text.",
            reversed_range,
            holding(order, text(lambda value: "-" not in value or value.partition("-")[0] <= value.partition("-")[2])),
        ),
        fault(
            f"{who}-range-last-octet",
            "Only the last octets of a range are compared.",
            reversed_range,
            accepting(order, text(lambda value: _last(value.partition("-")[0]) <= _last(value.partition("-")[2]))),
        ),
        fault(
            f"{who}-range-reversed-six",
            "A range of IPv6 may end before it begins.",
            reversed_range,
            accepting(order, text(lambda value: ":" in value)),
        ),
        fault(
            f"{who}-range-mixed", "A range may begin with one IP version and end with another.", one, unchecked(mixed)
        ),
        fault(f"{who}-version-any", "An entry may be of the other IP version.", same, unchecked(version)),
        fault(
            f"{who}-version-six-in-four",
            "An IPv4 group takes IPv6 entries.",
            same,
            accepting(version, lambda pair: pair[1] == 4),
        ),
        fault(
            f"{who}-version-four-in-six",
            "An IPv6 group takes IPv4 entries.",
            same,
            accepting(version, lambda pair: pair[1] == 6),
        ),
        fault(f"{who}-version-first", "Only the first entry's IP version is looked at.", same, looking(version, first)),
        fault(
            f"{who}-version-block",
            "The IP version of a block is not looked at.",
            same,
            accepting(version, lambda pair: "/" in pair[0]),
        ),
        fault(
            f"{who}-version-range",
            "The IP version of a range is not looked at.",
            same,
            accepting(version, lambda pair: "-" in pair[0]),
        ),
        fault(
            f"{who}-order-unrehearsed",
            "A rehearsal does not look at the order of ranges.",
            REFUSES,
            sparing(rehearsal, order),
        ),
        fault(
            f"{who}-version-unrehearsed",
            "A rehearsal does not look at IP versions.",
            REFUSES,
            sparing(rehearsal, version),
        ),
    )


def _last(value: str) -> int:
    tail = re.split(r"[.:]", value)[-1] or "0"
    return int(tail, 16 if ":" in value else 10)


def _counted(who: str, array: str) -> tuple[Fault, ...]:
    count, typed, of = member(array, "maxItems"), member(array, "type"), f"{OPTION}/{array}"
    success = f"{of}/maxItems {UPDATE}/response/status/success"
    return (
        fault(
            f"{who}-21",
            "21 entries are accepted.",
            f"{of}/maxItems",
            both(holding(count, items(lambda v: len(v) < 22)), unchecked("capacity")),
        ),
        fault(
            f"{who}-any-number",
            "Any number of entries is accepted.",
            f"{of}/maxItems",
            both(unchecked(count), unchecked("capacity")),
        ),
        fault(f"{who}-20-refused", "20 entries are refused.", success, holding(count, items(lambda v: len(v) < 20))),
        fault(f"{who}-1-refused", "A single entry is refused.", success, refusing(count, items(lambda v: len(v) == 1))),
        fault(f"{who}-null", "A null is taken as no set.", f"{of}/type", accepting(typed, lambda value: value is None)),
        fault(
            f"{who}-text", "A string is taken as a set.", f"{of}/type", accepting(typed, lambda v: isinstance(v, str))
        ),
        fault(
            f"{who}-object",
            "An object is taken as a set.",
            f"{of}/type",
            accepting(typed, lambda v: isinstance(v, dict)),
        ),
        fault(
            f"{who}-no-array-crashes",
            "A set that is no array is answered with 500.",
            f"{of}/type",
            crashing(typed, lambda value: not isinstance(value, list)),
        ),
        fault(
            f"{who}-number-unrehearsed",
            "A rehearsal does not count the entries of a set.",
            REFUSES,
            both(sparing(rehearsal, count), sparing(rehearsal, "capacity")),
        ),
    )


ALL = frozenset(name for name, _, _ in (*ACCEPTED, *ACCEPTED_SIX, *REFUSED, *REFUSED_SIX))

FAULTS = (
    *of_set("ip", "ip_set", "ip_set/*", "ip-set", ALL),
    *of_set("extra", "ip_extra_set", "ip_extra_set/*/ip", "ip-extra-set", FEW),
)
