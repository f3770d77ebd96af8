"""Laws of comparing states."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.judge.state import differing, same, shown_by
from conformance.judge.step import Step
from tests.judge.steps import CONTRACT, SHELF, exchange
from tests.toy_contracts import SHELVES, changed, read

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-1, 2) | st.text("ab", max_size=2),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("ab"), inner, max_size=2),
    max_leaves=6,
)


@given(VALUES, VALUES)
def test_sameness_is_an_equivalence(one: Any, other: Any) -> None:
    """A value is the same as itself, and sameness has no direction."""
    assert same(one, one)
    assert same(one, other) == same(other, one)


@given(st.lists(VALUES, max_size=5), st.randoms(use_true_random=False))
def test_order_does_not_matter(values: list[Any], random: Any) -> None:
    """An array in another order is the same, one with a value more is not."""
    shuffled = random.sample(values, len(values))

    assert same(values, shuffled)
    assert not same(values, [*shuffled, "more"])


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (1, 1.0, True),
        (1, True, False),
        ([1], [True], False),
        ({"a": 1}, {"a": True}, False),
        ([{"a": 1, "b": 2}], [{"b": 2, "a": 1}], True),
        ([1, 1, 2], [1, 2, 2], False),
        (None, [], False),
        ({"a": [1, 2]}, {"a": [2, 1]}, True),
        ([{"a": {"b": 1, "c": 2}}], [{"a": {"c": 2, "b": 1}}], True),
        ([1], [1.0], True),
    ],
)
def test_values(one: Any, other: Any, expected: bool) -> None:
    """JSON values are the same by value, at every depth: order is free, booleans are no numbers."""
    assert same(one, other) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ([2, 1], [1, 2], False),
        ([1, 2], [2, 1], False),
        ([[2, 1]], [[1, 2]], False),
        ({"a": [2, 1]}, {"a": [1, 2]}, False),
        ([{"a": 1, "b": 2.0}, 1.0], [{"b": 2, "a": 1}, 1], True),
    ],
)
def test_values_whose_order_counts(one: Any, other: Any, expected: bool) -> None:
    """Where order counts it does at every depth, though members have none and 1 is 1.0."""
    assert same(one, other, ordered=True) is expected


def test_differing_members() -> None:
    """Members that changed, came or went differ, save those that are named."""
    before, after = {"a": 1, "b": [1, 2], "c": 3, "d": None}, {"a": 2, "b": [2, 1], "e": 5, "d": None}

    assert differing(before, after) == ("a", "c", "e")
    assert differing(before, after, ("a", "e")) == ("c",)
    assert differing(before, before) == ()


def test_shown_by() -> None:
    """An answer shows a state where the contract says so, and only if it is one."""
    operation = CONTRACT.operations["changeShelf"]
    steps = [Step("changeShelf", {}, exchange(200, body)) for body in (SHELF, b"no json", [SHELF], b"")]

    assert [shown_by(operation, step) for step in steps] == [SHELF, None, None, None]
    assert shown_by(CONTRACT.operations["showShelf"], steps[0]) is None


def test_what_shows_a_state_may_depend_on_the_status() -> None:
    """The contract may say that only some answers show the state."""
    shows = "response.status == 200 ? response.body : null"
    contract = read(changed(SHELVES, shows, "paths", "/shelves/{shelf}", "put", "x-conformance", "shows"))
    operation = contract.operations["changeShelf"]

    assert [shown_by(operation, Step("changeShelf", {}, exchange(status, SHELF))) for status in (200, 201)] == [
        SHELF,
        None,
    ]
