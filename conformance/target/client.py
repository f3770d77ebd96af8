"""The client of one target: requests in, exchanges out, nothing raised for what the target does."""

from __future__ import annotations

from time import perf_counter, time
from typing import TYPE_CHECKING

from conformance.target.address import Address
from conformance.target.compose import compose, frames_itself
from conformance.target.response import receive
from conformance.target.stream import Broken, Deadline, Stream, connect
from conformance.wire import Exchange, Failure, Request, Response

if TYPE_CHECKING:
    from ssl import SSLContext
    from types import TracebackType

_DEADLINE = 10.0  # seconds
_MAX_BODY = 8 * 1024 * 1024  # bytes


class Client:
    """Sends one request after the other over a connection kept open; not for several threads at once.

    No redirect is followed, no proxy used, no cookie kept, no certificate accepted that the system does not trust.
    """

    def __init__(self, address: Address, *, deadline: float = _DEADLINE, max_body: int = _MAX_BODY) -> None:
        self.address = address
        self._seconds = deadline
        self._max_body = max_body
        self._tls = _tls() if address.scheme == "https" else None
        self._kept: Stream | None = None
        self._began = 0.0

    def send(self, request: Request) -> Exchange:
        """The exchange, complete or failed, at most `deadline` seconds later; `DefectError` for a request not HTTP."""
        data = compose(request, self.address.authority)
        started, self._began = time(), perf_counter()
        response: Response | None = None
        failure: Failure | None = None
        try:
            response = self._answer(request, data, Deadline.after(self._seconds))
        except Broken as broken:
            failure = broken.failure
        return Exchange(request, response, failure, started, perf_counter() - self._began)

    def close(self) -> None:
        """Closes the connection; the next request would open another."""
        if self._kept:
            self._kept.close()
            self._kept = None

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _answer(self, request: Request, data: bytes, deadline: Deadline) -> Response:
        kept = self._take_kept()
        if kept:
            try:
                return self._ask(kept, request, data, deadline)
            except Broken as broken:
                # A target may close an idle connection at any time: only then is a request sent again.
                if broken.failure.kind != "closed" or kept.heard:
                    raise
        return self._ask(connect(self.address, deadline, self._tls), request, data, deadline)

    def _ask(self, stream: Stream, request: Request, data: bytes, deadline: Deadline) -> Response:
        self._began = perf_counter()
        reusable = False
        try:
            stream.send(data, deadline)
            response, persists = receive(stream, request.method, self._max_body)
            reusable = persists and not frames_itself(request)
        finally:
            if reusable:
                self._kept = stream
            else:
                stream.close()
        return response

    def _take_kept(self) -> Stream | None:
        kept, self._kept = self._kept, None
        if kept and not kept.is_idle():
            kept.close()
            return None
        return kept


def _tls() -> SSLContext:
    import ssl  # late: most targets of a first run are on this machine, without TLS

    return ssl.create_default_context()
