"""Number formats: the limits are members, the next numbers are not."""

from __future__ import annotations

import pytest

from conformance.formats import REGISTRY


@pytest.mark.parametrize(("name", "bits"), [("int32", 32), ("int64", 64)])
def test_integers_end_at_their_width(name: str, bits: int) -> None:
    """Two's complement: one more below zero than above."""
    each = REGISTRY[name]
    limit = 2 ** (bits - 1)

    assert each.check(limit - 1)
    assert each.check(-limit)
    assert not each.check(limit)
    assert not each.check(-limit - 1)


@pytest.mark.parametrize("name", ["int32", "int64"])
def test_a_whole_number_is_an_integer_however_written(name: str) -> None:
    """1.0 is the integer 1, as JSON Schema has it; 1.5, texts and booleans are none."""
    each = REGISTRY[name]

    assert each.check(1.0)
    assert not any(each.check(value) for value in (1.5, "1", True, None, float("inf"), float("nan")))


@pytest.mark.parametrize("name", ["float", "double"])
def test_precision_is_not_refused(name: str) -> None:
    """A number that a server keeps less precisely is still a number."""
    each = REGISTRY[name]

    assert each.check(10**300)
    assert not any(each.check(value) for value in ("1", True, None, float("inf"), float("nan")))
    assert each.near_misses == ()
