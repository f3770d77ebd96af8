"""A request as a line for a POSIX shell, to be repeated by hand."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator

from conformance.target.secrets import Secrets
from conformance.wire import Request

_VARIABLE = '"$CONFORMANCE_TOKEN"'
_TOKEN = "\0CONFORMANCE_TOKEN\0"  # noqa: S105 - stands for the token until the words are quoted
_ARGUMENT = 100_000  # bytes: Linux takes no argument beyond 128 KiB, but a pipe any length
_GLOBS = re.compile(r"[\[\]{}]")
_DOTS = re.compile(r"/(\.|%2e){1,2}(/|\?|$)", re.IGNORECASE)
_TEXT = re.compile(r"[^$`\"\\!]*")  # means itself between double quotes


def curl(url_base: str, request: Request, secrets: Secrets) -> str:
    """One line that sends the request as it was sent, the token being taken from $CONFORMANCE_TOKEN."""
    hidden = secrets.concealed(request, _TOKEN)
    feed, data = _data(hidden.body)
    url = _word(url_base.rstrip("/") + hidden.target)
    return " ".join([*feed, "curl", *_options(hidden), *_headers(hidden), *data, url])


def _options(request: Request) -> Iterator[str]:
    yield "-i"
    if request.method == "HEAD" and request.body is None:
        yield "--head"
    elif request.method != "GET" or request.body is not None:
        yield f"-X {shlex.quote(request.method)}"
    if _GLOBS.search(request.target):
        yield "--globoff"
    if _DOTS.search(request.target):
        yield "--path-as-is"


def _headers(request: Request) -> Iterator[str]:
    for name, value in request.headers:
        if value.lower() == f"basic {_TOKEN}".lower():
            yield f"-u {_VARIABLE}"
        else:
            yield "-H " + _header(f"{name}: {value}" if value.strip() else f"{name};")
    if request.body is not None and request.header("Content-Type") is None:
        yield "-H Content-Type:"  # or curl adds that of a form


def _data(body: bytes | None) -> tuple[list[str], list[str]]:
    """What is put before curl, and its arguments, to send the body."""
    if body is None:
        return [], []
    text = body.decode("utf-8", "replace")
    if text.encode() == body and _is_plain(text) and len(body) <= _ARGUMENT:
        return [], ["--data-raw" if text.startswith("@") else "-d", _word(text)]
    return [_printf(body), "|"], ["--data-binary @-"]


def _header(text: str) -> str:
    # A terminal would send UTF-8 where latin-1 was sent.
    return _word(text) if text.isascii() and _is_plain(text) else f'"$({_printf(text.encode("latin-1"))})"'


def _word(text: str) -> str:
    if _TOKEN not in text:
        return shlex.quote(text)
    if _TEXT.fullmatch(text) and not re.search(rf"{_TOKEN}\w", text):
        return '"' + text.replace(_TOKEN, _VARIABLE.strip('"')) + '"'
    return _VARIABLE.join(shlex.quote(piece) if piece else "" for piece in text.split(_TOKEN))


def _is_plain(text: str) -> bool:
    return text.replace(_TOKEN, "").isprintable()


def _printf(data: bytes) -> str:
    token = _TOKEN.encode()
    pieces = data.split(token)
    pattern = "%s".join("".join(map(_escaped, piece)) for piece in pieces)
    if pattern.startswith("-"):
        pattern = f"\\055{pattern[1:]}"  # or printf takes it for an option
    return " ".join(["printf", shlex.quote(pattern), *[_VARIABLE] * (len(pieces) - 1)])


def _escaped(byte: int) -> str:
    match chr(byte):
        case "%":
            return "%%"
        case "\\":
            return "\\\\"
        case letter if " " <= letter <= "~":
            return letter
        case _:
            return f"\\{byte:03o}"
