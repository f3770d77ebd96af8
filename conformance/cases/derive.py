"""All cases of an operation: a pure function of contract, profile, seed and what is known of the target."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from conformance.cases.alphabet import alphabet
from conformance.cases.border import bordering
from conformance.cases.case import PLAIN, Case, Document
from conformance.cases.host import Host, Hosts, variant_key
from conformance.cases.keyword import Maker
from conformance.cases.plan import Plan, is_beyond_requests
from conformance.cases.protocol import protocol
from conformance.cases.rehearsal import with_rehearsals
from conformance.cases.rule import combinations, contested, rules, twin_case
from conformance.cases.spread import spread
from conformance.cases.together import together
from conformance.cases.turn import Turns
from conformance.requirements.derive import Placed

RANKS = {"quick": 0, "standard": 1, "thorough": 2}
_COMBINED = {"quick": 4, "standard": 6, "thorough": 400}
QUICK_REPEATS = 2


def derive(hosts: Hosts, plan: Plan) -> list[Case]:
    """The cases of an operation, twins included, in the order in which they are best sent."""
    rank = RANKS[plan.profile]
    made = [case for case in _all(hosts, plan) if case.rank <= rank]
    chosen = [case for case in made if plan.wanted is None or _serves(case, plan.wanted)]
    return completed(hosts, chosen, plan)


def completed(hosts: Hosts, chosen: Iterable[Case], plan: Plan) -> list[Case]:
    """The chosen cases, each once and under a name of its own, with their rehearsals and twins."""
    cases = _numbered(_distinct(chosen))
    if plan.profile == "quick":
        cases = _few(cases)
    return _with_twins(hosts, with_rehearsals(hosts, cases, plan), plan.profile)


def _few(cases: list[Case]) -> list[Case]:
    """Of each requirement the first cases only: one value just inside and one or two just outside."""
    most = {"refuse": 2, "accept": 1, "contested": 1, "survive": 1}
    counts: dict[tuple[str, str], int] = {}
    found = []
    for case in cases:
        key = (case.requirement, case.expect)
        counts[key] = counts.get(key, 0) + 1
        if counts[key] <= most[case.expect]:
            found.append(replace(case, repeat=min(case.repeat, QUICK_REPEATS)))
    return found


def _serves(case: Case, wanted: frozenset[str]) -> bool:
    """Whether a case tells something of what is wanted; answers and states are judged on all that may be accepted."""
    if case.requirement in wanted:
        return True
    return case.expect in ("accept", "contested") and any(map(is_beyond_requests, wanted))


def _all(hosts: Hosts, plan: Plan) -> Iterator[Case]:
    if hosts.missing():
        return
    plain = hosts.plain({}) or next((h for v in hosts.variants if (h := hosts.plain(v))), None)
    if plain is None:
        return
    yield twin_case(hosts, plain)
    for variant in hosts.variants[1:]:
        host = hosts.plain(variant)
        if host is not None:
            yield twin_case(hosts, host)
    accepted = []
    for case in _keywords(hosts, Turns(plan.profile == "thorough")):
        accepted.append(case)
        yield case
    yield from rules(hosts)
    zones = list(contested(hosts))
    yield from zones
    yield from bordering(hosts, accepted, zones)
    yield from combinations(hosts, [c for c in accepted if c.expect == "accept"], plan.seed, _COMBINED[plan.profile])
    if plan.profile == "thorough":
        from conformance.cases.drawn import drawn  # late: the generator is slow to import

        yield from drawn(hosts, plan.seed)
    yield from protocol(hosts, plain, foreign_methods=plan.foreign_methods, taken=plan.taken_methods)


def _keywords(hosts: Hosts, turns: Turns) -> Iterator[Case]:
    hosts.oracle.part()
    maker = Maker(hosts, turns)
    texts: set[str] = set()
    broken: dict[bool, list[Placed]] = {True: [], False: []}
    for placed in hosts.oracle.placed.values():
        made = list(maker.of(placed))
        yield from made
        if placed.is_asserted and placed.requirement.level != "contested":
            broken[any(case.expect == "refuse" for case in made)].append(placed)
        if _spells(placed) and placed.site.pointer not in texts:
            texts.add(placed.site.pointer)
            yield from alphabet(hosts, maker, placed)
    yield from _jointly(hosts, maker, broken[False], broken[True])


def _jointly(hosts: Hosts, maker: Maker, idle: list[Placed], others: list[Placed]) -> Iterator[Case]:
    """What nothing breaks alone, for others at its place say as much: broken at once with those that say the same.

    What is left says no more than one of the others does, which is broken once more, whatever that breaks of it.
    """
    left = []
    for number, placed in enumerate(idle):
        made = _broken(maker, placed) if hosts.oracle.join(placed, idle[number + 1 :]) else []
        yield from made
        if not made and placed.requirement.keyword != "type":
            left.append(placed)
    for placed in others:
        if hosts.oracle.join(placed, left):
            yield from _broken(maker, placed)


def _broken(maker: Maker, placed: Placed) -> list[Case]:
    return [case for case in maker.of(placed) if case.expect == "refuse"]


def _spells(placed: Placed) -> bool:
    """Whether a keyword is the one of its place that says which characters a text may have."""
    keyword = placed.requirement.keyword
    return keyword == "pattern" or (keyword == "type" and "pattern" not in placed.site.schema)


def _numbered(cases: list[Case]) -> list[Case]:
    """Every case has an id of its own: of several that read alike, the later ones are numbered."""
    counts: dict[str, int] = {}
    found = []
    for case in cases:
        count = counts[case.id] = counts.get(case.id, 0) + 1
        found.append(case if count == 1 else replace(case, id=f"{case.id} ({count})"))
    return found


def _distinct(cases: Iterable[Case]) -> list[Case]:
    """Each accepted request once, each refused one once for its requirement."""
    seen: set[str] = set()
    found = []
    for case in cases:
        what = repr((case.request, case.wire, case.given, sorted(case.variant.items())))
        shared = case.expect == "accept" and case.repeat == 1 and not case.requirement.endswith("/optional")
        key = what if shared else f"{case.requirement} {what}"
        if key not in seen:
            seen.add(key)
            found.append(case)
    return found


def _with_twins(hosts: Hosts, cases: list[Case], profile: str) -> list[Case]:
    """The twins that the refusals need, first; then what is accepted, is refused, may be either, and is survived."""
    if profile == "standard":
        cases = together(hosts, cases, frozenset(case.twin_key for case in cases if case.twin_key is not None))
    present = {case.key for case in cases if case.expect in ("accept", "contested") and case.wire == PLAIN}
    twins: dict[str, Case] = {}
    for case in cases:
        key = case.twin_key
        if case.twin is not None and key is not None and key not in present:
            twins.setdefault(key, _twin_of(hosts, case, case.twin, len(twins) + 1))
    if hosts.operation.method == "DELETE" and hosts.operation.state is None:
        return _once(hosts, [*twins.values(), *cases])
    order = {"accept": 0, "refuse": 1, "contested": 2, "survive": 3}
    ordered = sorted([*twins.values(), *cases], key=lambda case: (order[case.expect], _resource(case)))
    return ordered if profile == "quick" else spread(hosts, ordered)


def _resource(case: Case) -> str:
    """Refusals by what they are addressed to: of each resource many are sent before it is looked at."""
    return variant_key(case.variant) if case.expect == "refuse" else ""


def _once(hosts: Hosts, cases: list[Case]) -> list[Case]:
    """What is deleted is gone: every refusal first, then the one call that takes effect."""
    plain = hosts.plain({})
    final = [case for case in cases if case.expect == "accept" and plain is not None and case.request == plain.request]
    return [*(case for case in cases if case.expect in ("refuse", "survive")), *final[:1]]


def _twin_of(hosts: Hosts, case: Case, request: Document, number: int) -> Case:
    twin = twin_case(hosts, Host(request, (), case.variant))
    twin = replace(twin, id=f"{twin.id}, twin {number}", rehearsal=case.rehearsal)
    contested = hosts.oracle.judge(request, hosts.state(case.variant)).contested
    return replace(twin, requirement=contested[0], expect="contested") if contested else twin
