"""A response read from a stream: strict about the head and the framing, so that no guess enters a verdict."""

from __future__ import annotations

import re
from typing import NamedTuple

from conformance.target.coding import decoded
from conformance.target.stream import Broken, Stream
from conformance.wire import Headers, Response

_HEAD_LIMIT = 65536  # bytes of all heads of one response, interim ones included
_STATUS = re.compile(r"HTTP/1\.([01]) ([1-5][0-9]{2})(?: ([^\0\r\n]*))?")
_FIELD = re.compile(r"^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([^\0\r\n]*)\r\n", re.MULTILINE)
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;.*)?", re.DOTALL)
_LENGTH = re.compile(r"[0-9]{1,18}")


class _Head(NamedTuple):
    minor: str  # of HTTP/1.x
    status: int
    reason: str
    headers: Headers
    fields: dict[str, str]  # by lower-case name, values of one name joined by commas


def receive(stream: Stream, method: str, max_body: int) -> tuple[Response, bool]:
    """The final response to a request of that method, and whether the connection can carry another request."""
    head = _final_head(stream)
    raw = _body(stream, head, method, max_body)
    body = decoded(raw, head.fields.get("content-encoding", ""), max_body)
    return Response(head.status, head.reason, head.headers, body), _persists(head)


def _final_head(stream: Stream) -> _Head:
    budget = _HEAD_LIMIT
    while True:
        text = stream.head(budget).decode("latin-1")
        head = _parsed(text)
        if head.status == 101:
            raise Broken("malformed", "the target switched protocols unasked (status 101)")
        if head.status >= 200:
            return head
        budget = max(budget - len(text) - 2, 0)


def _parsed(text: str) -> _Head:
    first, _, rest = text.partition("\r\n")
    status = _STATUS.fullmatch(first)
    if not status:
        raise Broken("malformed", f"the status line is not one of HTTP/1: {first[:80]!r}")
    headers = tuple([(name, value.rstrip(" \t")) for name, value in _FIELD.findall(rest)])
    if len(headers) != rest.count("\n"):
        raise Broken("malformed", "a line of the head is not a header")
    return _Head(status[1], int(status[2]), status[3] or "", headers, _joined(headers))


def _joined(headers: Headers) -> dict[str, str]:
    fields: dict[str, str] = {}
    for name, value in headers:
        key = name.lower()
        fields[key] = f"{fields[key]}, {value}" if key in fields else value
    return fields


def _body(stream: Stream, head: _Head, method: str, limit: int) -> bytes:
    if method == "HEAD" or head.status in (204, 304):
        return b""
    if "transfer-encoding" in head.fields:
        return _chunked(stream, head.fields["transfer-encoding"], limit)
    if "content-length" in head.fields:
        return stream.exactly(_length(head.fields["content-length"], limit))
    return stream.rest(limit)


def _length(text: str, limit: int) -> int:
    values = {part.strip() for part in text.split(",")}
    value = values.pop()
    if values or not _LENGTH.fullmatch(value):
        raise Broken("malformed", f"Content-Length is not one number: {text[:80]!r}")
    if int(value) > limit:
        raise Broken("too-large", f"Content-Length announces {value} bytes, more than {limit}")
    return int(value)


def _chunked(stream: Stream, coding: str, limit: int) -> bytes:
    if coding.lower() != "chunked":
        raise Broken("malformed", f"the transfer coding was not asked for: {coding[:80]!r}")
    body = bytearray()
    while size := _chunk_size(stream.line(_HEAD_LIMIT)):
        if len(body) + size > limit:
            raise Broken("too-large", f"the body of the response exceeds {limit} bytes")
        body += stream.exactly(size)
        if stream.exactly(2) != b"\r\n":
            raise Broken("malformed", "a chunk of the body is longer than its size says")
    while stream.line(_HEAD_LIMIT):
        pass  # trailers say nothing that a contract speaks of
    return bytes(body)


def _chunk_size(line: bytes) -> int:
    match = _CHUNK.fullmatch(line)
    if not match:
        raise Broken("malformed", f"the size of a chunk is not hexadecimal: {line[:80]!r}")
    return int(match[1], 16)


def _persists(head: _Head) -> bool:
    # Both framings at once are the mark of a smuggled response; without any, the body ended with the connection.
    both = "transfer-encoding" in head.fields and "content-length" in head.fields
    framed = "transfer-encoding" in head.fields or "content-length" in head.fields or head.status in (204, 304)
    options = {option.strip().lower() for option in head.fields.get("connection", "").split(",")}
    wanted = "close" not in options if head.minor == "1" else "keep-alive" in options
    return wanted and framed and not both
