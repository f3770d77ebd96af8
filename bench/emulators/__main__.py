"""`python -m bench.emulators [MOCK…]`: tries every mock, or some of them, and writes docs/emulators.md."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bench.emulators.mock import FILES, MOCKS, Mock
from bench.emulators.outcome import Outcome, kept, outcome
from bench.emulators.page import page

ROOT: Final = Path(__file__).parent.parent.parent


def main(names: Sequence[str]) -> None:
    """One mock at a time; of those that are not named, what an earlier run found is taken."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is ended
    outcomes = [_tried(mock) if mock.name in names or not names else kept(mock, _folder(mock)) for mock in MOCKS]
    text = page((FILES / "emulators.md").read_text(), outcomes)
    (ROOT / "docs" / "emulators.md").write_text(text)


def _tried(mock: Mock) -> Outcome:
    found = outcome(mock, _folder(mock))
    print(f"{mock.name:<14} {found.check['summary']}", flush=True)
    return found


def _folder(mock: Mock) -> Path:
    return ROOT / "build" / "bench-emulators" / mock.name.replace(" ", "-").lower()


if __name__ == "__main__":
    main(sys.argv[1:])
