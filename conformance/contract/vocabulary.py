"""The vocabulary of the `x-conformance` extension, as JSON Schemas; an unknown key is refused.

The four places: the root of the document, an operation, a parameter, a schema.
`docs/x-conformance.md` explains each key.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

import jsonschema_rs

from conformance.contract.document import Document, Place
from conformance.requirement import ASSERTIONS, CLOSING, OURS

_TEXT = {"type": "string", "minLength": 1}
_LEVEL = {"enum": ["documented", "implied", "contested"]}
_NAME = {"type": "string", "pattern": "^[A-Za-z0-9_.-]+$"}
_POINTER = {"type": "string", "pattern": "^/"}
_MEMBERS = {"type": "array", "items": _TEXT}


def _closed(properties: dict[str, Any], required: tuple[str, ...] = ()) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}


class Vocabulary:
    """The keys that may stand at one place; compiled once something stands there."""

    def __init__(self, properties: dict[str, Any], required: tuple[str, ...] = ()) -> None:
        self.schema = _closed(properties, required)

    @cached_property
    def validator(self) -> Any:
        """The compiled schema."""
        return jsonschema_rs.Draft202012Validator(self.schema)


def _by_keyword(schema: dict[str, Any], *more: str) -> dict[str, Any]:
    return _closed(dict.fromkeys((*ASSERTIONS, *more), schema))


def _map_of(schema: dict[str, Any], names: dict[str, Any] = _NAME) -> dict[str, Any]:
    return {"type": "object", "propertyNames": names, "additionalProperties": schema}


_SOURCE = _closed({"document": _TEXT, "table": _TEXT, "field": _TEXT}, ("document",))
_STATUSES = {
    "type": "array",
    "minItems": 1,
    "items": {"anyOf": [{"type": "integer", "minimum": 400, "maximum": 499}, {"const": "4XX"}]},
}
_KINDS = ("invalid", "state", "authentication", "unknown", "malformed", "media", "method")
_REFUSAL = _closed(dict.fromkeys(_KINDS, _STATUSES))
_EXAMPLE = _closed(
    {
        "request": {"type": "object"},
        "given": {"type": "object"},
        "self": {"type": "object"},
        "oldSelf": {"type": "object"},
        "response": {"type": "object"},
        "now": {"type": "number"},
        "settings": {"type": "object"},
        "fixture": {"type": "object", "additionalProperties": _NAME},
        "text": _TEXT,
    }
)
_EXAMPLES = {"type": "array", "minItems": 1, "items": _EXAMPLE}
_RULE = {
    "id": _NAME,
    "level": _LEVEL,
    "reading": _TEXT,
    "source": _SOURCE,
    "pointer": _POINTER,
    "text": _TEXT,
    "rule": _TEXT,
    "when": _TEXT,
    "satisfied": _EXAMPLES,
    "violated": _EXAMPLES,
}
_NEEDED = ("id", "text", "rule", "satisfied", "violated")
_REQUIRES = _closed({**_RULE, "refusal": {"enum": list(_KINDS)}}, _NEEDED)
_ENSURES = _closed({**_RULE, "on": {"enum": ["success", "rehearsal", "refusal", "any"]}}, _NEEDED)
_BECOMES = _closed(
    {"member": _TEXT, "when": _POINTER, "value": _TEXT, "unordered": {"type": "boolean"}, "level": _LEVEL},
    ("member", "when", "value"),
)
_DRY_RUN = _closed(
    {
        "request": {"type": "object"},
        "off": {"type": "object"},
        "status": {"type": "integer"},
        "reading": _TEXT,
        "source": _SOURCE,
    },
    ("request", "status"),
)
_OBSERVE = _closed(
    {"operation": _TEXT, "request": _TEXT, "value": _TEXT, "disturbs": _MEMBERS},
    ("operation", "value"),
)
_STATE = _closed(
    {
        "fixture": _NAME,
        "observe": {"type": "array", "minItems": 1, "items": _OBSERVE},
        "restore": _closed({"operation": _TEXT, "request": _TEXT}, ("operation", "request")),
    },
    ("fixture", "observe"),
)
_SETTING = _closed({"default": {}, "text": _TEXT}, ("default",))

_STATEMENTS = _map_of(
    _closed({"level": _LEVEL, "source": _SOURCE, "reading": _TEXT, "text": _TEXT}),
    {"type": "string", "pattern": "^[A-Za-z0-9_./-]+$"},
)

ROOT = Vocabulary(
    {
        "statements": _STATEMENTS,
        "version": {"const": 1},
        "documents": _map_of(_closed({"title": _TEXT, "updated": _TEXT, "text": _TEXT}, ("title",))),
        "readings": _map_of(_closed({"level": _LEVEL, "text": _TEXT}, ("level", "text"))),
        "fixtures": _map_of(_closed({"text": _TEXT, "self": {"type": "object"}})),
        "settings": _map_of(_SETTING),
        "unpublished": _TEXT,
        "states": _map_of(_STATE),
        "refusal": _REFUSAL,
    },
    ("version",),
)
OPERATION = Vocabulary(
    {
        "statements": _STATEMENTS,
        "source": _SOURCE,
        "effect": {"enum": ["reads", "changes", "disrupts"]},
        "supporting": {"type": "boolean"},
        "state": _NAME,
        "shows": _TEXT,
        "dry_run": _DRY_RUN,
        "refusal": _REFUSAL,
        "becomes": {"type": "array", "items": _BECOMES},
        "free": _MEMBERS,
        "requires": {"type": "array", "items": _REQUIRES},
        "ensures": {"type": "array", "items": _ENSURES},
    }
)
_ZONE = _closed(
    {
        "id": _NAME,
        "reading": _TEXT,
        "text": _TEXT,
        "source": _SOURCE,
        "schema": {"type": ["object", "boolean"]},
        "examples": {"type": "array", "minItems": 1},
    },
    ("id", "text", "schema", "examples"),
)
_COMMON = {
    "source": _SOURCE,
    "level": _LEVEL,
    "reading": _TEXT,
    "text": _TEXT,
    "levels": _by_keyword(_LEVEL, *CLOSING, *OURS),
    "readings": _by_keyword(_TEXT, *CLOSING, *OURS),
    "texts": _by_keyword(_TEXT, *CLOSING, *OURS),
    "contested": {"type": "array", "items": _ZONE},
}
SCHEMA = Vocabulary({**_COMMON, "settings": _by_keyword(_NAME), "distinct": {"type": "boolean"}})
PARAMETER = Vocabulary({**_COMMON, "fixture": _NAME, "unknown": _STATUSES})
RESPONSE = Vocabulary({key: _COMMON[key] for key in ("source", "level", "reading", "text")})


def check(document: Document, value: Any, vocabulary: Vocabulary, place: Place, file: Path | None = None) -> None:
    """Refuse an extension that does not follow the vocabulary, naming its line."""
    if value == {} and not vocabulary.schema["required"]:
        return
    for error in vocabulary.validator.iter_errors(value):
        where: Place = (*place, *error.instance_path, *getattr(error.kind, "unexpected", [])[:1])
        raise document.error(
            f"x-conformance: {error.message}", where, file, hint="docs/x-conformance.md lists the keys"
        )
