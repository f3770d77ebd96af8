"""Laws of the matrix as text."""

from __future__ import annotations

from dataclasses import replace

from syrupy.assertion import SnapshotAssertion

from conformance.prove.text import listed, render
from tests.prove.toys import CAUGHT, matrix


def test_everything(snapshot: SnapshotAssertion) -> None:
    """What a user reads of a proof with one of everything."""
    assert render(matrix()) == snapshot


def test_some_faults(snapshot: SnapshotAssertion) -> None:
    """Of some faults, nothing is said of requirements."""
    whole = matrix()
    some = replace(whole, trials=whole.trials[:1], partial=True, unfaithful=(), workers=1)

    assert render(some) == snapshot


def test_what_steers_a_terminal_is_escaped() -> None:
    """A server's own words cannot move the cursor."""
    nasty = replace(CAUGHT, id="a\x1b[2J", family="b\n", breaks="c\x07")
    trial = replace(matrix().trials[0], fault=nasty, failed=())

    text = render(replace(matrix(), trials=(trial,)))

    assert "\x1b" not in text
    assert "\x07" not in text
    assert "a\\x1b[2J" in text


def test_listed() -> None:
    """Few names are written out, the rest is counted."""
    assert listed(("a", "b"), 2) == "a, b"
    assert listed(("a", "b", "c"), 1) == "a and 2 more"
    assert listed((), 3) == ""
