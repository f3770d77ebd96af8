"""Laws of what a schema demands."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.compat.stated import same, stated


@pytest.mark.parametrize(
    ("schema", "demands"),
    [
        ({"title": "a", "description": "b", "examples": [1], "default": 2, "x-conformance": {}}, True),
        ({"const": 1}, {"enum": [1]}),
        ({"type": ["string"], "required": [], "minLength": 0}, {"type": "string"}),
        ({"type": "integer", "format": "int32"}, {"type": "integer", "minimum": -(2**31), "maximum": 2**31 - 1}),
        ({"type": "integer", "format": "int32", "maximum": 5}, {"type": "integer", "minimum": -(2**31), "maximum": 5}),
        ({"type": "number", "format": "double"}, {"type": "number"}),
        ({"type": "int"}, False),
        ({"required": ["b", "a"]}, {"required": ["a", "b"]}),
        ({"properties": {"a": {"title": "x"}}}, {"properties": {"a": True}}),
        ({"allOf": [{"description": "only words"}]}, True),
    ],
)
def test_stated(schema: Any, demands: Any) -> None:
    """Only what is demanded is left, in one spelling."""
    assert stated(schema) == demands


def test_same() -> None:
    """JSON tells true from 1, but not 1 from 1.0."""
    assert same({"a": [1, "b"]}, {"a": [1.0, "b"]})
    assert not same(True, 1)
    assert not same([0], [False])
