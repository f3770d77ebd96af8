"""What carries the requests of schemathesis: a session that opens no connection and hands every request over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import requests
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict
from urllib3 import HTTPHeaderDict, HTTPResponse

from conformance.wire import Exchange, Request

NOWHERE = "http://target.invalid"  # RFC 6761: what escaped the session would reach nobody
Ask = Callable[[Request], Exchange | None]  # None: not to be sent

# Of the library that sends, not of the request; or of framing and connection, which are the target client's.
_OWN = frozenset(("accept-encoding", "connection", "content-length", "host", "transfer-encoding", "user-agent"))
_MARK = "x-schemathesis-"  # of cases; it would be another one each time


class Unsent(requests.RequestException):
    """The request was not sent, or not answered: there is nothing to check."""


class Cut(BaseException):
    """What was raised while asking, past everybody who catches exceptions and tries again."""


class Carrier(BaseAdapter):
    """Answers requests with what `ask` makes of them; `last` is the exchange of the latest."""

    def __init__(self, ask: Ask) -> None:
        super().__init__()
        self.last: Exchange | None = None
        self._ask = ask

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
        """The answer as the library knows answers; Unsent if there is none."""
        self.last = None
        made = _request(request)
        try:
            self.last = self._ask(made) if made is not None else None
        except Exception as error:
            raise Cut from error
        if self.last is None or self.last.response is None:
            raise Unsent
        return _response(self.last, request)

    def close(self) -> None:
        """Nothing is open."""


def session(carrier: Carrier) -> requests.Session:
    """A session that knows no other way out."""
    made = requests.Session()
    made.trust_env = False
    made.adapters.clear()
    made.mount("", carrier)
    return made


def _request(prepared: requests.PreparedRequest) -> Request | None:
    """The request that was prepared; None if its body is a stream."""
    body = prepared.body
    if isinstance(body, str):
        body = body.encode()
    if body is not None and not isinstance(body, bytes):
        return None
    return Request(str(prepared.method), prepared.path_url, tuple(_headers(prepared)), body)


def _headers(prepared: requests.PreparedRequest) -> Iterator[tuple[str, str]]:
    for name, value in prepared.headers.items():
        if name.lower() not in _OWN and not name.lower().startswith(_MARK):
            yield name, value.decode("latin-1") if isinstance(value, bytes) else value


def _response(exchange: Exchange, request: requests.PreparedRequest) -> requests.Response:
    answer = exchange.response
    assert answer is not None  # noqa: S101 - the caller has looked
    made = requests.Response()
    made.status_code, made.reason, made.url, made.request = answer.status, answer.reason, str(request.url), request
    made.headers = CaseInsensitiveDict(answer.headers)
    made.raw = HTTPResponse(
        BytesIO(answer.body), HTTPHeaderDict(answer.headers), answer.status, preload_content=False, decode_content=False
    )
    made._content = answer.body  # noqa: SLF001 - decoded already
    return made
