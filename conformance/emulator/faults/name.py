"""Faults in what may be a name."""

from __future__ import annotations

import re

from conformance.emulator.behaviour import UPDATE
from conformance.emulator.call import Call
from conformance.emulator.check import Holds, text
from conformance.emulator.faults.change import (
    accepting,
    coercing,
    crashing,
    holding,
    looking,
    member,
    nullable,
    refused_with,
    refusing,
    rehearsal,
    sparing,
    unchecked,
    understanding,
)
from conformance.emulator.faults.fault import OPTION, STATE, Change, Fault, family

fault = family("name")

LENGTH, PATTERN, TYPE = member("name", "maxLength"), member("name", "pattern"), member("name", "type")
NAME = f"{OPTION}/name"
BECOMES = f"{STATE}/name/becomes"
REFUSES = f"{UPDATE}/rehearsal/refuses"
LONG = f"{NAME}/maxLength"
ALLOWED = f"{NAME}/pattern {UPDATE}/response/status/success"


def found(pattern: str) -> Holds:
    """Whether an expression is found in a name."""
    expression = re.compile(pattern)
    return text(lambda value: expression.search(value) is not None)


def tested_by(pattern: str) -> Change:
    """Names are tested with another expression, which need not match to the end."""
    expression = re.compile(pattern)
    return holding(PATTERN, text(lambda value: expression.match(value) is not None))


def below(limit: int) -> Holds:
    """Whether a name is shorter than a limit."""
    return text(lambda value: len(value) < limit)


def takes(mark: str) -> Fault:
    """One more character is allowed."""
    expression = re.compile(rf"[A-Za-z0-9_.\-{re.escape(mark)}]*")
    change = accepting(PATTERN, text(lambda value: expression.fullmatch(value) is not None))
    code = f"{ord(mark):04X}"
    return fault(f"name-takes-{code.lower()}", f"A name may have the character U+{code}.", f"{NAME}/pattern", change)


def of_ipv6(call: Call) -> bool:
    """Whether the group that a request names is one of IPv6."""
    group = call.world.groups.get(call.path["address_group_id"])
    return group is not None and group.ip_version == 6


TOO_LAX = (
    fault("name-65", "A name may have 65 characters.", f"{NAME}/maxLength", holding(LENGTH, below(66))),
    fault("name-255", "A name may have 255 characters.", f"{NAME}/maxLength", holding(LENGTH, below(256))),
    fault("name-any-length", "A name may be of any length.", f"{NAME}/maxLength", unchecked(LENGTH)),
    fault("name-any-characters", "A name may have any character.", f"{NAME}/pattern", unchecked(PATTERN)),
    fault("name-any-end", "Only the first character of a name is tested.", f"{NAME}/pattern", tested_by(r"[\w.-]")),
    fault("name-any-start", "Only the end of a name is tested.", f"{NAME}/pattern", tested_by(r"(?s).*[\w.-]\Z")),
    fault("name-newline-end", "A name may end with a line break.", f"{NAME}/pattern", tested_by(r"[\w.-]*$")),
    fault("name-one-line", "Only one line of a name is tested.", f"{NAME}/pattern", tested_by(r"(?ms).*^[\w.-]+$")),
    fault("name-any-dot", "The dot stands for any character.", f"{NAME}/pattern", tested_by(r"(?a:[\w-]|.)*\Z")),
    fault("name-range", "The hyphen makes a range of characters.", f"{NAME}/pattern", tested_by(r"[A-Za-z0-9.-_]*\Z")),
    fault("name-null", "A null is taken as no name.", f"{NAME}/type", nullable("name")),
    fault("name-number", "A number is taken as a name.", f"{NAME}/type", coercing("name", (int, float), str)),
    fault("name-boolean", "A boolean is taken as a name.", f"{NAME}/type", coercing("name", bool, str)),
    fault("name-array", "An array is taken as a name.", f"{NAME}/type", coercing("name", list, lambda v: f"a{len(v)}")),
    fault(
        "name-object", "An object is taken as a name.", f"{NAME}/type", coercing("name", dict, lambda v: f"o{len(v)}")
    ),
    *(takes(mark) for mark in " +,/:@~<\t\x7f"),
)

TOO_STRICT = (
    fault("name-64-refused", "A name of 64 characters is refused.", f"{NAME}/maxLength", holding(LENGTH, below(64))),
    fault("name-33-refused", "A name has at most 32 characters.", f"{NAME}/maxLength", holding(LENGTH, below(33))),
    fault("name-1-refused", "A name of one character is refused.", ALLOWED, refusing(PATTERN, found(r"\A.\Z"))),
    fault("name-dot-refused", "A dot is refused.", ALLOWED, refusing(PATTERN, found(r"\."))),
    fault("name-hyphen-refused", "A hyphen is refused.", ALLOWED, refusing(PATTERN, found("-"))),
    fault("name-underscore-refused", "An underscore is refused.", ALLOWED, refusing(PATTERN, found("_"))),
    fault("name-mark-first-refused", "A mark is refused at the start.", ALLOWED, refusing(PATTERN, found(r"\A[_.-]"))),
    fault("name-dot-first-refused", "A dot is refused at the start.", ALLOWED, refusing(PATTERN, found(r"\A\."))),
    fault("name-hyphen-first-refused", "A hyphen is refused at the start.", ALLOWED, refusing(PATTERN, found(r"\A-"))),
    fault("name-hyphen-last-refused", "A hyphen is refused at the end.", ALLOWED, refusing(PATTERN, found(r"-\Z"))),
    fault("name-dot-last-refused", "A dot is refused at the end.", ALLOWED, refusing(PATTERN, found(r"\.\Z"))),
    fault("name-digit-first-refused", "A digit is refused at the start.", ALLOWED, refusing(PATTERN, found(r"\A\d"))),
    fault("name-capital-refused", "A capital letter is refused.", ALLOWED, refusing(PATTERN, found("[A-Z]"))),
    fault("name-digit-refused", "A digit is refused.", ALLOWED, refusing(PATTERN, found("[0-9]"))),
    fault(
        "name-64-crashes",
        "A name of 64 characters is answered with 500.",
        f"{NAME}/maxLength",
        crashing(LENGTH, text(lambda value: len(value) == 64)),
    ),
)

ON_SOME = (
    fault(
        "name-length-unrehearsed", "A rehearsal does not look at a name's length.", REFUSES, sparing(rehearsal, LENGTH)
    ),
    fault(
        "name-characters-unrehearsed",
        "A rehearsal does not look at a name's characters.",
        REFUSES,
        sparing(rehearsal, PATTERN),
    ),
    fault("name-type-unrehearsed", "A rehearsal does not look at a name's type.", REFUSES, sparing(rehearsal, TYPE)),
    fault(
        "name-only-rehearsed",
        "Only a rehearsal looks at a name's characters.",
        f"{NAME}/pattern",
        sparing(lambda call: not call.rehearsal, PATTERN),
    ),
    fault(
        "name-alone-unchecked",
        "A name that is given alone is not looked at.",
        f"{NAME}/pattern",
        sparing(lambda call: len(call.option) == 1, PATTERN, LENGTH),
    ),
    fault(
        "name-beside-unchecked",
        "A name that is given beside other members is not looked at.",
        f"{NAME}/pattern",
        sparing(lambda call: len(call.option) > 1, PATTERN, LENGTH),
    ),
    fault(
        "name-described-unchecked",
        "The length of a name is not looked at if a description comes with it.",
        LONG,
        sparing(lambda call: "description" in call.option, LENGTH),
    ),
    fault(
        "name-of-ipv6-unchecked",
        "The length of a name is not looked at if the group is one of IPv6.",
        LONG,
        sparing(of_ipv6, LENGTH),
    ),
    fault(
        "name-unchecked-if-not-rehearsed-aloud",
        "A request that says dry_run false gets around the limit of a name's length.",
        LONG,
        sparing(lambda call: call.document.get("dry_run") is False, LENGTH),
    ),
    fault(
        "name-first-32-checked",
        "Only the first 32 characters of a name are looked at.",
        f"{NAME}/pattern",
        looking(PATTERN, lambda values: [v[:32] if isinstance(v, str) else v for v in values]),
    ),
    fault(
        "name-trimmed-first",
        "A name is looked at without white space around it.",
        f"{NAME}/pattern",
        looking(PATTERN, lambda values: [v.strip() if isinstance(v, str) else v for v in values]),
    ),
    fault(
        "name-too-long-crashes",
        "A name that is too long is answered with 500.",
        f"{NAME}/maxLength",
        crashing(LENGTH, text(lambda value: len(value) > 64)),
    ),
    fault(
        "name-of-no-type-crashes",
        "A name that is no string is answered with 500.",
        f"{NAME}/type",
        crashing(TYPE, lambda value: not isinstance(value, str)),
    ),
    fault(
        "name-refused-404",
        "A name that is too long is answered with 404.",
        f"{NAME}/maxLength",
        refused_with(404, LENGTH),
    ),
    fault(
        "name-refused-200",
        "A name with a forbidden character is an error object with 200.",
        f"{NAME}/pattern",
        refused_with(200, PATTERN),
    ),
)

ECHOES = (
    fault("name-lower-cased", "A name is stored in lower case.", BECOMES, understanding("name", str.lower)),
    fault("name-upper-cased", "A name is stored in upper case.", BECOMES, understanding("name", str.upper)),
    fault("name-cut", "A name is stored up to its 63rd character.", BECOMES, understanding("name", lambda v: v[:63])),
    fault(
        "name-marks-stripped", "Marks around a name are lost.", BECOMES, understanding("name", lambda v: v.strip("_.-"))
    ),
    fault(
        "name-underscore-to-hyphen",
        "An underscore becomes a hyphen.",
        BECOMES,
        understanding("name", lambda value: value.replace("_", "-")),
    ),
    fault(
        "name-numeric-shortened",
        "A name of digits loses its leading zeros.",
        BECOMES,
        understanding("name", lambda value: str(int(value)) if value.isdigit() else value),
    ),
)

FAULTS = (*TOO_LAX, *TOO_STRICT, *ON_SOME, *ECHOES)
