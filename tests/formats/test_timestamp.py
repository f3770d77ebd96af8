"""UTC timestamps: three forms, one value."""

from __future__ import annotations

import pytest

from conformance.formats import REGISTRY
from conformance.formats.timestamp import utc

FORMAT = REGISTRY["utc-timestamp"]


@pytest.mark.parametrize("text", ["2025-03-17T03:17:27", "2025-03-17T03:17:27.000+00:00", "2025-03-17T03:17:27Z"])
def test_three_forms_are_one_moment(text: str) -> None:
    """The forms differ, the canonical form and the moment do not."""
    assert FORMAT.check(text)
    assert FORMAT.canonical(text) == "2025-03-17T03:17:27.000+00:00"
    assert utc(text) == 1742181447.0


def test_milliseconds_count() -> None:
    """The fraction of the long form is part of the moment."""
    assert utc("2025-03-17T03:17:27.250+00:00") == 1742181447.25


@pytest.mark.parametrize("value", ["2025-03-17T03:17:27+08:00", "2025-02-30T00:00:00", "", None, 1742181447, []])
def test_what_is_unreadable_is_minus_one(value: object) -> None:
    """No rule can mistake it for a time after 1970."""
    assert utc(value) == -1.0


def test_an_unreadable_text_is_its_own_canonical_form() -> None:
    """It equals nothing but itself."""
    assert FORMAT.canonical("yesterday") == "yesterday"
