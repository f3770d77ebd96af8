"""A requirement: one sentence of the contract that a server can break."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Level = Literal["documented", "implied", "contested"]
Side = Literal["request", "response", "state", "protocol"]

ASSERTIONS = (
    *("type", "enum", "const", "minLength", "maxLength", "pattern", "format", "minimum", "maximum"),
    *("exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minItems", "maxItems", "uniqueItems", "contains"),
    *("minContains", "maxContains", "minProperties", "maxProperties", "propertyNames", "dependentRequired"),
    *("dependentSchemas", "not", "oneOf", "anyOf", "if", "unevaluatedItems", "unevaluatedProperties"),
)
CLOSING = ("additionalProperties", "items")  # where they are false
OURS = ("required", "optional", "absent", "distinct")  # `required` of one member; the others JSON Schema does not know


@dataclass(frozen=True, slots=True)
class Source:
    """Where the contract says so: a document's title, table and field; `place` is file:line of the contract."""

    document: str
    table: str = ""
    field: str = ""
    place: str = ""

    def stated(self, node: Mapping[str, Any]) -> Source:
        """The source that a part of `x-conformance` states; this one, which it inherits, if it states none."""
        own = node.get("source")
        return Source(*(str(own.get(name, "")) for name in ("document", "table", "field"))) if own else self

    def __str__(self) -> str:
        return ", ".join(part for part in (f"{self.document} {self.table}".strip(), self.field) if part)


@dataclass(frozen=True, slots=True)
class Requirement:
    """One assertion keyword or rule at its place; `id` is stable when others are inserted or removed."""

    id: str
    operation: str
    side: Side
    pointer: str  # e.g. /body/address_group/name ; an array item is /*
    keyword: str  # a JSON Schema keyword, or the id of a rule
    level: Level
    source: Source
    text: str  # one sentence
    reading: str | None = None
    schema_path: tuple[str | int, ...] = ()  # where the keyword stands in the request or response schema

    @property
    def refusal(self) -> str:
        """The kind of refusal of what breaks a keyword; what has no body has no media type either."""
        if self.pointer.startswith("/path/"):
            return "malformed"
        return "media" if (self.pointer, self.keyword) == ("/body", "required") else "invalid"
