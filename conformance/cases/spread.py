"""Updates that name one member only, with time between them: there it shows whether what moves with updates does."""

from __future__ import annotations

from conformance.cases.case import PLAIN, Case
from conformance.cases.host import Hosts
from conformance.requirements.site import reaches, values_at


def spread(hosts: Hosts, cases: list[Case]) -> list[Case]:
    """The cases in their order, but for each member an update of it alone, which stands among the refusals."""
    lone = _lone(hosts, cases) if hosts.operation.state is not None else []
    chosen = {id(case) for case in lone}
    rest = [case for case in cases if id(case) not in chosen]
    updating = next((index for index, case in enumerate(rest) if case.expect == "refuse" and case.given), len(rest))
    refusals = [i for i, case in enumerate(rest[:updating]) if case.expect == "refuse" and not case.variant]
    gap = len(refusals) // (len(lone) or 1)
    if not lone or not gap:
        return cases
    before = {refusals[(number + 1) * gap - 1]: case for number, case in enumerate(lone)}
    return [each for index, case in enumerate(rest) for each in (*_at(before, index), case)]


def _at(before: dict[int, Case], index: int) -> tuple[Case, ...]:
    return (before[index],) if index in before else ()


def _lone(hosts: Hosts, cases: list[Case]) -> list[Case]:
    """For each member that an update may name a case that names no other, best with a value of its own.

    A small one, after which most of the others still fit; a twin only if there is no other, and that before the rest.
    """
    plain, found = hosts.plain({}), dict[str, list[tuple[bool, bool, int, Case]]]()
    twins = {case.twin_key for case in cases}
    for case in filter(_is_plain, cases):
        named = {each.when for each in hosts.operation.becomes if reaches(case.request, each.when)}
        if len(named) == 1:
            pointer = named.pop()
            usual = plain is not None and _values(case, pointer) == [v for _, v in values_at(plain.request, pointer)]
            rank = (case.key in twins, usual, len(repr(case.request)))
            found.setdefault(pointer, []).append((*rank, case))
    best = [min(ranked, key=lambda each: each[:3]) for ranked in found.values()]
    return [case for *_, case in sorted(best, key=lambda each: not each[0])]


def _values(case: Case, pointer: str) -> list[object]:
    return [value for _, value in values_at(case.request, pointer)]


def _is_plain(case: Case) -> bool:
    """Whether a case is sent as it stands, and if it is contested, as a whole only."""
    fit = case.expect == "accept" or (case.expect == "contested" and "/rule/" in case.requirement)
    odd = case.rehearsal or case.given is not None or case.variant or case.parts or case.repeat > 1
    return fit and not odd and case.wire == PLAIN and not case.requirement.endswith("/response/status/success")
