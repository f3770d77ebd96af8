"""Laws of values that are new each time."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.compare.identity import Census, Identities, present
from tests.traffic.samples import STARTED, exchange

SEEN = exchange("POST", "/x", {"name": "sent-name"}, 201, {})
PLACE = ("op", 201, "/body/id")


@pytest.mark.parametrize(
    ("value", "is_present"),
    [
        (STARTED, True),
        (int(STARTED) + 60, True),
        (int(STARTED * 1000), True),
        ("2025-06-28T02:06:38Z", True),
        ("2025-06-28T02:06:38.250", True),
        ("2025-06-28T04:07:38+02:00", True),
        ("Sat, 28 Jun 2025 02:06:38 GMT", True),
        ("2025-06-28T03:06:38Z", False),
        ("2019-06-28T02:06:38Z", False),
        (5, False),
        (True, False),
        ("5", False),
        ("no time at all", False),
        (None, False),
    ],
)
def test_the_present(value: Any, is_present: bool) -> None:
    """A time is the present within minutes of its exchange, however it is written."""
    assert present(value, SEEN) is is_present


@pytest.mark.parametrize(
    ("values", "volatile", "fresh"),
    [
        (["a1", "a2"], True, True),
        (["a1", "a2"], False, False),
        (["a1", "a2", "a3", "a4", "a5"], False, True),
        (["1decc75a-c0a4-431a-9cb6-a291e44fcc71", "97ede52f-0a30-486f-9027-f7ac8a7dcabc"], False, True),
        (["INVALID-PARAMETER-1", "INVALID-PARAMETER-2"], False, False),
        (["a1", "a1"], True, False),
        (["a1", None], True, False),
        (["a1", "sent-name"], True, False),
        ([17, 18], True, True),
        ([17], True, False),
    ],
)
def test_places_that_give_identities(values: list[Any], volatile: bool, fresh: bool) -> None:
    """Another value every time, which nobody sent; what is not known to be volatile has to show it more often."""
    census = Census()
    for value in values:
        census.count([(PLACE, value)], SEEN)

    assert census.fresh(PLACE, volatile=volatile) is fresh


def test_where_an_identity_was_given() -> None:
    """A long text is recognised anywhere, a number or a short text only under the name that it was given."""
    identities = Identities()
    for value in ("identity-1", 17):
        identities.learn(value, "case 1", "id")

    assert identities.origin("identity-1", "of") == ("case 1", "id")
    assert (identities.origin(17, "id"), identities.origin(17, "of")) == (("case 1", "id"), None)
    assert identities.origin("17", "id") is None
    assert identities.origin({}, "id") is None
