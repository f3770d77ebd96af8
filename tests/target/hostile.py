"""Servers that behave badly in one named way each, and null servers that give one answer to everything.

`with serving("drip-body") as server:` runs one on a free port of 127.0.0.1; so does
`python -m tests.target.hostile drip-body --port 8099` until it is interrupted.
"""

from __future__ import annotations

import argparse
import gzip
import json
import socket
import ssl
import struct
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email.utils import formatdate
from pathlib import Path

CERTIFICATE = Path(__file__).with_name("localhost.pem")  # with its key; for localhost, signed by itself

_PACE = 0.02  # seconds between two drops of a dripping answer
_BOUND = 10.0  # seconds within which a stopped server's threads end

Answer = Callable[["Caller"], bool]
"""Answers one request that was read; whether the connection stays open for another."""


class Caller:
    """One accepted connection: reads whole requests, writes raw bytes."""

    def __init__(self, connected: socket.socket, stopped: threading.Event) -> None:
        self._socket = connected
        self._stopped = stopped
        self._ahead = b""
        self.request = b""
        self.served = 0  # requests read so far, over this connection

    def read(self) -> bool:
        """Reads one request into `request`; False when the client is gone."""
        while (end := self._ahead.find(b"\r\n\r\n")) < 0:
            if not self._more():
                return False
        size = end + 4 + _body_size(self._ahead[:end])
        while len(self._ahead) < size:
            if not self._more():
                return False
        self.request, self._ahead = self._ahead[:size], self._ahead[size:]
        self.served += 1
        return True

    def write(self, data: bytes) -> None:
        """Sends it all; `OSError` when the client is gone."""
        self._socket.sendall(data)

    def drip(self, data: bytes) -> None:
        """Sends it byte by byte, one at each tick, until the server is stopped."""
        for place in range(len(data)):
            self.write(data[place : place + 1])
            if self._stopped.wait(_PACE):
                return

    def flood(self, piece: bytes) -> None:
        """Sends the piece again and again until the client or the server gives up."""
        while not self._stopped.is_set():
            self.write(piece)

    def hang(self) -> None:
        """Says nothing until the client closes."""
        while self._more():
            pass

    def hang_up(self) -> None:
        """Ends our side of the connection and waits until the client ends its own."""
        self._socket.shutdown(socket.SHUT_WR)
        self.hang()

    def reset(self) -> None:
        """Breaks the connection off with RST, as a crashing server does."""
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    def _more(self) -> bool:
        data = self._socket.recv(65536)
        self._ahead += data
        return bool(data)


def _body_size(head: bytes) -> int:
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    return 0


def response(status: str, body: bytes = b"", *headers: str) -> bytes:
    """A whole response with its true Content-Length."""
    lines = [f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body)}", "", ""]
    return "\r\n".join(lines).encode("latin-1") + body


def _always(status: str, body: bytes = b"", *headers: str, keep: bool = True) -> Answer:
    whole = response(status, body, *headers)

    def answer(caller: Caller) -> bool:
        caller.write(whole)
        return keep

    return answer


def _refusing(status: str, code: str, *headers: str) -> Answer:
    body = json.dumps({"error_code": code, "error_msg": "the request is refused, whatever it is"}).encode()
    return _always(status, body, _JSON, *headers)


def _raw(data: bytes) -> Answer:
    """Sends these bytes and closes."""

    def answer(caller: Caller) -> bool:
        caller.write(data)
        caller.hang_up()
        return False

    return answer


def _unfinished(data: bytes) -> Answer:
    """Sends these bytes and then nothing, the connection staying open."""

    def answer(caller: Caller) -> bool:
        caller.write(data)
        caller.hang()
        return False

    return answer


def _dripping(start: bytes, drops: bytes) -> Answer:
    def answer(caller: Caller) -> bool:
        caller.write(start)
        caller.drip(drops)
        return False

    return answer


def _flooding(start: bytes, piece: bytes) -> Answer:
    def answer(caller: Caller) -> bool:
        caller.write(start)
        caller.flood(piece)
        return False

    return answer


def _throttling(status: str, after: Callable[[], str | None]) -> Answer:
    """Refuses every request but each third one over a connection, asking to wait."""

    def answer(caller: Caller) -> bool:
        when = after()
        headers = [f"Retry-After: {when}"] if when is not None else []
        limited = response(status, b'{"error_code":"APIGW.0308","error_msg":"too many requests"}', _JSON, *headers)
        caller.write(response("200 OK", b"{}", _JSON) if caller.served % 3 == 0 else limited)
        return True

    return answer


def _forgets(caller: Caller) -> bool:
    """Promises to keep the connection open and closes it after each answer."""
    caller.write(response("200 OK", b"{}", _JSON, "Connection: keep-alive"))
    return False


def _forgets_late(caller: Caller) -> bool:
    """Answers the first request of a connection; reads the second, and closes without a word."""
    if caller.served == 1:
        caller.write(response("200 OK", b"{}", _JSON))
    return caller.served == 1


def _miscounts(caller: Caller) -> bool:
    """Sends a byte more than Content-Length says, and keeps the connection open."""
    caller.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n{}")
    return True


def _bombs(caller: Caller) -> bool:
    """Sends 16 MiB of zeros in 16 KiB."""
    caller.write(response("200 OK", gzip.compress(bytes(2**24)), _JSON, "Content-Encoding: gzip"))
    return True


def _resets(caller: Caller) -> bool:
    caller.reset()
    return False


_JSON = "Content-Type: application/json"
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
_CHUNKED = _HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
_ERROR_PAGE = b"<!DOCTYPE html><html><body><h1>Oops</h1></body></html>"

BEHAVIOURS: dict[str, Answer] = {
    # null servers: one answer, keep-alive
    "null-200": _always("200 OK", b"{}", _JSON),
    "null-202": _always("202 Accepted"),
    "null-400": _refusing("400 Bad Request", "VPC.0011"),
    "null-401": _refusing("401 Unauthorized", "APIGW.0301", "WWW-Authenticate: Token"),
    "null-404": _refusing("404 Not Found", "APIGW.0101"),
    "null-500": _refusing("500 Internal Server Error", "VPC.0000"),
    "null-closing": _always("200 OK", b"{}", _JSON, "Connection: close", keep=False),
    # answers that are HTTP, only not what one hopes for
    "html": _always("200 OK", _ERROR_PAGE, "Content-Type: text/html; charset=utf-8"),
    "html-502": _always("502 Bad Gateway", _ERROR_PAGE, "Content-Type: text/html"),
    "redirect": _always("302 Found", b"", "Location: http://127.0.0.1:9/elsewhere"),
    "invalid-utf-8": _always("200 OK", b'{"name": "\xff\xfe"}', _JSON),
    "gzip": _always("200 OK", gzip.compress(b"{}"), _JSON, "Content-Encoding: gzip"),
    "length-too-short": _miscounts,
    "keep-alive-lie": _forgets,
    "keep-alive-late-lie": _forgets_late,
    "throttle-seconds": _throttling("429 Too Many Requests", lambda: "1"),
    "throttle-date": _throttling("429 Too Many Requests", lambda: formatdate(time.time() + 2, usegmt=True)),
    "throttle-garbage": _throttling("429 Too Many Requests", lambda: "soon"),
    "throttle-silent": _throttling("429 Too Many Requests", lambda: None),
    "throttle-forever": _refusing("429 Too Many Requests", "APIGW.0308", "Retry-After: 3600"),
    "unavailable": _throttling("503 Service Unavailable", lambda: "1"),
    # never ending
    "hang": _unfinished(b""),
    "half-body-hang": _unfinished(_HEAD + b"Content-Length: 100\r\n\r\n{"),
    "drip-head": _dripping(b"HTTP/1.1 200 OK\r\n", b"X-Slow: " + b"z" * 60_000),
    "drip-body": _dripping(_HEAD + b"Content-Length: 60000\r\n\r\n", b"z" * 60_000),
    "drip-chunks": _dripping(_CHUNKED, b"1\r\nz\r\n" * 10_000),
    "endless-body": _flooding(_HEAD + b"\r\n", b"z" * 65536),
    "endless-chunks": _flooding(_CHUNKED, b"10000\r\n" + b"z" * 65536 + b"\r\n"),
    "endless-chunk-size": _flooding(_CHUNKED, b"0" * 65536),
    "endless-trailers": _flooding(_CHUNKED + b"0\r\n", b"X-More: z\r\n" * 1000),
    "endless-head": _flooding(_HEAD, b"X-More: z\r\n" * 1000),
    "endless-status-line": _flooding(b"HTTP/1.1 200 ", b"z" * 65536),
    "interim-flood": _flooding(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 1000),
    "huge-content-length": _unfinished(_HEAD + b"Content-Length: 99999999999\r\n\r\n{"),
    "gzip-bomb": _bombs,
    # cut short
    "close-at-once": _raw(b""),
    "reset": _resets,
    "close-in-head": _raw(_HEAD),
    "half-body": _raw(_HEAD + b"Content-Length: 100\r\n\r\n{"),
    "half-chunk": _raw(_CHUNKED + b"64\r\n{"),
    # not HTTP
    "not-http": _raw(b"SSH-2.0-OpenSSH_9.6\r\n"),
    "not-http-hang": _unfinished(b"\x00\x01\x02\x03\x04\x05\x06\x07"),
    "invalid-status": _raw(b"HTTP/1.1 OK\r\n\r\n"),
    "status-out-of-range": _raw(b"HTTP/1.1 999 Oops\r\nContent-Length: 0\r\n\r\n"),
    "future-version": _raw(b"HTTP/3.0 200 OK\r\n\r\n"),
    "bare-lf": _unfinished(b"HTTP/1.1 200 OK\nContent-Length: 0\n\n"),
    "invalid-header": _raw(b"HTTP/1.1 200 OK\r\nno colon here\r\n\r\n"),
    "folded-header": _raw(b"HTTP/1.1 200 OK\r\nX-Long: a\r\n b\r\n\r\n"),
    "invalid-chunk": _raw(_CHUNKED + b"zz\r\n{}\r\n0\r\n\r\n"),
    "chunk-too-long": _raw(_CHUNKED + b"1\r\n{}\r\n0\r\n\r\n"),
    "invalid-content-length": _raw(_HEAD + b"Content-Length: two\r\n\r\n{}"),
    "two-content-lengths": _raw(_HEAD + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}"),
    "unknown-transfer-coding": _raw(_HEAD + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
    "unknown-content-coding": _always("200 OK", b"{}", _JSON, "Content-Encoding: br"),
    "broken-gzip": _always("200 OK", b"{}", _JSON, "Content-Encoding: gzip"),
    "truncated-gzip": _always("200 OK", gzip.compress(b"{}")[:-4], _JSON, "Content-Encoding: gzip"),
    "switches-protocols": _raw(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n"),
}


class Server:
    """A listening socket of 127.0.0.1 and a thread for each connection that it accepts."""

    def __init__(self, answer: Answer, *, port: int = 0, tls: bool = False) -> None:
        self.connections = 0  # accepted so far
        self.requests: deque[bytes] = deque(maxlen=1000)  # the last ones, raw, in the order of arrival
        self._answer = answer
        self._tls = _context() if tls else None
        self._listener = socket.create_server(("127.0.0.1", port), backlog=128)
        where = self._listener.getsockname()[1]
        self.url = f"https://localhost:{where}" if tls else f"http://127.0.0.1:{where}"  # as in the certificate
        self._stopped = threading.Event()
        self._open: set[socket.socket] = set()
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def stop(self) -> None:
        """Hangs up on everybody and ends every thread."""
        self._stopped.set()
        socket.create_connection(self._listener.getsockname()).close()  # wakes the accepting thread
        for connected in tuple(self._open):
            with suppress(OSError):
                connected.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(_BOUND)
        self._listener.close()

    def _accept(self) -> None:
        while True:
            connected, _ = self._listener.accept()
            if self._stopped.is_set():
                connected.close()
                return
            self.connections += 1
            self._open.add(connected)
            self._threads.append(threading.Thread(target=self._converse, args=(connected,), daemon=True))
            self._threads[-1].start()

    def _converse(self, connected: socket.socket) -> None:
        connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with suppress(OSError), self._secured(connected) as speaking:
            caller = Caller(speaking, self._stopped)
            while caller.read():
                self.requests.append(caller.request)
                if not self._answer(caller):
                    break
        self._open.discard(connected)
        connected.close()

    def _secured(self, connected: socket.socket) -> socket.socket:
        return self._tls.wrap_socket(connected, server_side=True) if self._tls else connected


@contextmanager
def serving(behaviour: str | Answer, *, tls: bool = False) -> Iterator[Server]:
    """A server of that behaviour, by name or as a function, while the block runs."""
    server = Server(BEHAVIOURS[behaviour] if isinstance(behaviour, str) else behaviour, tls=tls)
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def nobody() -> Iterator[str]:
    """The URL of a port that refuses connections while the block runs: it is taken, and nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"


def _context() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    return context


def main(arguments: list[str]) -> None:
    """Serves until interrupted."""
    parser = argparse.ArgumentParser(prog="python -m tests.target.hostile", description="a server that behaves badly")
    parser.add_argument("behaviour", choices=sorted(BEHAVIOURS), metavar="NAME", help=", ".join(sorted(BEHAVIOURS)))
    parser.add_argument("--port", type=int, default=0, help="of 127.0.0.1; a free one if not given")
    parser.add_argument("--tls", action="store_true", help="over TLS, with a certificate that nobody trusts")
    options = parser.parse_args(arguments)
    server = Server(BEHAVIOURS[options.behaviour], port=options.port, tls=options.tls)
    print(server.url, flush=True)
    with suppress(KeyboardInterrupt):
        threading.Event().wait()
    server.stop()


if __name__ == "__main__":
    main(sys.argv[1:])
