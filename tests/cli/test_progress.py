"""Laws of the line that shows progress."""

from __future__ import annotations

import io

from conformance.cli import progress
from conformance.settings import Progress


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_line() -> None:
    """The line has the bar, the count, the failures so far, and what is at work."""
    assert progress.line(Progress(5, 10, "update"), 2) == "██████████░░░░░░░░░░ 5/10  2 failed  update"
    assert progress.line(Progress(0, 0, "update"), 0) == "░░░░░░░░░░░░░░░░░░░░ 0/0  update"


def test_terminal_is_left_clean() -> None:
    """On a terminal the line is drawn over itself and gone in the end."""
    stream = _Terminal()

    with progress.shown(stream) as show:
        show(Progress(1, 10, "update"))

    assert "1/10  update" in stream.getvalue()
    assert stream.getvalue().endswith("\r\x1b[K")


def test_a_terminal_that_goes_away() -> None:
    """A run goes on when nobody can watch it any more."""

    class _Gone(_Terminal):
        def flush(self) -> None:
            raise OSError(5, "Input/output error")

    with progress.shown(_Gone()) as show:
        show(Progress(1, 10, "update"))


def test_silent_elsewhere() -> None:
    """Where nobody looks, nothing is drawn."""
    stream = io.StringIO()

    with progress.shown(stream) as show:
        show(Progress(1, 10, "update"))

    assert stream.getvalue() == ""
