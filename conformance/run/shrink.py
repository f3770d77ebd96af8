"""Shrinking: of a drawn value that a target wrongly accepts, the smallest one that Hypothesis can find."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from conformance.cases.case import Case, described
from conformance.cases.draw import strategies
from conformance.cases.fallback import difference
from conformance.cases.host import Host, Hosts
from conformance.requirements.site import at, put
from conformance.run.session import Session

TRIES = 60  # values that are drawn until one is accepted
LONG = 100  # characters of a value written down: to shrink longer ones takes minutes, and few get much shorter
MOST = 120  # values that are sent for one failure


def shrunk(session: Session, hosts: Hosts, case: Case) -> Case | None:
    """The smallest case of the same requirement that the target accepts too; None if none smaller is found.

    Each value is checked before it is sent: it breaks this requirement and nothing else, also after shrinking.
    """
    placed = hosts.oracle.placed.get(case.requirement)
    host = hosts.at(placed.site.path, hosts.variants) if placed is not None else None
    if placed is None or host is None or _size(at(case.request, host.path))[0] > LONG:
        return None
    found = difference(placed.site.schema, placed.below)
    value = _smallest(session, hosts, case, host, found) if found is not None else _NOTHING
    if value is _NOTHING or _size(value) >= _size(at(case.request, host.path)):
        return None
    sent = f"shrunk: {described(value)}"
    return replace(case, id=f"{case.requirement}#{sent}", sent=sent, request=put(host.request, host.path, value))


def _size(value: Any) -> tuple[int, str]:
    """What smaller means: shorter when written down, then plainer."""
    text = repr(value)
    return len(text), text


def _smallest(session: Session, hosts: Hosts, case: Case, host: Host, found: Any) -> Any:
    from hypothesis import Phase, Verbosity, find, settings
    from hypothesis.errors import NoSuchExample

    from conformance.generation import strategy

    built = strategy(found.to_json_schema(), strategies())
    if built is None or built.is_empty:
        return _NOTHING
    phases = [Phase.generate, Phase.shrink]
    quiet = settings(max_examples=TRIES, database=None, derandomize=True, phases=phases, verbosity=Verbosity.quiet)
    known: dict[str, bool] = {}

    def accepted(value: Any) -> bool:
        request, text = put(host.request, host.path, value), repr(value)
        if text not in known and len(known) < MOST and hosts.breaks(case.requirement, request):
            step = session.send(hosts.operation, request, case.wire, "probe", case)
            known[text] = 200 <= step.status < 300
        return known.get(text, False)

    try:
        return find(built, accepted, settings=quiet)
    except NoSuchExample:
        return _NOTHING


_NOTHING: Any = object()
