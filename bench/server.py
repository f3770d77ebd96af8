"""The emulator in a process of its own, with every request that reaches it counted: `python -m bench.server`."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from dataclasses import dataclass
from time import perf_counter
from types import TracebackType
from typing import Any, Final, Self
from urllib.request import Request, urlopen

PATH: Final = "/_conformance/faults"


@dataclass(frozen=True, slots=True)
class Tally:
    """The requests that came in, and the seconds from the first to the last of them."""

    requests: int
    seconds: float

    @property
    def rate(self) -> float:
        """Requests per second while they came."""
        return self.requests / self.seconds if self.seconds else 0.0


class Counted:
    """A running emulator; `url` is its address."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "bench.server"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.url = self._line()

    def tally(self) -> Tally:
        """The requests since the last call."""
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        requests, seconds = self._line().split()
        return Tally(int(requests), float(seconds))

    def switch(self, *faults: str) -> None:
        """Makes these faults the active ones, and puts all state back to the beginning."""
        request = Request(self.url + PATH, json.dumps({"active": faults}).encode(), method="PUT")  # noqa: S310 (ours)
        with urlopen(request, timeout=10):  # noqa: S310
            pass

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
    times: list[float] = []
    emulator = application(switchable=True)

    async def counted(scope: Any, receive: Any, send: Any) -> None:
        if scope["path"] != PATH:
            times.append(perf_counter())
        await emulator(scope, receive, send)

    def answer() -> None:
        for _ in sys.stdin:
            came = times.copy()
            times.clear()  # before the answer: whoever has it may send the next request at once
            print(len(came), came[-1] - came[0] if came else 0, flush=True)

    threading.Thread(target=answer, daemon=True).start()
    print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
    uvicorn.Server(uvicorn.Config(counted, log_config=None, access_log=False, lifespan="off", ws="none")).run(
        [listener]
    )


if __name__ == "__main__":
    _serve()
