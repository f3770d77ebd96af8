"""Reading a recording: from the entries of a HAR, whoever wrote it, to exchanges."""

from __future__ import annotations

from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from conformance.errors import UsageError
from conformance.traffic.exchange import Recorded
from conformance.traffic.scan import CutError, Scanner
from conformance.traffic.write import NOTE
from conformance.wire import Exchange, Failure, Headers, Request, Response


class Recording:
    """The exchanges of one file. `unreadable` counts the entries that are none; `cut` says why it ended early."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.about: Mapping[str, Any] = {}
        self.unreadable = 0
        self.cut: str | None = None

    def __iter__(self) -> Iterator[Recorded]:
        """Every exchange in the file's order; UsageError for a file that is no HAR or is not there."""
        try:
            file = self.path.open("rb")
        except OSError as error:
            raise UsageError(f"{self.path} cannot be read: {error.strerror}") from None
        with file:
            scanner = Scanner(file)
            try:
                yield from self._exchanges(scanner)
            except CutError as cut:
                self._end(cut)

    def _exchanges(self, scanner: Scanner) -> Iterator[Recorded]:
        for entry in scanner.entries():
            if not self.about:
                self.about = _mapping(scanner.about.get(NOTE))
            try:
                found = recorded(entry)
            except (KeyError, TypeError, ValueError, OverflowError):
                self.unreadable += 1
                continue
            yield found

    def _end(self, cut: CutError) -> None:
        if not cut.begun:
            raise UsageError(f"{self.path}: {cut.sentence}", hint="a HAR is written by a browser, a proxy, or --record")
        self.cut = f"{self.path}: {cut.sentence}; what came before is judged"


def recorded(entry: Any) -> Recorded:
    """The exchange of a HAR entry; KeyError, TypeError or ValueError for what is none."""
    asked, answer = entry["request"], entry["response"]
    origin, target = _split(asked["url"])
    body, body_known = _sent(asked)
    request = Request(asked["method"].upper(), target, _headers(asked["headers"]), body)
    response, answered = _received(answer, request.method)
    exchange = Exchange(
        request=request,
        response=response,
        failure=_failure(entry) if response is None else None,
        started=datetime.fromisoformat(entry["startedDateTime"]).timestamp(),
        seconds=max(float(entry.get("time") or 0), 0.0) / 1000,
    )
    cached = bool(entry.get("_fromCache")) or answer["status"] == 304
    return Recorded(origin, exchange, body_known, answered, cached, entry.get(NOTE) or _NOTHING)


def _failure(entry: Mapping[str, Any]) -> Failure:
    return Failure("closed", str(entry.get("_error") or "no answer is recorded"))


_NOTHING: Mapping[str, Any] = {}


def _split(url: str) -> tuple[str, str]:
    """Origin and target of an absolute URL."""
    scheme, mark, rest = url.partition("://")
    if not mark:
        raise ValueError("not an absolute URL")
    rest = rest.partition("#")[0]
    path = rest.find("/")
    query = rest.find("?")
    if path < 0 or 0 <= query < path:
        path = query
    if path < 0:
        return f"{scheme}://{rest}".lower(), "/"
    target = rest[path:]
    return f"{scheme}://{rest[:path]}".lower(), target if target[0] == "/" else f"/{target}"


def _headers(listed: list[dict[str, str]]) -> Headers:
    """Names that begin with a colon belong to the framing of HTTP/2."""
    return tuple([(each["name"], each["value"]) for each in listed if each["name"][:1] != ":"])


def _sent(asked: Mapping[str, Any]) -> tuple[bytes | None, bool]:
    """The request's body, and whether that is known."""
    post = asked.get("postData")
    if not post:
        return None, asked.get("bodySize", 0) <= 0
    if "text" in post and (post["text"] or not post.get("params")):
        return _bytes(post["text"], post.get("_encoding") or post.get("encoding")), True
    pairs = [(each["name"], each.get("value") or "") for each in post.get("params") or ()]
    form = "form-urlencoded" in (post.get("mimeType") or "")
    return (urlencode(pairs).encode(), True) if form else (None, False)


def _received(answer: Mapping[str, Any], method: str) -> tuple[Response | None, bool]:
    """The response, None if there was none, and whether its body is known."""
    status = int(answer["status"])
    if status <= 0:
        return None, False
    headers = _headers(answer["headers"])
    content = answer.get("content") or _NOTHING
    text = content.get("text")
    if text is not None:
        return Response(status, answer.get("statusText") or "", headers, _bytes(text, content.get("encoding"))), True
    response = Response(status, answer.get("statusText") or "", headers, b"")
    empty = method == "HEAD" or not (content.get("size", 0) > 0 or (response.header("content-length") or "0") != "0")
    return response, empty


def _bytes(text: str, encoding: str | None) -> bytes:
    if encoding == "base64":
        try:
            return b64decode(text)
        except Base64Error:
            raise ValueError("not base64") from None
    return text.encode("utf-8", "surrogatepass")


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
