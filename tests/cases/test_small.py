"""Laws of small values: distinct, always the same, and made of what the schema mentions."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.cases.small import small, vocabulary
from tests.cases.independent import is_valid
from tests.contract.reading import TREE, sent

RARE: list[dict[str, Any]] = [
    {"contains": {"const": 1}, "minContains": 2, "maxContains": 3, "items": {"type": "integer"}, "type": "array"},
    {"allOf": [{"contains": {"multipleOf": 2}}, {"contains": {"multipleOf": 3}}], "type": "array", "maxItems": 2},
    {"type": "object", "required": ["a", "b"], "properties": {"a": {"const": 7}, "b": {"enum": ["x"]}}},
    {
        "type": "object",
        "patternProperties": {"^x-[0-9]$": {"minimum": 5}},
        "minProperties": 1,
        "propertyNames": {"pattern": "^x-"},
    },
    {"type": "object", "required": ["a"], "properties": {"a": {"type": "object", "required": ["b"]}}},
    {"type": "string", "format": "ipv4"},
    {"type": "string", "minLength": 30, "maxLength": 30},
    {"type": "array", "minItems": 9, "maxItems": 9, "uniqueItems": True},
]


@pytest.mark.parametrize("schema", RARE)
def test_what_a_schema_mentions_is_enough_to_satisfy_it(schema: Any) -> None:
    """Among the small values some are valid and some are not, though hardly any value is valid by chance."""
    found = {is_valid(schema, value) for value in small(schema)}

    assert found == {True, False}


def test_always_the_same() -> None:
    """The same schema has the same small values, and no two of them are spelled alike."""
    one, two = (list(map(repr, small(RARE[1]))) for _ in range(2))

    assert one == two
    assert len(set(one)) == len(one)


def test_vocabulary() -> None:
    """Constants come with their neighbours, names from wherever members are named, counts with the next one."""
    words = vocabulary(
        {
            "properties": {"a": {"minimum": 40}},
            "dependentRequired": {"b": ["c"]},
            "not": {"required": ["d"], "minProperties": 6},
        }
    )

    assert {39, 40, 41} <= set(filter(lambda value: isinstance(value, int), words.constants))
    assert set(words.names) == {"a", "b", "c", "d", "k0"}
    assert {6, 7} <= set(words.counts)
    assert 5 not in words.counts


def test_recursion_ends() -> None:
    """A schema that contains itself is read once."""
    schema = sent({"$ref": "#/components/schemas/Tree"}, components={"Tree": TREE})

    assert any(is_valid(schema, value) for value in small(schema))
