"""A server on the loopback that keeps what it receives and answers what it is told."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self

ERROR = b'{"error_code": "a", "error_msg": "b"}'


@dataclass(frozen=True, slots=True)
class Received:
    """One request as it came in."""

    method: str
    path: str
    headers: Message
    body: bytes


class Loopback:
    """Answers every request with `status`, `body` and `media_type`; `received` is the last request."""

    def __init__(self) -> None:
        self.tell(500)
        self.received: Received | None = None
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (_Handler,), {"loopback": self}))
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})

    def tell(self, status: int, body: bytes = ERROR, media_type: str = "application/json") -> None:
        """Sets what the next answers are."""
        self.status, self.body, self.media_type = status, body, media_type

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Handler(BaseHTTPRequestHandler):
    loopback: Loopback
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body leave together
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        """Answers a request of any method."""
        loopback = self.loopback
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        loopback.received = Received(self.command, self.path, self.headers, body)
        self.send_response(loopback.status)
        self.send_header("Content-Type", loopback.media_type)
        self.send_header("Content-Length", str(len(loopback.body)))
        self.end_headers()
        self.wfile.write(loopback.body)

    do_PUT = do_GET  # noqa: N815  the library's name

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002  the library's name
        """Keeps the tests' output clean."""
