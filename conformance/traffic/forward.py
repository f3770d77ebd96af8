"""The proxy in a process of its own, so that judging never stands in the way of an answer."""

from __future__ import annotations

import asyncio
import os
import pickle
import signal
import socket
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import IO, Any, Self

from conformance.errors import UsageError
from conformance.target.address import Address
from conformance.target.coding import decoded
from conformance.target.stream import Broken
from conformance.traffic.exchange import Recorded
from conformance.traffic.message import MOST_HEAD, MOST_KEPT
from conformance.traffic.proxy import Passed, Proxy

_LENGTH = struct.Struct(">I")  # before each message on the pipe
_BACKLOG = 64 * 1024 * 1024  # bytes that wait to be judged; beyond it clients wait too
_PATIENCE = 1.0  # seconds that exchanges under way have to end
_ROOT = Path(__file__).parent.parent.parent


class Forwarder:
    """A proxy on a port of this machine; iterated, it gives the exchanges as they pass, until it is stopped."""

    def __init__(self, target: Address, port: int) -> None:
        self._target = target
        self._port = port
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        path = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
        self._process = subprocess.Popen(  # noqa: S603 - our own module, and an address that was parsed
            [sys.executable, "-P", "-m", "conformance.traffic", self._target.url, str(self._port)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": path},
            start_new_session=True,  # an interrupt at the terminal is for this process, which ends the other
        )
        said = self._read()
        if not isinstance(said, int):
            self.__exit__(None, None, None)
            raise UsageError(f"cannot listen on port {self._port}: {said}", hint="choose another port; 0 is any")
        self._port = said
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    pipe.close()

    @property
    def url(self) -> str:
        """Where clients find the proxy."""
        return f"http://127.0.0.1:{self._port}"

    def stop(self) -> None:
        """No more connections; what has passed is still given."""
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()

    def __iter__(self) -> Iterator[Recorded]:
        while isinstance(passed := self._read(), Passed):
            yield _recorded(passed, self._target.url)

    def _read(self) -> Any:
        pipe = self._process.stdout if self._process is not None else None
        head = pipe.read(_LENGTH.size) if pipe is not None else b""
        if pipe is None or len(head) < _LENGTH.size:
            return None
        return pickle.loads(pipe.read(*_LENGTH.unpack(head)))  # noqa: S301 - from our own process


def _recorded(passed: Passed, origin: str) -> Recorded:
    exchange, answered = passed.exchange, passed.answered
    response = exchange.response
    if response is not None and answered:
        try:
            body = decoded(response.body, response.header("content-encoding") or "", MOST_KEPT)
            exchange = replace(exchange, response=replace(response, body=body))
        except Broken:
            answered = False
    return Recorded(origin, exchange, passed.asked, answered)


@dataclass
class _Pipe(asyncio.BaseProtocol):
    """The way to the judge: while it is full, `room` is closed."""

    room: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.room.set()

    def pause_writing(self) -> None:
        """The backlog is full."""
        self.room.clear()

    def resume_writing(self) -> None:
        """There is room again."""
        self.room.set()


def serve(url: str, port: int) -> None:
    """Forward until standard input ends; say the port, then every exchange, on standard output."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    target = Address.parse(url)
    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        runner.run(_serve(target, port, sys.stdin.buffer, sys.stdout.buffer))


async def _serve(target: Address, port: int, parent: IO[bytes], judge: IO[bytes]) -> None:
    loop, ended = asyncio.get_running_loop(), asyncio.Event()
    transport, pipe = await loop.connect_write_pipe(_Pipe, judge)
    transport.set_write_buffer_limits(_BACKLOG)
    loop.add_reader(parent, ended.set)  # nothing is ever said on it: it ends

    def say(message: Any) -> None:
        data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
        transport.write(_LENGTH.pack(len(data)) + data)

    proxy = Proxy(target, say, pipe.room, _tls() if target.scheme == "https" else None)
    try:
        listener = socket.create_server(("127.0.0.1", port), backlog=1024)
    except (OSError, OverflowError) as problem:
        say(getattr(problem, "strerror", None) or str(problem))
    else:
        server = await asyncio.start_server(proxy.serve, sock=listener, limit=MOST_HEAD)
        say(listener.getsockname()[1])
        await ended.wait()
        server.close()
        await _until(lambda: proxy.busy == 0, _PATIENCE)
    transport.close()
    await _until(lambda: transport.get_write_buffer_size() == 0, None)


async def _until(over: Callable[[], bool], seconds: float | None) -> None:
    """Wait until something is over, or has taken too long."""
    end = None if seconds is None else monotonic() + seconds
    while not over() and (end is None or monotonic() < end):
        await asyncio.sleep(0.001)


def _loop_factory() -> Any:
    try:
        import uvloop
    except ModuleNotFoundError:  # pragma: no cover - there is none for Windows
        return None
    return uvloop.new_event_loop


def _tls() -> Any:
    import ssl

    return ssl.create_default_context()
