"""Serving the emulator: in the foreground, or embedded in a process of its own. Importing this is cheap."""

from __future__ import annotations

import gc
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from conformance.errors import DefectError, UsageError

if TYPE_CHECKING:
    import uvicorn

Ready = Callable[[str], None]

_ROOT = Path(__file__).parent.parent.parent
_IDLE = 3600  # seconds that a connection may rest between two requests


def serve(
    host: str = "127.0.0.1",
    port: int = 0,
    faults: Sequence[str] = (),
    ready: Ready | None = None,
    *,
    switchable: bool = False,
    parent: int | None = None,
) -> None:
    """Serves until SIGINT or SIGTERM; calls `ready` with the URL once requests are answered.

    `parent` is a file descriptor whose end of file ends the server too. UsageError if the port cannot be had.
    """
    import asyncio

    listener = _listen(host, port)
    server = _server(faults, switchable=switchable)
    with asyncio.Runner(loop_factory=server.config.get_loop_factory()) as runner, _calm():
        runner.run(_run(server, listener, ready, parent))


def url_of(listener: socket.socket) -> str:
    """The base URL of a listening socket."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=1024)
    except (OSError, OverflowError) as error:
        raise UsageError(f"cannot listen on {host}:{port}: {error}", hint="choose another port; 0 is any") from None


def _server(faults: Sequence[str], *, switchable: bool) -> uvicorn.Server:
    import uvicorn

    from conformance.emulator.app import application

    try:
        app = application(faults, switchable=switchable)
    except KeyError as error:
        raise UsageError(f"there is no fault {error}", hint="python -m conformance.emulator --list-faults") from None
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        lifespan="off",
        ws="none",
        server_header=False,
        timeout_keep_alive=_IDLE,
        timeout_graceful_shutdown=1,
    )
    return uvicorn.Server(config)


async def _run(server: uvicorn.Server, listener: socket.socket, ready: Ready | None, parent: int | None) -> None:
    import asyncio

    if parent is not None:
        asyncio.get_running_loop().add_reader(parent, os._exit, 0)
    serving = asyncio.create_task(server.serve([listener]))
    while not (server.started or serving.done()):
        await asyncio.sleep(0)
    gc.collect()
    gc.freeze()  # what is there now stays; collections look only at what requests leave behind
    if ready is not None and server.started:
        ready(url_of(listener))
    await serving


@contextmanager
def _calm() -> Iterator[None]:
    """Uvicorn raises the signals that ended it once more when it is done; here that must end nothing."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, lambda *_: None) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _core() -> int:
    """The core that the calling thread runs on: field 39 of its line in proc(5), after a name that may hold blanks."""
    return int(Path("/proc/thread-self/stat").read_text().rpartition(")")[2].split()[36])


def _bind(threads: Mapping[int, set[int]]) -> None:
    for thread, cores in threads.items():
        with suppress(OSError):  # it has ended, or a container forbids it
            os.sched_setaffinity(thread, cores)


class Embedded:
    """The emulator in a process of its own, which ends with this one however this one ends.

    As a context manager it is started on entry and stopped on exit. `start` does not wait; `url` does.
    """

    def __init__(self, faults: Sequence[str] = (), *, switchable: bool = False) -> None:
        self._options = [f"--fault={fault}" for fault in faults] + ["--switchable"] * switchable
        self._process: subprocess.Popen[str] | None = None
        self._url: str | None = None

    def start(self) -> Self:
        """Starts the process, unless it has been, and returns at once."""
        if self._process is not None:
            return self
        path = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
        self._process = subprocess.Popen(  # noqa: S603 (our own module)
            [sys.executable, "-P", "-m", "conformance.emulator", "--port=0", "--embedded", *self._options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": path},
            start_new_session=True,  # an interrupt at the terminal is for the parent, which still needs the emulator
            text=True,
        )
        return self

    def url(self) -> str:
        """The base URL; waits until requests are answered. DefectError if the emulator does not start."""
        if self._url is None:
            self.start()
            pipe = self._process.stdout if self._process else None
            line = pipe.readline() if pipe else ""
            if not line.startswith("http"):
                self.stop()
                raise DefectError("the embedded emulator did not start", hint="run python -m conformance.emulator")
            self._url = line.strip()
        return self._url

    @contextmanager
    def on_one_core(self) -> Iterator[None]:
        """While it lasts, the calling thread and the emulator share a core, where the platform lets them.

        They only ever wait for each other: two cores would sleep and wake in turns, which in a virtual machine takes
        longer than a request.
        """
        process = self._process
        if sys.platform != "linux" or process is None:
            yield
            return
        before: dict[int, set[int]] = {}
        with suppress(OSError):  # it has ended, or a container shows no such file
            core = _core()
            before |= {thread: os.sched_getaffinity(thread) for thread in (threading.get_native_id(), process.pid)}
            _bind({thread: {core} for thread in before})
        try:
            yield
        finally:
            _bind(before)

    def stop(self) -> None:
        """Ends the process; harmless if it was never started or has ended."""
        process, self._process, self._url = self._process, None, None
        if process is None:
            return
        process.kill()  # nothing is worth saving, and a polite end takes a tenth of a second
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
