"""Programs that come as packages of Node, exactly pinned and installed below `build/`."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
INSTALLED: Final = HERE.parent.parent / "build" / "node"

# Some of them report their use somewhere; none does here.
QUIET: Final = {"STEPCI_DISABLE_ANALYTICS": "1", "SPECMATIC_DISABLE_TELEMETRY": "true", "DO_NOT_TRACK": "1"}


def program(name: str) -> str:
    """The path of an installed program; SystemExit with a sentence if it is missing."""
    path = INSTALLED / "node_modules" / ".bin" / name
    if not path.exists():
        raise SystemExit(f"{name} is not installed: run make bench-peers or make bench-emulators")
    return str(path)


def java() -> str:
    """The path of Java, which one of the tools needs; SystemExit with a sentence if it is missing."""
    found = shutil.which("java")
    if found is None:
        raise SystemExit("Specmatic needs Java: install a headless runtime of version 17 or newer")
    return found


def jar() -> str:
    """Specmatic's archive."""
    return str(INSTALLED / "node_modules" / "specmatic" / "specmatic.jar")


def version(package: str) -> str:
    """The pinned version of a package."""
    return str(json.loads((HERE / "package.json").read_text())["dependencies"][package])
