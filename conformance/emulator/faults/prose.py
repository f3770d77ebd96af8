"""Faults in what may be a description or a remark: the two have one rule, and here the same defects."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Any

from conformance.emulator.behaviour import UPDATE
from conformance.emulator.check import Holds, text
from conformance.emulator.faults.change import (
    Edit,
    accepting,
    coercing,
    crashing,
    holding,
    looking,
    member,
    nullable,
    refusing,
    rehearsal,
    sparing,
    unchecked,
    understanding,
)
from conformance.emulator.faults.fault import OPTION, STATE, Change, Fault, family, under

fault = family("prose")

REMARK = "ip_extra_set/*/remarks"
REFUSES = f"{UPDATE}/rehearsal/refuses"


def found(pattern: str) -> Holds:
    """Whether an expression is found in a text."""
    expression = re.compile(pattern)
    return text(lambda value: expression.search(value) is not None)


def lengths(limit: int, measure: Callable[[str], int] = len) -> Holds:
    """Whether a text is not above a limit, by some measure."""
    return text(lambda value: measure(value) <= limit)


def octets(value: str) -> int:
    """How long a text is in UTF-8."""
    return len(value.encode())


def as_html(value: str) -> int:
    """How long a text is once it is escaped for HTML."""
    return len(html.escape(value))


def remarking(edit: Edit) -> Change:
    """Every remark is read as something else."""
    return understanding("ip_extra_set", lambda entries: [_edited(entry, edit) for entry in entries])


def _edited(entry: dict[str, Any], edit: Edit) -> dict[str, Any]:
    return {**entry, "remarks": edit(entry["remarks"])} if isinstance(entry.get("remarks"), str) else entry


def without(cut: Callable[[str], str]) -> Callable[[Sequence[Any]], Sequence[Any]]:
    """Looks at what is left of each text."""
    return lambda values: [cut(value) if isinstance(value, str) else value for value in values]


def searched(pattern: str) -> Holds:
    """Whether an expression is not found in a text, dots being anything."""
    expression = re.compile(pattern, re.DOTALL)
    return text(lambda value: expression.search(value) is None)


def bracketed(who: str, pointer: str) -> tuple[Fault, ...]:
    """Brackets that should be refused are accepted."""
    pattern = member(pointer, "pattern")
    return under(
        fault,
        who,
        f"{OPTION}/{pointer}/pattern",
        ("brackets", f"A {who} may have brackets.", unchecked(pattern)),
        ("left", f"A {who} may have <.", holding(pattern, searched(">"))),
        ("right", f"A {who} may have >.", holding(pattern, searched("<"))),
        ("pair", f"Only a pair of brackets is refused in a {who}.", holding(pattern, searched("<.*>"))),
        ("tags", f"Only what looks like HTML is refused in a {who}.", holding(pattern, searched("</?[A-Za-z]"))),
        ("bracket-first", f"A {who} may begin with a bracket.", looking(pattern, without(lambda v: v[1:]))),
        ("bracket-last", f"A {who} may end with a bracket.", looking(pattern, without(lambda v: v[:-1]))),
        (
            "second-line",
            f"Only a {who}'s first line is looked at.",
            looking(pattern, without(lambda v: v.split("\n")[0])),
        ),
    )


def measured(who: str, pointer: str) -> tuple[Fault, ...]:
    """The length of a text is measured otherwise."""
    length = member(pointer, "maxLength")
    too_long = text(lambda value: len(value) > 255)
    return under(
        fault,
        who,
        f"{OPTION}/{pointer}/maxLength",
        ("256", f"A {who} may have 256 characters.", holding(length, lengths(256))),
        ("any-length", f"A {who} may be of any length.", unchecked(length)),
        ("too-long-crashes", f"A {who} that is too long is answered with 500.", crashing(length, too_long)),
        ("255-refused", f"A {who} of 255 characters is refused.", holding(length, lengths(254))),
        ("64-limit", f"A {who} has at most 64 characters.", holding(length, lengths(64))),
        ("octets", f"A {who} is measured in octets.", holding(length, lengths(255, octets))),
        ("escaped-length", f"A {who} is measured as HTML.", holding(length, lengths(255, as_html))),
    )


def unrehearsed(who: str, pointer: str) -> tuple[Fault, ...]:
    """A rehearsal does not look at everything."""
    length, pattern = (sparing(rehearsal, member(pointer, keyword)) for keyword in ("maxLength", "pattern"))
    return under(
        fault,
        who,
        REFUSES,
        ("length-unrehearsed", f"A rehearsal does not look at a {who}'s length.", length),
        ("brackets-unrehearsed", f"A rehearsal does not look for brackets in a {who}.", pattern),
    )


BEYOND_BMP = "[\U00010000-\U0010ffff]"

ALLOWED = (
    ("empty", "nothing in it", r"\A\Z"),
    ("ampersand", "an ampersand", "&"),
    ("quotes", "quotes", "[\"']"),
    ("line-break", "a line break", "\n"),
    ("beyond-ascii", "a character beyond ASCII", "[^\x00-\x7f]"),
    ("cjk", "a Chinese character", "[\u4e00-\u9fff]"),
    ("emoji", "a character beyond the Basic Multilingual Plane", BEYOND_BMP),
    ("punctuation", "punctuation that a name may not have", "[!#$%*+,/:;=?@^`{|}~()\\[\\]\\\\]"),
    ("blank", "a blank", " "),
)


def too_strict(who: str, pointer: str) -> tuple[Fault, ...]:
    """What should be accepted is refused."""
    pattern = member(pointer, "pattern")
    return under(
        fault,
        who,
        f"{OPTION}/{pointer}/pattern {UPDATE}/response/status/success",
        *(
            (f"{name}-refused", f"A {who} with {words} is refused.", refusing(pattern, found(expression)))
            for name, words, expression in ALLOWED
        ),
        ("emoji-crashes", f"A {who} with an emoji is answered with 500.", crashing(pattern, found(BEYOND_BMP))),
    )


def of_text(who: str, pointer: str) -> tuple[Fault, ...]:
    """All that may be wrong with what is refused."""
    families = (bracketed, measured, unrehearsed, too_strict)
    return tuple(each for family_of in families for each in family_of(who, pointer))


def unlike(who: str, becomes: str, reading: Callable[[Edit], Change]) -> tuple[Fault, ...]:
    """What is stored is not what was given."""
    return (
        fault(f"{who}-trimmed", f"White space around a {who} is lost.", becomes, reading(str.strip)),
        fault(f"{who}-escaped", f"A {who} is stored as HTML.", becomes, reading(html.escape)),
        fault(f"{who}-unescaped", f"Entities of HTML in a {who} are resolved.", becomes, reading(html.unescape)),
        fault(
            f"{who}-normalised", f"A {who} is normalised.", becomes, reading(lambda v: unicodedata.normalize("NFKC", v))
        ),
        fault(f"{who}-cut", f"A {who} is stored up to its 250th character.", becomes, reading(lambda v: v[:250])),
        fault(f"{who}-lower-cased", f"A {who} is stored in lower case.", becomes, reading(str.lower)),
        fault(
            f"{who}-line-breaks",
            f"Line breaks in a {who} become blanks.",
            becomes,
            reading(lambda v: v.replace("\n", " ")),
        ),
        fault(
            f"{who}-ascii",
            f"A {who} loses what is not ASCII.",
            becomes,
            reading(lambda value: value.encode("ascii", "replace").decode()),
        ),
        fault(f"{who}-empty-filled", f"An empty {who} becomes another text.", becomes, reading(lambda v: v or "none")),
    )


DESCRIPTIONS = (
    *of_text("description", "description"),
    *unlike("description", f"{STATE}/description/becomes", lambda edit: understanding("description", edit)),
    fault(
        "description-null", "A null is taken as no description.", f"{OPTION}/description/type", nullable("description")
    ),
    fault(
        "description-number",
        "A number is taken as a description.",
        f"{OPTION}/description/type",
        coercing("description", (int, float), str),
    ),
    fault(
        "description-array",
        "An array is taken as a description.",
        f"{OPTION}/description/type",
        coercing("description", list, str),
    ),
    fault(
        "description-object",
        "An object is taken as a description.",
        f"{OPTION}/description/type",
        coercing("description", dict, str),
    ),
)

REMARK_TYPE = member(REMARK, "type")


def first(values: Any) -> Any:
    """Only the first of some values."""
    return values[:1]


def all_but_last(values: Any) -> Any:
    """All of several values but the last one."""
    return values[:-1] if len(values) > 1 else values


def remark_of(kind: type | tuple[type, ...]) -> Change:
    """Remarks of another type are taken as text."""
    change = accepting(REMARK_TYPE, lambda value: isinstance(value, kind))
    converted = understanding("ip_extra_set", _remarks_as_text)
    return lambda behaviour: converted(change(behaviour))


def _remarks_as_text(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {**entry, "remarks": str(entry["remarks"])} if entry.get("remarks") is not None else entry for entry in entries
    ]


REMARKS = (
    *of_text("remark", REMARK),
    *unlike("remark", f"{UPDATE}/rule/remarks-echoed {STATE}/ip_extra_set/becomes", remarking),
    fault("remark-number", "A number is taken as a remark.", f"{OPTION}/{REMARK}/type", remark_of((int, float))),
    fault("remark-array", "An array is taken as a remark.", f"{OPTION}/{REMARK}/type", remark_of(list)),
    fault("remark-object", "An object is taken as a remark.", f"{OPTION}/{REMARK}/type", remark_of(dict)),
    fault(
        "remark-length-first",
        "Only the first remark's length is looked at.",
        f"{OPTION}/{REMARK}/maxLength",
        looking(member(REMARK, "maxLength"), first),
    ),
    fault(
        "remark-brackets-first",
        "Only the first remark is searched for brackets.",
        f"{OPTION}/{REMARK}/pattern",
        looking(member(REMARK, "pattern"), first),
    ),
    fault(
        "remark-brackets-last",
        "The last remark is not searched for brackets.",
        f"{OPTION}/{REMARK}/pattern",
        looking(member(REMARK, "pattern"), all_but_last),
    ),
    fault(
        "remark-type-first",
        "Only the first remark's type is looked at.",
        f"{OPTION}/{REMARK}/type",
        looking(REMARK_TYPE, first),
    ),
)

FAULTS = (*DESCRIPTIONS, *REMARKS)
