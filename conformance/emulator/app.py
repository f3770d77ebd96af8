"""The emulator as an ASGI application."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from starlette.routing import Route, Router
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from conformance.emulator.behaviour import ROUTES
from conformance.emulator.call import Answer, Call, Refusal
from conformance.emulator.emulator import Emulator
from conformance.emulator.payload import encoded

_LARGEST_BODY = 12 * 1024 * 1024  # bytes; what the vendor's gateway takes
_TOO_LARGE = Refusal(413, "APIGW.0201", "The body is too large.")
_NO_SUCH_PATH = Refusal(404, "APIGW.0101", "The API does not exist or has not been published.")
_NO_SUCH_METHOD = Refusal(405, "APIGW.0101", "The path does not have this method.")


def application(faults: Sequence[str] = (), *, switchable: bool = False) -> ASGIApp:
    """The emulator with some faults active; `switchable` adds /_conformance/faults, which changes them."""
    emulator = Emulator(faults)
    routes = [Route(path, _Endpoint(emulator, name)) for name, path in ROUTES.items()]
    if switchable:
        from conformance.emulator.switch import route

        routes.append(route(emulator))
    return Router(routes, redirect_slashes=False, default=partial(_unknown_path, emulator))


class _Endpoint:
    """Answers all requests to one path."""

    def __init__(self, emulator: Emulator, route: str) -> None:
        self._emulator = emulator
        self._route = route

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        raw = await read_body(receive)
        await send_answer(send, self._answer(scope, raw))

    def _answer(self, scope: Scope, raw: bytes | None) -> Answer:
        emulator = self._emulator
        emulator.world.requests += 1
        operation = emulator.behaviour.methods.get((self._route, scope["method"]))
        if operation is None:
            return emulator.refused(_NO_SUCH_METHOD, (("allow", ", ".join(self._methods())),))
        if raw is None:
            return emulator.refused(_TOO_LARGE, (("connection", "close"),))
        return emulator.answer(_call(emulator, scope, operation, raw))

    def _methods(self) -> list[str]:
        return [method for route, method in self._emulator.behaviour.methods if route == self._route]


def _call(emulator: Emulator, scope: Scope, operation: str, raw: bytes) -> Call:
    return Call(
        operation=operation,
        world=emulator.world,
        method=scope["method"],
        target=scope["path"],
        query=scope["query_string"].decode("latin-1"),
        path=scope["path_params"],
        headers={name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]},
        raw=raw,
        number=emulator.world.requests,
    )


async def _unknown_path(emulator: Emulator, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "http":
        await read_body(receive)
        await send_answer(send, emulator.refused(_NO_SUCH_PATH))


async def read_body(receive: Receive) -> bytes | None:
    """The whole body; None if it is larger than a gateway would take."""
    message: Message = await receive()
    body: bytes = message.get("body", b"")
    while message.get("more_body", False) and len(body) <= _LARGEST_BODY:
        message = await receive()
        body += message.get("body", b"")
    return body if len(body) <= _LARGEST_BODY else None


async def send_answer(send: Send, answer: Answer) -> None:
    """Writes an answer down."""
    body = b"" if answer.body is None else encoded(answer.body)
    if answer.raw is not None:
        body = answer.raw
    headers = [(name.encode(), value.encode()) for name, value in answer.headers]
    headers.append((b"content-length", str(len(body)).encode()))
    if body and answer.media:
        headers.append((b"content-type", answer.media.encode()))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
