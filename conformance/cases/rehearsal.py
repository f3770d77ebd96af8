"""Rehearsals: what is refused in earnest is refused when it is only tried, and what is accepted is accepted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from conformance.cases.case import REHEARSED, Case
from conformance.cases.host import Hosts, variant_key
from conformance.cases.plan import Plan
from conformance.requirements.site import merged, rehearses

Counts = dict[tuple[str, str], int]
_MOST = {"quick": 1, "standard": 2, "thorough": 1000}  # refusals of one requirement that are also rehearsed


def with_rehearsals(hosts: Hosts, cases: list[Case], plan: Plan) -> list[Case]:
    """The cases that may be sent, and those of them that are sent once more as rehearsals."""
    rehearsal = hosts.operation.rehearsal
    if rehearsal is None or not plan.rehearsals:
        return cases if plan.real else [case for case in cases if _harmless(hosts, case)]
    counts: Counts = {}
    result, later = list[Case](), list[Case]()
    for case in (_marked(hosts, case) for case in cases):
        result += [case] if plan.real or case.rehearsal else []
        if _is_due(case, plan, counts):
            again = replace(_rehearsed(case, rehearsal.request), group=_place(case))
            beside = case.given is not None and case.expect == "refuse"  # what is set up for it serves both
            if _still_tells(hosts, again):
                (result if beside else later).append(again)
    return [*result, *later, *(_switched_off(hosts, result) if plan.real else ())]


def _switched_off(hosts: Hosts, cases: list[Case]) -> list[Case]:
    """The plain request once more, saying that it is no rehearsal."""
    off = hosts.operation.rehearsal.off if hosts.operation.rehearsal is not None else None
    plain = (case for case in cases if case.requirement.endswith("/response/status/success"))
    twin = next((case for case in plain if not case.rehearsal), None)
    if off is None or twin is None:
        return []
    name = f"{hosts.operation.id}/rehearsal/off"
    return [replace(twin, id=f"{name}#off", requirement=name, request=merged(twin.request, off), sent="switched off")]


def _rehearsed(case: Case, patch: Mapping[str, Any]) -> Case:
    """The same case as a rehearsal."""
    twin = None if case.twin is None else merged(case.twin, patch)
    return replace(case, id=f"{case.id}{REHEARSED}", request=merged(case.request, patch), rehearsal=True, twin=twin)


def _is_due(case: Case, plan: Plan, counts: Counts) -> bool:
    """Whether a case is rehearsed: the first few of each requirement, and of what needs a state of its own one more."""
    if case.given is not None and not plan.real:
        return False  # to set it up is a real call
    of_each = case.requirement.endswith("/response/status/success")  # of each resource one
    apart = case.given is not None and case.expect == "refuse" and plan.profile == "standard"
    kind = case.expect + variant_key(case.variant) if of_each else f"{case.expect} {apart}"
    count = counts[case.requirement, kind] = counts.get((case.requirement, kind), 0) + 1
    return count <= (1 if apart else _most(case, plan)) and _rehearsable(case) and not _spared(case, plan)


def _place(case: Case) -> str:
    """Where the value stands that a case is about; nowhere for what is about the request as a whole."""
    _, said, pointer = case.requirement.partition("/request/")
    return f"/{pointer.rpartition('/')[0]}" if said else ""


def _spared(case: Case, plan: Plan) -> bool:
    """The quick profile rehearses rules and the keywords of one place in four, always the same ones."""
    if plan.profile != "quick" or not plan.real or "/rule/" in case.requirement:
        return False
    return sum(map(ord, case.requirement)) % 4 != 0 or (case.expect == "accept" and "/pattern" not in case.requirement)


def _marked(hosts: Hosts, case: Case) -> Case:
    """A case whose own document already asks for a rehearsal is one."""
    asks = case.expect == "accept" and case.wire.body is None and rehearses(hosts.operation, case.request)
    return replace(case, rehearsal=True) if asks else case


def _still_tells(hosts: Hosts, case: Case) -> bool:
    """Whether the rehearsed request still has the fault; the member that asks for the rehearsal may have been it."""
    if case.expect != "refuse" or case.requirement not in hosts.oracle.placed:
        return True
    return hosts.breaks(case.requirement, case.request)


def _most(case: Case, plan: Plan) -> int:
    """All of them where nothing else may be sent; else the telling ones: refusals more than acceptances."""
    if not plan.real:
        return 1000
    return _MOST[plan.profile] if case.expect == "refuse" else min(_MOST[plan.profile], 1)


def _rehearsable(case: Case) -> bool:
    """A raw body is what it is, and another method is no rehearsal."""
    simple = case.wire.body is None and case.wire.method is None and case.repeat == 1
    body = case.request.get("body")
    firm = case.expect == "refuse" or (case.expect == "accept" and case.twin is None)
    return simple and not case.rehearsal and isinstance(body, dict) and firm


def _harmless(hosts: Hosts, case: Case) -> bool:
    """What may be sent where nothing may change: reads only."""
    return hosts.operation.effect == "reads" and case.wire.method is None
