"""Strategies: what they draw belongs, or just misses."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conformance.formats import REGISTRY, Format, near_miss_strategy, strategy
from conformance.formats.address import is_contested_entry

FEW = settings(max_examples=30)
MISSABLE = [each for each in REGISTRY.values() if each.near_misses]


def _named(each: Format) -> str:
    return each.name


@pytest.mark.parametrize("each", REGISTRY.values(), ids=_named)
def test_members_are_drawn(each: Format) -> None:
    """Whatever is drawn passes the check."""

    @FEW
    @given(strategy(each))
    def check(value: object) -> None:
        assert each.check(value)

    check()


@pytest.mark.parametrize("each", MISSABLE, ids=_named)
def test_near_misses_are_drawn(each: Format) -> None:
    """Whatever is drawn fails the check, and is not contested either."""

    @FEW
    @given(near_miss_strategy(each))
    def check(value: object) -> None:
        assert not each.check(value)
        assert not (isinstance(value, str) and each.name == "ip-address-entry" and is_contested_entry(value))

    check()


@pytest.mark.parametrize("name", ["binary", "double", "float", "password"])
def test_nothing_misses_a_format_that_refuses_nothing(name: str) -> None:
    """There the strategy is the empty one."""
    assert near_miss_strategy(REGISTRY[name]) is st.nothing()


def test_firm_entries_are_drawn_in_every_form() -> None:
    """Addresses, ranges and blocks of both versions occur, none of them contested."""
    drawn: list[str] = []

    @settings(max_examples=300)
    @given(strategy(REGISTRY["ip-address-entry"]))
    def check(value: str) -> None:
        drawn.append(value)

    check()

    forms = {(":" in text, "-" in text, "/" in text) for text in drawn}
    assert len(forms) == 6
    assert not any(map(is_contested_entry, drawn))


def test_a_drawn_near_miss_is_one_step_away() -> None:
    """Beside the listed ones, slips are drawn that stand in no list."""
    each = REGISTRY["ip-address-entry"]
    drawn: list[str] = []

    @settings(max_examples=200)
    @given(near_miss_strategy(each))
    def check(value: str) -> None:
        drawn.append(value)

    check()

    assert set(drawn) - set(each.near_misses)
