"""A forwarding proxy: it passes on what clients and a target say, and hands over copies.

Bytes go through before anybody looks at them; only what concerns a single connection (RFC 9110, section 7.6.1) is
exchanged, and the Host header if the target is another machine, unless the request is signed with it. Each connection
of a client has one to the target; nothing is sent again or followed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from time import perf_counter, time
from typing import TYPE_CHECKING

from conformance.target.address import Address
from conformance.traffic.message import (
    MOST_HEAD,
    Copy,
    Frame,
    Head,
    Torn,
    frame_of_request,
    frame_of_response,
    head_from,
    relay,
    request_line,
    status_line,
)
from conformance.wire import Exchange, Failure, Request, Response

if TYPE_CHECKING:
    from ssl import SSLContext

_UNREACHABLE = b"the target of this proxy cannot be reached\n"
_BAD_GATEWAY = (
    b"HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/plain\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
)
_BROKEN = (OSError, Torn, asyncio.IncompleteReadError)


@dataclass(frozen=True, slots=True)
class Passed:
    """A forwarded exchange; `asked` and `answered` tell whether its bodies were kept whole."""

    exchange: Exchange
    asked: bool
    answered: bool


@dataclass(frozen=True, slots=True)
class _Link:
    """A connection, to a client or to the target."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter


@dataclass(slots=True)
class _Turn:
    """One request on its way, and what was seen of it."""

    head: Head
    method: str
    target: str
    started: float = field(default_factory=time)
    clock: float = field(default_factory=perf_counter)
    sent: Copy = field(default_factory=Copy)

    def passed(self, response: Response | None, failure: Failure | None, *, answered: bool = True) -> Passed:
        """The exchange, now that it is over."""
        body = bytes(self.sent.data) if frame_of_request(self.head) != Frame() else None
        request = Request(self.method, self.target, self.head.headers, body)
        exchange = Exchange(request, response, failure, self.started, perf_counter() - self.clock)
        return Passed(exchange, self.sent.whole, answered)


@dataclass
class Proxy:
    """Forwards to one target; `hand` gets every exchange once it is over, `room` makes clients wait if it is full."""

    target: Address
    hand: Callable[[Passed], None]
    room: asyncio.Event
    tls: SSLContext | None = None
    busy: int = 0  # exchanges that are under way

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection of a client until either side closes it."""
        client, upstream = _Link(reader, writer), None
        try:
            while (head := await head_from(reader)) is not None:
                turn = _Turn(head, *request_line(head))
                await self.room.wait()
                self.busy += 1
                try:
                    upstream = upstream or await self._connect(turn, client)
                    if upstream is None or not await self._forward(turn, client, upstream):
                        break
                finally:
                    self.busy -= 1
        except (*_BROKEN, asyncio.CancelledError):
            pass  # either side broke off, or does not speak HTTP/1: there is nothing to forward
        finally:
            for link in (client, upstream):
                if link is not None:
                    link.writer.close()

    async def _connect(self, turn: _Turn, client: _Link) -> _Link | None:
        try:
            made = await asyncio.open_connection(self.target.host, self.target.port, ssl=self.tls, limit=MOST_HEAD)
        except OSError as problem:
            self.hand(turn.passed(None, Failure("unreachable", problem.strerror or str(problem))))
            client.writer.write(_BAD_GATEWAY % len(_UNREACHABLE) + _UNREACHABLE)
            with suppress(OSError):
                await client.writer.drain()
            return None
        return _Link(*made)

    async def _forward(self, turn: _Turn, client: _Link, upstream: _Link) -> bool:
        """Forward one request and its response; whether both connections go on."""
        sending = await self._send(turn, client, upstream)
        try:
            head, response, answered = await _answer(turn.method, client, upstream)
            if sending is not None:
                await sending
        except _BROKEN as problem:
            failure = Failure("closed", f"a connection ended before the exchange did: {problem}")
            self.hand(turn.passed(None, failure))
            return False
        finally:
            if sending is not None:
                sending.cancel()
        self.hand(turn.passed(response, None, answered=answered))
        if response.status == 101:
            await _tunnel(client, upstream)
        framed = frame_of_response(head, response.status, turn.method) != Frame(None)
        return framed and response.status != 101 and turn.head.lasting and head.lasting

    async def _send(self, turn: _Turn, client: _Link, upstream: _Link) -> asyncio.Task[None] | None:
        """Send a request; a body that is large, or waits to be asked for, follows while the response may come."""
        version = turn.head.first.rsplit(" ", 1)[1]
        line = f"{turn.method} {turn.target} {version}"
        kept = self.target.is_loopback or turn.head.signs_host
        data, frame = turn.head.forwarded(line, None if kept else self.target.authority), frame_of_request(turn.head)
        if frame.small and "expect" not in turn.head.fields:
            body = await client.reader.readexactly(frame.length or 0)
            turn.sent.add(body)
            upstream.writer.write(data + body)
            return None
        upstream.writer.write(data)
        return asyncio.create_task(relay(frame, client.reader, upstream.writer, turn.sent))


async def _answer(method: str, client: _Link, upstream: _Link) -> tuple[Head, Response, bool]:
    """The response after all interim ones, forwarded, and whether its body was kept whole."""
    while True:
        head = await head_from(upstream.reader)
        if head is None:
            raise Torn("the target closed the connection before it answered")
        status, reason = status_line(head)
        data = head.forwarded(head.first, None)
        if status >= 200 or status == 101:
            break
        client.writer.write(data)
    copy, frame = Copy(), frame_of_response(head, status, method) if status != 101 else Frame()
    if frame.small:
        body = await upstream.reader.readexactly(frame.length or 0)
        copy.add(body)
        client.writer.write(data + body)
        await client.writer.drain()
    else:
        client.writer.write(data)
        await relay(frame, upstream.reader, client.writer, copy)
    return head, Response(status, reason, head.headers, bytes(copy.data)), copy.whole


async def _tunnel(client: _Link, upstream: _Link) -> None:
    """After a change of protocol, bytes in both directions until either side ends."""
    ways = (relay(Frame(None), a.reader, b.writer, Copy()) for a, b in ((client, upstream), (upstream, client)))
    tasks = [asyncio.create_task(way) for way in ways]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()
