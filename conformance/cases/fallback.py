"""Violations that no written-down limit value shows: the set difference of the algebra, then generate-and-validate."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from conformance.cases.algebra import canonical_form, is_empty, is_within
from conformance.cases.regular import lengths
from conformance.cases.sample import samples
from conformance.cases.small import small
from conformance.contract.schema import Schema, validator
from conformance.requirements.oracle import relax
from conformance.requirements.site import SchemaPath

DRAWN, TRIES = 15, 60  # values drawn from one difference, of so many tries: in a whole body each takes a while


def difference(schema: Schema, path: SchemaPath) -> Any:
    """`R - S`: what the schema without the keyword at `path` admits and with it refuses; None if not computable."""
    strict, loose = canonical_form(schema), canonical_form(relax(schema, path))
    try:
        return None if strict is None or loose is None else loose.subtract(strict)
    except ValueError:
        return None


def vacuous(schema: Schema, path: SchemaPath) -> bool:
    """Whether it is proved that no value can violate the keyword at `path` without violating another one."""
    return _is_implied(schema, path) or is_within(canonical_form(relax(schema, path)), canonical_form(schema))


def _is_implied(schema: Schema, path: SchemaPath) -> bool:
    """Whether a pattern finds no text that is too long or too short: of that the algebra is silent."""
    if path not in (("minLength",), ("maxLength",)) or not isinstance(schema.get("pattern"), str):
        return False
    low, high = lengths(schema["pattern"])
    return bool(schema["minLength"] <= low if path == ("minLength",) else high <= schema["maxLength"])


def violations(schema: Schema, path: SchemaPath) -> Iterator[Any] | None:
    """Values that break only the keyword at `path`, checked on both sides; None if it is proved that there are none.

    A keyword that stands in an alternative, or is referred to, is broken in the schema as a whole.
    """
    if _is_implied(schema, path):
        return None
    found = difference(schema, path)
    return None if is_empty(found) else _checked(found, schema, relax(schema, path))


def _checked(found: Any, schema: Schema, loose: Schema) -> Iterator[Any]:
    refuses, admits = validator(schema), validator(loose)
    for value in _values(found, schema, loose):
        if not refuses.is_valid(value) and admits.is_valid(value):
            yield value


def _values(found: Any, schema: Schema, loose: Schema) -> Iterator[Any]:
    """Values that may do, the computed ones first."""
    described = None if found is None else found.to_json_schema()
    if described is not None:
        yield from islice(samples(described), 20)
    yield from islice(samples(loose), 100)
    yield from small(schema)
    yield from _drawn(loose if described is None else described)


def _drawn(schema: Any) -> Iterator[Any]:
    """Drawn values; imported late, since generating costs most of a second to import."""
    from conformance.cases.draw import draw

    yield from draw(schema, DRAWN, tries=TRIES)
