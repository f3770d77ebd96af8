"""Laws of comparing regular expressions."""

from __future__ import annotations

import re
from math import inf

import pytest

from conformance.cases.regular import contained, counterexample, lengths

WITHIN = [
    ("^[a-c]+$", "^[a-z]+$"),
    ("^\\d{3}$", "^[0-9]+$"),
    ("^(a|b)c?$", "^[ab]c*$"),
    ("^abc", "b"),
    ("^$", "^a*$"),
    ("^[^x]{2}$", "^[\\s\\S]*$"),
    ("^a{2,3}$", "^a{1,4}$"),
]


@pytest.mark.parametrize(("narrow", "wide"), WITHIN)
def test_within(narrow: str, wide: str) -> None:
    """Containment is proved one way; the other way a text shows that there is none."""
    assert contained(narrow, wide)
    text = counterexample(wide, narrow)

    assert isinstance(text, str)
    assert re.search(wide, text)
    assert not re.search(narrow, text)


@pytest.mark.parametrize("pattern", ["^(?=a)b", "(a)\\1", "^(?<!a)b$", "(", "\\p{L}", "a$|b"])
def test_what_is_not_plain_is_not_known(pattern: str) -> None:
    """Nothing is claimed of an expression that automata do not model."""
    assert counterexample(pattern, "^x$") is False
    assert not contained(pattern, "^x$")


def test_too_large_is_not_known() -> None:
    """An expression of too many states is left undecided, at once."""
    assert counterexample("^(a{50}){50}$", "^b$") is False


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("^FW[0-9a-f]{32}$", (34, 34)),
        ("^(|abc)d?$", (0, 4)),
        ("^(?:ab){2}c{0,3}$", (4, 7)),
        ("^[a-z]+(-[a-z]+)*$", (1, inf)),
        ("[0-9]{4}-[0-9]{2}", (7, inf)),
        ("^a{3}", (3, inf)),
        ("^$", (0, 0)),
        ("", (0, inf)),
        ("^(?=a)b$", (0, inf)),
        ("(", (0, inf)),
        ("^a{5000}$", (0, inf)),
    ],
)
def test_how_long_a_text_is(pattern: str, expected: tuple[int, float]) -> None:
    """Exact where the expression is plain and closed at both ends; of others no limit is claimed."""
    assert lengths(pattern) == expected
