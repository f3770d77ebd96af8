"""What goes over the wire and comes back: requests, responses, exchanges. Pure records, no I/O."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FailureKind = Literal[
    "unreachable",  # no connection: refused, no such host, TLS handshake
    "timeout",  # the deadline passed before the response was complete
    "closed",  # the connection ended before the response was complete
    "malformed",  # what came back is not HTTP
    "too-large",  # headers or body beyond the limit, decompressed size included
]

Headers = tuple[tuple[str, str], ...]
SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")  # methods that change nothing, whatever is answered (RFC 9110, 9.2.1)


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request: `target` is the percent-encoded path and query, beginning with "/"."""

    method: str
    target: str
    headers: Headers = ()
    body: bytes | None = None

    def header(self, name: str) -> str | None:
        """The first value of a header, whatever the case of its name."""
        return _first(self.headers, name)


@dataclass(frozen=True, slots=True)
class Response:
    """One HTTP response; `body` is decompressed if a content coding was declared."""

    status: int
    reason: str
    headers: Headers
    body: bytes

    def header(self, name: str) -> str | None:
        """The first value of a header, whatever the case of its name."""
        return _first(self.headers, name)


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no response, in one sentence for the user."""

    kind: FailureKind
    detail: str


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and what came of it: exactly one of `response` and `failure` is set."""

    request: Request
    response: Response | None
    failure: Failure | None
    started: float  # seconds since the epoch
    seconds: float  # from the first byte sent to the last byte read


def _first(headers: Headers, name: str) -> str | None:
    lowered = name.lower()
    for key, value in headers:
        if key == name or key.lower() == lowered:
            return value
    return None
