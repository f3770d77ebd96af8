"""What no limit value breaks alone: values that do are sought at its place, then for the body around it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any

from conformance import formats
from conformance.cases.case import Case, described
from conformance.cases.containing import breaking
from conformance.cases.fallback import violations
from conformance.cases.host import BODY, Host, Hosts
from conformance.cases.sample import is_large
from conformance.contract.schema import validator
from conformance.requirements.derive import Placed
from conformance.requirements.site import SchemaPath, at, put

_ONE_OF_EACH: tuple[Any, ...] = ("a", 7, 1.5, True, None, ["a"], {"a": "a"})
VALUES = 20  # that break a keyword in the schema of a place, of which one has to break nothing else in the request


@dataclass(frozen=True, slots=True)
class Around:
    """Makes one case of a keyword from the schemas that it is part of; `case` gives it its form."""

    hosts: Hosts
    case: Callable[..., Case]

    def of(self, placed: Placed) -> Iterator[Case]:
        """A case with the first value that breaks the keyword alone, at its place or else in the body; or none."""
        if not _can_be_broken(placed) or not self._can_be_said(placed):
            return
        contested = placed.requirement.level == "contested"
        for path, host in self._hosts(placed):
            values = self._values(placed, path)
            if values is None:  # as it changes nothing here, it changes nothing of what is around
                return
            for value, request in self._requests(placed, host, values):
                yield self.case(placed, request, "contested" if contested else "refuse", described(value), host, 0)
                return

    def _can_be_said(self, placed: Placed) -> bool:
        """Whether a value of a wrong type has a form there: all that can be said in a text may be a text."""
        if placed.requirement.keyword != "type":
            return True
        fits = validator({"type": placed.site.schema["type"]}).is_valid
        return any(self.hosts.expressible(placed.site, value) for value in _ONE_OF_EACH if not fits(value))

    def _hosts(self, placed: Placed) -> Iterator[tuple[SchemaPath, Host]]:
        """The place of the keyword and the body around it, where a request holds them; a form has no other form."""
        own = placed.site.path
        for path in (own,) if own == BODY or own[:2] != BODY or self.hosts.is_form else (own, BODY):
            host = self.hosts.at(path, self.hosts.variants)
            if host is not None:
                yield path, host

    def _values(self, placed: Placed, path: SchemaPath) -> Iterator[Any] | None:
        """Values that break the keyword in the schema of a place; None if it is proved that there are none."""
        schema, below = at(self.hosts.oracle.schema, path), placed.requirement.schema_path[len(path) :]
        if path != placed.site.path:
            return breaking(schema, below)
        found = violations(schema, below)
        return None if found is None else filter(partial(self.hosts.expressible, placed.site), found)

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
