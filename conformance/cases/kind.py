"""Values of another type than the one that a place wants."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

from conformance.cases.pattern import matching
from conformance.contract.schema import Schema, validator

_DIGITS = "777777777777777"  # as many as a double holds exactly


def wrong_types(kinds: list[str], current: Any, number: int = 7) -> Iterator[Any]:
    """What a careless server takes for the right type first: the same value as a text, null, in an array, unwrapped.

    `number` stands for a text.
    Then one of each type, and what is false in many languages: a server that asks whether there is a value takes it.
    """
    first, *others = _disguised(current, number)
    yield from (first, None, *others)
    if "integer" in kinds:
        whole = current if isinstance(current, int) and not isinstance(current, bool) else 3
        yield from (whole + 0.5, f"{whole}.0")
    yield from (True, {}, "", 0, [], False, 0.5, 7, "a", {"value": current}, 1, -1, "true", "null", "1e1")
    if "integer" in kinds or "number" in kinds:
        yield f"{current}a"  # read to the end of its digits, it is a number


def _disguised(current: Any, number: int) -> Iterator[Any]:
    """The same value in another type: what is meant is plain, and wrong."""
    if isinstance(current, list):
        yield from (current[0] if current else "a", json.dumps(current))
        yield from () if any(isinstance(entry, dict | list) for entry in current) else (",".join(map(str, current)),)
    elif isinstance(current, dict):
        yield from ([current], json.dumps(current), *list(current.values())[:1])
    elif isinstance(current, str):
        yield from (number, [current])
    elif isinstance(current, bool):
        yield from (json.dumps(current), [current], json.dumps(not current))
    else:
        yield from (json.dumps(current), [current])


def kind_of(value: Any) -> str:
    """The JSON type of a value, in a word; none for null, which says it itself."""
    names = {bool: "boolean", int: "integer", float: "number", str: "string", list: "array", dict: "object"}
    return names.get(type(value), "") if value is not None else ""


def number_like(schema: Schema, current: Any) -> int:
    """A number that would fit if it were a text: some servers make one of it before they look at it."""
    low, high = schema.get("minLength", 1), schema.get("maxLength", len(_DIGITS))
    length = min(max(len(current), low, 1), high, len(_DIGITS)) if isinstance(current, str) else 1
    texts = (current, _DIGITS[:length], *islice(matching(schema.get("pattern", ""), low, high), 8))
    plain = (str(text) for text in texts if isinstance(text, str) and text.isdecimal() and text.isascii())
    fits = validator({key: schema[key] for key in ("pattern", "minLength", "maxLength") if key in schema}).is_valid
    return next((int(text) for text in plain if text[0] != "0" and len(text) <= len(_DIGITS) and fits(text)), 7)
