"""Violations that no written-down limit value shows: the set difference of the algebra, then drawing from it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from jsonschema_rs import canonical, canonicalize

from conformance.cases.sample import samples
from conformance.contract.schema import Schema, retrieve
from conformance.requirements.oracle import relax, validator

DRAWN = 15  # values drawn from one difference; whole bodies cost up to half a second each
_EXTENSIONS = ("x-conformance", "examples")


def difference(schema: Schema, keyword: str) -> Any:
    """`R - S`: what the schema without `keyword` admits and with it refuses; None where the algebra has no answer."""
    try:
        strict = canonicalize(schema, draft=20, validate_formats=True, retriever=retrieve)
        return canonicalize(relax(schema, (keyword,)), draft=20, validate_formats=True, retriever=retrieve).subtract(
            strict
        )
    except ValueError:
        return None


def vacuous(schema: Schema, keyword: str) -> bool:
    """Whether it is proved that no value can violate `keyword` without violating another one."""
    found = difference(schema, keyword)
    return found is not None and found.satisfiability() is canonical.Satisfiability.NO


def violations(schema: Schema, keyword: str) -> Iterator[Any]:
    """Values that break only `keyword`, computed from the difference or drawn from it; checked on both sides."""
    found = difference(schema, keyword)
    if found is not None and found.satisfiability() is canonical.Satisfiability.NO:
        return
    strict, loose = validator(schema), validator(relax(schema, (keyword,)))
    for value in _values(found, relax(schema, (keyword,))):
        if not strict.is_valid(value) and loose.is_valid(value):
            yield value


def _values(found: Any, loose: Schema) -> Iterator[Any]:
    if found is not None:
        described = found.to_json_schema()
        yield from islice(samples(described), 20)
        yield from _drawn(described)
    yield from islice(samples(loose), 100)
    yield from _drawn({key: value for key, value in loose.items() if key not in _EXTENSIONS})


def _drawn(schema: Any) -> Iterator[Any]:
    """Drawn values; imported late, since generating costs most of a second to import."""
    from conformance.cases.draw import draw

    yield from draw(schema, DRAWN)
