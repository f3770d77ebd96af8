"""Faults in what may be an entry of ip_set or of ip_extra_set: the two have one rule, and here the same defects."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Sequence
from typing import Any

from conformance.emulator import entry
from conformance.emulator.behaviour import UPDATE
from conformance.emulator.check import Holds, is_list, is_text, items, text
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
from conformance.emulator.faults.fault import OPTION, RULE, Fault, family, under

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


def one_address(value: str) -> bool:
    """Whether this is a range of one address."""
    return "-" in value and not ends_differ(value)


def malformed(value: str) -> bool:
    """Whether this is no entry."""
    return not entry.well_formed(value)


def ordered_as_text(value: str) -> bool:
    """Whether the end of a range is not before its start in the alphabet."""
    start, dash, end = value.partition("-")
    return not dash or start <= end


def ordered_at_end(value: str) -> bool:
    """Whether the last octet of a range's end is not below that of its start."""
    start, _, end = value.partition("-")
    return _last(start) <= _last(end)


def _last(value: str) -> int:
    tail = re.split(r"[.:]", value)[-1] or "0"
    return int(tail, 16 if ":" in value else 10)


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
    formed, catches = member(pointer, "format"), f"{OPTION}/{pointer}/format"
    accepted = (row for row in (*ACCEPTED, *ACCEPTED_SIX) if row[0] in names)
    refused = (row for row in (*REFUSED, *REFUSED_SIX) if row[0] in names)
    success = f"{catches} {UPDATE}/response/status/success"
    return (
        *under(fault, who, catches, *((name, words, accepting(formed, more)) for name, words, more in accepted)),
        *under(fault, who, success, *((name, words, refusing(formed, less)) for name, words, less in refused)),
        *_forms(who, pointer),
        *_types(who, pointer),
        *_ranges(who, pointer, f"{RULE}/{rule}-range"),
        *_versions(who, pointer, f"{RULE}/{rule}-of-group-version"),
        *_counts(who, array),
        *_arrays(who, array),
        *_unrehearsed(who, array, pointer),
    )


def _forms(who: str, pointer: str) -> tuple[Fault, ...]:
    formed = member(pointer, "format")
    return under(
        fault,
        who,
        f"{OPTION}/{pointer}/format",
        ("only-first", "Only the first entry is looked at.", looking(formed, first)),
        ("not-last", "The last entry is not looked at.", looking(formed, all_but_last)),
        ("only-last", "Only the last entry is looked at.", looking(formed, last)),
        ("format-crashes", "What is no entry is answered with 500.", crashing(formed, text(malformed))),
    )


def _types(who: str, pointer: str) -> tuple[Fault, ...]:
    typed = member(pointer, "type")
    return under(
        fault,
        who,
        f"{OPTION}/{pointer}/type",
        ("type-only-first", "Only the first entry's type is looked at.", looking(typed, first)),
        ("type-any", "An entry may be of any type.", unchecked(typed)),
        ("type-null", "An entry may be null.", accepting(typed, lambda value: value is None)),
        ("type-number", "An entry may be a number.", accepting(typed, lambda value: isinstance(value, int))),
        ("type-crashes", "An entry that is no string is answered with 500.", crashing(typed, lambda v: not is_text(v))),
    )


def _ranges(who: str, pointer: str, rule: str) -> tuple[Fault, ...]:
    order, mixed = member(pointer, "order"), member(pointer, "one-version")
    reversed_ranges = under(
        fault,
        who,
        f"{rule}-ordered",
        ("range-reversed", "A range may end before it begins.", unchecked(order)),
        ("range-by-text", "The ends of a range are compared as text.", holding(order, text(ordered_as_text))),
        ("range-last-octet", "Only the last octets of a range are compared.", accepting(order, text(ordered_at_end))),
        ("range-reversed-six", "A range of IPv6 may end before it begins.", accepting(order, text(lambda v: ":" in v))),
        ("one-range-refused", "A range of one address is refused.", refusing(order, text(one_address))),
    )
    words = "A range may begin with one IP version and end with another."
    return (*reversed_ranges, fault(f"{who}-range-mixed", words, f"{rule}-one-version", unchecked(mixed)))


def _versions(who: str, pointer: str, rule: str) -> tuple[Fault, ...]:
    version = member(pointer, "version")
    return under(
        fault,
        who,
        rule,
        ("version-any", "An entry may be of the other IP version.", unchecked(version)),
        ("version-six-in-four", "An IPv4 group takes IPv6 entries.", accepting(version, lambda pair: pair[1] == 4)),
        ("version-four-in-six", "An IPv6 group takes IPv4 entries.", accepting(version, lambda pair: pair[1] == 6)),
        ("version-first", "Only the first entry's IP version is looked at.", looking(version, first)),
        ("version-block", "A block's IP version is not looked at.", accepting(version, lambda pair: "/" in pair[0])),
        ("version-range", "A range's IP version is not looked at.", accepting(version, lambda pair: "-" in pair[0])),
    )


def _counts(who: str, array: str) -> tuple[Fault, ...]:
    count, catches = member(array, "maxItems"), f"{OPTION}/{array}/maxItems"
    to_21 = both(holding(count, items(lambda value: len(value) < 22)), unchecked("capacity"))
    to_19 = holding(count, items(lambda value: len(value) < 20))
    not_1 = refusing(count, items(lambda value: len(value) == 1))
    return (
        fault(f"{who}-21", "21 entries are accepted.", catches, to_21),
        fault(f"{who}-any-number", "Any number of entries is accepted.", catches, unchecked(count, "capacity")),
        fault(f"{who}-20-refused", "20 entries are refused.", f"{catches} {UPDATE}/response/status/success", to_19),
        fault(f"{who}-1-refused", "A single entry is refused.", f"{catches} {UPDATE}/response/status/success", not_1),
    )


def _arrays(who: str, array: str) -> tuple[Fault, ...]:
    typed = member(array, "type")
    return under(
        fault,
        who,
        f"{OPTION}/{array}/type",
        ("null", "A null is taken as no set.", accepting(typed, lambda value: value is None)),
        ("text", "A string is taken as a set.", accepting(typed, is_text)),
        ("object", "An object is taken as a set.", accepting(typed, lambda value: isinstance(value, dict))),
        ("no-array-crashes", "A set that is no array is answered with 500.", crashing(typed, lambda v: not is_list(v))),
    )


def _unrehearsed(who: str, array: str, pointer: str) -> tuple[Fault, ...]:
    names = {name: member(pointer, name) for name in ("format", "type", "order", "version")}
    number = sparing(rehearsal, member(array, "maxItems"), "capacity")
    return under(
        fault,
        who,
        REFUSES,
        *(
            (f"{name}-unrehearsed", f"A rehearsal does not look at the {name} of entries.", sparing(rehearsal, check))
            for name, check in names.items()
        ),
        ("number-unrehearsed", "A rehearsal does not count the entries of a set.", number),
    )


ALL = frozenset(name for name, _, _ in (*ACCEPTED, *ACCEPTED_SIX, *REFUSED, *REFUSED_SIX))

FAULTS = (
    *of_set("ip", "ip_set", "ip_set/*", "ip-set", ALL),
    *of_set("extra", "ip_extra_set", "ip_extra_set/*/ip", "ip-extra-set", FEW),
)
