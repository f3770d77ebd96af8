"""`python -m bench.peers FAULTS`: tries every tool, and writes docs/benchmarks.md from all that was tried so far."""

from __future__ import annotations

import hashlib
import signal
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from bench.peers.bed import ATTEMPTS, faithful, faulty
from bench.peers.page import page
from bench.peers.sample import faults
from bench.peers.tool import FILES, TOOLS
from bench.peers.trial import Trial, keep, kept
from conformance.emulator.faults import REGISTRY

ROOT: Final = Path(__file__).parent.parent.parent
JOBS: Final = 2


def main(count: int) -> None:
    """Goes on where an earlier run ended; what stands in the results is not tried again."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is ended
    folder = ROOT / "build" / "bench-peers" / _subject()
    results = folder / "results.jsonl"
    folder.mkdir(parents=True, exist_ok=True)
    for trial in _trials(folder, faults(count), {trial.key for trial in kept(results)}):
        keep(results, trial)
        said = f"{len(trial.failures):>4} failures {trial.cpu:>6.1f} s" if trial.started else "   the same answers"
        print(f"{trial.tool:<22} {trial.fault:<40} {said}", flush=True)
    families = {fault.id: fault.family for fault in REGISTRY.values()}
    template = (FILES / "benchmarks.md").read_text()
    text = page(template, list(kept(results)), TOOLS, families, faults(len(REGISTRY)))
    (ROOT / "docs" / "benchmarks.md").write_text(text)


def _trials(folder: Path, sample: tuple[str, ...], done: set[tuple[str, str, int]]) -> Iterator[Trial]:
    """The faithful server first, one tool at a time, for what it takes is measured; then the faults in turn."""
    for number, tool in enumerate(TOOLS):
        for attempt in range(ATTEMPTS):
            if (tool.name, "", attempt) not in done:
                yield faithful(folder, number, attempt)
    wanted = [(n, fault) for fault in sample for n, tool in enumerate(TOOLS) if (tool.name, fault, 0) not in done]
    with ProcessPoolExecutor(JOBS, get_context("spawn")) as pool:
        yield from pool.map(faulty, [folder] * len(wanted), *zip(*wanted, strict=True)) if wanted else ()


def _subject() -> str:
    """What contract and server are: results of one are never taken for those of another."""
    digest = hashlib.sha256()
    for file in sorted([ROOT / "spec" / "openapi.yaml", *(ROOT / "conformance" / "emulator").rglob("*.py")]):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


if __name__ == "__main__":
    main(int(sys.argv[1]))
