"""How the schema of a body is read, and what it then admits."""

from __future__ import annotations

from typing import Any

from conformance.contract.schema import validator
from tests.toy_contracts import JSON, answering, only_operation, posting

TREE: dict[str, Any] = {
    "type": "object",
    "required": ["name"],
    "properties": {
        "name": {"type": "string"},
        "children": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}},
    },
}


def sent(schema: Any, **rest: Any) -> Any:
    """A schema as it is read for a request body."""
    body = only_operation(posting(schema, **rest)).body
    assert body is not None
    return body.schema


def received(schema: Any, **rest: Any) -> Any:
    """A schema as it is read for an answer."""
    return only_operation(answering(schema, **rest)).answers["200"].content[JSON]


def accepts(schema: Any, value: Any) -> bool:
    """Whether the read schema admits a value."""
    return bool(validator(schema).is_valid(value))
