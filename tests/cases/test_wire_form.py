"""Laws of wire forms: a value is sent in a URL or a header only if it arrives as the invalid value that it is."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.cases.wire_form import expressible
from conformance.requirement import Source
from conformance.requirements.site import Site


def site(pointer: str, schema: Any) -> Site:
    """A place of this schema."""
    return Site(pointer, (), schema, Source("x"), "documented")


NUMBER = {"type": "integer", "minimum": 1}


@pytest.mark.parametrize("value", [None, {}, [], "", "\n", 1.0, True, {"a": [1]}])
def test_a_json_body_carries_any_value(value: Any) -> None:
    """In a JSON body every value is itself."""
    assert expressible(site("/body/a", {"type": "string"}), value)
    assert expressible(site("/body", {"type": "string"}), value)


@pytest.mark.parametrize(
    ("where", "schema", "value", "expected"),
    [
        ("query", NUMBER, "abc", True),
        ("query", NUMBER, "7", False),
        ("query", NUMBER, " 7", False),
        ("query", NUMBER, "0", True),
        ("query", NUMBER, 0, True),
        ("query", NUMBER, 1.5, True),
        ("query", NUMBER, 1.0, False),
        ("query", NUMBER, None, False),
        ("query", NUMBER, {"a": 1}, False),
        ("query", NUMBER, True, True),
        ("query", {"type": "boolean"}, "True", False),
        ("query", {"type": "boolean"}, "maybe", True),
        ("query", {"type": "boolean"}, "", False),
        ("query", {"type": "string", "maxLength": 2}, 123, False),
        ("query", {"type": "string", "maxLength": 2}, "abc", True),
        ("query", {"type": "string"}, True, False),
        ("query", {"type": "array", "items": NUMBER}, [1, 2], True),
        ("query", {"type": "array", "items": NUMBER}, [], False),
        ("query", {"type": "array", "items": NUMBER}, ["a", 1], True),
        ("query", {"type": "array", "items": NUMBER}, [[1]], False),
        ("query", {"type": "array", "items": NUMBER}, 7, False),
        ("query", {"type": "object"}, "a", False),
        ("path", {"type": "string"}, "a/b", False),
        ("path", {"type": "string"}, "..", False),
        ("path", {"type": "string"}, "", False),
        ("path", {"type": "string", "pattern": "^a$"}, "b c", True),
        ("header", {"type": "string"}, " a", False),
        ("header", {"type": "string"}, "a\nb", False),
        ("header", {"type": "string"}, "é", False),
        ("header", {"type": "string", "enum": ["a"]}, "b", True),
        ("cookie", {"type": "string", "enum": ["a"]}, "b;c", False),
    ],
)
def test_parameters_carry_texts(where: str, schema: Any, value: Any, expected: bool) -> None:
    """A value is expressible unless its text is nothing, another value, or no text for that place."""
    assert expressible(site(f"/{where}/a", schema), value) is expected


def test_forms_carry_texts() -> None:
    """A body that is a form is an object whose members are texts."""
    assert expressible(site("/body", {"type": "object"}), {"a": "b"}, form=True)
    assert not expressible(site("/body", {"type": "object"}), ["a"], form=True)
    assert not expressible(site("/body/a", NUMBER), "7", form=True)
    assert expressible(site("/body/a", NUMBER), "abc", form=True)
    assert not expressible(site("/body/a", NUMBER), None, form=True)


def test_a_body_of_text_is_a_text() -> None:
    """Whatever a plain text spells is a text: no value of another type can be sent as one."""
    assert expressible(site("/body", {"type": "string", "maxLength": 1}), "ab", form=True)
    assert not expressible(site("/body", {"type": "string"}), {"a": "b"}, form=True)
    assert not expressible(site("/body", {"type": "string"}), 7, form=True)
