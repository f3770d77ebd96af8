"""Cases of presence: a member that is missing and has to be there, and one that may be left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from conformance.cases.build import Path
from conformance.cases.case import Case
from conformance.cases.host import Host, Hosts
from conformance.requirements.derive import Placed
from conformance.requirements.site import at, drop, put, values_at


@dataclass(frozen=True, slots=True)
class Presence:
    """Makes the cases of members from hosts; `case` makes one of them, `elsewhere` those of one entry among many."""

    hosts: Hosts
    case: Callable[..., Case]
    elsewhere: Callable[[Placed, Host, Any], Iterator[Case]]

    def of(self, placed: Placed) -> Iterator[Case]:
        """The cases of one `required` or `optional` member; none if no valid request holds the member."""
        keyword, member = str(placed.requirement.schema_path[-2]), str(placed.requirement.schema_path[-1])
        path = (*placed.site.path, "properties", member)
        known = member in placed.site.schema.get("properties", {})
        host = self.hosts.at(path if known else placed.site.path, self.hosts.variants)
        place = None if host is None else host.path if known else (*host.path, member)
        held = None if host is None or place is None else at(host.request, place[:-1])
        if host is None or place is None or not isinstance(held, dict) or member not in held:
            return
        without = drop(host.request, place)
        if keyword == "required":
            yield from self._missing(placed, host, without, member)
            yield from self._unwrapped(placed, host, place, member)
        else:
            yield from self._left_out(placed, host, without, member)

    def _missing(self, placed: Placed, host: Host, without: Any, member: str) -> Iterator[Case]:
        """What is missing is missing in the smallest request, in larger ones, on other fixtures, and in one of many."""
        contested = placed.requirement.level == "contested"
        if self.hosts.breaks(placed.requirement.id, without):
            yield self.case(placed, without, "contested" if contested else "refuse", f"without {member}", host, 0)
        else:
            yield from islice(self._missing_beside(placed, member), 1)
        if contested or member not in placed.site.schema.get("properties", {}):
            return
        for larger in self.hosts.larger((*placed.site.path, "properties", member)):
            request = drop(larger.request, larger.path)
            if self.hosts.breaks(placed.requirement.id, request):
                yield self.case(placed, request, "refuse", f"without {member}", larger, 1)
        if len(host.path) > 1 and isinstance(host.path[-2], int):
            entry = at(host.request, host.path[:-1])
            whole = Host(host.request, host.path[:-1], host.variant)
            yield from self.elsewhere(placed, whole, {k: v for k, v in entry.items() if k != member})

    def _missing_beside(self, placed: Placed, member: str) -> Iterator[Case]:
        """What is missing is missing beside another member: in a form an object without members cannot be told."""
        for other in placed.site.schema.get("properties", {}):
            host = self.hosts.at((*placed.site.path, "properties", other), self.hosts.variants)
            if host is None or other == member:
                continue
            request = drop(host.request, (*host.path[:-1], member))
            if placed.requirement.level != "contested" and self.hosts.breaks(placed.requirement.id, request):
                yield self.case(placed, request, "refuse", f"{other} without {member}", host, 0)

    def _unwrapped(self, placed: Placed, host: Host, place: Path, member: str) -> Iterator[Case]:
        """What belongs into a member stands beside it: the member is missing, whatever else may be contested."""
        inner = at(host.request, place)
        if placed.requirement.level == "contested" or not isinstance(inner, dict) or len(place) < 2:
            return
        outer = {name: value for name, value in at(host.request, place[:-1]).items() if name != member}
        request = put(host.request, place[:-1], {**outer, **inner})
        oracle = self.hosts.oracle
        if not oracle.validator.is_valid(request) and oracle.relaxed(placed.requirement.id).is_valid(request):
            yield self.case(placed, request, "refuse", f"the members of {member} without {member}", host, 1)

    def _left_out(self, placed: Placed, host: Host, without: Any, member: str) -> Iterator[Case]:
        if placed.requirement.level != "contested" and not self.hosts.accepts(without, host.variant):
            without = next((r for r in self.hosts.bases(host.variant) if self._lacks(r, placed, host.variant)), without)
        for request, sent in ((host.request, f"with {member}"), (without, f"without {member}")):
            if placed.requirement.level == "contested" or not self.hosts.accepts(request, host.variant):
                judged = self.hosts.oracle.judge(request, self.hosts.state(host.variant))
                if not judged.firm and sent.startswith("without") and placed.requirement.level == "contested":
                    yield self.case(placed, request, "contested", sent, host, 0)
                continue
            yield self.case(placed, request, "accept", sent, host, 0)

    def _lacks(self, request: Any, placed: Placed, variant: Any) -> bool:
        absent = not any(True for _ in values_at(request, placed.requirement.pointer))
        return absent and self.hosts.accepts(request, variant)
