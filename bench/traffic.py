"""Judging recordings of any size, and what a proxy adds to a request: `python -m bench.traffic FILE` judges one."""

from __future__ import annotations

import json
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from bench.client import update
from bench.command import program, run
from bench.server import Counted
from conformance.target import Address, Client

SIZES = (100_000_000, 1_000_000_000)  # bytes
REQUESTS = 2000


@dataclass(frozen=True, slots=True)
class Judged:
    """What judging one file costs: seconds of CPU, and the process's largest memory in bytes."""

    exchanges: int
    seconds: float
    peak: int

    @property
    def rate(self) -> float:
        """Exchanges per second of one core."""
        return self.exchanges / self.seconds


def recordings(sizes: tuple[int, ...] = SIZES) -> Iterator[tuple[int, Judged]]:
    """A recording of a check, again and again up to each size, judged in a fresh process; the file is removed."""
    with TemporaryDirectory() as folder:
        one, many = Path(folder) / "one.har", Path(folder) / "many.har"
        run(program("conformance"), "check", "--record", str(one))
        for size in sizes:
            repeated(one, many, size)
            yield size, Judged(**json.loads(run(sys.executable, "-m", "bench.traffic", str(many)).output))
            many.unlink()


def repeated(source: Path, into: Path, size: int) -> None:
    """The entries of a recording over and over, until the file has so many bytes."""
    log = json.loads(source.read_text())["log"]
    entries = ",\n".join(json.dumps(entry, separators=(",", ":")) for entry in log.pop("entries"))
    head = json.dumps({"log": log})[:-2] + ', "entries": [\n'
    with into.open("w", encoding="utf-8") as file:
        file.write(head + entries)
        for _ in range(size // (len(entries) + 2)):
            file.write(",\n" + entries)
        file.write("\n]}}\n")


def measured(path: Path) -> Judged:
    """Judges a recording in this process."""
    from conformance import suite
    from conformance.cli.collector import calm
    from conformance.traffic.read import Recording
    from conformance.traffic.report import judge_recording

    contract = suite.load()
    requirements = suite.requirements(contract)
    calm()
    started = process_time()
    report = judge_recording(contract, requirements, Recording(path))
    seconds = process_time() - started
    return Judged(report.run.requests, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)


@dataclass(frozen=True, slots=True)
class Proxied:
    """The median of a request's wall time in seconds, sent to a server at once and through the proxy."""

    direct: float
    through: float


def proxy(requests: int = REQUESTS) -> Proxied:
    """The same request to the same server by either way, by turns, on connections that stay open."""
    request = update()
    times: tuple[list[float], list[float]] = ([], [])
    with (
        Counted() as server,
        _judging(server.url) as url,
        Client(Address.parse(server.url)) as direct,
        Client(Address.parse(url)) as through,
    ):
        for _ in range(requests):
            for client, taken in zip((direct, through), times, strict=True):
                started = perf_counter()
                client.send(request)
                taken.append(perf_counter() - started)
    direct_times, through_times = times
    return Proxied(median(direct_times), median(through_times))


@contextmanager
def _judging(url: str) -> Iterator[str]:
    """`conformance judge --proxy` before a server, as it is run."""
    command = [program("conformance"), "judge", "--proxy", "0", "--url", url]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    try:
        yield process.stdout.readline().split()[1]
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate()


if __name__ == "__main__":
    print(json.dumps(asdict(measured(Path(sys.argv[1])))))
