"""Limits that nothing firm reaches: beside something contested they are due, where that is accepted by itself.

A capacity of 0 holds only for a group without entries, and whether a group can be emptied is contested. A target that
empties groups has no reason to refuse that capacity; of another one nothing is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from conformance.cases.case import Case, Document, described
from conformance.cases.host import Hosts
from conformance.requirements.derive import Placed
from conformance.requirements.site import put, values_at

_LIMITS = ("minimum", "maximum")


def bordering(hosts: Hosts, made: Iterable[Case], zones: list[Case]) -> Iterator[Case]:
    """For each limit of a number in the body that no accepted case reaches, one that does beside a contested case."""
    accepted = [case.request for case in made if case.expect == "accept"]
    for placed in hosts.oracle.placed.values():
        if zones and _is_limit(placed) and not _is_reached(placed, accepted):
            yield from _beside(hosts, placed, zones)


def _is_limit(placed: Placed) -> bool:
    requirement = placed.requirement
    firm = requirement.level != "contested" and requirement.pointer.startswith("/body/")
    return firm and requirement.keyword in _LIMITS and "*" not in requirement.pointer


def _is_reached(placed: Placed, accepted: list[Document]) -> bool:
    limit, pointer = placed.site.schema[placed.requirement.keyword], placed.requirement.pointer
    return any(value == limit for request in accepted for _, value in values_at(request, pointer))


def _beside(hosts: Hosts, placed: Placed, zones: list[Case]) -> Iterator[Case]:
    host = hosts.at(placed.site.path, hosts.variants)
    if host is None:
        return
    name, limit = placed.requirement.id, placed.site.schema[placed.requirement.keyword]
    for zone in zones:
        request, state = put(zone.request, host.path, limit), hosts.state(zone.variant)
        judged = hosts.oracle.judge(request, state)
        if not judged.firm and judged.contested == hosts.oracle.judge(zone.request, state).contested:
            sent = f"{described(limit)} beside {zone.sent}"
            case = Case(f"{name}#{sent}", name, hosts.operation.id, request, "accept", sent, twin=zone.request)
            yield replace(case, variant=zone.variant)
            return
