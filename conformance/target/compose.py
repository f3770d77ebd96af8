"""The bytes of a request, exactly as given: names' case, order and duplicates of headers, raw body."""

from __future__ import annotations

import re

from conformance.errors import DefectError
from conformance.wire import Request

_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_TARGET = re.compile(r"/[!-~]*")
_VALUE = re.compile(r"[^\r\n\0\u0100-\U0010ffff]*")
_FRAMING = frozenset({"content-length", "transfer-encoding"})


def compose(request: Request, authority: str) -> bytes:
    """Head and body to be sent at once; `DefectError` if a part cannot stand in a head or would smuggle a line.

    Added unless given: Host; Accept-Encoding identity, because its absence would allow every coding;
    Content-Length, if there is a body and no other framing.
    """
    named = {name.lower() for name, _ in request.headers}
    lines = [
        _checked(_NAME, request.method, "method") + " " + _checked(_TARGET, request.target, "target") + " HTTP/1.1"
    ]
    if "host" not in named:
        lines.append(f"Host: {authority}")
    for name, value in request.headers:
        lines.append(_checked(_NAME, name, "header name") + ": " + _checked(_VALUE, value, "header value"))
    if "accept-encoding" not in named:
        lines.append("Accept-Encoding: identity")
    if request.body is not None and named.isdisjoint(_FRAMING):
        lines.append(f"Content-Length: {len(request.body)}")
    lines.append("\r\n")
    return "\r\n".join(lines).encode("latin-1") + (request.body or b"")


def frames_itself(request: Request) -> bool:
    """Whether the request brings its own framing, true or not: its connection is not to be trusted afterwards."""
    return any(name.lower() in _FRAMING for name, _ in request.headers)


def _checked(pattern: re.Pattern[str], text: str, what: str) -> str:
    if not pattern.fullmatch(text):
        # The text may be a credential: it is not repeated.
        raise DefectError(f"a request with a {what} that HTTP cannot carry was about to be sent")
    return text
