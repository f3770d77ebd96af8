"""Laws of texts computed from a pattern."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.cases.pattern import matching
from tests.cases.independent import is_valid

PATTERNS = [
    "^[A-Za-z0-9_.-]*$",
    "^[^<>]*$",
    "^[a-z]{3}$",
    "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$",
    r"^\d{4}-\d\d-\d\d$",
    r"^\w+@\w+\.[a-z]{2,}$",
    "^(a|bc|def)$",
    "^v[0-9]+(\\.[0-9]+)*$",
    "x",
    "^$",
    r"^[^\x00-\x7F]+$",
    r"^\p{L}+$",
    r"^\S+$",
    r"^[^\s]{3}$",
    r"^[^\w]+$",
    r"^[^\D]{2}$",
    r"^\+?[1-9]\d{1,14}$",
    "^(?<year>[0-9]{4})$",
    "^#[0-9A-F]{6}$",
    "^/api/v1/[a-z]+/[0-9]+$",
    "^(?:on|off)$",
    "^.{2,4}$",
    "^[\\u4e00-\\u9fff]+$",
]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_text_is_found(pattern: str) -> None:
    """For a common pattern some computed text matches it."""
    loose = pattern.replace(r"\p{L}", "[A-Za-z]").replace("(?<year>", "(")

    assert any(is_valid({"pattern": loose}, text) for text in matching(pattern))


@pytest.mark.parametrize("pattern", ["^[A-Za-z0-9_.-]*$", "^[a-z]{2,}$", "^[^<>]*$", "[0-9]"])
@pytest.mark.parametrize(("low", "high"), [(4, 4), (0, 3), (20, None), (64, 64)])
def test_lengths(pattern: str, low: int, high: int | None) -> None:
    """Every text has a length within the limits, and one that matches is among them."""
    found = list(matching(pattern, low, high))

    assert all(low <= len(text) and (high is None or len(text) <= high) for text in found)
    assert any(is_valid({"pattern": pattern}, text) for text in found)


@pytest.mark.parametrize("pattern", ["[", "(", "a{2", "*", "^(?<!a)b$", r"\1", "(?=x)", "[a-\\d]", ""])
def test_odd_patterns_do_no_harm(pattern: str) -> None:
    """What is no pattern, or too odd to be computed, yields what it can and raises nothing."""
    assert all(isinstance(text, str) for text in matching(pattern))


@given(
    st.recursive(
        st.sampled_from(["a", "[b-d]", "[^xy]", r"\d", ".", "-", r"\."]),
        lambda inner: st.one_of(
            st.builds("{}{}".format, inner, st.sampled_from(["*", "+", "?", "{2}", "{1,3}"])).map(lambda t: f"({t})"),
            st.builds("({}|{})".format, inner, inner),
            st.builds("{}{}".format, inner, inner),
        ),
        max_leaves=5,
    )
)
def test_drawn_patterns(body: str) -> None:
    """Whatever is made of characters, classes, choices and repetitions has a matching text."""
    assert any(is_valid({"pattern": f"^{body}$"}, text) for text in matching(f"^{body}$"))
