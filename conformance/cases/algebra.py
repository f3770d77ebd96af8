"""The algebra of JSON Schema: a schema as the set of its values. It proves or has no answer, and never guesses."""

from __future__ import annotations

from typing import Any

from jsonschema_rs import canonical, canonicalize

from conformance.contract.schema import Schema, retrieve


def canonical_form(schema: Schema | bool) -> Any:
    """The set of the values that a schema admits; None where the algebra does not model it."""
    try:
        return canonicalize(schema, draft=20, validate_formats=True, retriever=retrieve)
    except ValueError:
        return None


def is_empty(found: Any) -> bool:
    """Whether a set is proved to hold no value."""
    return found is not None and found.satisfiability() is canonical.Satisfiability.NO


def is_within(narrow: Any, wide: Any) -> bool:
    """Whether it is proved that every value of `narrow` is one of `wide`; much cheaper than to subtract."""
    if narrow is None or wide is None:
        return False
    try:
        return narrow == wide or bool(wide.covers(narrow) is canonical.Containment.YES)
    except ValueError:  # an operand that is not modelled
        return False
