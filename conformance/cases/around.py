"""What no limit value breaks alone: it is sought at its place, then in the places around the alternatives it is in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from conformance import formats
from conformance.cases.case import Case, described
from conformance.cases.containing import breaking
from conformance.cases.fallback import violations
from conformance.cases.host import BODY, Host, Hosts
from conformance.cases.sample import is_large
from conformance.requirements.derive import Placed
from conformance.requirements.site import SchemaPath, around, at, put

VALUES = 20  # that break a keyword in the schema of a place, of which one has to break nothing else in the request
CHOICES = ("allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas")


@dataclass(frozen=True, slots=True)
class Around:
    """Makes one case of a keyword from the schemas that it is part of; `case` makes it a case."""

    hosts: Hosts
    case: Callable[..., Case]

    def of(self, placed: Placed) -> Iterator[Case]:
        """A case with the first value that breaks the keyword alone, of the smallest place that has one; or none."""
        if not _can_be_broken(placed):
            return
        contested = placed.requirement.level == "contested"
        for path, host in self._hosts(placed):
            schema, below = at(self.hosts.oracle.schema, path), placed.requirement.schema_path[len(path) :]
            values = violations(schema, below) if path == placed.site.path else breaking(schema, below)
            if values is None:  # as it changes nothing here, it changes nothing of what is around
                return
            if path == placed.site.path:
                values = (value for value in values if self.hosts.expressible(placed.site, value))
            for value, request in self._requests(placed, host, values):
                yield self.case(placed, request, "contested" if contested else "refuse", described(value), host, 0)
                return

    def _hosts(self, placed: Placed) -> Iterator[tuple[SchemaPath, Host]]:
        """Its own place, those around the alternatives that it is in, innermost first, and the body; where they are."""
        own, whole = placed.site.path, placed.requirement.schema_path
        outer = [path for path in around(whole) if path == BODY or (path[:2] == BODY and whole[len(path)] in CHOICES)]
        for path in dict.fromkeys((own, *reversed([] if self.hosts.is_form else outer))):
            host = self.hosts.at(path, self.hosts.variants)
            if host is not None:
                yield path, host

    def _requests(self, placed: Placed, host: Host, values: Iterator[Any]) -> Iterator[tuple[Any, Any]]:
        """The values that break nothing but the keyword in a request, and the request with each."""
        for value in islice(values, VALUES):
            request = put(host.request, host.path, value)
            if self.hosts.breaks(placed.requirement.id, request):
                yield value, request


def _can_be_broken(placed: Placed) -> bool:
    """Whether anything breaks a keyword: no value is made for a huge limit, or for a text that is opaque."""
    keyword, schema = placed.requirement.keyword, placed.site.schema
    known = formats.REGISTRY.get(schema["format"]) if keyword == "format" else None
    checked = known is not None and known.applies_to == "string" and bool(known.near_misses)
    return checked if keyword == "format" else not is_large(schema, keyword)
