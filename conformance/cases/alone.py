"""A place alone in a request: whether something has to stand beside it may be contested."""

from __future__ import annotations

from conformance.cases.host import Host, Hosts, optional_paths
from conformance.requirements.site import SchemaPath, drop


def alone(hosts: Hosts, path: SchemaPath) -> list[Host]:
    """The host of a place without all that only contested statements ask for; none where nothing is left to leave out.

    What is wrong in it is refused whichever reading holds; only where the host itself is accepted does that prove much.
    """
    known = hosts.at(path, hosts.variants)
    if known is None:
        return []
    request = known.request
    for member in optional_paths(request):
        if known.path[: len(member)] != member:
            reduced = drop(request, member)
            firm = hosts.oracle.judge(reduced, hosts.state(known.variant)).firm
            request = request if firm else reduced
    return [] if request == known.request else [Host(request, known.path, known.variant)]
