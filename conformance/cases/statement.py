"""A case of what every endpoint owes, whatever its schema says."""

from __future__ import annotations

from conformance.cases.case import PLAIN, Case, Document, Expectation, Wire
from conformance.cases.host import Host, Hosts


def case_of(  # noqa: PLR0913 - a case has as many aspects
    hosts: Hosts,
    host: Host,
    path: str,
    expect: Expectation,
    sent: str,
    wire: Wire = PLAIN,
    *,
    kind: str = "invalid",
    rank: int = 1,
    repeat: int = 1,
    request: Document | None = None,
) -> Case:
    """A case of the statement at a path, sent as the host's request unless another is given; a refusal has a twin."""
    name = f"{hosts.operation.id}/{path}"
    return Case(
        id=f"{name}#{sent}",
        requirement=name,
        operation=hosts.operation.id,
        request=host.request if request is None else request,
        expect=expect,
        sent=sent,
        kind=kind,
        twin=host.request if expect == "refuse" else None,
        variant=host.variant,
        wire=wire,
        rank=rank,
        repeat=repeat,
    )
