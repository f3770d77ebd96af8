"""Faults in how many entries a group may hold."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from conformance.emulator.behaviour import UPDATE
from conformance.emulator.call import Call
from conformance.emulator.check import is_integer, number
from conformance.emulator.faults.change import (
    accepting,
    both,
    coercing,
    crashing,
    holding,
    member,
    nullable,
    refused_with,
    refusing,
    rehearsal,
    sparing,
    unchecked,
    understanding,
    updating,
)
from conformance.emulator.faults.fault import OPTION, RULE, STATE, Change, family

fault = family("capacity")

OF = f"{OPTION}/max_capacity"
TYPE, MINIMUM, MAXIMUM = (member("max_capacity", keyword) for keyword in ("type", "minimum", "maximum"))
REFUSES = f"{UPDATE}/rehearsal/refuses"
SUCCESS = f"{UPDATE}/response/status/success"
BECOMES = f"{STATE}/max_capacity/becomes"
HOLDS = f"{RULE}/ip-set-within-capacity {RULE}/ip-extra-set-within-capacity"


def fraction(value: Any) -> bool:
    """Whether this is a number with a fraction."""
    return isinstance(value, float) and not value.is_integer()


def digits(value: Any) -> bool:
    """Whether this is a string of digits."""
    return isinstance(value, str) and value.isascii() and value.isdigit()


def taken(what: Any, convert: Any) -> Change:
    """Capacities of another kind are converted."""
    convert_some = understanding("max_capacity", lambda value: convert(value) if what(value) else value)
    return both(accepting(TYPE, what), convert_some)


def given_only(pair: tuple[int, float]) -> bool:
    """Entries are counted against the default instead of the capacity that holds."""
    return pair[0] <= 20


def alone(call: Call) -> bool:
    """Whether an update names the capacity and nothing else."""
    return list(call.option) == ["max_capacity"]


RANGE = (
    fault("capacity-21", "A capacity may be 21.", f"{OF}/maximum", holding(MAXIMUM, number(lambda v: v <= 21))),
    fault("capacity-any-maximum", "A capacity has no upper limit.", f"{OF}/maximum", unchecked(MAXIMUM)),
    fault(
        "capacity-minus-1",
        "A capacity may be -1.",
        f"{OF}/minimum",
        both(holding(MINIMUM, number(lambda v: v >= -1)), unchecked("capacity")),
    ),
    fault(
        "capacity-any-minimum",
        "A capacity has no lower limit.",
        f"{OF}/minimum",
        both(unchecked(MINIMUM), unchecked("capacity")),
    ),
    fault(
        "capacity-clamped-above",
        "A capacity above 20 is taken as 20.",
        f"{OF}/maximum",
        both(unchecked(MAXIMUM), understanding("max_capacity", lambda value: min(value, 20))),
    ),
    fault(
        "capacity-clamped-below",
        "A capacity below 0 is taken as 20.",
        f"{OF}/minimum",
        both(unchecked(MINIMUM), unchecked("capacity"), understanding("max_capacity", lambda v: v if v >= 0 else 20)),
    ),
    fault(
        "capacity-20-refused",
        "A capacity of 20 is refused.",
        f"{OF}/maximum {SUCCESS}",
        holding(MAXIMUM, number(lambda v: v < 20)),
    ),
    fault(
        "capacity-1-refused",
        "A capacity of 1 is refused.",
        f"{OF}/minimum {SUCCESS}",
        holding(MINIMUM, number(lambda v: v not in (0, 1))),
    ),
    fault(
        "capacity-alone-above",
        "Whether a capacity is too high is not looked at if it is given alone.",
        f"{OF}/maximum",
        sparing(alone, MAXIMUM),
    ),
    fault(
        "capacity-alone-below",
        "Whether a capacity is too low is not looked at if it is given alone.",
        f"{OF}/minimum",
        sparing(alone, MINIMUM, "capacity"),
    ),
    fault(
        "capacity-maximum-unrehearsed",
        "A rehearsal does not look whether a capacity is too high.",
        REFUSES,
        sparing(rehearsal, MAXIMUM),
    ),
    fault(
        "capacity-minimum-unrehearsed",
        "A rehearsal does not look whether a capacity is too low.",
        REFUSES,
        sparing(rehearsal, MINIMUM, "capacity"),
    ),
    fault(
        "capacity-huge-crashes",
        "A capacity beyond 64 bits is answered with 500.",
        f"{OF}/maximum {UPDATE}/protocol/hostile",
        crashing(MAXIMUM, number(lambda value: abs(value) >= 2**63)),
    ),
    fault(
        "capacity-huge-taken",
        "A capacity beyond 32 bits is taken as 20.",
        f"{OF}/maximum",
        both(
            holding(MAXIMUM, number(lambda value: value <= 20 or value >= 2**31)),
            understanding("max_capacity", lambda value: min(value, 20)),
        ),
    ),
)

TYPES = (
    fault(
        "capacity-text",
        "A string of digits is taken as a capacity.",
        f"{OF}/type",
        both(unchecked("capacity"), taken(digits, int)),
    ),
    fault("capacity-fraction-cut", "The fraction of a capacity is cut off.", f"{OF}/type", taken(fraction, int)),
    fault("capacity-fraction-rounded", "A capacity with a fraction is rounded.", f"{OF}/type", taken(fraction, round)),
    fault("capacity-fraction-kept", "A capacity may have a fraction.", f"{OF}/type", accepting(TYPE, fraction)),
    fault(
        "capacity-boolean",
        "A boolean is taken as a capacity.",
        f"{OF}/type",
        both(unchecked("capacity"), coercing("max_capacity", bool, lambda value: 20 if value else 10)),
    ),
    fault(
        "capacity-null",
        "A null is taken as no capacity.",
        f"{OF}/type",
        both(unchecked("capacity"), nullable("max_capacity")),
    ),
    fault(
        "capacity-null-default",
        "A null is taken as the default capacity.",
        f"{OF}/type",
        both(unchecked("capacity"), taken(lambda value: value is None, lambda _: 20)),
    ),
    fault(
        "capacity-array",
        "An array is taken as a capacity.",
        f"{OF}/type",
        both(unchecked("capacity"), taken(lambda v: isinstance(v, list), lambda _: 20)),
    ),
    fault(
        "capacity-whole-float-refused",
        "3.0 is refused as an integer.",
        f"{OF}/type {SUCCESS}",
        refusing(TYPE, lambda value: isinstance(value, float)),
    ),
    fault(
        "capacity-type-unrehearsed",
        "A rehearsal does not look at the type of a capacity.",
        REFUSES,
        sparing(rehearsal, TYPE, "capacity"),
    ),
    fault(
        "capacity-type-crashes",
        "A capacity that is no number is answered with 500.",
        f"{OF}/type",
        crashing(TYPE, lambda value: not is_integer(value)),
    ),
)

LOAD = (
    fault("load-unchecked", "A group may hold more entries than its capacity.", HOLDS, unchecked("capacity")),
    fault(
        "load-one-more",
        "A group may hold one entry more than its capacity.",
        HOLDS,
        holding("capacity", lambda pair: pair[0] <= pair[1] + 1),
    ),
    fault(
        "load-one-less",
        "A group may hold one entry less than its capacity.",
        f"{HOLDS} {SUCCESS}",
        holding("capacity", lambda pair: pair[0] < max(pair[1], 1)),
    ),
    fault(
        "load-by-default",
        "Entries are counted against 20, whatever the capacity.",
        HOLDS,
        holding("capacity", given_only),
    ),
    fault(
        "load-given-capacity",
        "Entries are counted only against a capacity that is given.",
        HOLDS,
        sparing(lambda call: "max_capacity" not in call.option, "capacity"),
    ),
    fault(
        "load-stored-capacity",
        "Entries are counted only against the capacity that is stored.",
        HOLDS,
        sparing(lambda call: "max_capacity" in call.option, "capacity"),
    ),
    fault(
        "load-ip-set-only",
        "Only the entries of ip_set are counted.",
        f"{RULE}/ip-extra-set-within-capacity",
        sparing(lambda call: "ip_extra_set" in call.option, "capacity"),
    ),
    fault(
        "load-extra-set-only",
        "Only the entries of ip_extra_set are counted.",
        f"{RULE}/ip-set-within-capacity",
        sparing(lambda call: "ip_set" in call.option, "capacity"),
    ),
    fault(
        "load-new-entries-only",
        "A capacity may be set below the number of entries that are there.",
        f"{RULE}/capacity-holds-entries",
        sparing(lambda call: not {"ip_set", "ip_extra_set"} & set(call.option), "capacity"),
    ),
    fault("load-unrehearsed", "A rehearsal does not count the entries.", REFUSES, sparing(rehearsal, "capacity")),
    fault(
        "load-crashes",
        "More entries than the capacity are answered with 500.",
        HOLDS,
        crashing("capacity", lambda pair: pair[0] > pair[1]),
    ),
    fault(
        "load-refused-404",
        "More entries than the capacity are answered with 404.",
        HOLDS,
        refused_with(404, "capacity"),
    ),
)

EFFECTS = (
    fault(
        "capacity-ignored",
        "A given capacity is not taken.",
        BECOMES,
        updating(lambda before, option, after: replace(after, max_capacity=before.max_capacity)),
    ),
    fault(
        "capacity-reset",
        "A capacity that is not given becomes 20.",
        f"{STATE}/max_capacity/kept",
        updating(lambda before, option, after: after if "max_capacity" in option else replace(after, max_capacity=20)),
    ),
    fault(
        "capacity-only-grows",
        "A capacity never becomes smaller.",
        BECOMES,
        updating(
            lambda before, option, after: replace(after, max_capacity=max(before.max_capacity, after.max_capacity))
        ),
    ),
    fault(
        "capacity-counts-entries",
        "An update of the entries makes their number the capacity.",
        f"{STATE}/max_capacity/kept",
        updating(
            lambda before, option, after: (
                replace(after, max_capacity=len(after.entries)) if "ip_set" in option else after
            )
        ),
    ),
)

FAULTS = (*RANGE, *TYPES, *LOAD, *EFFECTS)
