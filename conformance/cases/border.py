"""Limits that nothing firm reaches: beside something contested they are due, where that is accepted by itself.

A capacity of 0 holds only for a group without entries, and whether a group can be emptied is contested. A target that
empties groups has no reason to refuse that capacity; of another one nothing is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from conformance.cases.case import Case, Document, described
from conformance.cases.host import Hosts
from conformance.cases.rule import contested
from conformance.requirements.derive import Placed
from conformance.requirements.site import put, values_at

_LIMITS = ("minimum", "maximum")


def bordering(hosts: Hosts, made: Iterable[Case]) -> Iterator[Case]:
    """For each limit of a number in the body that no accepted case reaches, one that does, if there is any."""
    accepted = [case.request for case in made if case.expect == "accept"]
    zones = list(contested(hosts))
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
    limit = placed.site.schema[placed.requirement.keyword]
    for zone in zones if host is not None else ():
        state = hosts.state(zone.variant)
        request = put(zone.request, host.path, limit) if host is not None else zone.request
        judged = hosts.oracle.judge(request, state)
        if not judged.firm and judged.contested == hosts.oracle.judge(zone.request, state).contested:
            name, sent = placed.requirement.id, f"{described(limit)} beside {zone.sent}"
            yield Case(
                f"{name}#{sent}", name, hosts.operation.id, request, "accept", sent, twin=zone.request,
                variant=zone.variant,
            )  # fmt: skip
            return
