"""What the algebra of schemas proves about two sets; a proof or nothing, never a guess."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from jsonschema_rs import canonicalize
from jsonschema_rs.canonical.json import to_string

from conformance.cases.algebra import is_empty, is_within
from conformance.compat import stated
from conformance.contract import schema as contract_schema

LARGEST = 20_000  # characters of a schema; canonical forms of larger ones take seconds


def key(schema: Any) -> str:
    """A text that is the same for schemas that are written alike, whatever the order of their keywords."""
    return to_string(schema)


def covered(narrow: Any, wide: Any) -> bool:
    """Whether it is proved that `wide` admits whatever `narrow` admits."""
    return is_within(_canonical(key(narrow)), _canonical(key(wide)))


def empty(schema: Any) -> bool:
    """Whether it is proved that a schema admits nothing."""
    return is_empty(_canonical(key(schema)))


def difference(wide: Any, narrow: Any) -> Any:
    """The schema of what `wide` admits and `narrow` does not; None where the algebra has no answer."""
    mine, theirs = _canonical(key(wide)), _canonical(key(narrow))
    if mine is None or theirs is None:
        return None
    try:
        return mine.subtract(theirs).to_json_schema()
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def _canonical(text: str) -> Any:
    import json

    if len(text) > LARGEST:
        return None
    try:
        return canonicalize(json.loads(text), draft=20, validate_formats=True, retriever=retrieve)
    except (ValueError, TypeError):
        return None


@lru_cache(maxsize=1024)
def retrieve(uri: str) -> Any:
    """The recursive schema that a URI names, without annotations."""
    return stated.stated(contract_schema.retrieve(uri))
