"""`python -m bench.peers FAULTS`: tries every tool, and writes docs/benchmarks.md from all that was tried so far."""

from __future__ import annotations

import hashlib
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bench.peers.page import page
from bench.peers.sample import faults
from bench.peers.tool import FILES, TOOLS, Tool
from bench.peers.trial import keep, kept, tried
from bench.server import Counted
from conformance.emulator.faults import REGISTRY

ROOT: Final = Path(__file__).parent.parent.parent
ATTEMPTS: Final = 2  # on the faithful server: what fails in either is no find, and the second shows what is noise


def main(count: int) -> None:
    """Goes on where an earlier run ended; what stands in the results is not tried again."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is ended
    folder = ROOT / "build" / "bench-peers"
    folder.mkdir(parents=True, exist_ok=True)
    results = folder / f"{_subject()}.jsonl"
    done = {trial.key for trial in kept(results)}
    sample = faults(count)
    with Counted() as server:
        for tool, fault, attempt in _plan(sample):
            if (tool.name, fault, attempt) not in done:
                place = _prepared(tool, server, folder)
                trial = tried(tool, server, place, fault, attempt)
                keep(results, trial)
                print(f"{tool.name:<22} {fault:<40} {len(trial.failures):>4} failures {trial.cpu:>6.1f} s", flush=True)
    families = {fault.id: fault.family for fault in REGISTRY.values()}
    template = (FILES / "benchmarks.md").read_text()
    text = page(template, list(kept(results)), TOOLS, families, faults(len(REGISTRY)))
    (ROOT / "docs" / "benchmarks.md").write_text(text)


def _plan(sample: tuple[str, ...]) -> Iterator[tuple[Tool, str, int]]:
    """The faithful server first, then the faults in turn, each with the tools whose turn it is."""
    yield from ((tool, "", attempt) for tool in TOOLS for attempt in range(ATTEMPTS))
    for number, fault in enumerate(sample):
        yield from ((tool, fault, 0) for tool in TOOLS if number % tool.stride == 0)


def _prepared(tool: Tool, server: Counted, folder: Path) -> Path:
    place = folder / tool.name.replace(", ", "-").replace(" ", "-").lower()
    said = place / "url.txt"
    if not said.exists() or said.read_text() != server.url:
        place.mkdir(exist_ok=True)
        tool.prepare(place, server.url)
        said.write_text(server.url)
    return place


def _subject() -> str:
    """What contract and server are: results of one are never taken for those of another."""
    digest = hashlib.sha256()
    for file in sorted([ROOT / "spec" / "openapi.yaml", *(ROOT / "conformance" / "emulator").rglob("*.py")]):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


if __name__ == "__main__":
    main(int(sys.argv[1]))
