"""Odd requests: whatever they are answered, it is no failure of the server and no silence."""

from __future__ import annotations

import json
from collections.abc import Iterator

from conformance.cases.body import EMPTY, has_json, numeric, wants_body
from conformance.cases.case import Case, Wire, described
from conformance.cases.host import Host, Hosts
from conformance.cases.statement import case_of
from conformance.cases.stranger import identities
from conformance.requirements.derive import types_of
from conformance.requirements.protocol import named_things
from conformance.requirements.site import put

_MARK = 987_654_321_987
_SURROGATE = "\ud800"
_SIGNS, _TURNED = "' OR 1=1 -- ${jndi:x} ../../etc/passwd %s%n", "\u202e\U0001f600"
_ODD = f"{_SIGNS} {_TURNED}"
_LONG = "a" * 100_000
_HUGE = (2**31, 2**63)  # just beyond what the usual integers hold
_ODD_QUERIES = (_SIGNS, _TURNED, "\x00", "a" * 4_000)


def hostile(hosts: Hosts, host: Host) -> Iterator[Case]:
    """Odd requests that start from an accepted one: in its path, its query and its body."""
    yield from _paths(hosts, host)
    yield from _queries(hosts, host)
    if has_json(hosts, host):
        yield from _documents(hosts, host)
        yield from _texts(hosts, host)


def _paths(hosts: Hosts, host: Host) -> Iterator[Case]:
    """Odd texts for what a path names; where nothing is said of what nobody knows, it is odd, too."""
    named = named_things(hosts.operation)
    for parameter in hosts.operation.parameters:
        if parameter.where != "path":
            continue
        is_number = {"integer", "number"} & set(types_of(parameter.schema))
        current = host.request["path"][parameter.name]
        strangers = [] if parameter in named else identities(current, parameter.schema, parameter.name)
        for odd in ("'", "%", *(_HUGE if is_number else ()), *(value for value, _ in strangers[:1])):
            request = put(host.request, ("path", parameter.name), odd)
            sent = f"{parameter.name} {described(odd)}"
            yield case_of(hosts, host, "protocol/hostile", "survive", sent, request=request)


def _queries(hosts: Hosts, host: Host) -> Iterator[Case]:
    """Odd texts in the parameters of a query: one that is long, one that is odd, in turn."""
    names = [p.name for p in hosts.operation.parameters if p.where == "query" and not p.as_json]
    for number, name in enumerate(names):
        for index in (2 * number, 2 * number + 1):
            odd = _ODD_QUERIES[index % len(_ODD_QUERIES)]
            request = put(host.request, ("query", name), odd)
            sent = f"{name} {described(odd)}"
            yield case_of(hosts, host, "protocol/hostile", "survive", sent, request=request)


def _depths(hosts: Hosts) -> tuple[int, int]:
    """How deep and how long: beyond what common parsers take only where the contract promises that nothing breaks."""
    return (200, 400) if hosts.operation.plain else (2_000, 5_000)


def _documents(hosts: Hosts, host: Host) -> Iterator[Case]:
    """Bodies that are odd as a whole."""
    deep, long = _depths(hosts)
    text = json.dumps(host.request["body"])
    bodies = [
        (b"[" * deep + b"]" * deep, f"{deep} arrays in each other"),
        (b'{"a":' * (deep // 2) + b"1" + b"}" * (deep // 2), f"{deep // 2} objects in each other"),
        (b"1" * long, f"a number of {long} digits"),
        (b'{"a": NaN}', "NaN"),
        *_huge_numbers(hosts),
        *([] if wants_body(hosts) else [(b"", EMPTY)]),
        (text[:-1].encode() + b', "' + b"k" * 10_000 + b'": 1}', "a member name of 10,000 characters"),
        (_duplicated(text), "a member twice"),
        (b"\xef\xbb\xbf" + text.encode(), "a byte order mark"),
    ]
    for body, sent in bodies:
        yield case_of(hosts, host, "protocol/hostile", "survive", sent, Wire(body=body))


def _huge_numbers(hosts: Hosts) -> Iterator[tuple[bytes, str]]:
    for host in numeric(hosts):
        marked = json.dumps(put(host.request, host.path, _MARK)["body"])
        yield marked.replace(str(_MARK), "1e999").encode(), "an exponent beyond what a double holds"


def _duplicated(text: str) -> bytes:
    inner = text.strip()[1:-1]
    return f"{{{inner}, {inner}}}".encode() if inner else b"{}"


def _texts(hosts: Hosts, host: Host) -> Iterator[Case]:
    """What is odd stands in every text of the body, for each may be read by other code.

    A zero byte stands alone in the first and at the end of the odd ones in the others: some refuse it before all else.
    """
    places = {p.site.pointer: p.site for p in hosts.oracle.placed.values() if "string" in types_of(p.site.schema)}
    within = [site for pointer, site in places.items() if pointer.startswith("/body")]
    for number, site in enumerate(within):
        found = hosts.at(site.path, hosts.variants[:1])
        if found is None:
            continue
        odd = [(_ODD if number == 0 else f"{_ODD}\0", "odd signs"), (_LONG, f"{len(_LONG):,} characters")]
        odd += [] if hosts.operation.plain else [(_SURROGATE, "half a character")]
        odd += [("\x00", "a zero byte")] if number == 0 else []
        for text, what in odd:
            wire = Wire(body=json.dumps(put(found.request, found.path, text)["body"]).encode())
            yield case_of(hosts, host, "protocol/hostile", "survive", f"{what} in {site.pointer[1:]}", wire)
