"""Laws of names: what only one side knows is called alike on every side."""

from __future__ import annotations

import pytest

from conformance.compare.names import Names
from conformance.wire import Request

LONG = Names({"group": "dd18a501-fcd5-4adc-acfe-b0e2384baf08", "group.ipv6": "8a1c2f34-0d5e-4c7b-9f00-6d2b7a1e9c55"})
SHORT = Names({"bed": "7"})


def test_long_values_are_named_wherever_they_stand() -> None:
    """Inside texts, names of members and targets."""
    value = LONG.fixtures["group"]

    assert LONG.of({value: [f"/groups/{value}", 5, None]}) == {"{group}": ["/groups/{group}", 5, None]}
    assert LONG.target(f"/groups/{value}/x?of={value}&y") == "/groups/{group}/x?of={group}&y"


def test_a_short_value_is_named_only_where_it_is_the_whole() -> None:
    """A segment of a path, or a value of a query; inside other texts and bodies it means itself."""
    assert SHORT.target("/beds/7/rows/17?bed=7&rows=17") == "/beds/{bed}/rows/17?bed={bed}&rows=17"
    assert SHORT.of({"count": 7, "text": "7 beds"}) == {"count": 7, "text": "7 beds"}
    assert [SHORT.whole(value) for value in (7, "7", True, 17, None)] == ["{bed}", "{bed}", True, 17, None]


def test_a_value_that_contains_another() -> None:
    """The longest value is named first."""
    names = Names({"short": "abcdefgh", "long": "abcdefgh-ijkl"})

    assert names.text("abcdefgh-ijkl abcdefgh") == "{long} {short}"


@pytest.mark.parametrize(("mine", "theirs"), [("7", "12"), ("dd18a501", "0a9b8c7d"), ("1234567", "7654321")])
def test_identities_that_nobody_has(mine: str, theirs: str) -> None:
    """What a run makes of a fixture to name nothing is called alike, too."""
    from conformance.cases.stranger import STEPS, strangers

    def made(value: str) -> list[str]:
        numbers = [str(int(value) + step) for step in STEPS] if value.isdigit() else []
        return [f"/x/{each}" for each in (*strangers(value), f"x{value}", *numbers)]

    one, other = (Names({"id": value}) for value in (mine, theirs))

    assert [one.target(each) for each in made(mine)] == [other.target(each) for each in made(theirs)]


def test_requests_of_two_sides() -> None:
    """Requests that ask the same of either side are equal."""
    other = Names({name: value[::-1] for name, value in LONG.fixtures.items()})

    def request(names: Names) -> Request:
        return Request("PUT", f"/{names.fixtures['group']}", (), f'{{"of": "{names.fixtures["group.ipv6"]}"}}'.encode())

    assert LONG.request(request(LONG)) == other.request(request(other))
