"""An application called directly: a request becomes an ASGI message and back, without a socket and without HTTP."""

from __future__ import annotations

from collections.abc import MutableMapping
from functools import lru_cache
from http import HTTPStatus
from time import perf_counter, time
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from conformance.errors import DefectError
from conformance.target.coding import decoded
from conformance.target.stream import Broken
from conformance.wire import Exchange, Failure, Headers, Request, Response

if TYPE_CHECKING:
    from starlette.types import ASGIApp

Message = MutableMapping[str, Any]

HOST, PORT = "127.0.0.1", 80
_MAX_BODY = 8 * 1024 * 1024  # bytes, as over a socket
_PHRASES = {status.value: status.phrase for status in HTTPStatus}


class InProcess:
    """A sender whose target is an application that never waits; what it is sent is what a server would hand it."""

    def __init__(self, application: ASGIApp) -> None:
        self._application = application

    def send(self, request: Request) -> Exchange:
        """The exchange; failed if the application raises or never answers."""
        started, began = time(), perf_counter()
        response: Response | None = None
        failure: Failure | None = None
        try:
            response = self._answer(request)
        except Broken as broken:
            failure = broken.failure
        return Exchange(request, response, failure, started, perf_counter() - began)

    def _answer(self, request: Request) -> Response:
        sent: list[Message] = []
        called = self._application(scope(request), _receiving(request.body or b""), _collecting(sent))
        try:
            _drive(called)
        except DefectError:
            raise
        except Exception as error:
            raise Broken("closed", f"the application raised {type(error).__name__}") from error
        return _response(request.method, sent)


def scope(request: Request) -> Message:
    """What an ASGI server says of a request."""
    path, _, query = request.target.partition("?")
    headers = [*_headers(request.headers)]
    if request.body is not None:
        headers.append((b"content-length", str(len(request.body)).encode()))
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": request.method,
        "scheme": "http",
        "path": unquote(path),
        "raw_path": path.encode("ascii"),
        "query_string": query.encode("ascii"),
        "root_path": "",
        "headers": headers,
        "server": (HOST, PORT),
        "client": (HOST, 0),
    }


@lru_cache(maxsize=1024)
def _headers(given: Headers) -> tuple[tuple[bytes, bytes], ...]:
    sent = ((name.lower().encode("latin-1"), value.strip(" \t").encode("latin-1")) for name, value in given)
    return ((b"host", HOST.encode()), (b"accept-encoding", b"identity"), *sent)


def _receiving(body: bytes) -> Any:
    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


def _collecting(sent: list[Message]) -> Any:
    async def send(message: Message) -> None:
        sent.append(message)

    return send


def _drive(called: Any) -> None:
    """Runs a coroutine that never suspends; no event loop is needed for that."""
    try:
        called.send(None)
    except StopIteration:
        return
    called.close()
    raise DefectError("the application waits for something that only an event loop provides")


def _response(method: str, sent: list[Message]) -> Response:
    if not sent:
        raise Broken("closed", "the application ended without an answer")
    start, bodies = sent[0], sent[1:]
    headers = tuple([(name.decode("latin-1"), value.decode("latin-1")) for name, value in start["headers"]])
    status = start["status"]
    coding = ", ".join(value for name, value in headers if name.lower() == "content-encoding")
    raw = b"" if method == "HEAD" or status in (204, 304) else b"".join([part.get("body", b"") for part in bodies])
    return Response(status, _PHRASES.get(status, ""), headers, decoded(raw, coding, _MAX_BODY))
