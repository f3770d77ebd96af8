"""Cases of how a body is written: what is no JSON, what is named otherwise, and the same JSON in other spellings."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from conformance.cases.case import Case, Document, Wire
from conformance.cases.host import Host, Hosts
from conformance.cases.statement import case_of
from conformance.media import is_json
from conformance.requirements.derive import types_of
from conformance.requirements.site import leaves, put, rehearses
from conformance.strict_json import NOT_JSON, parsed

_MEDIA = ("text/plain", "application/octet-stream", "application/x-www-form-urlencoded", "application/xml")
_SPELT = ("a/b \U0001f600", "a/b")  # texts that JSON has several spellings of
DOCUMENTS = 8  # valid requests of which the richest is sent in another spelling
EMPTY = "an empty body"


def bodies(hosts: Hosts, host: Host) -> Iterator[Case]:
    """The cases that start from the body of an accepted request; of what is no JSON only its name is tried."""
    if not has_json(hosts, host):
        yield from _other_media(hosts, host, None) if "body" in host.request else ()
        return
    text = json.dumps(host.request["body"], ensure_ascii=False)
    for name, broken in _broken(hosts, host.request["body"], text).items():
        # Of a short document hardly anything can be spoilt; and nothing at all is no body, which may be left out.
        spoilt = [each for each in broken if parsed(each[0]) is NOT_JSON and (each[0] or wants_body(hosts))]
        for number, (body, sent) in enumerate(spoilt):
            wire, rank = Wire(body=body), min(number, 1)
            yield case_of(hosts, host, f"protocol/{name}", "refuse", sent, wire, kind="unreadable", rank=rank)
    yield from _other_media(hosts, host, text.encode())
    yield from _charsets(hosts, host)
    yield from _spaced(hosts, host)
    yield from _spelt(hosts, host)


def has_json(hosts: Hosts, host: Host) -> bool:
    """Whether a request has a body that is JSON."""
    body = hosts.operation.body
    return body is not None and is_json(body.media_type) and "body" in host.request


def wants_body(hosts: Hosts) -> bool:
    """Whether there has to be a body."""
    return hosts.operation.body is not None and hosts.operation.body.required


def numeric(hosts: Hosts) -> Iterator[Host]:
    """A request with a number in its body, if there is one."""
    for placed in hosts.oracle.placed.values():
        is_number = {"integer", "number"} & set(types_of(placed.site.schema))
        host = hosts.at(placed.site.path) if is_number and placed.site.pointer.startswith("/body") else None
        if host is not None:
            yield host
            return


def _broken(hosts: Hosts, body: Any, text: str) -> dict[str, list[tuple[bytes, str]]]:
    """Of each statement about bodies what breaks it: a document that is a text, spoilt."""
    plain = text.encode()
    return {
        "malformed-json": [
            (b"{", "a lone brace"),
            (text.replace('"', "'").encode(), "single quotes"),
            (text.replace(":", "=", 1).encode(), "an equals sign for a colon"),
            (plain[:-1] + b",}", "a trailing comma"),
            (b"{'a'}", "no JSON"),
            (b"hello", "plain words"),
            (b"/* a */" + plain, "after a comment"),
            *_not_numbers(hosts, body),
            *([(b"", EMPTY)] if wants_body(hosts) else []),
        ],
        "truncated-json": [(plain[:-1], "without its last byte"), (plain[: len(plain) // 2], "half of it")],
        "trailing-data": [
            (plain + b"x", "followed by x"),
            (plain + plain, "twice"),
            (plain + b"}", "one brace more"),
            (plain + b"\0", "followed by a zero byte"),
        ],
        "encoding": [
            *([] if hosts.operation.plain else [(text.encode("utf-16"), "in UTF-16")]),
            (_with_text(plain, b"\xff\xfe"), "with bytes that are no UTF-8"),
            (_with_text(plain, b"\xc3"), "with half a character"),
        ],
    }


def _not_numbers(hosts: Hosts, body: Any) -> Iterator[tuple[bytes, str]]:
    """NaN where a number may stand, and where it does not matter: Python's parser takes it, JSON has no such thing."""
    if hosts.operation.plain:
        return
    for host in numeric(hosts):
        yield json.dumps(put(host.request, host.path, float("nan"))["body"]).encode(), "NaN for a number"
    if isinstance(body, dict):
        yield json.dumps({**body, "unexpected": float("nan")}).encode(), "NaN in a member that nothing describes"


def _with_text(plain: bytes, odd: bytes) -> bytes:
    """The body with odd bytes inside its last text."""
    end = plain.rfind(b'"')
    return plain[:end] + odd + plain[end:] if end > 0 else odd + plain


def _other_media(hosts: Hosts, host: Host, plain: bytes | None) -> Iterator[Case]:
    """The same body under the names of other media types; without `plain` as it is written for its own."""
    own = hosts.operation.body.media_type.lower() if hosts.operation.body else ""
    for number, media in enumerate(each for each in _MEDIA if each != own):
        wire, rank = Wire(body=plain, content_type=media), min(number, 1)
        yield case_of(hosts, host, "protocol/media-type", "refuse", media, wire, kind="media", rank=rank)


def _charsets(hosts: Hosts, host: Host) -> Iterator[Case]:
    own = hosts.operation.body.media_type if hosts.operation.body else "application/json"
    suffixes = ("; charset=utf-8", ";charset=utf-8", "; charset=UTF-8")[: 1 if hosts.operation.plain else 3]
    for number, sent in enumerate(f"{own}{suffix}" for suffix in suffixes):
        wire = Wire(content_type=sent)
        yield case_of(hosts, host, "protocol/charset", "accept", sent, wire, rank=min(number, 1))


def _spaced(hosts: Hosts, host: Host) -> Iterator[Case]:
    """White space wherever JSON has room for it, and none where it needs none."""
    body = host.request["body"]
    indented = json.dumps(body, indent="  \t", separators=("\t,", " :\t"), ensure_ascii=False).replace("\n", "\r\n")
    compact = json.dumps(body, separators=(",", ":"), ensure_ascii=False)
    for text, sent in (
        (f" \n\t{indented}\r\n ", "with line breaks and tabs between tokens and around them"),
        (compact, "with nothing between tokens"),
    ):
        yield case_of(hosts, host, "protocol/whitespace", "accept", sent, Wire(body=text.encode()), rank=0)


def _spelt(hosts: Hosts, host: Host) -> Iterator[Case]:
    """A document with every character of its texts escaped, and its members the other way round."""
    known = [host, *islice(hosts.plains(host.variant), DOCUMENTS)]
    earnest = [each for each in known if "body" in each.request and not rehearses(hosts.operation, each.request)]
    richest = max(earnest, key=lambda each: _members(each.request["body"]), default=host)
    earnestly = hosts.switched_off(richest)
    request = next(_with_signs(hosts, earnestly), earnestly.request)
    wire, sent = Wire(body=_escaped(request["body"]).encode()), "with escapes in its texts, the last members first"
    made = case_of(hosts, host, "protocol/spelling", "accept", sent, wire, rank=0, request=request)
    yield replace(made, twin=request)  # told only of a document that is accepted in plain spelling


def _members(value: Any) -> int:
    """How many members a document has in all its objects."""
    if isinstance(value, dict):
        return len(value) + sum(map(_members, value.values()))
    return sum(map(_members, value)) if isinstance(value, list) else 0


def _with_signs(hosts: Hosts, host: Host) -> Iterator[Document]:
    """The request with a slash and a character beyond 16 bits in one of its texts."""
    for text in _SPELT:
        for path in (path for path, value in leaves(host.request["body"], ("body",)) if isinstance(value, str)):
            request = put(host.request, path, text)
            if hosts.accepts(request, host.variant):
                yield request


def _escaped(value: Any) -> str:
    """JSON with every character of a text escaped (RFC 8259, 7) and the last member of an object first."""
    if isinstance(value, dict):
        members = (f"{json.dumps(name)}: {_escaped(inner)}" for name, inner in reversed(value.items()))
        return f"{{{', '.join(members)}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_escaped, value))}]"
    if not isinstance(value, str):
        return json.dumps(value)
    units = value.encode("utf-16-be")
    escapes = (f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
    return '"{}"'.format("".join(escapes).replace("\\u002f", "\\/"))
