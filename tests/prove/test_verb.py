"""Laws of conformance prove."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conformance.cli import main
from conformance.emulator import FIXTURES, TOKEN
from conformance.emulator.server import Embedded
from tests.emulator.talking import Caller
from tests.prove.matrix_document import matrix_of


def test_embedded(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a URL the emulator is proved; the matrix is printed and written."""
    reports = [f"json={tmp_path / 'a.json'}", f"html={tmp_path / 'b.html'}"]

    code = main(["prove", "--only", "name-65", "--profile", "quick", "--jobs", "1", *_each("--report", reports)])

    out = capsys.readouterr().out
    assert code == 0
    assert "✓ name-65  quick     updateAddressGroup/request/body/address_group/name/maxLength" in out
    assert "1 fault of embedded emulator" in out
    (trial,) = matrix_of(json.loads((tmp_path / "a.json").read_text())).trials
    assert (trial.fault.id, trial.outcome) == ("name-65", "named")
    assert (tmp_path / "b.html").read_bytes().startswith(b"<!doctype html>")


def test_over_http(capsys: pytest.CaptureFixture[str]) -> None:
    """With a URL, that server is switched to each fault, and left without any."""
    with Embedded(switchable=True) as emulator:
        url = emulator.url()
        fixtures = _each("--fixture", [f"{name}={value}" for name, value in FIXTURES.items()])
        code = main(["prove", "--url", url, "--token", TOKEN, *fixtures, "--only", "name-65", "--profile", "quick"])
        caller = Caller(url)
        active = caller.get("/_conformance/faults").body["active"]
        caller.close()

    out = capsys.readouterr().out
    assert code == 0
    assert f"1 fault of {url}" in out
    assert active == []
    assert TOKEN not in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--only", "name-6"], "no fault matches 'name-6'"),
        (["--profile", "thorough"], "quick and standard"),
        (["--jobs", "0"], "at least one process"),
        (["--report", "junit=x.xml"], "not as junit"),
        (["--report", "json=/nowhere/at/all.json"], "does not exist"),
        (["--fixture", "project_id=p"], "a server of your own"),
        (["--url", "http://127.0.0.1:1"], "lists no faults"),
        (["--url", "http://127.0.0.1:1", "--jobs", "2"], "--jobs is for the embedded emulator"),
    ],
)
def test_usage(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What cannot be meant is exit 2, before anything is tried."""
    code = main(["prove", *arguments])

    assert code == 2
    assert said in capsys.readouterr().err


def _each(option: str, values: list[str]) -> list[str]:
    return [word for value in values for word in (option, value)]
