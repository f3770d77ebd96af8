"""Laws of guessing what was meant."""

from __future__ import annotations

import pytest

from conformance.nearest import did_you_mean, nearest


@pytest.mark.parametrize(
    ("word", "expected"), [("chekc", "check"), ("CHECK", "check"), ("lst", "list"), ("xyzzy", None), ("", None)]
)
def test_nearest(word: str, expected: str | None) -> None:
    """A slip of the finger or of the case is seen through; what is like nothing stays so."""
    assert nearest(word, ["check", "list", "explain"]) == expected


def test_hint() -> None:
    """The hint names the word, or says what else to do."""
    assert did_you_mean("chekc", ["check"]) == "did you mean check?"
    assert did_you_mean("xyzzy", ["check"], otherwise="read on") == "read on"
    assert did_you_mean("xyzzy", []) is None
