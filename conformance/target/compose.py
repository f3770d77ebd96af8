"""The bytes of a request, exactly as given: names' case, order and duplicates of headers, raw body."""

from __future__ import annotations

import re

from conformance.errors import DefectError
from conformance.wire import Request

_LETTER = r"[!#$%&'*+.^_`|~0-9A-Za-z-]"
_NAMES = re.compile(f"{_LETTER}*")
_START = re.compile(f"{_LETTER}+ /[!-~]*")
_VALUES = re.compile(r"[\x01-\x09\x0b\x0c\x0e-\xff]*")  # said as what may stand there: quicker to compile
_REFUSED = "a request with a {} that HTTP cannot carry was about to be sent"  # not repeated: it may be a credential
_FRAMING = frozenset({"content-length", "transfer-encoding"})


def compose(request: Request, authority: str) -> bytes:
    """Head and body to be sent at once; `DefectError` if a part cannot stand in a head or would smuggle a line.

    Added unless given: Host; Accept-Encoding identity, because its absence would allow every coding;
    Content-Length, if there is a body and no other framing.
    """
    names = [name for name, _ in request.headers]
    _check(request, names)
    given = {name.lower() for name in names}
    lines = [f"{request.method} {request.target} HTTP/1.1"]
    if "host" not in given:
        lines.append(f"Host: {authority}")
    lines += [f"{name}: {value}" for name, value in request.headers]
    if "accept-encoding" not in given:
        lines.append("Accept-Encoding: identity")
    if request.body is not None and given.isdisjoint(_FRAMING):
        lines.append(f"Content-Length: {len(request.body)}")
    lines.append("\r\n")
    return "\r\n".join(lines).encode("latin-1") + (request.body or b"")


def frames_itself(request: Request) -> bool:
    """Whether the request brings its own framing, true or not: its connection is not to be trusted afterwards."""
    return any(name.lower() in _FRAMING for name, _ in request.headers)


def _check(request: Request, names: list[str]) -> None:
    # All names as one text and all values as one: a character that none may have, the whole has not either.
    if "" in names or not _NAMES.fullmatch("".join(names)):
        raise DefectError(_REFUSED.format("header name"))
    if not _VALUES.fullmatch("".join([value for _, value in request.headers])):
        raise DefectError(_REFUSED.format("header value"))
    if not _START.fullmatch(f"{request.method} {request.target}"):
        raise DefectError(_REFUSED.format("method or target"))
