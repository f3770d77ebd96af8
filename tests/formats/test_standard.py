"""Standard formats: the library decides, and some values are the same in other words."""

from __future__ import annotations

import pytest

from conformance.formats import REGISTRY


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("2019-06-28T02:06:38Z", "2019-06-28T02:06:38+00:00"),
        ("2019-06-28T10:06:38+08:00", "2019-06-28t02:06:38.000z"),
    ],
)
def test_one_moment_has_one_canonical_form(left: str, right: str) -> None:
    """Offset, case and trailing zeros do not make another moment."""
    canonical = REGISTRY["date-time"].canonical

    assert canonical(left) == canonical(right)


@pytest.mark.parametrize("text", ["2016-12-31T23:59:60Z", "2019-06-28T02:06:38", "yesterday"])
def test_what_has_no_moment_is_its_own_canonical_form(text: str) -> None:
    """A leap second, a time without offset and no time at all stay as they are."""
    assert REGISTRY["date-time"].canonical(text) == text


@pytest.mark.parametrize("name", ["binary", "password"])
def test_opaque_texts_are_never_refused(name: str) -> None:
    """There is nothing to miss."""
    each = REGISTRY[name]

    assert each.check("")
    assert each.near_misses == ()


def test_base64_is_padded_and_unbroken() -> None:
    """The empty text is the empty value; a length that four does not divide is a fault."""
    check = REGISTRY["byte"].check

    assert check("")
    assert not any(check(text) for text in ("YQ", "YQ=", "YWJj\nYWJj", "YQ==YQ=="))


@pytest.mark.parametrize("name", ["date", "time", "date-time"])
def test_digits_are_digits(name: str) -> None:
    """A time is made of digits, whatever other character stands in the place of one."""
    each = REGISTRY[name]
    valid = each.valid[0]
    places = [place for place, character in enumerate(valid) if character.isdecimal()]

    assert each.check(valid)
    assert not any(each.check(f"{valid[:n]}{odd}{valid[n + 1 :]}") for n in places for odd in "*+-/:O\u0663")
