"""The whole tree keeps its style and its types."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("command", ["ruff check", "ruff format --check", "mypy"])
def test_nothing_is_complained_of(command: str) -> None:
    """What `make lint` asks of the code holds in every commit that is tested."""
    program, *options = command.split()

    done = subprocess.run(
        [str(Path(sys.executable).with_name(program)), *options], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout + done.stderr
