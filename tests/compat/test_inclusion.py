"""Laws of one schema within another: every gap is shown by a value, every proof survives looking for one."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.compat import hunt
from conformance.compat.inclusion import Inclusion
from conformance.compat.stated import stated

TEXT: dict[str, Any] = {"type": "string"}
WHOLE: dict[str, Any] = {"type": "integer"}


def made(required: list[str] | None = None, **members: Any) -> dict[str, Any]:
    """An object's schema; all members are required unless told."""
    return {"type": "object", "properties": members, "required": list(members) if required is None else required}


CAT, DOG, BIRD = (made(kind={"const": kind}, name=TEXT) for kind in ("cat", "dog", "bird"))

# narrower, wider, the keyword that tells them apart where the wider one is to lie within the narrower
TWINS: list[tuple[Any, Any, str]] = [
    ({**TEXT, "maxLength": 5}, {**TEXT, "maxLength": 6}, "maxLength"),
    ({**TEXT, "minLength": 2}, TEXT, "minLength"),
    ({**TEXT, "pattern": "^[a-c]+$"}, {**TEXT, "pattern": "^[a-z]+$"}, "pattern"),
    ({**TEXT, "format": "uuid"}, TEXT, "format"),
    ({**WHOLE, "maximum": 5}, {**WHOLE, "maximum": 6}, "maximum"),
    ({**WHOLE, "minimum": 5}, WHOLE, "minimum"),
    ({**WHOLE, "exclusiveMinimum": 5}, {**WHOLE, "minimum": 5}, "exclusiveMinimum"),
    ({**WHOLE, "multipleOf": 4}, {**WHOLE, "multipleOf": 2}, "multipleOf"),
    ({**WHOLE, "format": "int32"}, {**WHOLE, "format": "int64"}, "maximum"),
    (WHOLE, {"type": "number"}, "type"),
    (TEXT, {"type": ["string", "null"]}, "type"),
    ({"enum": ["a"]}, {"enum": ["a", "b"]}, "enum"),
    ({"enum": ["a"]}, TEXT, "enum"),
    ({"const": 1}, {"enum": [1, 2]}, "enum"),
    ({"type": "array", "items": {**TEXT, "maxLength": 3}}, {"type": "array", "items": TEXT}, "maxLength"),
    ({"type": "array", "maxItems": 3}, {"type": "array"}, "maxItems"),
    ({"type": "array", "minItems": 3}, {"type": "array", "minItems": 2}, "minItems"),
    ({"type": "array", "items": TEXT, "uniqueItems": True}, {"type": "array", "items": TEXT}, "uniqueItems"),
    ({"type": "array", "items": TEXT, "contains": {"const": "z"}}, {"type": "array", "items": TEXT}, "contains"),
    ({"type": "array", "prefixItems": [WHOLE]}, {"type": "array", "prefixItems": [{"type": "number"}]}, "type"),
    (made(a=TEXT, b=TEXT), made(["a"], a=TEXT, b=TEXT), "required"),
    (made(a={**TEXT, "maxLength": 1}), made(a=TEXT), "maxLength"),
    (made(a=made(b=made(c={**WHOLE, "maximum": 1}))), made(a=made(b=made(c=WHOLE))), "maximum"),
    (
        {**made(a=TEXT), "additionalProperties": False},
        {**made(a=TEXT), "additionalProperties": TEXT},
        "additionalProperties",
    ),
    ({**made(a=TEXT), "additionalProperties": WHOLE}, {**made(a=TEXT), "additionalProperties": True}, "type"),
    ({**made([], a=TEXT, b=TEXT), "minProperties": 2}, made([], a=TEXT, b=TEXT), "minProperties"),
    ({**made([], a=TEXT, b=TEXT), "maxProperties": 1}, made([], a=TEXT, b=TEXT), "maxProperties"),
    ({**made([], a=TEXT, b=TEXT), "dependentRequired": {"a": ["b"]}}, made([], a=TEXT, b=TEXT), "dependentRequired"),
    (
        {"type": "object", "patternProperties": {"^x": WHOLE}},
        {"type": "object", "patternProperties": {"^x": {}}},
        "type",
    ),
    ({"type": "object", "propertyNames": {"maxLength": 2}}, {"type": "object"}, "propertyNames"),
    ({"oneOf": [CAT, DOG]}, {"oneOf": [CAT, DOG, BIRD]}, "enum"),
    ({"anyOf": [TEXT, WHOLE]}, {"anyOf": [TEXT, WHOLE, {"type": "boolean"}]}, "anyOf"),
    ({**TEXT, "not": {"const": "b"}}, TEXT, "not"),
    ({"allOf": [CAT, made(age=WHOLE)]}, {"allOf": [CAT, made([], age=WHOLE)]}, "required"),
    (
        {**made([], a=TEXT, b=TEXT), "if": {"required": ["a"]}, "then": {"required": ["b"]}},
        made([], a=TEXT, b=TEXT),
        "if",
    ),
]

EQUAL: list[tuple[Any, Any]] = [
    ({**WHOLE, "maximum": 5}, {**WHOLE, "exclusiveMaximum": 6}),
    ({"enum": ["x"]}, {"const": "x"}),
    ({"anyOf": [TEXT, WHOLE]}, {"anyOf": [WHOLE, TEXT]}),
    ({"oneOf": [CAT, DOG]}, {"oneOf": [DOG, CAT]}),
    ({"allOf": [made(kind={"const": "cat"}), made(name=TEXT)]}, CAT),
    ({"anyOf": [TEXT, {"type": "null"}]}, {"type": ["string", "null"]}),
    ({**TEXT, "description": "one"}, {**TEXT, "description": "two", "examples": ["b"]}),
    ({**TEXT, "enum": ["a", "b"]}, {"enum": ["b", "a"]}),
    ({**TEXT, "pattern": "^[0-9]{3}$"}, {**TEXT, "pattern": "^\\d\\d\\d$"}),
    ({"allOf": [TEXT, {"maxLength": 5}]}, {**TEXT, "maxLength": 5, "minLength": 0}),
    ({"oneOf": [TEXT, WHOLE]}, {"anyOf": [TEXT, WHOLE]}),
    ({"type": "array", "items": {}}, {"type": "array"}),
]


@pytest.mark.parametrize("described", [True, False])
@pytest.mark.parametrize(("narrow", "wide", "keyword"), TWINS)
def test_what_is_narrower_lies_within(narrow: Any, wide: Any, keyword: str, described: bool) -> None:
    """The narrower schema is proved to lie within the wider one; the other way round a value shows the keyword."""
    inclusion = Inclusion(described)

    assert inclusion.compare(stated(narrow), stated(wide)).proved
    gaps = inclusion.compare(stated(wide), stated(narrow)).gaps

    assert keyword in {gap.keyword for gap in gaps}
    for gap in gaps:
        assert hunt.valid(stated(wide), gap.value)
        assert not hunt.valid(stated(narrow), gap.value)


@pytest.mark.parametrize("described", [True, False])
@pytest.mark.parametrize(("one", "other"), EQUAL)
def test_what_means_the_same_is_the_same(one: Any, other: Any, described: bool) -> None:
    """Two spellings of one set lie within each other, proved both ways."""
    inclusion = Inclusion(described)

    assert inclusion.compare(stated(one), stated(other)).proved
    assert inclusion.compare(stated(other), stated(one)).proved


def test_a_gap_is_where_it_differs() -> None:
    """The pointer leads to the innermost place, through objects, arrays and alternatives."""
    narrow = made(a={"type": "array", "items": {"oneOf": [made(kind={"const": "x"}, n={**WHOLE, "maximum": 5}), DOG]}})
    wide = made(a={"type": "array", "items": {"oneOf": [made(kind={"const": "x"}, n=WHOLE), DOG]}})

    (gap,) = Inclusion(described=True).compare(stated(wide), stated(narrow)).gaps

    assert (gap.pointer, gap.keyword) == ("/a/*/n", "maximum")


def test_every_change_has_its_own_gap() -> None:
    """Three changes in one object are three gaps, each alone."""
    narrow = made(a={**TEXT, "maxLength": 3}, b={**WHOLE, "maximum": 3}, c=TEXT)
    wide = made(["a", "b"], a=TEXT, b=WHOLE, c=TEXT)

    gaps = Inclusion(described=True).compare(stated(wide), stated(narrow)).gaps

    assert {(gap.pointer, gap.keyword) for gap in gaps} == {("/a", "maxLength"), ("/b", "maximum"), ("/c", "required")}


def test_a_member_that_nobody_described_is_not_sent() -> None:
    """Where only described members count, a new optional member takes nothing away, and a dropped one does."""
    one, two = stated(made([], a=TEXT)), stated(made([], a=TEXT, b=WHOLE))

    assert Inclusion(described=True).compare(one, two).proved
    (gap,) = Inclusion(described=True).compare(two, one).gaps

    assert gap.undescribed
    assert "b" in gap.value


def test_a_member_that_nobody_described_may_come() -> None:
    """Where everything that is admitted counts, it is the other way round."""
    one, two = stated(made([], a=TEXT)), stated(made([], a=TEXT, b=WHOLE))

    assert Inclusion(described=False).compare(two, one).proved
    assert not Inclusion(described=False).compare(one, two).proved


def test_an_object_without_members_takes_any() -> None:
    """A schema that names no member describes them all: naming one of them then is a restriction."""
    free, named = stated({"type": "object"}), stated(made([], a=WHOLE))

    assert not Inclusion(described=True).compare(free, named).proved


def test_a_new_alternative_that_overlaps_takes_values_away() -> None:
    """`oneOf` admits no value of two branches: a third one that overlaps refuses what the first two took."""
    old = {"oneOf": [made(a=TEXT), made(b=TEXT)]}
    new = {"oneOf": [made(a=TEXT), made(b=TEXT), made(c=TEXT)]}

    found = Inclusion(described=False).compare(stated(old), stated(new))

    assert {gap.keyword for gap in found.gaps} == {"oneOf"}
    assert all("c" in gap.value for gap in found.gaps)


def test_a_keyword_that_does_not_apply_changes_nothing() -> None:
    """A limit of numbers says nothing of texts."""
    assert Inclusion(described=True).compare(TEXT, {**TEXT, "maximum": 5}).proved


def test_what_admits_nothing_lies_within_anything() -> None:
    """A contradictory schema is within every other."""
    nothing = {**TEXT, "minLength": 5, "maxLength": 3}

    assert Inclusion(described=True).compare(nothing, {**TEXT, "maxLength": 1}).proved


def test_true_is_not_one() -> None:
    """JSON's true and 1 are two values, although Python thinks them equal."""
    assert not Inclusion(described=False).compare({"enum": [[True]]}, {"enum": [[1]]}).proved


def test_a_count_beside_contains_counts() -> None:
    """`contains` means what `minContains` makes of it."""
    none, one = (
        {"contains": {"const": 1}, "minContains": 0, "maxContains": 1},
        {"contains": {"const": 1}, "maxContains": 1},
    )

    assert not Inclusion(described=False).compare(stated(none), stated(one)).proved
    assert Inclusion(described=False).compare(stated(one), stated(none)).proved


def test_what_was_not_looked_at() -> None:
    """Closed by `unevaluatedProperties` is closed by `additionalProperties`, where nothing is conditional."""
    parts = {"allOf": [made([], a=TEXT), made([], b=TEXT)], "unevaluatedProperties": False}
    closed = {**made([], a=TEXT, b=TEXT), "additionalProperties": False}
    smaller = {"allOf": [made([], a=TEXT)], "unevaluatedProperties": False}

    assert Inclusion(described=False).compare(stated(parts), stated(closed)).proved
    assert Inclusion(described=False).compare(stated(closed), stated(parts)).proved
    assert not Inclusion(described=False).compare(stated(parts), stated(smaller)).proved


def test_a_conditional_part_is_looked_at_as_a_whole() -> None:
    """The same words under other conditions are another set."""
    one = {**made([], a=TEXT), "anyOf": [made(b=TEXT), {}], "unevaluatedProperties": False}
    other = {**made([], a=TEXT), "unevaluatedProperties": False}

    gaps = Inclusion(described=False).compare(stated(one), stated(other)).gaps

    assert [gap.value.keys() >= {"b"} for gap in gaps] == [True]


def test_patterns_of_members_may_overlap() -> None:
    """A member that two patterns find has to satisfy both, whichever schema has them."""
    one = {"type": "object", "patternProperties": {"^a": TEXT}, "additionalProperties": WHOLE}
    other = {"type": "object", "patternProperties": {"b$": WHOLE}}

    gaps = Inclusion(described=False).compare(stated(one), stated(other)).gaps

    assert gaps
    assert all(hunt.valid(one, gap.value) and not hunt.valid(other, gap.value) for gap in gaps)


def test_an_unknown_format_is_a_doubt() -> None:
    """What nobody knows is neither proved nor refuted."""
    found = Inclusion(described=True).compare(TEXT, {**TEXT, "format": "licence-plate"})

    (doubt,) = found.doubts
    assert not found.gaps
    assert "licence-plate" in doubt.reason
