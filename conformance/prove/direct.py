"""The emulator called directly: no socket, no HTTP, and a clock of its own, so that every run is the same run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from http import HTTPStatus
from urllib.parse import unquote

from conformance.emulator.behaviour import FAITHFUL
from conformance.emulator.call import Answer, Heard
from conformance.emulator.emulator import Emulator
from conformance.emulator.payload import written
from conformance.emulator.state import beginning
from conformance.target.coding import decoded
from conformance.target.stream import Broken
from conformance.wire import Exchange, Failure, Headers, Request, Response

HOST = "127.0.0.1"
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
TICK = timedelta(milliseconds=1)  # that a request takes
_MAX_BODY = 8 * 1024 * 1024  # bytes, as over a socket
_PHRASES = {status.value: status.phrase for status in HTTPStatus}


class Direct:
    """A sender whose target is an emulator with some faults, fresh from the beginning."""

    def __init__(self, faults: Sequence[str] = ()) -> None:
        self._sent = 0
        counted = replace(FAITHFUL, now=lambda _: self._now, request_id=lambda _: f"{self._sent:032x}")
        self._emulator = Emulator(faults, counted)

    def afresh(self, request: Request) -> Response | None:
        """What comes of a request if it is the first of all."""
        self._sent, self._emulator.world = 0, beginning()
        return self.send(request).response

    @property
    def _now(self) -> datetime:
        return BEGINNING + self._sent * TICK

    def send(self, request: Request) -> Exchange:
        """The exchange; failed if the body of the answer cannot be read."""
        self._sent += 1
        response: Response | None = None
        failure: Failure | None = None
        try:
            response = _response(request.method, self._emulator.respond(heard(request)))
        except Broken as broken:
            failure = broken.failure
        return Exchange(request, response, failure, self._now.timestamp(), TICK.total_seconds())


def heard(request: Request) -> Heard:
    """What a server hears of a request."""
    path, _, query = request.target.partition("?")
    headers = {"host": HOST, "accept-encoding": "identity", **_headers(request.headers)}
    if request.body is not None:
        headers["content-length"] = str(len(request.body))
    return Heard(request.method, unquote(path), query, headers, request.body or b"")


@lru_cache(maxsize=1024)
def _headers(given: Headers) -> dict[str, str]:
    return {name.lower(): value.strip(" \t") for name, value in given}


def _response(method: str, answer: Answer) -> Response:
    headers, body = written(answer)
    coding = ", ".join(value for name, value in headers if name.lower() == "content-encoding")
    raw = b"" if method == "HEAD" or answer.status in (204, 304) else body
    return Response(answer.status, _PHRASES.get(answer.status, ""), tuple(headers), decoded(raw, coding, _MAX_BODY))
