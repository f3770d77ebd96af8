"""The emulator in a process of its own, with every request that reaches it counted: `python -m bench.server`."""

from __future__ import annotations

import subprocess
import sys
import threading
from types import TracebackType
from typing import Any, Self


class Counted:
    """A running emulator; `url` is its address, `count()` the requests since the last call."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "bench.server"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.url = self._line()

    def count(self) -> int:
        """How many requests have come in since the last call."""
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return int(self._line())

    def _line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.communicate()


def _serve() -> None:
    import logging
    import socket

    import uvicorn

    from conformance.emulator.app import application

    logging.disable()  # what is no HTTP is sent on purpose
    listener = socket.create_server(("127.0.0.1", 0), backlog=1024)
    requests = 0
    emulator = application()

    async def counted(scope: Any, receive: Any, send: Any) -> None:
        nonlocal requests
        requests += scope["type"] == "http"
        await emulator(scope, receive, send)

    def answer() -> None:
        nonlocal requests
        for _ in sys.stdin:
            print(requests, flush=True)
            requests = 0

    threading.Thread(target=answer, daemon=True).start()
    print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
    uvicorn.Server(uvicorn.Config(counted, log_config=None, access_log=False, lifespan="off", ws="none")).run(
        [listener]
    )


if __name__ == "__main__":
    _serve()
