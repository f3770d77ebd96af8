"""`python -m bench.emulators`: tries every mock, and writes docs/emulators.md."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from typing import Final

from bench.emulators.mock import FILES, MOCKS, Mock
from bench.emulators.outcome import Outcome, outcome
from bench.emulators.page import page

ROOT: Final = Path(__file__).parent.parent.parent


def main() -> None:
    """One mock at a time."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is ended
    outcomes = [_tried(mock) for mock in MOCKS]
    text = page((FILES / "emulators.md").read_text(), outcomes)
    (ROOT / "docs" / "emulators.md").write_text(text)


def _tried(mock: Mock) -> Outcome:
    found = outcome(mock, ROOT / "build" / "bench-emulators" / mock.name.replace(" ", "-").lower())
    print(f"{mock.name:<14} {found.check['summary']}", flush=True)
    return found


if __name__ == "__main__":
    main()
