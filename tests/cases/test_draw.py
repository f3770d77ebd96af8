"""Laws of drawing: the same values for the same seed, and no end that does not come."""

from __future__ import annotations

from hypothesis import strategies as st

from conformance.cases.draw import draw, run


def test_the_same_values_each_time() -> None:
    """Valid values, smallest first, other ones for another seed."""
    schema = {"type": "string", "minLength": 2}

    one = draw(schema, 10)

    assert one == draw(schema, 10)
    assert one != draw(schema, 10, seed=2)
    assert one == sorted(one, key=lambda value: len(repr(value)))
    assert all(len(value) > 1 for value in one)


def test_a_strategy_that_finds_little_is_not_asked_for_long() -> None:
    """It is asked a few times for each value that is wanted, and not until it has given them all."""
    asked: list[int] = []

    def fits(value: int) -> bool:
        asked.append(value)
        return False

    seldom = st.integers(0, 9).filter(fits)

    assert run(seldom, 5, tries=20) == []
    assert 0 < len(asked) <= 3 * 20  # a filter tries three times itself
