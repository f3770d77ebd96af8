"""Laws of conformance list."""

from __future__ import annotations

import json

import pytest
from syrupy.assertion import SnapshotAssertion

from conformance.cli import main
from tests.cli.conftest import Engine
from tests.report import samples

pytestmark = pytest.mark.usefixtures("engine")


def test_text(capsys: pytest.CaptureFixture[str], snapshot: SnapshotAssertion) -> None:
    """Each requirement is one line, then what was found wrong with the contract."""
    code = main(["list"])

    assert code == 0
    assert capsys.readouterr().out == snapshot


def test_json(engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    """As JSON, every field of a requirement but its verdict."""
    code = main(["list", "--format", "json", "--only", "modifyInstanceIp/rule"])

    listed = json.loads(capsys.readouterr().out)
    assert code == 0
    assert listed["findings"] == list(engine.findings(engine.load(None)))
    assert listed["requirements"] == [
        {
            "id": samples.READY.id,
            "operation": "modifyInstanceIp",
            "side": "request",
            "pointer": "/path/id",
            "keyword": "instance-ready",
            "level": "documented",
            "reading": None,
            "source": {
                "document": "iMetal",
                "table": "Constraints",
                "field": "",
                "place": "",
            },
            "text": "the instance is ready",
        }
    ]


def test_nothing_matches(capsys: pytest.CaptureFixture[str]) -> None:
    """A pattern that matches nothing is an error here too."""
    code = main(["list", "--only", "modifyInstanceIpp"])

    assert code == 2
    assert "did you mean modifyInstanceIp?" in capsys.readouterr().err
