"""Running a program for its time, its exit code and what it prints."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).parents[1]


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
    """Runs a program to its end, in the project's folder and without a terminal."""
    started = perf_counter()
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, env={**os.environ, "NO_COLOR": "1"}
    )
    return Done(perf_counter() - started, done.returncode, done.stdout)


def best(repetitions: int, *command: str) -> Done:
    """The fastest of some runs: what the program takes when nothing disturbs it."""
    return min((run(*command) for _ in range(repetitions)), key=lambda done: done.seconds)
