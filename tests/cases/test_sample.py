"""Laws of samples: every value is valid, as another validator says, and common schemas have one."""

from __future__ import annotations

from itertools import islice
from typing import Any

import pytest
from hypothesis import given

from conformance import formats
from conformance.cases.derive import derive
from conformance.cases.host import Hosts
from conformance.cases.plan import Plan
from conformance.cases.sample import entries, is_plain_multiple, nth, sample, samples
from tests.cases.independent import is_valid
from tests.cases.test_keyword import SCHEMAS
from tests.contract.reading import TREE, sent
from tests.toy_contracts import CARD, posting, read

COMMON: dict[str, Any] = {
    "anything": {},
    "true": True,
    "string": {"type": "string", "minLength": 3, "maxLength": 3},
    "empty": {"type": "string", "maxLength": 0},
    "pattern": {"type": "string", "pattern": "^[a-z]{2}-[0-9]{4}$"},
    "pattern-in-the-middle": {"type": "string", "pattern": "[0-9]+x", "minLength": 6},
    "alternation": {"type": "string", "pattern": "^(red|green)$"},
    "lookahead": {"type": "string", "pattern": "^(?!a)[a-z]+$"},
    "both": {"type": "string", "pattern": "^[a-z]+$", "minLength": 40, "maxLength": 41},
    "integer": {"type": "integer", "minimum": 1000, "maximum": 1001},
    "negative": {"type": "integer", "maximum": -5},
    "multiple": {"type": "integer", "multipleOf": 7, "minimum": 8},
    "step": {"type": "number", "multipleOf": 0.25, "minimum": 0.5, "maximum": 0.75},
    "open": {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1},
    "half-open": {"type": "number", "exclusiveMinimum": 0, "maximum": 0.5},
    "half-open-above": {"type": "number", "minimum": 0.25, "exclusiveMaximum": 0.5},
    "far-multiple": {"type": "number", "multipleOf": 0.5, "minimum": 1000},
    "null": {"type": "null"},
    "either": {"type": ["null", "integer"], "minimum": 5},
    "const": {"const": {"a": [1]}},
    "enum": {"enum": ["x", 7], "type": "integer"},
    "array": {"type": "array", "minItems": 3, "uniqueItems": True, "items": {"type": "integer", "minimum": 4}},
    "unique-booleans": {"type": "array", "minItems": 2, "uniqueItems": True, "items": {"type": "boolean"}},
    "tuple": {"type": "array", "prefixItems": [{"const": 1}, {"const": 2}], "items": False, "minItems": 2},
    "contains": {"type": "array", "contains": {"const": 7}},
    "object": {"type": "object", "required": ["a"], "properties": {"a": {"enum": [3]}}, "additionalProperties": False},
    "undescribed": {"type": "object", "required": ["x"], "additionalProperties": {"type": "integer"}},
    "undescribed-of-a-format": {
        "type": "object",
        "required": ["x"],
        "additionalProperties": {"type": "string", "pattern": "^[0-9]{9}-[A-Z]{9}$"},
    },
    "by-pattern": {"type": "object", "required": ["x-a"], "patternProperties": {"^x-": {"type": "integer"}}},
    "by-pattern-of-a-format": {
        "type": "object",
        "required": ["x-a"],
        "patternProperties": {"^x-": {"type": "string", "pattern": "^[0-9]{9}-[A-Z]{9}$"}},
    },
    "members": {"type": "object", "minProperties": 2, "additionalProperties": {"type": "integer"}},
    "names": {"type": "object", "minProperties": 1, "propertyNames": {"pattern": "^[A-Z]{3}$"}},
    "one-of": {"oneOf": [{"type": "integer", "minimum": 5}, {"type": "integer", "maximum": 7}]},
    "any-of-beside": {"type": "object", "required": ["a"], "anyOf": [{"required": ["b"]}, {"required": ["c"]}]},
    "all-of": {"allOf": [{"type": "object", "required": ["a"]}, {"properties": {"a": {"type": "integer"}}}]},
    "not": {"type": "string", "not": {"enum": ["a", "a1"]}},
    "condition": {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"enum": ["b", "c"]}},
        "if": {"properties": {"kind": {"const": "b"}}},
        "then": {"required": ["b"]},
    },
    "dependent": {"type": "object", "required": ["a"], "dependentRequired": {"a": ["b"]}},
    "dependent-on-dependent": {
        "type": "object",
        "required": ["a"],
        "properties": {"c": {"type": "string", "pattern": "^[0-9]{9}-[A-Z]{9}$"}},
        "dependentRequired": {"a": ["b"], "b": ["c"]},
    },
    "no-type": {"minimum": 4, "maximum": 5},
    "card": CARD,
}


@pytest.mark.parametrize("name", COMMON)
def test_common_schemas_have_a_sample(name: str) -> None:
    """A common schema has a plain valid value, and all that are offered are valid."""
    schema = COMMON[name]

    found = list(islice(samples(schema), 20))

    assert is_valid(schema, sample(schema))
    assert all(is_valid(schema, value) for value in found)


@pytest.mark.parametrize("name", sorted(name for name, f in formats.REGISTRY.items() if f.applies_to == "string"))
def test_formats_have_samples(name: str) -> None:
    """Every text format has several valid values."""
    schema = {"type": "string", "format": name}

    found = list(islice(samples(schema), 3))

    assert found
    assert all(is_valid(schema, value) for value in found)


@pytest.mark.parametrize(
    "schema",
    [
        False,
        {"type": "string", "enum": [1]},
        {"type": "integer", "minimum": 2, "maximum": 1},
        {"const": 1, "type": "null"},
    ],
)
def test_what_admits_nothing_has_no_sample(schema: Any) -> None:
    """An empty set has no sample, and says so."""
    assert list(samples(schema)) == []
    with pytest.raises(LookupError):
        sample(schema)


def test_full_samples_have_every_member() -> None:
    """A full sample has all optional members, at every level, and is valid."""
    value = sample(CARD, full=True)

    assert set(value) == set(CARD["properties"])
    assert is_valid(CARD, value)
    assert "size" in value["lines"][0]


def test_full_samples_of_parts_have_the_members_of_all_parts() -> None:
    """Where a schema is made of parts, or lies beside one, a full sample has what each of them describes."""
    parts = [
        {"type": "object", "properties": {name: {"type": kind}}} for name, kind in (("a", "string"), ("b", "integer"))
    ]

    assert set(sample({"allOf": parts}, full=True)) == {"a", "b"}
    assert set(sample({**parts[0], "allOf": parts[1:]}, full=True)) == {"a", "b"}
    assert set(sample({"oneOf": parts[1:]}, full=True)) == {"b"}
    assert sample({"allOf": parts}) == {}


def test_examples_come_first() -> None:
    """The contract's own examples are the plainest values; an invalid one is passed over."""
    assert sample({"type": "string", "maxLength": 3, "examples": ["long one", "own"]}) == "own"
    assert sample({"type": "string", "default": "d"}) == "d"


def test_samples_are_distinct() -> None:
    """No value is offered twice, and values that JSON tells apart are told apart."""
    found = list(samples({"enum": [1, True, 0, False, "1", 1]}))

    assert [repr(value) for value in found] == ["1", "True", "0", "False", "'1'"]


def test_a_recursive_schema_has_a_finite_sample() -> None:
    """A schema that contains itself has a small value."""
    schema = sent({"$ref": "#/components/schemas/Tree"}, components={"Tree": TREE})

    assert is_valid(schema, sample(schema))
    assert is_valid(schema, sample(schema, full=True))


@given(SCHEMAS)
def test_samples_of_drawn_schemas(schema: Any) -> None:
    """Whatever the schema, a value is found, and all that are offered are valid."""
    plain, full = list(islice(samples(schema), 10)), list(islice(samples(schema, full=True), 3))

    assert plain
    assert all(is_valid(schema, value) for value in [*plain, *full])


@pytest.mark.parametrize("length", [0, 1, 5, 60])
def test_entries(length: int) -> None:
    """As many entries as are asked for, distinct as long as the schema has so many."""
    texts = entries({"type": "string", "minLength": 2}, length)
    few = entries({"enum": [1, 2]}, length)

    assert len(texts) == len(few) == length
    assert len(set(texts)) == length


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "array", "contains": {"const": 1}, "minContains": 2, "maxContains": 2},
        {
            "type": "array",
            "prefixItems": [{"type": "boolean"}, {"type": "boolean"}],
            "minItems": 2,
            "uniqueItems": True,
        },
        {"anyOf": [{"required": ["a"]}], "type": "object", "minProperties": 2, "unevaluatedProperties": {"const": 3}},
    ],
)
def test_what_cannot_be_computed_is_sought(schema: Any) -> None:
    """Where no value can be composed keyword by keyword, small ones are tried."""
    assert is_valid(schema, sample(schema))


def test_multiples_are_multiples_by_any_arithmetic() -> None:
    """0.0003 is three times 0.0001 in decimals but not in binary fractions; such values tell nothing of a server."""
    found = [value for value in samples({"type": "number", "multipleOf": 0.0001}) if isinstance(value, float)]

    assert found
    assert 0.0003 not in found
    assert all(is_plain_multiple(value, 0.0001) for value in found)


def test_nth() -> None:
    """Values have numbers, and the last one stands for those beyond."""
    assert [nth({"enum": ["a", "b"]}, number) for number in (0, 1, 5)] == ["a", "b", "b"]


@pytest.mark.parametrize(
    ("member", "keyword"),
    [
        ({"type": "string", "maxLength": 2**31 - 1}, "maxLength"),
        ({"type": "array", "maxItems": 2**31 - 1, "items": {"type": "string"}}, "maxItems"),
        ({"type": "object", "maxProperties": 2**31 - 1}, "maxProperties"),
    ],
)
def test_a_limit_that_is_none_makes_nothing_large(member: Any, keyword: str) -> None:
    """Generated documents write the largest number where they mean no limit: it is not tried to exceed it."""
    contract = read(posting({"type": "object", "properties": {"a": member}}))
    (operation,) = contract.operations.values()

    cases = derive(Hosts(contract, operation, {}, {}, {}), Plan())

    assert [case for case in cases if case.requirement == "make/request/body/a/type" and case.expect == "refuse"]
    assert not [c for c in cases if c.requirement == f"make/request/body/a/{keyword}" and c.expect == "refuse"]
    assert max(len(repr(case.request)) for case in cases) < 200_000


@pytest.mark.parametrize("schema", [{"minLength": 2**31}, {"minProperties": 2**31, "type": "object"}])
def test_what_is_too_large_has_no_sample(schema: Any) -> None:
    """Nothing is made that is larger than what is worth sending."""
    assert list(samples({"type": "string", **schema})) == []
