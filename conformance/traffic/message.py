"""Messages of HTTP/1 as they pass through: heads are read, bodies go by, and a copy is kept."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field

from conformance.wire import Headers

MOST_HEAD = 256 * 1024  # bytes of one head
MOST_KEPT = 16 * 1024 * 1024  # bytes of a body that are kept to be judged
SMALL = 64 * 1024  # bytes of a body that is waited for and sent together with its head
_PIECE = 64 * 1024
_HOPS = frozenset(("connection", "keep-alive", "proxy-connection", "proxy-authorization", "te", "upgrade"))
_ABSOLUTE = re.compile(r"[a-z][a-z0-9+.-]*://[^/?]*", re.IGNORECASE)
_START = re.compile(r"(?P<method>[^ ]+) (?P<target>[^ ]+) HTTP/1\.[01]")
_SIGNED = re.compile(r"SignedHeaders=(?P<names>[^,\s]+)", re.IGNORECASE)
_STATUS = re.compile(r"HTTP/1\.[01] (?P<status>[0-9]{3})(?: (?P<reason>.*))?")


class Torn(Exception):  # noqa: N818 - a state of a connection
    """A connection ended, or does not speak HTTP/1; there is nothing left to forward."""


@dataclass(slots=True)
class Copy:
    """A copy of a body; `whole` is False if it was too large to be kept."""

    data: bytearray = field(default_factory=bytearray)
    whole: bool = True

    def add(self, data: bytes) -> None:
        """One more piece."""
        self.whole = self.whole and len(self.data) + len(data) <= MOST_KEPT
        if self.whole:
            self.data += data


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a request or of a response: its first line, and its headers by lower-case name (the last counts)."""

    first: str
    headers: Headers
    fields: dict[str, str]

    @property
    def options(self) -> frozenset[str]:
        """What the Connection header says."""
        return frozenset(each.strip().lower() for each in self.fields.get("connection", "").split(","))

    @property
    def signs_host(self) -> bool:
        """Whether a signature in the manner of AK/SK covers the Host header."""
        signed = _SIGNED.search(self.fields.get("authorization", ""))
        return signed is not None and "host" in signed["names"].lower().split(";")

    @property
    def lasting(self) -> bool:
        """Whether the connection goes on after this message."""
        if "HTTP/1.0" in self.first:
            return "keep-alive" in self.options
        return "close" not in self.options

    def forwarded(self, first: str, host: str | None) -> bytes:
        """The head as it is passed on, with `host`, if given, in the place of the Host header of a request."""
        options, upgraded = self.options, "upgrade" in self.options
        dropped = _HOPS if not options - {""} else _HOPS | options
        dropped = dropped if host is None else dropped | {"host"}
        lines = [first] if host is None else [first, f"Host: {host}"]
        lines += [f"{name}: {value}" for name, value in self.headers if name.lower() not in dropped]
        if upgraded:
            lines += ["Connection: Upgrade", f"Upgrade: {self.fields.get('upgrade', '')}"]
        elif options & {"close", "keep-alive"}:
            lines.append(f"Connection: {'close' if 'close' in options else 'keep-alive'}")
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


@dataclass(frozen=True, slots=True)
class Frame:
    """How long a body is: `length` bytes, or in chunks, or (None) until the connection ends."""

    length: int | None = 0
    chunked: bool = False

    @property
    def small(self) -> bool:
        """Whether it is short enough to be waited for."""
        return not self.chunked and self.length is not None and self.length <= SMALL


async def head_from(reader: asyncio.StreamReader) -> Head | None:
    """The next head; None if the connection ended before one began."""
    try:
        data = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError as cut:
        if cut.partial.strip():
            raise Torn("a head is incomplete") from None
        return None
    except asyncio.LimitOverrunError:
        raise Torn("a head has no end in sight") from None
    first, *lines = data.decode("latin-1").lstrip("\r\n")[:-4].split("\r\n")
    pairs = [line.partition(":") for line in lines]
    if any(not mark or not name for name, mark, _ in pairs):
        raise Torn("a line of a head is not a header")
    headers = tuple((name, value.strip(" \t")) for name, _, value in pairs)
    return Head(first, headers, {name.lower(): value for name, value in headers})


def request_line(head: Head) -> tuple[str, str]:
    """Method and target of a request; what is addressed to a forward proxy loses its origin."""
    found = _START.fullmatch(head.first)
    if found is None:
        raise Torn("not a request of HTTP/1")
    target = _ABSOLUTE.sub("", found["target"], count=1) if found["target"][0] not in "/*" else found["target"]
    return found["method"], target if target[:1] in ("/", "*") else f"/{target}"


def status_line(head: Head) -> tuple[int, str]:
    """Status and reason of a response."""
    found = _STATUS.fullmatch(head.first)
    if found is None:
        raise Torn("not a response of HTTP/1")
    return int(found["status"]), found["reason"] or ""


def frame_of_request(head: Head) -> Frame:
    """How long a request's body is; nothing that says so twice is passed on."""
    return _frame(head) or Frame()


def frame_of_response(head: Head, status: int, method: str) -> Frame:
    """How long a response's body is."""
    if method == "HEAD" or status in (204, 304):
        return Frame()
    return _frame(head) or Frame(None)


def _frame(head: Head) -> Frame | None:
    coding, length = head.fields.get("transfer-encoding"), head.fields.get("content-length")
    if coding is not None:
        if length is not None or coding.lower() != "chunked":
            raise Torn("the length of a body is ambiguous")
        return Frame(chunked=True)
    if length is None:
        return None
    if not (length.isascii() and length.isdigit()):
        raise Torn("the length of a body is no number")
    return Frame(int(length))


async def relay(frame: Frame, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, copy: Copy) -> None:
    """Pass a body on as it comes, and keep a copy of it without its chunks."""
    if frame.chunked:
        await _chunks(reader, writer, copy)
        return
    left = frame.length
    while left is None or left > 0:
        data = await reader.read(_PIECE if left is None else min(_PIECE, left))
        if not data:
            if left is None:
                return
            raise Torn("a body is incomplete")
        left = None if left is None else left - len(data)
        await _pass(data, writer)
        copy.add(data)


async def _chunks(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, copy: Copy) -> None:
    while True:
        line = await _line(reader)
        try:
            size = int(line.partition(b";")[0].strip(), 16)
        except ValueError:
            raise Torn("the size of a chunk is no number") from None
        writer.write(line)
        if size == 0:
            break
        await relay(Frame(size), reader, writer, copy)
        await _pass(await _line(reader), writer)
    while (line := await _line(reader)) != b"\r\n":
        writer.write(line)
    await _pass(line, writer)


async def _line(reader: asyncio.StreamReader) -> bytes:
    line = await reader.readline()
    if not line.endswith(b"\r\n"):
        raise Torn("a line of a chunked body is incomplete")
    return line


async def _pass(data: bytes, writer: asyncio.StreamWriter) -> None:
    writer.write(data)
    await writer.drain()
