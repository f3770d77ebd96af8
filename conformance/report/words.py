"""How a requirement and its verdict are said to people, alike in every view."""

from __future__ import annotations

import re
from collections.abc import Iterable

from conformance.report.document import EvidenceEntry, RequirementEntry, SourceEntry

EXIT_MEANINGS = {
    0: "conformant",
    1: "at least one requirement fails",
    2: "the command line, the configuration or a file cannot be used",
    3: "incomplete",
    4: "a defect of this program",
    130: "interrupted",
}

# What a terminal, a log viewer or XML must not be handed raw: controls, bidirectional overrides, lone surrogates.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]")


def place(entry: RequirementEntry) -> str:
    """The pointer as users read it: body.address_group.name; empty where the requirement has none."""
    parts = entry["pointer"].strip("/").split("/")
    dotted = ".".join(part.replace("~1", "/").replace("~0", "~") for part in parts if part)
    return f"response {dotted}".rstrip() if entry["side"] == "response" else dotted


def origin(source: SourceEntry) -> str:
    """A source in one line: document and table, field, or the place in the contract if nothing else is known."""
    page = " ".join(part for part in (source["document"], source["table"]) if part)
    return ", ".join(part for part in (page, source["field"]) if part) or source["place"]


def comparison(item: EvidenceEntry) -> list[str]:
    """What was sent, expected and seen: `sent …`, `expected …`, `got …`, without the empty ones."""
    said = (("sent", item["sent"]), ("expected", item["expected"]), ("got", item["observed"]))
    return [f"{word} {value}" for word, value in said if value]


def fails(entry: RequirementEntry, *, strict: bool) -> bool:
    """Whether this verdict alone makes the run fail: a contested reading that is departed from does if strict."""
    return entry["verdict"] == "fail" or (strict and entry["verdict"] == "noted" and entry["reason"] == "departs")


def by_operation(entries: Iterable[RequirementEntry]) -> dict[str, list[RequirementEntry]]:
    """Entries by operation, both in the order in which they came."""
    groups: dict[str, list[RequirementEntry]] = {}
    for entry in entries:
        groups.setdefault(entry["operation"], []).append(entry)
    return groups


def legible(text: str) -> str:
    r"""Text without characters that steer a terminal or break XML: each becomes its escape, such as \x1b."""
    return _UNSAFE.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


def one_line(text: str) -> str:
    """Legible text in which line breaks and tabs are escaped too."""
    return legible(text).replace("\n", "\\n").replace("\t", "\\t")
