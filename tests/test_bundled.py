"""Laws of the contract that ships with the package."""

from __future__ import annotations

from pathlib import Path

import pytest

from conformance import bundled


def test_a_checkout_uses_its_own_contract() -> None:
    """Beside the sources, the document in `spec/` is the contract."""
    assert bundled.bundled_contract() == Path(__file__).parents[1] / "spec" / "openapi.yaml"


def test_an_installed_package_brings_its_contract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package that has `_data/openapi.yaml` answers with that."""
    packaged = tmp_path / "_data" / "openapi.yaml"
    packaged.parent.mkdir()
    packaged.write_text("openapi: 3.1.0\n")
    monkeypatch.setattr(bundled, "_PACKAGE", tmp_path)

    assert bundled.bundled_contract() == packaged
