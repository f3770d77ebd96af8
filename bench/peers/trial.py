"""One tool on one server, once: what failed, what it took; kept in a file, a line each, as soon as it is known."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from time import perf_counter
from typing import Final

from bench import node
from bench.command import started
from bench.peers.tool import Tool
from bench.server import Counted

TIMEOUT: Final = 900.0  # seconds; several times what the slowest takes on a busy machine


@dataclass(frozen=True, slots=True)
class Trial:
    """`fault` is empty for the faithful server, which is tried several times, as `attempt` counts.

    `cpu` is the tool's own time on the processor, `seconds` the time that passed; both are 0 where the tool was not
    `started`, because it would have got the answers of the faithful server.
    """

    tool: str
    fault: str
    attempt: int
    failures: tuple[str, ...]
    requests: int
    seconds: float
    cpu: float
    started: bool = True

    @property
    def key(self) -> tuple[str, str, int]:
        """What was tried."""
        return self.tool, self.fault, self.attempt


def kept(file: Path) -> Iterator[Trial]:
    """The trials of a file; of a line that was cut short, none."""
    for line in file.read_text().splitlines() if file.exists() else ():
        try:
            fields = json.loads(line)
        except json.JSONDecodeError:
            continue
        yield Trial(**{**fields, "failures": tuple(fields["failures"])})


def keep(file: Path, trial: Trial) -> None:
    """Adds a trial to the file."""
    with file.open("a") as lines:
        lines.write(json.dumps(asdict(trial)) + "\n")


def tried(tool: Tool, server: Counted, folder: Path, fault: str, attempt: int) -> Trial:
    """Runs a prepared tool once against the server with the fault."""
    result = folder / tool.result
    result.unlink(missing_ok=True)
    server.switch(*filter(None, [fault]))
    server.tally()
    before, begun = getrusage(RUSAGE_CHILDREN), perf_counter()
    trouble = _ended(tool.command(server.url), folder)
    seconds, after = perf_counter() - begun, getrusage(RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    found = sorted({*_read(tool, result), *trouble})
    return Trial(tool.name, fault, attempt, tuple(found), server.tally().requests, round(seconds, 2), round(cpu, 2))


def _read(tool: Tool, result: Path) -> Iterable[str]:
    return tool.read(result.read_text()) if result.exists() else ["no results"]


def _ended(command: list[str], folder: Path) -> list[str]:
    """Runs a program in the folder; what there is to say of how it ended, if anything."""
    with started(command, folder, **node.QUIET, PYTHONPATH=str(folder)) as process:
        try:
            code = process.wait(TIMEOUT)
        except subprocess.TimeoutExpired:
            return ["did not end"]
    return [f"ended by signal {-code}"] if code < 0 else []
