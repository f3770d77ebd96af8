"""Laws of wrong types: every other type is tried, and what many languages take for nothing."""

from __future__ import annotations

from itertools import islice
from typing import Any

import pytest

from conformance.cases.derive import derive
from conformance.cases.host import Hosts
from conformance.cases.keyword import MOST_TYPES
from conformance.cases.kind import kind_of, number_like, wrong_types
from conformance.cases.plan import Plan
from conformance.contract.schema import validator
from tests.toy_contracts import asking, posting, read

PLACES: dict[str, Any] = {
    "string": "text",
    "integer": 3,
    "number": 1.5,
    "boolean": True,
    "array": ["a"],
    "object": {"a": 1},
}


@pytest.mark.parametrize("kind", PLACES)
def test_every_other_type_is_tried(kind: str) -> None:
    """As many values as are tried in any case are of all other types, null included."""
    tried = list(islice(wrong_types([kind], PLACES[kind]), MOST_TYPES + 2))  # two may be valid after all

    missing = {"", *PLACES} - {kind_of(value) for value in tried}
    assert missing <= {kind, "number", "integer" if kind == "number" else kind}


@pytest.mark.parametrize("kind", PLACES)
def test_what_is_nothing_elsewhere_is_tried(kind: str) -> None:
    """False, empty and null values are among them: who asks only whether there is a value takes these."""
    tried = [value for value in wrong_types([kind], PLACES[kind]) if not value]

    assert {kind_of(value) for value in tried} >= {"", "boolean", "string", "array", "object"} - {kind}


@pytest.mark.parametrize(
    ("kind", "disguises"),
    [("integer", ["3", [3], "3.0"]), ("array", ["a", '["a"]']), ("object", [[{"a": 1}], '{"a": 1}']), ("string", [7])],
)
def test_the_value_itself_in_disguise(kind: str, disguises: list[Any]) -> None:
    """A careless reader takes the right value in the wrong type: it comes first, and null second."""
    first = list(islice(wrong_types([kind], PLACES[kind]), 5))

    assert first[1] is None

    assert all(value in first for value in disguises)


@pytest.mark.parametrize("kind", ["integer", "number"])
@pytest.mark.parametrize("where", ["query", "header", "path"])
def test_a_number_with_something_after_it(kind: str, where: str) -> None:
    """Where all are texts, who reads to the end of the digits takes such a text for a number."""
    name = {"name": "n", "in": where, "required": True, "schema": {"type": kind}}
    contract = read(asking(name, path="/things/{n}" if where == "path" else "/things"))
    cases = derive(Hosts(contract, contract.operations["find"], {"n": "5"}, {}, {}), Plan())

    wrong = [case for case in cases if case.expect == "refuse" and case.requirement.endswith("/n/type")]
    sent = [str(case.request[where]["n"]) for case in wrong]

    assert any(text[0].isdecimal() and text[-1].isalpha() for text in sent if text)


def test_in_a_larger_request_the_value_there_is_disguised() -> None:
    """What is meant in the wrong type is what would be right there: nothing else may be wrong with it."""
    members = {"n": {"type": "integer"}, "a": {"type": "string"}, "b": {"type": "string"}}
    schema = {"type": "object", "properties": members}
    large = {"large": {"value": {"n": 77, "a": "long"}}, "other": {"value": {"n": 88, "b": "long"}}}
    bodies = {**large, "small": {"value": {"n": 5}}}
    content = {"application/json": {"schema": schema, "examples": bodies}}
    contract = read(posting({}, requestBody={"required": True, "content": content}))
    hosts = Hosts(contract, contract.operations["make"], {}, {}, {})

    wrong = [
        c.request["body"] for c in derive(hosts, Plan()) if c.requirement.endswith("/n/type") and c.expect == "refuse"
    ]

    assert {"n": "5"} in wrong
    assert {"n": [88], "b": "long"} in wrong
    assert {"n": [5], "b": "long"} not in wrong


@pytest.mark.parametrize(
    ("schema", "current", "expected"),
    [
        ({"type": "string"}, "abc", 777),
        ({"type": "string", "pattern": "^[0-9]{5}$"}, "08001", 10**4),
        ({"type": "string", "pattern": "^[0-9]{5}$"}, "18001", 18001),
        ({"type": "string", "minLength": 4}, "abcd", 7777),
        ({"type": "string", "minLength": 40}, "a" * 40, 7),
        ({"type": "string", "pattern": "^[a-z]+$"}, "abc", 7),
    ],
)
def test_a_number_that_would_fit_as_a_text(schema: dict[str, Any], current: str, expected: int) -> None:
    """A server that makes texts of numbers before it looks at them is found out by one that is right as a text."""
    found = number_like(schema, current)

    assert len(str(found)) == len(str(expected))
    assert validator({**schema, "type": ["string"]}).is_valid(str(found)) is (expected != 7)
