"""Values of another type than the one that a place wants."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any


def wrong_types(kinds: list[str], current: Any) -> Iterator[Any]:
    """What a careless server takes for the right type first: the same value as a text, null, in an array, unwrapped.

    Then one of each type, and what is false in many languages: a server that asks whether there is a value takes it.
    """
    first, *others = _disguised(current)
    yield from (first, None, *others)
    if "integer" in kinds:
        whole = current if isinstance(current, int) and not isinstance(current, bool) else 3
        yield from (whole + 0.5, f"{whole}.0")
    yield from (True, {}, "", 0, [], False, 0.5, 7, "a", {"value": current}, 1, -1, "true", "null", "1e1")


def _disguised(current: Any) -> Iterator[Any]:
    """The same value in another type: what is meant is plain, and wrong."""
    if isinstance(current, list):
        yield from (current[0] if current else "a", json.dumps(current))
        yield from () if any(isinstance(entry, dict | list) for entry in current) else (",".join(map(str, current)),)
    elif isinstance(current, dict):
        yield from ([current], json.dumps(current), *list(current.values())[:1])
    elif isinstance(current, str):
        yield from (7, [current])
    elif isinstance(current, bool):
        yield from (json.dumps(current), [current], json.dumps(not current))
    else:
        yield from (json.dumps(current), [current])


def kind_of(value: Any) -> str:
    """The JSON type of a value, in a word; none for null, which says it itself."""
    names = {bool: "boolean", int: "integer", float: "number", str: "string", list: "array", dict: "object"}
    return names.get(type(value), "") if value is not None else ""
