"""Laws of conformance explain."""

from __future__ import annotations

import pytest
from syrupy.assertion import SnapshotAssertion

from conformance.cli import main
from tests.report import samples

pytestmark = pytest.mark.usefixtures("engine")


@pytest.mark.parametrize("identifier", [samples.NAME.id, samples.BOTH_SETS.id, samples.IDENTIFIER.id])
def test_explained(identifier: str, capsys: pytest.CaptureFixture[str], snapshot: SnapshotAssertion) -> None:
    """A requirement is told with its sentence, source, reading, cases, and how it fails."""
    code = main(["explain", identifier, "--profile", "quick"])

    assert code == 0
    assert capsys.readouterr().out == snapshot


@pytest.mark.parametrize(
    ("identifier", "said"),
    [
        ("modifyInstanceIp/rule/instance-redy", "did you mean modifyInstanceIp/rule/instance-ready?"),
        ("modifyInstanceIp", "conformance list --only modifyInstanceIp shows them"),
        ("nothing", "conformance list shows all"),
    ],
)
def test_unknown(identifier: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What is not one requirement is exit 2, with a way to find it."""
    code = main(["explain", identifier])

    assert code == 2
    assert said in capsys.readouterr().err
