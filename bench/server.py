"""The emulator in a process of its own, with every request that reaches it kept: `python -m bench.server`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from dataclasses import asdict, dataclass
from time import perf_counter
from types import TracebackType
from typing import Final, Self
from urllib.request import Request, urlopen

from conformance.emulator.call import Answer, Heard

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
        requests, seconds = self._asked("tally").split()
        return Tally(int(requests), float(seconds))

    def heard(self) -> str:
        """The requests since the last switch, as JSON; `requests` reads it."""
        return self._asked("heard")

    def switch(self, *faults: str) -> None:
        """Makes these faults the active ones, and puts all state back to the beginning."""
        request = Request(self.url + PATH, json.dumps({"active": faults}).encode(), method="PUT")  # noqa: S310 (ours)
        with urlopen(request, timeout=10):  # noqa: S310
            pass

    def _asked(self, question: str) -> str:
        assert self._process.stdin is not None
        self._process.stdin.write(question + "\n")
        self._process.stdin.flush()
        return self._line()

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


def requests(heard: str) -> list[Heard]:
    """What `Counted.heard` says."""
    return [Heard(**{**each, "raw": _bytes(each["raw"])}) for each in json.loads(heard)]


class _Record:
    """When requests came since the last tally, and which since the last switch."""

    def __init__(self) -> None:
        self._moments: list[float] = []
        self._heard: list[Heard] = []

    def add(self, heard: Heard) -> None:
        if heard.path == PATH:
            self._heard.clear()
        else:
            self._moments.append(perf_counter())
            self._heard.append(heard)

    def tally(self) -> str:
        came = self._moments.copy()
        self._moments.clear()  # before the answer: whoever has it may send the next request at once
        return f"{len(came)} {came[-1] - came[0] if came else 0}"

    def heard(self) -> str:
        return json.dumps([{**asdict(heard), "raw": _text(heard.raw)} for heard in self._heard])


def _text(raw: bytes | None) -> str | None:
    return None if raw is None else raw.decode("latin-1")


def _bytes(text: str | None) -> bytes | None:
    return None if text is None else text.encode("latin-1")


def _serve() -> None:
    import logging
    import socket

    import uvicorn

    from conformance.emulator.app import serving
    from conformance.emulator.emulator import Emulator
    from conformance.emulator.switch import switchable

    logging.disable()  # what is no HTTP is sent on purpose
    listener = socket.create_server(("127.0.0.1", 0), backlog=1024)
    record, respond = _Record(), switchable(Emulator())

    def recorded(heard: Heard) -> Answer:
        record.add(heard)
        return respond(heard)

    def answer() -> None:
        for question in sys.stdin:
            print(record.heard() if question.strip() == "heard" else record.tally(), flush=True)
        os._exit(0)  # nobody asks any more

    threading.Thread(target=answer, daemon=True).start()
    print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
    served = uvicorn.Config(serving(recorded), log_config=None, access_log=False, lifespan="off", ws="none")
    uvicorn.Server(served).run([listener])


if __name__ == "__main__":
    _serve()
