"""Arrays at the limits of how many entries they have, and of which."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from conformance.cases.case import Candidate, described
from conformance.cases.sample import MOST_ENTRIES, entries, like, sample, samples
from conformance.contract.schema import Schema, validator


def by_count(keyword: str, schema: Schema, current: Any) -> Iterator[Candidate]:
    """Arrays about the limits of a number of entries, those of the keyword itself first."""
    low, high = schema.get("minItems", 0), schema.get("maxItems")
    upper = {} if high is None else {max(high - 1, 0): 1, high: 0, high + 1: 0, high * 2: 1, high + 80: 1}
    lower = {low: 0, max(low - 1, 0): 0, low + 1: 1, 2: 1}
    sizes = (lower | upper if keyword == "minItems" else upper | lower).items()
    for count, rank in ((count, rank) for count, rank in sizes if count <= MOST_ENTRIES):
        for items in arrays_of(schema, count, current):
            yield Candidate(items, f"{count} {'entry' if count == 1 else 'entries'}", rank)


def arrays_of(schema: Schema, count: int, current: Any) -> Iterator[list[Any]]:
    """Arrays of so many valid entries: those that stand there already first, then computed ones."""
    prefix = [sample(item) for item in schema.get("prefixItems", [])]
    here = list(current) if isinstance(current, list) else []
    rest = max(count - len(prefix), 0)
    for offset in (0, 12, 24):
        try:
            more = entries(schema.get("items", True), rest, offset)
        except LookupError:
            return
        yield (prefix + more)[:count]
    fresh = [e for e in islice(samples(schema.get("items", True)), 4 * count) if e not in here]
    yield (here + fresh)[:count]
    if here:
        yield (here + [entry for entry in like(here[0]) if entry not in here])[:count]


def by_unique(schema: Schema, current: Any) -> Iterator[Candidate]:
    """Arrays of different entries, and with one of them twice."""
    low = max(schema.get("minItems", 0), 3)
    for items in islice(arrays_of(schema, low, current), 2):
        yield Candidate(items, f"{len(items)} different entries", 0)
        yield Candidate([*items[:-1], items[0]], "the first entry again as the last", 0)
        yield Candidate([items[0], items[0]], "one entry twice", 0)


def by_end(schema: Schema, current: Any) -> Iterator[Candidate]:
    """An entry more than the array has places for."""
    if isinstance(current, list):
        here = [*current, *(sample(item) for item in schema.get("prefixItems", [])[len(current) :])]
        for more in (*here[-1:], "a", 7, None):
            yield Candidate([*here, more], f"{described(more)} as entry {len(here) + 1}", 0)


def by_contained(schema: Schema, current: Any) -> Iterator[Candidate]:
    """Arrays with as many fitting entries as are just allowed, and one more or fewer; none where nothing has to fit."""
    if "contains" not in schema:
        return
    low, high = schema.get("minContains", 1), schema.get("maxContains")
    fits, of_all = validator(schema["contains"]).is_valid, schema.get("items", True)
    here = current if isinstance(current, list) else []
    other = [entry for entry in (*here, *islice(samples(of_all), 3)) if not fits(entry)][:1]
    known = list(samples({"allOf": [of_all, schema["contains"]]}))
    for count in dict.fromkeys((low, low - 1, *(() if high is None else (high, high + 1)))):
        fitting = [known[index % len(known)] for index in range(count)] if known else []
        if len(fitting) == count:
            yield from (Candidate([*fitting, *rest], f"{count} fitting entries", 0) for rest in (other, []))
