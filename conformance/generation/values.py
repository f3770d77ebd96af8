"""Values of a JSON Schema, drawn by an interface that is not public."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis.strategies import SearchStrategy

DRAFT_2020_12 = 20  # as jsonschema_rs numbers the drafts


def strategy(schema: Mapping[str, Any] | bool, formats: dict[str, SearchStrategy[str]]) -> SearchStrategy[Any] | None:
    """The values that a schema (draft 2020-12) admits, `nothing()` if there are none; None if it cannot be modelled.

    A `$ref` is followed inside the schema only. A format that is not in `formats` constrains nothing. What is built
    is kept as long as the same `formats` object is handed in.
    """
    from schemathesis.core.errors import InvalidSchema, UnsupportedSchema
    from schemathesis.generation.jsonschema.builder import build

    try:
        return build(schema if isinstance(schema, bool) else dict(schema), draft=DRAFT_2020_12, formats=formats)
    except (InvalidSchema, UnsupportedSchema):
        return None
