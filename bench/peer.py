"""The whole command on one server: the suite's profiles beside a property-based tester with its default settings."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.command import program, run
from bench.server import Counted
from conformance.bundled import bundled_contract
from conformance.emulator import FIXTURES, TOKEN

REPETITIONS = 3


@dataclass(frozen=True, slots=True)
class Finish:
    """One run of a program: wall time in seconds, requests that reached the server, exit code."""

    name: str
    seconds: float
    requests: int
    code: int


@dataclass(frozen=True, slots=True)
class Pace:
    """The suite's own account of a run: requests and the seconds from the first case to the verdict."""

    requests: int
    seconds: float

    @property
    def rate(self) -> float:
        """Requests per second while running."""
        return self.requests / self.seconds


def suite(server: Counted, profile: str) -> tuple[Finish, Pace]:
    """`conformance check` on the server, by a profile's name: the fastest run, and the fastest pace."""
    with TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [program("conformance"), "check", f"--profile={profile}", f"--report=json={report}", *_target(server)]
        runs = [(_finish(server, f"conformance check, {profile}", *command), _pace(report)) for _ in range(REPETITIONS)]
    finishes, paces = zip(*runs, strict=True)
    return min(finishes, key=lambda finish: finish.seconds), max(paces, key=lambda pace: pace.rate)


def schemathesis(server: Counted) -> Finish:
    """`schemathesis run` on the same server and contract, given the same token: the fastest run."""
    options = [str(bundled_contract()), f"--url={server.url}", f"--header=X-Auth-Token: {TOKEN}"]
    runs = [_finish(server, "schemathesis run", program("schemathesis"), "run", *options) for _ in range(REPETITIONS)]
    return min(runs, key=lambda finish: finish.seconds)


def _target(server: Counted) -> Iterator[str]:
    yield f"--url={server.url}"
    yield f"--token={TOKEN}"
    for name, value in FIXTURES.items():
        yield f"--fixture={name}={value}"


def _finish(server: Counted, name: str, *command: str) -> Finish:
    server.count()
    done = run(*command)
    return Finish(name, done.seconds, server.count(), done.code)


def _pace(report: Path) -> Pace:
    account = json.loads(report.read_text())["run"]
    return Pace(account["requests"], account["seconds"])
