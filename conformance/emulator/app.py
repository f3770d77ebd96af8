"""The emulator as an ASGI application: what a server hears becomes a request of ours, our answer what it says."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from typing import Any

from conformance.emulator.call import Answer, Heard
from conformance.emulator.emulator import Emulator
from conformance.emulator.payload import written

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]

_LARGEST_BODY = 12 * 1024 * 1024  # bytes; what the vendor's gateway takes


def application(faults: Sequence[str] = (), *, switchable: bool = False) -> Application:
    """The emulator with some faults active; `switchable` adds /_conformance/faults, which changes them."""
    emulator = Emulator(faults)
    respond: Callable[[Heard], Answer] = emulator.respond
    if switchable:
        from conformance.emulator.switch import switchable as switched

        respond = switched(emulator)
    return serving(respond)


def serving(respond: Callable[[Heard], Answer]) -> Application:
    """Whatever answers requests, as an ASGI application."""

    async def answering(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await _say(send, respond(_heard(scope, await _body(receive))))

    return answering


def _heard(scope: Message, raw: bytes | None) -> Heard:
    return Heard(
        method=scope["method"],
        path=scope["path"],
        query=scope["query_string"].decode("latin-1"),
        headers={name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]},
        raw=raw,
    )


async def _body(receive: Receive) -> bytes | None:
    """The whole body; None if it is larger than a gateway would take."""
    message = await receive()
    body: bytes = message.get("body", b"")
    while message.get("more_body", False) and len(body) <= _LARGEST_BODY:
        message = await receive()
        body += message.get("body", b"")
    return body if len(body) <= _LARGEST_BODY else None


async def _say(send: Send, answer: Answer) -> None:
    headers, body = written(answer)
    encoded = [(name.encode(), value.encode()) for name, value in headers]
    await send({"type": "http.response.start", "status": answer.status, "headers": encoded})
    await send({"type": "http.response.body", "body": body})
