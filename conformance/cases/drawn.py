"""Cases that Hypothesis draws: where randomness finds what no limit value shows. Of the thorough profile only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from conformance.cases.case import Case, described
from conformance.cases.draw import draw
from conformance.cases.fallback import difference
from conformance.cases.host import Hosts
from conformance.cases.keyword import Maker
from conformance.requirements.derive import Placed
from conformance.requirements.site import put

ACCEPTED = 120  # whole requests
BROKEN = 6  # values for each keyword


def drawn(hosts: Hosts, seed: int) -> Iterator[Case]:
    """Whole valid requests, and for each keyword values out of what it alone excludes."""
    yield from accepted(hosts, seed)
    maker = Maker(hosts)
    for placed in hosts.oracle.placed.values():
        if placed.site.pointer and placed.is_asserted:
            yield from broken(hosts, maker, placed, seed)


def accepted(hosts: Hosts, seed: int, count: int = ACCEPTED) -> Iterator[Case]:
    """Whole drawn requests that every reading accepts."""
    body = hosts.operation.body
    if body is None or hosts.is_form:
        return
    name = f"{hosts.operation.id}/response/status/success"
    for variant in hosts.variants:
        frame = hosts.frame(variant)
        for value in draw(body.schema, count, seed):
            request = {**frame, "body": value}
            if not _extreme(value) and hosts.accepts(request, variant):
                sent = f"drawn: {described(value)}"
                yield Case(f"{name}#{sent}", name, hosts.operation.id, request, "accept", sent, variant=variant, rank=2)


def _extreme(value: Any) -> bool:
    """Whether a number in it is larger than what every implementation holds exactly (RFC 8259, 6)."""
    if isinstance(value, dict | list):
        return any(map(_extreme, value.values() if isinstance(value, dict) else value))
    return isinstance(value, int | float) and abs(value) >= 2**53


def broken(hosts: Hosts, maker: Maker, placed: Placed, seed: int) -> Iterator[Case]:
    """Requests with drawn values that break one keyword and nothing else."""
    host = hosts.at(placed.site.path, hosts.variants)
    if host is None:
        return
    for value in _values(placed, seed):
        request = put(host.request, host.path, value)
        fair = hosts.expressible(placed.site, value)
        if fair and hosts.breaks(placed.requirement.id, request):
            contested = placed.requirement.level == "contested"
            yield maker.case(placed, request, "contested" if contested else "refuse", _words(value), host, 2)


def _values(placed: Placed, seed: int) -> list[Any]:
    found = difference(placed.site.schema, placed.below)
    return [] if found is None else draw(found.to_json_schema(), BROKEN, seed)


def _words(value: Any) -> str:
    return f"drawn: {described(value)}"
