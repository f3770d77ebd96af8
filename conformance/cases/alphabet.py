"""Accepted texts: every allowed character first, in the middle and last, and texts that are hard to give back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from conformance.cases.among import array_path, entry_of, schema_at
from conformance.cases.array import arrays_of
from conformance.cases.case import Case, described
from conformance.cases.host import Host, Hosts
from conformance.cases.keyword import Maker
from conformance.cases.sample import types_of
from conformance.contract.schema import validator
from conformance.requirements.derive import Placed
from conformance.requirements.site import at, put

_PRINTABLE = [chr(code) for code in range(32, 127)]
ENTRIES = 20  # that are filled of an array
LARGE = 20_000  # characters of texts in one body
_HARD = (
    "He said \"yes\" & 'no'",
    "\\back\\slash/ /",
    "中文 é ñ ü",
    "\U0001f600 \U0001f468‍\U0001f469",
    " leading and trailing ",
    "MiXeD Case",
    "&amp; %41 %00 +",
    "line\nbreak",
    "line\r\nbreak",
    "two  blanks",
    "a\ttab",
    "a/b:c;d,e|f",
    "<>",
    "   ",
    "'; DROP TABLE x; -- SELECT * FROM y /* */ OR 1=1",
    "${jndi:ldap://x} ../../etc/passwd {{7*7}} $(id) %s%n",
    "null",
    "0",
    "007",
    "\u0065\u0301",
)


def alphabet(hosts: Hosts, maker: Maker, placed: Placed) -> Iterator[Case]:
    """For a place of texts: all allowed characters at each position, and the hard ones."""
    schema = placed.site.schema
    if "string" not in types_of(schema) or {"enum", "const", "format"} & set(schema):
        return
    if placed.site.pointer.startswith("/path"):
        return
    host = hosts.at(placed.site.path, hosts.variants[:1])
    if host is None:
        return
    texts = [text for text in _HARD if _fits(hosts, placed, host, text)]
    if "pattern" in schema:
        texts += [*_doubled(schema), *_rotations(schema)]
    yield from _packed(hosts, maker, placed, host, texts)
    yield from _largest(hosts, maker, placed, host)


def _fits(hosts: Hosts, placed: Placed, host: Host, text: str) -> bool:
    if not hosts.expressible(placed.site, text):
        return False
    return hosts.accepts(put(host.request, host.path, text), host.variant)


def _rotations(schema: Any) -> list[str]:
    """As many texts as there are allowed characters; each is first once, last once and often in the middle."""
    leaf = validator(schema)
    longest = min(schema.get("maxLength", 64), 64)
    allowed = [character for character in _PRINTABLE if leaf.is_valid(character * max(schema.get("minLength", 1), 1))]
    if len(allowed) < 2 or longest < 3:
        return []
    found = []
    for index in range(len(allowed)):
        turned = allowed[index:] + allowed[:index]
        text = "".join(turned[: longest - 1] if len(turned) >= longest else turned) + turned[0]
        found.append(text if leaf.is_valid(text) else turned[0] * max(schema.get("minLength", 1), 1))
    shifted = [text[:-1] + found[(index + 1) % len(found)][0] for index, text in enumerate(found)]
    return [text for text in shifted if leaf.is_valid(text)]


def _doubled(schema: Any) -> list[str]:
    """One text with each allowed mark twice in a row: some servers make one of two."""
    leaf = validator(schema)
    marks = [
        c for c in _PRINTABLE if not c.isalnum() and leaf.is_valid(f"a{c}{c}a".ljust(schema.get("minLength", 0), "a"))
    ]
    text = "a".join(["", *(mark * 2 for mark in marks), ""])
    return [text] if marks and leaf.is_valid(text) else []


def _largest(hosts: Hosts, maker: Maker, placed: Placed, host: Host) -> Iterator[Case]:
    """Below an array as many of the longest texts as it holds: a large body, and a valid one."""
    index, schema = entry_of(host), placed.site.schema
    length, room = schema.get("maxLength", 0), _room(hosts, placed, index)
    if index is None or not 0 < length * room <= LARGE:
        return
    for character in ("中", "a"):
        request = _filled(hosts, placed, host, index, [character * length] * room)
        if request is not None:
            yield maker.case(placed, request, "accept", f"{room} entries of {length} characters", host, 1)
            return


def _packed(hosts: Hosts, maker: Maker, placed: Placed, host: Host, texts: list[str]) -> Iterator[Case]:
    """One text a request; below an array as many at once as it holds."""
    index = entry_of(host)
    room = _room(hosts, placed, index)
    for start in range(0, len(texts), room):
        chunk = texts[start : start + room]
        request = _filled(hosts, placed, host, index, chunk)
        if request is not None:
            sent = described(chunk[0]) if len(chunk) == 1 else f"{len(chunk)} entries with all allowed characters"
            sent = f"{sent} beginning {chunk[0][:1]!r}" if len(chunk[0]) > 40 else sent
            made = maker.case(placed, request, "accept", sent, host, 0 if start % 16 == 0 else 1)
            yield replace(made, group=placed.site.pointer)


def _room(hosts: Hosts, placed: Placed, index: int | None) -> int:
    """How many values of a place a request holds, as far as many are tried."""
    if index is None:
        return 1
    most: int = schema_at(hosts.oracle.schema, array_path(placed.site.path)).get("maxItems", ENTRIES)
    return min(most, ENTRIES)


def _filled(hosts: Hosts, placed: Placed, host: Host, index: int | None, chunk: list[str]) -> Any:
    if index is None:
        request = put(host.request, host.path, chunk[0])
        return request if hosts.accepts(request, host.variant) else None
    outer, inner = host.path[:index], host.path[index + 1 :]
    schema = schema_at(hosts.oracle.schema, array_path(placed.site.path))
    for good in arrays_of(schema, len(chunk), at(host.request, outer)):
        entries = [put(entry, inner, text) if inner else text for entry, text in zip(good, chunk, strict=False)]
        request = put(host.request, outer, entries)
        if len(good) == len(chunk) and hosts.accepts(request, host.variant):
            return request
    return None
