"""Faults in what may be a description or a remark: the two have one rule, and here the same defects."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable
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
from conformance.emulator.faults.fault import OPTION, STATE, Change, Fault, family

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


def remarking(edit: Edit) -> Change:
    """Every remark is read as something else."""
    return understanding("ip_extra_set", lambda entries: [_edited(entry, edit) for entry in entries])


def _edited(entry: dict[str, Any], edit: Edit) -> dict[str, Any]:
    return {**entry, "remarks": edit(entry["remarks"])} if isinstance(entry.get("remarks"), str) else entry


def too_lax(who: str, pointer: str) -> tuple[Fault, ...]:
    """What should be refused is accepted."""
    length, pattern, of = member(pointer, "maxLength"), member(pointer, "pattern"), f"{OPTION}/{pointer}"
    what = f"A {who}"
    return (
        fault(f"{who}-256", f"{what} may have 256 characters.", f"{of}/maxLength", holding(length, lengths(256))),
        fault(f"{who}-any-length", f"{what} may be of any length.", f"{of}/maxLength", unchecked(length)),
        fault(f"{who}-brackets", f"{what} may have brackets.", f"{of}/pattern", unchecked(pattern)),
        fault(f"{who}-left", f"{what} may have <.", f"{of}/pattern", holding(pattern, text(lambda v: ">" not in v))),
        fault(f"{who}-right", f"{what} may have >.", f"{of}/pattern", holding(pattern, text(lambda v: "<" not in v))),
        fault(
            f"{who}-pair",
            f"Only a pair of brackets is refused in a {who}.",
            f"{of}/pattern",
            holding(pattern, text(lambda value: not re.search("<.*>", value, re.DOTALL))),
        ),
        fault(
            f"{who}-tags",
            f"Only what looks like HTML is refused in a {who}.",
            f"{of}/pattern",
            holding(pattern, text(lambda value: not re.search(r"</?[A-Za-z]", value))),
        ),
        fault(
            f"{who}-bracket-first",
            f"{what} may begin with a bracket.",
            f"{of}/pattern",
            looking(pattern, lambda values: [v[1:] if isinstance(v, str) else v for v in values]),
        ),
        fault(
            f"{who}-bracket-last",
            f"{what} may end with a bracket.",
            f"{of}/pattern",
            looking(pattern, lambda values: [v[:-1] if isinstance(v, str) else v for v in values]),
        ),
        fault(
            f"{who}-second-line",
            f"Only the first line of a {who} is looked at.",
            f"{of}/pattern",
            looking(pattern, lambda values: [v.partition("\n")[0] if isinstance(v, str) else v for v in values]),
        ),
        fault(
            f"{who}-length-unrehearsed",
            f"A rehearsal does not look at a {who}'s length.",
            REFUSES,
            sparing(rehearsal, length),
        ),
        fault(
            f"{who}-brackets-unrehearsed",
            f"A rehearsal does not look for brackets in a {who}.",
            REFUSES,
            sparing(rehearsal, pattern),
        ),
        fault(
            f"{who}-too-long-crashes",
            f"{what} that is too long is answered with 500.",
            f"{of}/maxLength",
            crashing(length, text(lambda value: len(value) > 255)),
        ),
    )


def too_strict(who: str, pointer: str) -> tuple[Fault, ...]:
    """What should be accepted is refused."""
    length, pattern, of = member(pointer, "maxLength"), member(pointer, "pattern"), f"{OPTION}/{pointer}"
    success, what = f"{of}/pattern {UPDATE}/response/status/success", f"A {who}"

    def refused(name: str, words: str, expression: str) -> Fault:
        return fault(
            f"{who}-{name}-refused", f"{what} with {words} is refused.", success, refusing(pattern, found(expression))
        )

    return (
        fault(
            f"{who}-255-refused",
            f"{what} of 255 characters is refused.",
            f"{of}/maxLength",
            holding(length, lengths(254)),
        ),
        fault(f"{who}-64-limit", f"{what} has at most 64 characters.", f"{of}/maxLength", holding(length, lengths(64))),
        fault(
            f"{who}-octets", f"{what} is measured in octets.", f"{of}/maxLength", holding(length, lengths(255, octets))
        ),
        fault(
            f"{who}-escaped-length",
            f"{what} is measured after escaping it for HTML.",
            f"{of}/maxLength {of}/pattern",
            holding(length, lengths(255, lambda value: len(html.escape(value)))),
        ),
        fault(
            f"{who}-empty-refused", f"An empty {who} is refused.", success, refusing(pattern, lambda value: value == "")
        ),
        refused("ampersand", "an ampersand", "&"),
        refused("quotes", "quotes", "[\"']"),
        refused("line-break", "a line break", "\n"),
        refused("beyond-ascii", "a character beyond ASCII", "[^\x00-\x7f]"),
        refused("cjk", "a Chinese character", "[\u4e00-\u9fff]"),
        refused("emoji", "a character beyond the Basic Multilingual Plane", "[\U00010000-\U0010ffff]"),
        refused("punctuation", "punctuation that a name may not have", "[!#$%*+,/:;=?@^`{|}~()\\[\\]\\\\]"),
        refused("blank", "a blank", " "),
        fault(
            f"{who}-emoji-crashes",
            f"{what} with a character beyond the BMP is answered with 500.",
            success,
            crashing(pattern, found("[\U00010000-\U0010ffff]")),
        ),
    )


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
    *too_lax("description", "description"),
    *too_strict("description", "description"),
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
    *too_lax("remark", REMARK),
    *too_strict("remark", REMARK),
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
