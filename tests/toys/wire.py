"""HTTP/1.1 on a loopback socket: requests in, responses out, connections kept open."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit


@dataclass(frozen=True, slots=True)
class Request:
    """One request; header names are in small letters, `query` holds every value of a name."""

    method: str
    path: str
    query: Mapping[str, list[str]] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def segments(self) -> list[str]:
        """The decoded parts of the path."""
        return [unquote(part) for part in self.path[1:].split("/")]

    @property
    def media_type(self) -> str:
        """The media type without its parameters, in small letters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


@dataclass(frozen=True, slots=True)
class Response:
    """One response; a `document` is sent as JSON, but bytes and plain text as they are and None as no body."""

    status: int
    document: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    media_type: str = "application/json"

    def with_header(self, name: str, value: str | None) -> Response:
        """The same with one header exchanged, or without it."""
        kept = {key: old for key, old in self.headers.items() if key != name}
        return replace(self, headers=kept if value is None else {**kept, name: value})

    def encoded(self, *, head: bool = False) -> bytes:
        """The response as bytes on the wire."""
        body = b"" if self.document is None else self._body()
        typed = {"Content-Type": self.media_type} if body else {}
        length = {} if self.status == HTTPStatus.NO_CONTENT else {"Content-Length": str(len(body))}
        lines = [f"{name}: {value}\r\n" for name, value in {**typed, **length, **self.headers}.items()]
        start = f"HTTP/1.1 {self.status} {HTTPStatus(self.status).phrase}\r\n"
        return (start + "".join(lines) + "\r\n").encode("latin-1") + (b"" if head else body)

    def _body(self) -> bytes:
        if isinstance(self.document, bytes):
            return self.document
        return (self.document if self.media_type.startswith("text/plain") else json.dumps(self.document)).encode()


App = Callable[[Request], Response]


class _Server(ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    app: App


class _Connection(StreamRequestHandler):
    disable_nagle_algorithm = True
    server: _Server

    def handle(self) -> None:
        try:
            while self._one():
                pass
        except (ConnectionError, ValueError):
            pass  # whoever breaks off or does not speak HTTP gets no answer

    def _one(self) -> bool:
        words = self.rfile.readline(65536).decode("latin-1").split()
        if len(words) != 3:
            return False
        headers = self._headers()
        body = self.rfile.read(int(headers.get("content-length", "0")))
        parts = urlsplit(words[1])
        query = parse_qs(parts.query, keep_blank_values=True)
        response = self.server.app(Request(words[0], parts.path, query, headers, body))
        self.wfile.write(response.encoded(head=words[0] == "HEAD"))
        return headers.get("connection", "").lower() != "close"

    def _headers(self) -> dict[str, str]:
        found: dict[str, str] = {}
        while line := self.rfile.readline(65536).strip():
            name, _, value = line.decode("latin-1").partition(":")
            found[name.lower()] = value.strip()
        return found


@contextmanager
def serving(app: App) -> Iterator[str]:
    """The URL at which an app answers while the context lasts."""
    with _Server(("127.0.0.1", 0), _Connection) as server:
        server.app = app
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()
