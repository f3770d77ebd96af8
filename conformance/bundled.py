"""The contract that ships with this package."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def bundled_contract() -> Path:
    """Where the contract lies: in the package once it is installed, in `spec/` beside it in a checkout."""
    packaged = _PACKAGE / "_data" / "openapi.yaml"
    return packaged if packaged.is_file() else _PACKAGE.parent / "spec" / "openapi.yaml"
