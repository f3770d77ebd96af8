"""Two versions of a contract, operation by operation."""

from __future__ import annotations

from dataclasses import dataclass, field

from conformance.compat import answers, requests, rules, security, webhooks
from conformance.compat.finding import CALLERS, Comparison, Finding, Witness
from conformance.compat.inclusion import Inclusion
from conformance.compat.side import Described, Side


@dataclass(frozen=True)
class Judges:
    """The comparers of one run, which share what they learn: described members only, or every admitted one."""

    described: Inclusion = field(default_factory=lambda: Inclusion(described=True))
    admitted: Inclusion = field(default_factory=lambda: Inclusion(described=False))


def compare(old: Side, new: Side) -> Comparison:
    """Every finding, in the order of the old version; what only the new version has comes as `added`."""
    judges = Judges()
    findings: list[Finding] = []
    unchanged = 0
    partners = _partners(old, new)
    for route, before in old.operations.items():
        after = partners.get(route)
        found = _operation(before, after, old, new, judges) if after is not None else [_removed(before)]
        unchanged += after is not None and not found
        findings += found
    findings += webhooks.compare(old, new, judges.admitted)
    taken = {(each.operation.method, each.route) for each in partners.values()}
    added = tuple(
        f"{method} {each.operation.path}"
        for (method, route), each in new.operations.items()
        if (method, route) not in taken
    )
    return Comparison(old.name, new.name, tuple(findings), len(old.operations), added, unchanged)


def name_of(described: Described) -> str:
    """How an operation is called in findings."""
    return f"{described.operation.method} {described.operation.path}"


def _partners(old: Side, new: Side) -> dict[tuple[str, str], Described]:
    """Each operation's partner: the one of its whole path, else the one of its path below another base path."""
    found = {route: new.operations[route] for route in old.operations if route in new.operations}
    left = {(each.operation.method, each.own): each for route, each in new.operations.items() if route not in found}
    for route, each in old.operations.items():
        moved = left.get((each.operation.method, each.own))
        if route not in found and moved is not None:
            found[route] = moved
    return found


def _moved(name: str, before: Described, after: Described) -> list[Finding]:
    if before.route == after.route:
        return []
    text = f"the base path changed: it is {after.operation.path} now"
    return [Finding(CALLERS, name, "operation", "moved", text)]


def _operation(before: Described, after: Described, old: Side, new: Side, judges: Judges) -> list[Finding]:
    name = name_of(before)
    found = [
        *_moved(name, before, after),
        *security.compare(name, before, after),
        *requests.compare(name, before, after, judges.described),
        *answers.compare(name, before, after, judges.admitted, judges.described),
        *rules.compare(name, before, after, old.settings, new.settings),
    ]
    return list({(f.verdict, f.place, f.keyword, f.text): f for f in found}.values())


def _removed(before: Described) -> Finding:
    sample = requests.example(before)
    witness = Witness("request", sample[0], "it worked; the new version has no such operation") if sample else None
    return Finding(CALLERS, name_of(before), "operation", "removed", "the operation is gone", witness)
