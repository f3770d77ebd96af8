"""Arrays within arrays: their items, first ones and others."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from conformance.compat.lift import lifted
from conformance.compat.outcome import Outcome
from conformance.contract.schema import Schema

if TYPE_CHECKING:
    from conformance.compat.inclusion import Inclusion


def parts(inclusion: Inclusion, narrow: Schema, wide: Schema) -> Iterator[Outcome]:
    """What the second schema says of items, place by place."""
    first = max(len(narrow.get("prefixItems", [])), len(wide.get("prefixItems", [])))
    longest = narrow.get("maxItems", first + 1)
    for index in range(min(first, longest)):
        found = inclusion.compare(item(narrow, index), item(wide, index))
        yield _lifted(narrow, index, found.below(str(index)))
    if longest > first:
        found = inclusion.compare(narrow.get("items", True), wide.get("items", True))
        yield _lifted(narrow, first, found.below("*"))


def item(schema: Schema, index: int) -> Any:
    """The schema of the item at an index."""
    listed = schema.get("prefixItems", [])
    return listed[index] if index < len(listed) else schema.get("items", True)


def _lifted(narrow: Schema, index: int, found: Outcome) -> Outcome:
    """The outcome of an item as one of its array."""
    return lifted(found, partial(_hosting, narrow, index))


def _hosting(schema: Schema, index: int, value: Any) -> Schema:
    """The schema of arrays that have this very value at an index."""
    listed = [item(schema, place) for place in range(max(index, len(schema.get("prefixItems", []))))]
    listed[index : index + 1] = [{"enum": [value]}]
    return {**schema, "prefixItems": listed, "minItems": max(index + 1, schema.get("minItems", 0))}
