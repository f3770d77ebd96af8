"""What `check` and `compare` say of a running mock."""

from __future__ import annotations

import json
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import Any, Final
from urllib.error import HTTPError
from urllib.request import urlopen

from bench import node
from bench.command import program, run, started
from bench.emulators.mock import Mock
from conformance.emulator import FIXTURES, TOKEN
from conformance.emulator.server import Embedded

CHECK: Final = "check.json"
COMPARE: Final = "compare.json"
PATIENCE: Final = 180.0  # seconds until a mock must answer; one needs Java, and the machine may be busy


@dataclass(frozen=True, slots=True)
class Outcome:
    """The two reports on a mock, as they were written."""

    mock: str
    version: str
    check: dict[str, Any]
    compare: dict[str, Any]


def outcome(mock: Mock, folder: Path) -> Outcome:
    """Starts the mock, asks it everything twice, and ends it."""
    folder.mkdir(parents=True, exist_ok=True)
    mock.prepare(folder)
    with _served(mock, folder) as url:
        _report(folder / CHECK, "check", f"--url={url}", f"--token={TOKEN}", *_fixtures("--fixture"))
        with Embedded() as reference:
            _report(folder / COMPARE, "compare", *_sides(reference.url(), url))
    return kept(mock, folder)


def kept(mock: Mock, folder: Path) -> Outcome:
    """What was found of a mock, from its reports."""
    check, compare = (json.loads((folder / name).read_text()) for name in (CHECK, COMPARE))
    return Outcome(mock.name, mock.version, check, compare)


def _sides(reference: str, candidate: str) -> Iterator[str]:
    for side, url in (("reference", reference), ("candidate", candidate)):
        yield f"--{side}={url}"
        yield f"--{side}-token={TOKEN}"
        yield from _fixtures(f"--{side}-fixture")


def _fixtures(option: str) -> list[str]:
    return [f"{option}={name}={value}" for name, value in FIXTURES.items()]


def _report(file: Path, *command: str) -> None:
    file.unlink(missing_ok=True)
    done = run(program("conformance"), *command, f"--report=json={file}")
    if not file.exists():
        raise SystemExit(f"no report: conformance {command[0]} ended with {done.code}\n{done.output}")


@contextmanager
def _served(mock: Mock, folder: Path) -> Iterator[str]:
    """The mock's address while it runs; it, and whatever it started, is ended in any case."""
    port = _free()
    with started(mock.command(port), folder, **node.QUIET) as process:
        _wait(f"http://127.0.0.1:{port}", process)
        yield f"http://127.0.0.1:{port}"


def _free() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    until = monotonic() + PATIENCE
    while monotonic() < until:
        if process.poll() is not None:
            raise SystemExit(f"the mock ended with {process.returncode}; its output.txt says why")
        try:
            with urlopen(url, timeout=10):  # noqa: S310 (the loopback)
                return
        except HTTPError:
            return
        except OSError:
            sleep(0.2)
    raise SystemExit(f"the mock does not answer within {PATIENCE:.0f} seconds")
