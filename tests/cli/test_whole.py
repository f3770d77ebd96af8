"""Laws of the whole: the command and the plugin with the real engine, on a foreign contract and its server."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest

from conformance.cli import main
from tests.toys.parcels_faults import PARCELS
from tests.toys.wire import serving

SPEC = str(Path(__file__).parents[1] / "toys" / PARCELS.contract)
OPERATION = "showParcel"
FAULT = next(fault for fault in PARCELS.faults if fault.name == "language-any")
CHECK = ["check", "--spec", SPEC, "--only", OPERATION, "--profile", "quick"]


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CONFORMANCE_TOKEN", PARCELS.token)


def test_faithful_server(capsys: pytest.CaptureFixture[str]) -> None:
    """A server that keeps its contract passes, and no report has its token."""
    reports = [f"--report={kind}=report.{kind}" for kind in ("json", "junit", "html")]

    with serving(PARCELS.start(PARCELS.decisions)) as url:
        code = main([*CHECK, "--url", url, *reports])

    text = capsys.readouterr().out
    written = {path.suffix: path.read_text("utf-8") for path in Path().iterdir()}
    assert code == 0, text
    assert json.loads(written[".json"])["summary"]["pass"] > 50
    assert fromstring(written[".junit"]).get("failures") == "0"
    assert PARCELS.token not in text + "".join(written.values())


def test_faulty_server(capsys: pytest.CaptureFixture[str]) -> None:
    """A server with one defect fails on the requirement that it breaks, in the terminal and in the report."""
    with serving(PARCELS.start(PARCELS.decisions.replaced(FAULT))) as url:
        code = main([*CHECK, "--url", url, "--report", "json=report.json"])

    first = capsys.readouterr().out.splitlines()[0]
    found = json.loads(Path("report.json").read_text())
    failed = [entry for entry in found["requirements"] if entry["verdict"] == "fail"]
    assert code == 1
    assert first.startswith(f"✗ {OPERATION}  ")
    assert [entry["id"] for entry in failed if entry["id"] == FAULT.requirement]
    assert all(url in item["curl"] for entry in failed for item in entry["evidence"])


def test_nobody_there(capsys: pytest.CaptureFixture[str]) -> None:
    """A target that cannot be reached is an incomplete run, in words."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

    code = main([*CHECK, "--url", f"http://127.0.0.1:{port}"])

    assert code == 3
    assert capsys.readouterr().out.splitlines()[-1].startswith("exit 3: incomplete: ")


def test_time_limit(capsys: pytest.CaptureFixture[str]) -> None:
    """A run that is cut by its time limit is incomplete."""
    with serving(PARCELS.start(PARCELS.decisions)) as url:
        code = main([*CHECK, "--url", url, "--time-limit", "0.001"])

    assert code == 3
    assert "exit 3: incomplete: " in capsys.readouterr().out


def test_listed_and_explained(capsys: pytest.CaptureFixture[str]) -> None:
    """Every id that is listed can be explained; two of them show it."""
    main(["list", "--spec", SPEC, "--only", OPERATION, "--format", "json"])
    listed = json.loads(capsys.readouterr().out)["requirements"]

    codes = [main(["explain", entry["id"], "--spec", SPEC, "--profile", "quick"]) for entry in (listed[0], listed[-1])]

    assert codes == [0, 0]
    assert listed[0]["text"] in capsys.readouterr().out
