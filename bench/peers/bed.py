"""Where a tool is tried: a process with a server of its own, the tools prepared for it, in a folder shared by all."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

from bench.peers.replay import tells
from bench.peers.tool import TOOLS
from bench.peers.trial import Trial, tried
from bench.server import Counted, requests
from conformance.emulator.call import Heard

ATTEMPTS: Final = 2  # on the faithful server: what fails in either is no find, and the second shows what is noise


def faithful(folder: Path, number: int, attempt: int) -> Trial:
    """One run of a tool on the faithful server; what it sent is kept in the folder."""
    place = _prepared(folder, number)
    trial = tried(TOOLS[number], _server(), place, "", attempt)
    (folder / f"{number}-{attempt}.json").write_text(_server().heard())
    return trial


def faulty(folder: Path, number: int, fault: str) -> Trial:
    """A run on the server with the fault, unless the tool would get the answers of the faithful one."""
    if any(tells(_requests(folder / f"{number}-{attempt}.json"), fault) for attempt in range(ATTEMPTS)):
        return tried(TOOLS[number], _server(), _prepared(folder, number), fault, 0)
    return Trial(TOOLS[number].name, fault, 0, failures=(), requests=0, seconds=0, cpu=0, started=False)


@cache
def _requests(file: Path) -> list[Heard]:
    return requests(file.read_text())


@cache
def _server() -> Counted:
    """That of this process; it ends with it."""
    return Counted()


@cache
def _prepared(folder: Path, number: int) -> Path:
    """A tool's own folder in this process, with the address of its server in it."""
    place = Path(mkdtemp(prefix=f"{number}-", dir=folder))
    TOOLS[number].prepare(place, _server().url)
    return place
