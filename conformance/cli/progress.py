"""A line on a terminal that says how far the run is, and leaves no trace."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

from conformance.cli import console
from conformance.settings import Progress
from conformance.verdict import Verdict

_PAUSE = 0.05  # seconds between two drawings: what the eye can follow, and no load on a slow terminal
_CELLS = 20


@contextmanager
def shown(stream: TextIO) -> Iterator[Callable[[Progress], None]]:
    """Draws progress on a terminal while the block runs; on anything else it draws nothing."""
    columns = console.width(stream)
    if columns is None:
        yield _ignore
        return
    bar = _Bar(stream, columns)
    try:
        yield bar.draw
    finally:
        bar.clear()


def line(progress: Progress, failed: int) -> str:
    """The bar, the count, the failures so far, and what is at work."""
    filled = _CELLS * progress.done // progress.total if progress.total else 0
    bar = "█" * filled + "░" * (_CELLS - filled)
    failures = f"  {failed} failed" if failed else ""
    return f"{bar} {progress.done}/{progress.total}{failures}  {progress.label}"


class _Bar:
    """Where drawing happens, when it last did, and how many failures went by."""

    def __init__(self, stream: TextIO, columns: int) -> None:
        self._stream = stream
        self._columns = columns
        self._drawn = 0.0
        self._failed = 0

    def draw(self, progress: Progress) -> None:
        """Overwrites the line, unless that was done a moment ago."""
        self._failed += progress.result is not None and progress.result.verdict is Verdict.FAIL
        now = time.monotonic()
        if now - self._drawn >= _PAUSE:
            self._drawn = now
            self._put(line(progress, self._failed)[: self._columns - 1])

    def clear(self) -> None:
        """Empties the line."""
        self._put("")

    def _put(self, text: str) -> None:
        with suppress(OSError):  # a terminal that is gone is no reason to leave a run half done
            self._stream.write(console.encodable(f"\r\x1b[K{text}", self._stream))
            self._stream.flush()


def _ignore(_: Progress) -> None:
    """Draws nothing."""
