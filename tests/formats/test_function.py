"""Functions that belong to no format."""

from __future__ import annotations

import pytest

from conformance.formats.function import same_members


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ([], [], True),
        ([1, "a", None], [None, 1, "a"], True),
        ([{"a": 1, "b": [2]}], [{"b": [2], "a": 1}], True),
        ([1, 1, 2], [1, 2, 2], False),
        ([1], ["1"], False),
        ([[1, 2]], [[2, 1]], False),
        ({"a": 1}, {"a": 1}, False),
        ("ab", "ba", False),
    ],
)
def test_lists_are_the_same_in_any_order(left: object, right: object, same: bool) -> None:
    """Only the order of the outermost lists is free."""
    assert same_members(left, right) is same
