"""One entry among many: what is wrong in a single one of them, and much that is right side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from conformance.cases.array import arrays_of
from conformance.cases.build import Path
from conformance.cases.host import Host, Hosts
from conformance.requirements.site import SchemaPath, at, put

FEW, LARGE = 3, 100  # entries: of an array without a limit, and of the largest that is filled


@dataclass(frozen=True, slots=True)
class Array:
    """The innermost array that the place of a host stands in, and what leads from an entry to the place."""

    host: Host
    outer: Path
    inner: Path
    schema: Any

    @property
    def most(self) -> int:
        """How many entries it may have, as far as many are tried."""
        most = self.schema.get("maxItems", FEW)
        return int(most) if most <= LARGE else FEW

    def holding(self, entries: list[Any]) -> Any:
        """The host's request with these entries."""
        return put(self.host.request, self.outer, entries)

    def entry(self, good: Any, value: Any) -> Any:
        """An entry with a value at the place."""
        return put(good, self.inner, value) if self.inner else value


def entry_of(host: Host) -> int | None:
    """Where in the path of a host the position in the innermost array stands; None if it leads into none."""
    return next((i for i in reversed(range(len(host.path))) if isinstance(host.path[i], int)), None)


def array_of(hosts: Hosts, path: SchemaPath, host: Host) -> Array | None:
    """The array of a place that a schema path leads to; None if it is in none."""
    index = entry_of(host)
    if index is None:
        return None
    schema = schema_at(hosts.oracle.schema, array_path(path))
    if not isinstance(schema, dict) or "items" not in schema:
        return None
    return Array(host, host.path[:index], host.path[index + 1 :], schema)


def spots(hosts: Hosts, array: Array) -> Iterator[tuple[list[Any], int]]:
    """A large array of valid entries that all have the place, and each position where one of them tells something."""
    for count in dict.fromkeys((array.most, min(FEW, array.most))):
        good = next(filled(hosts, array, count), None)
        if good is not None:
            yield from ((good, position) for position in sorted({0, min(1, count - 1), count // 2, count - 1}))
            return


def second(host: Host, pointer: str, wrong: Any) -> Any | None:
    """The host's request where a wrong value stands in a map after the right one; None where its place is in no map."""
    parts = pointer.split("/")[1:]
    steps = enumerate(zip(parts, host.path, strict=False))
    keys = [index for index, (part, step) in steps if part == "*" and isinstance(step, str)]
    if not keys or len(parts) != len(host.path):
        return None
    outer, key, inner = host.path[: keys[-1]], host.path[keys[-1]], host.path[keys[-1] + 1 :]
    good = at(host.request, (*outer, key))
    return put(host.request, outer, {key: good, f"{key}{key}": put(good, inner, wrong) if inner else wrong})


def filled(hosts: Hosts, array: Array, count: int) -> Iterator[list[Any]]:
    """Arrays of so many valid entries, which all have the place if that is possible."""
    here, place = at(array.host.request, array.outer), at(array.host.request, array.host.path)
    repeated = [here[0]] * count if here and not array.schema.get("uniqueItems") else []
    for good in [*arrays_of(array.schema, count, here), repeated]:
        alike = [array.entry(each, place) for each in good] if array.inner else good
        for entries in (alike, good):
            if len(entries) == count and hosts.accepts(array.holding(entries), array.host.variant):
                yield entries


def schema_at(schema: Any, path: SchemaPath) -> Any:
    """The subschema at a schema path."""
    for part in path:
        schema = schema[part]
    return schema


def array_path(path: SchemaPath) -> SchemaPath:
    """The schema path of the innermost array that a schema path leads into."""
    index = max((i for i, part in enumerate(path) if part == "items"), default=0)
    return path[:index]
