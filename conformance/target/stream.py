"""One connection under one deadline: every wait, for whatever byte, gets only the time that is left."""

from __future__ import annotations

import socket
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import TYPE_CHECKING, Any

from conformance.target.address import Address
from conformance.wire import Failure, FailureKind

if TYPE_CHECKING:
    from ssl import SSLContext

_BEGINNING = b"HTTP/1."
_ACKNOWLEDGE = getattr(socket, "TCP_QUICKACK", None)  # Linux has it
_PIECE = 65536  # bytes asked of the socket at once; also how much arrives between two looks at the clock


class Broken(Exception):  # noqa: N818 - not an error of ours: a state of the exchange
    """There will be no response, and why; `Client` turns it into a value, so that it never leaves this package."""

    def __init__(self, kind: FailureKind, detail: str) -> None:
        super().__init__(detail)
        self.failure = Failure(kind, detail)


@dataclass(frozen=True, slots=True)
class Deadline:
    """An instant on the monotonic clock, `seconds` after it was set."""

    seconds: float
    instant: float

    @classmethod
    def after(cls, seconds: float) -> Deadline:
        """The deadline that is `seconds` away from now."""
        return cls(seconds, monotonic() + seconds)

    def left(self) -> float:
        """Seconds that remain, more than 0; `TimeoutError` if none do."""
        left = self.instant - monotonic()
        if left <= 0:
            raise TimeoutError
        return left


class Stream:
    """Bytes to and from a connected socket; what was received and not yet asked for stays in the buffer."""

    def __init__(self, connected: socket.socket) -> None:
        self._socket = connected
        self._ahead = bytearray()
        self._deadline = Deadline(0.0, 0.0)
        self.heard = False  # whether a byte of the current response arrived

    def send(self, data: bytes, deadline: Deadline) -> None:
        """Begins an exchange: sends it all unless the other side hangs up, which reading the response will tell."""
        self._deadline, self.heard = deadline, False
        try:
            self._push(memoryview(data))
        except (BrokenPipeError, ConnectionResetError):
            pass
        except OSError as error:
            raise self._broken(error, "before the request was sent") from error

    def head(self, limit: int) -> bytes:
        """Everything before the next empty line, the last line's CRLF included; `too-large` beyond `limit` bytes."""
        while (end := self._ahead.find(b"\r\n\r\n", 0, limit)) < 0:
            self._doubt(limit)
            self._more()
        return self._taken(end + 4)[:-2]

    def line(self, limit: int) -> bytes:
        """The next line without its CRLF; `too-large` beyond `limit` bytes."""
        while (end := self._ahead.find(b"\r\n", 0, limit)) < 0:
            if len(self._ahead) >= limit:
                raise Broken("too-large", "the size of a chunk, or a trailer, has no end in sight")
            self._more()
        return self._taken(end + 2)[:-2]

    def exactly(self, size: int) -> bytes:
        """The next `size` bytes."""
        while len(self._ahead) < size:
            self._more()
        return self._taken(size)

    def rest(self, limit: int) -> bytes:
        """Everything until the other side closes; `too-large` beyond `limit` bytes."""
        while self._receive():
            if len(self._ahead) > limit:
                raise Broken("too-large", f"the body of the response exceeds {limit} bytes")
        return bytes(self._ahead)

    def is_idle(self) -> bool:
        """Whether the connection is open and silent, so that what comes next belongs to the next request."""
        if self._ahead:
            return False
        try:
            self._socket.settimeout(0)
            self._socket.recv(1)
        except BlockingIOError:
            return True
        except OSError as error:
            return type(error).__name__ == "SSLWantReadError"  # by name: ssl is imported only if the target wants it
        return False

    def close(self) -> None:
        """Closes the connection; harmless when it is closed."""
        self._socket.close()

    def _taken(self, size: int) -> bytes:
        data = bytes(self._ahead[:size])
        del self._ahead[:size]
        return data

    def _doubt(self, limit: int) -> None:
        # What will never become a head is told at once, not when the deadline passes.
        if not self._ahead.startswith(_BEGINNING[: len(self._ahead)]):
            raise Broken("malformed", f"the response does not begin as HTTP does, but with {bytes(self._ahead[:16])!r}")
        if b"\n\n" in self._ahead:
            raise Broken("malformed", "the lines of the head end in LF without CR")
        if len(self._ahead) >= limit:
            raise Broken("too-large", "the head of the response has no end in sight")

    def _push(self, data: memoryview) -> None:
        # Not `sendall`: over TLS it would allow each piece the whole timeout.
        while data:
            self._socket.settimeout(self._deadline.left())
            data = data[self._socket.send(data) :]

    def _more(self) -> None:
        if not self._receive():
            raise Broken("closed", f"the target closed the connection {self._progress()}")

    def _receive(self) -> bool:
        try:
            if self.heard:
                self._acknowledge()
            self._socket.settimeout(self._deadline.left())
            data = self._socket.recv(_PIECE)
        except OSError as error:
            raise self._broken(error, self._progress()) from error
        self._ahead += data
        self.heard = self.heard or bool(data)
        return bool(data)

    def _acknowledge(self) -> None:
        # Many a server sends the body only when it knows that the head arrived, which it is told late unless asked.
        if _ACKNOWLEDGE is not None:
            with suppress(OSError):  # closed by now; what is received tells
                self._socket.setsockopt(socket.IPPROTO_TCP, _ACKNOWLEDGE, 1)

    def _progress(self) -> str:
        return "before the response was complete" if self.heard else "before it sent a byte of the response"

    def _broken(self, error: OSError, when: str) -> Broken:
        if isinstance(error, TimeoutError):
            return Broken("timeout", f"{self._deadline.seconds:g} s passed {when}")
        return Broken("closed", f"the connection broke {when}: {_reason(error)}")


def connect(address: Address, deadline: Deadline, tls: SSLContext | None) -> Stream:
    """A new connection, over TLS if a context is given; whatever goes wrong here is `unreachable`."""
    try:
        connected = _first_connected(_resolve(address, deadline), deadline)
        connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return Stream(_secured(connected, address.host, deadline, tls) if tls else connected)
    except TimeoutError:
        raise Broken("unreachable", f"no connection to {address.url} within {deadline.seconds:g} s") from None
    except OSError as error:
        raise Broken("unreachable", f"no connection to {address.url}: {_reason(error)}") from error


def _secured(plain: socket.socket, host: str, deadline: Deadline, tls: SSLContext) -> socket.socket:
    try:
        plain.settimeout(deadline.left())
        return tls.wrap_socket(plain, server_hostname=host)
    except OSError:
        plain.close()
        raise


def _first_connected(entries: list[Any], deadline: Deadline) -> socket.socket:
    problem: OSError = OSError("the host name has no address")
    for family, kind, protocol, _, where in entries:
        candidate = socket.socket(family, kind, protocol)
        try:
            candidate.settimeout(deadline.left())
            candidate.connect(where)
        except OSError as error:
            candidate.close()
            problem = error
        else:
            return candidate
    raise problem


def _resolve(address: Address, deadline: Deadline) -> list[Any]:
    try:
        return _lookup(address, socket.AI_NUMERICHOST)
    except socket.gaierror:
        pass
    # The system's resolver knows no deadline: it is left behind in its thread when it is late.
    answers: SimpleQueue[list[Any] | OSError] = SimpleQueue()
    Thread(target=_resolve_into, args=(answers, address), daemon=True).start()
    try:
        answer = answers.get(timeout=deadline.left())
    except Empty:
        raise TimeoutError from None
    if isinstance(answer, OSError):
        raise answer
    return answer


def _resolve_into(answers: SimpleQueue[list[Any] | OSError], address: Address) -> None:
    try:
        answers.put(_lookup(address, 0))
    except OSError as error:
        answers.put(error)


def _lookup(address: Address, flags: int) -> list[Any]:
    return socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM, flags=flags)


def _reason(error: OSError) -> str:
    verification = getattr(error, "verify_message", None)  # of ssl.SSLCertVerificationError
    if verification:
        return f"its certificate is not trusted: {verification}"
    reason = getattr(error, "reason", None)  # of ssl.SSLError
    return f"TLS failed: {reason}" if reason else (error.strerror or str(error) or type(error).__name__)
