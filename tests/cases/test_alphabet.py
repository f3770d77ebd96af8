"""Laws of accepted texts that are hard to give back."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.cases.derive import derive
from conformance.cases.host import Hosts
from conformance.cases.plan import Plan
from tests.toy_contracts import posting, read


def accepted(schema: dict[str, Any]) -> set[str]:
    """The texts of a member that are to be accepted, each in a request of its own or not."""
    contract = read(posting({"type": "object", "properties": {"name": schema}}))
    cases = derive(Hosts(contract, contract.operations["make"], {}, {}, {}), Plan())
    bodies = [case.request.get("body") for case in cases if case.expect == "accept"]
    return {str(body["name"]) for body in bodies if isinstance(body, dict) and "name" in body}


def test_texts_that_look_like_something_else() -> None:
    """A text may spell a number with leading zeros, or null: it stays a text."""
    assert {"007", "0", "null", " leading and trailing "} <= accepted({"type": "string"})


def test_only_what_fits() -> None:
    """Of the hard texts those are sent that the pattern admits."""
    found = accepted({"type": "string", "pattern": "^[0-9]*$"})

    assert "007" in found
    assert "null" not in found


def test_characters_that_do_not_mix() -> None:
    """Where a text may hold any of some characters, but one kind only, each is sent alone."""
    assert {"a", "b", "c"} <= accepted({"type": "string", "pattern": "^(a+|b+|c+)$", "maxLength": 5})


def test_as_many_of_the_longest_as_fit() -> None:
    """A full array of the longest texts is a large body, and valid."""
    contract = read(posting({"type": "array", "maxItems": 30, "items": {"type": "string", "maxLength": 200}}))
    cases = derive(Hosts(contract, contract.operations["make"], {}, {}, {}), Plan())
    sizes = [len("".join(case.request["body"])) for case in cases if case.expect == "accept"]

    assert max(sizes) == 20 * 200


@pytest.mark.parametrize("least", [0, 6])
def test_every_character_at_both_ends(least: int) -> None:
    """Each allowed character is first in one text and last in one, and each mark stands twice in a row."""
    found = accepted({"type": "string", "pattern": "^[a-d.-]*$", "minLength": least, "maxLength": 9})

    whole = [text for text in found if len(text) > 2]
    assert {text[0] for text in whole} == {text[-1] for text in whole} == set("abcd.-")
    assert any(".." in text and "--" in text for text in whole)
    assert all(least <= len(text) <= 9 for text in found)
