"""Running a program for its time, its exit code and what it prints."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Final

OUTPUT: Final = "output.txt"


@dataclass(frozen=True, slots=True)
class Done:
    """A program's end: `seconds` of wall time from its start, what it printed on standard output."""

    seconds: float
    code: int
    output: str


def program(name: str) -> str:
    """The path of a program that is installed beside this Python."""
    return str(Path(sys.executable).with_name(name))


def run(*command: str) -> Done:
    """Runs a program to its end, in an empty folder (some leave files behind) and without a terminal."""
    environment = {**os.environ, "NO_COLOR": "1"}
    with TemporaryDirectory() as folder:
        started = perf_counter()
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=environment)
        return Done(perf_counter() - started, done.returncode, done.stdout)


def best(repetitions: int, *command: str) -> Done:
    """The fastest of some runs: what the program takes when nothing disturbs it."""
    return min((run(*command) for _ in range(repetitions)), key=lambda done: done.seconds)


@contextmanager
def started(command: Sequence[str], folder: Path, **variables: str) -> Iterator[subprocess.Popen[bytes]]:
    """A program that runs in a folder and prints into its `output.txt`; with the block, it and what it started end."""
    with (folder / OUTPUT).open("wb") as output:
        process = subprocess.Popen(
            command, cwd=folder, env={**os.environ, "NO_COLOR": "1", **variables}, stdin=subprocess.DEVNULL,
            stdout=output, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        try:
            yield process
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
