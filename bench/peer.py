"""The whole command on one server: the suite's profiles beside a property-based tester with its default settings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bench.command import Done, best, program, run
from bench.server import Counted, Tally
from conformance.bundled import bundled_contract
from conformance.emulator import FIXTURES, TOKEN

REPETITIONS = 3


@dataclass(frozen=True, slots=True)
class Finish:
    """One run of a program: wall time in seconds, what reached the server, exit code."""

    name: str
    seconds: float
    tally: Tally
    code: int


def suite(server: Counted, profile: str) -> Finish:
    """`conformance check` on the server, by a profile's name."""
    command = [program("conformance"), "check", f"--profile={profile}", *_target(server)]
    return _fastest(server, f"conformance check, {profile}", *command)


def embedded() -> Done:
    """`conformance check` as it is typed without a server."""
    return best(REPETITIONS, program("conformance"), "check")


def schemathesis(server: Counted) -> Finish:
    """`schemathesis run` on the same server and contract, given the same token."""
    options = [str(bundled_contract()), f"--url={server.url}", f"--header=X-Auth-Token: {TOKEN}"]
    return _fastest(server, "schemathesis run", program("schemathesis"), "run", *options)


def _target(server: Counted) -> Iterator[str]:
    yield f"--url={server.url}"
    yield f"--token={TOKEN}"
    for name, value in FIXTURES.items():
        yield f"--fixture={name}={value}"


def _fastest(server: Counted, name: str, *command: str) -> Finish:
    return min((_finish(server, name, *command) for _ in range(REPETITIONS)), key=lambda finish: finish.seconds)


def _finish(server: Counted, name: str, *command: str) -> Finish:
    server.tally()
    done = run(*command)
    return Finish(name, done.seconds, server.tally(), done.code)
