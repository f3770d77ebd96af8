"""Laws of what the algebra of schemas says of a keyword."""

from __future__ import annotations

from itertools import islice
from typing import Any

import pytest

from conformance.cases.fallback import difference, vacuous, violations
from conformance.requirements.oracle import relax
from tests.cases.independent import is_valid

TELLING: list[tuple[dict[str, Any], str]] = [
    ({"type": "string", "maxLength": 3}, "maxLength"),
    ({"type": "string", "minLength": 3, "pattern": "^[a-z]*$"}, "minLength"),
    ({"type": "integer", "minimum": 3, "maximum": 9}, "minimum"),
    ({"type": "array", "items": {"type": "integer"}, "contains": {"minimum": 5}}, "contains"),
    ({"type": "object", "properties": {"a": {}}, "dependentRequired": {"a": ["b"]}}, "dependentRequired"),
    ({"type": "object", "not": {"required": ["a"]}}, "not"),
    ({"oneOf": [{"type": "integer"}, {"type": "number", "minimum": 3}]}, "oneOf"),
    ({"type": "object", "propertyNames": {"maxLength": 2}}, "propertyNames"),
]
VACUOUS: list[tuple[dict[str, Any], str]] = [
    ({"type": "string", "enum": ["a", "b"]}, "type"),
    ({"enum": ["a", "b"], "maxLength": 5}, "maxLength"),
    ({"type": "integer", "minimum": 3, "exclusiveMinimum": 3}, "minimum"),
    ({"type": "string", "minimum": 3}, "minimum"),
    ({"const": 1, "maximum": 5}, "maximum"),
    ({"type": "boolean", "enum": [True, False]}, "type"),
]


@pytest.mark.parametrize(("schema", "keyword"), TELLING, ids=[keyword for _, keyword in TELLING])
def test_violations_break_only_their_keyword(schema: Any, keyword: str) -> None:
    """Every violation is refused by the schema, and accepted without the keyword; there is one."""
    loose = {key: value for key, value in schema.items() if key != keyword}

    found = list(islice(violations(schema, (keyword,)) or (), 2))

    assert found
    assert not vacuous(schema, (keyword,))
    assert all(is_valid(loose, value) and not is_valid(schema, value) for value in found)


@pytest.mark.parametrize(("schema", "keyword"), VACUOUS)
def test_what_cannot_be_broken_is_vacuous(schema: Any, keyword: str) -> None:
    """A keyword that says no more than the others is proved vacuous, and its violations are not looked for."""
    assert vacuous(schema, (keyword,))
    assert violations(schema, (keyword,)) is None


def test_the_algebra_may_have_no_answer() -> None:
    """Where the algebra refuses a schema there is no difference, no proof, and no error."""
    schema = {"type": "string", "pattern": "^(?=.*a)(?=.*b).*$"}

    found = difference(schema, ("pattern",))

    values = list(islice(violations(schema, ("pattern",)) or (), 3))

    assert found is None or not vacuous(schema, ("pattern",))
    assert values
    assert not any(is_valid(schema, value) for value in values)


DEEP: list[tuple[dict[str, Any], tuple[str | int, ...]]] = [
    ({"oneOf": [{"type": "integer"}, {"type": "number", "minimum": 3}]}, ("oneOf", 1, "minimum")),
    ({"allOf": [{"required": ["a", "b"]}, {"type": "object"}]}, ("allOf", 0, "required", "b")),
    ({"not": {"properties": {"a": {"const": 1}}, "required": ["a"]}}, ("not",)),
    ({"contains": {"const": 1}, "minContains": 0, "maxContains": 1}, ("maxContains",)),
    (
        {"if": {"properties": {"k": {"const": 1}}, "required": ["k"]}, "then": {"required": ["m"]}},
        ("then", "required", "m"),
    ),
    (
        {"allOf": [{"contains": {"multipleOf": 2}}, {"contains": {"multipleOf": 3}}], "unevaluatedItems": False},
        ("allOf", 0, "contains"),
    ),
]


@pytest.mark.parametrize(("schema", "path"), DEEP, ids=["/".join(map(str, path)) for _, path in DEEP])
def test_keywords_inside_are_broken_in_the_whole(schema: Any, path: tuple[str | int, ...]) -> None:
    """A keyword that stands in a part of a schema has violations of the schema as a whole, which it alone refuses."""
    found = list(islice(violations(schema, path) or (), 3))

    assert found
    assert all(is_valid(relax(schema, path), value) and not is_valid(schema, value) for value in found)


def test_one_required_member() -> None:
    """Of required members one may be implied by another keyword and the next not."""
    schema = {"type": "object", "required": ["a", "b"], "dependentRequired": {"b": ["a"]}}

    assert vacuous(schema, ("required", "a"))
    assert not vacuous(schema, ("required", "b"))


@pytest.mark.parametrize(("keyword", "implied", "telling"), [("minLength", 6, 7), ("maxLength", 8, 7)])
def test_a_length_that_a_pattern_implies_is_vacuous(keyword: str, implied: int, telling: int) -> None:
    """A limit beside a pattern that finds only texts within it refuses nothing; one character less or more does."""
    schemas = [{"type": "string", "pattern": "^[a-z]{4}-[0-9]{1,3}$", keyword: limit} for limit in (implied, telling)]

    assert [vacuous(schema, (keyword,)) for schema in schemas] == [True, False]
    assert violations(schemas[0], (keyword,)) is None
    found = next(violations(schemas[1], (keyword,)) or iter(()))
    assert not is_valid(schemas[1], found)
    assert is_valid({k: v for k, v in schemas[1].items() if k != keyword}, found)


def test_a_length_is_implied_by_its_own_pattern_only() -> None:
    """A pattern elsewhere in the schema, and one that is open, say nothing of a length."""
    inner = {"type": "string", "maxLength": 2}
    apart = {"type": "object", "pattern": "^a$", "properties": {"a": inner}}

    assert not vacuous(apart, ("properties", "a", "maxLength"))
    assert not vacuous({**inner, "pattern": "a"}, ("maxLength",))
