"""Laws of conformance client."""

from __future__ import annotations

from pathlib import Path

import pytest

from conformance.cli import main


def test_regenerates(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The client of the given contract is written into the given folder."""
    asked: list[tuple[Path, Path]] = []
    monkeypatch.setattr("conformance.client.regenerate", lambda *given: asked.append(given))

    code = main(["client", "--spec", "mine.yaml", "--output", "out"])

    assert (code, asked) == (0, [(Path("mine.yaml"), Path("out"))])
    assert capsys.readouterr().out == "the client in out follows mine.yaml\n"


@pytest.mark.parametrize(("stale", "expected"), [([], 0), (["client/models/a.py"], 1)])
def test_check(
    stale: list[str], expected: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A client that no longer follows the contract fails the check, which names the files."""
    monkeypatch.setattr("conformance.client.stale", lambda *_: stale)

    code = main(["client", "--spec", "mine.yaml", "--check"])

    assert code == expected
    assert all(name in capsys.readouterr().err for name in stale)
