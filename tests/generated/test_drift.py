"""Law of the generated client as a whole: it is what the contract gives, byte by byte."""

from __future__ import annotations

from pathlib import Path

from conformance.bundled import bundled_contract
from conformance.client import stale

GENERATED = Path(__file__).parents[2] / "generated"


def test_the_client_is_in_step_with_the_contract() -> None:
    """Nothing in `generated/` was edited, and no change of the contract was forgotten (make client)."""
    assert stale(bundled_contract(), GENERATED) == []
    assert len(list(GENERATED.glob("*/__init__.py"))) == 1
