"""Cases for rules, contested zones and the request as a whole: the examples of the contract, sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from random import Random
from typing import Any

from conformance.cases.among import LARGE
from conformance.cases.array import arrays_of
from conformance.cases.case import Case, Document, described
from conformance.cases.host import Host, Hosts, optional_paths, variant_key
from conformance.contract.operation import Rule
from conformance.requirements.derive import zone_requirement, zones
from conformance.requirements.protocol import rule_requirement
from conformance.requirements.site import drop, merged, put, unescape, values_at


def rules(hosts: Hosts) -> Iterator[Case]:
    """Each `requires` rule broken by one step and kept at its limit, as its examples have it."""
    for rule in hosts.operation.requires:
        name = rule_requirement(hosts.operation, rule).id
        for kind in ("satisfied", "violated"):
            for number, example in enumerate(getattr(rule, kind)):
                yield from _example(hosts, rule, name, kind, number, example)
                turned = _reversed(example)
                if kind == "violated" and rule.level != "contested" and (turned != example or number == 0):
                    among = _among(hosts, name, turned)
                    how = "among other members" if turned == example else "entries in reverse"
                    if turned != example or among != example:
                        yield from _example(hosts, rule, name, f"{kind}, {how},", number, among)
                if kind == "violated" and rule.level != "contested" and number == 0:
                    for position, crowded in _crowded(hosts, rule, name, example):
                        yield from _example(hosts, rule, name, f"{kind}, entry {position + 1},", number, crowded)


def _example(hosts: Hosts, rule: Rule, name: str, kind: str, number: int, example: Mapping[str, Any]) -> Iterator[Case]:
    variant = {fixture: str(chosen) for fixture, chosen in example.get("fixture", {}).items()}
    if any(f"{fixture}.{chosen}" not in hosts.fixtures for fixture, chosen in variant.items()):
        return
    given = example.get("given")
    broken = kind.startswith("violated")
    request = _completed(hosts, name, variant, example, broken)
    if request is None:
        return
    expect = "contested" if rule.level == "contested" else ("refuse" if broken else "accept")
    sent = str(example.get("text") or described(request.get("body")))
    host = hosts.plain(variant) or hosts.plain({})
    if not broken and (rule.level == "contested" or hosts.oracle.judge(request, example.get("self", {})).contested):
        return  # whether it is accepted tells nothing of this rule
    yield Case(
        id=f"{name}#{kind} {number + 1}",
        requirement=name,
        operation=hosts.operation.id,
        request=request,
        expect=expect,  # type: ignore[arg-type]
        sent=sent,
        kind=rule.refusal,
        twin=host.request if host is not None and expect == "refuse" else None,
        variant=variant,
        given=None if given is None else _framed(hosts, variant, given),
        rank=0 if number == 0 and kind in ("satisfied", "violated") else 1,
    )


def _framed(hosts: Hosts, variant: Mapping[str, str], parts: Mapping[str, Any]) -> Document:
    """These parts of a request, to the resource of the variant."""
    frame = hosts.frame(variant)
    return {**frame, **parts, "path": frame.get("path", {})}


def _completed(
    hosts: Hosts, name: str, variant: Mapping[str, str], example: Mapping[str, Any], broken: bool
) -> Document | None:
    """The example's request; what it does not say but must be there, as for a rule on states, is what may be sent."""
    request = _framed(hosts, variant, example.get("request", {}))
    if hosts.oracle.validator.is_valid(request):
        return request
    for base in hosts.bases(variant):  # not only those that are accepted: it may be the state that forbids them
        whole: Document = merged(base, request)
        judged = hosts.oracle.judge(whole, example.get("self", {}))
        if judged.breaks_only(name) if broken else judged.acceptable:
            return whole
    return None


def _among(hosts: Hosts, name: str, example: Mapping[str, Any]) -> Mapping[str, Any]:
    """The example in a larger request, if it still breaks its rule and nothing else there; else as it is."""
    for host in hosts.plains({}):
        whole = merged(host.request, example.get("request", {}))
        for request in (whole, *(drop(whole, member) for member in optional_paths(whole))):
            larger = len(str(request["body"])) > len(str(example.get("request", {}).get("body")))
            if larger and hosts.oracle.judge(request, example.get("self", {})).breaks_only(name):
                return {**example, "request": request}
    return example


def _crowded(
    hosts: Hosts, rule: Rule, name: str, example: Mapping[str, Any]
) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The one entry of an example that breaks the rule, in the middle and last among as many as there may be."""
    placed = next((p for p in hosts.oracle.placed.values() if p.site.pointer == rule.pointer), None)
    entries = [value for _, value in values_at(example.get("request", {}), rule.pointer)]
    most = placed.site.schema.get("maxItems", LARGE + 1) if placed is not None else 0
    if placed is None or most > LARGE or not entries or not isinstance(entries[0], list) or len(entries[0]) != 1:
        return
    path = tuple(unescape(part) for part in rule.pointer.split("/")[1:])
    good = [value for other in rule.satisfied for _, value in values_at(other.get("request", {}), rule.pointer)]
    whole = {**hosts.frame({}), **example["request"]}
    for position in (most // 2, most - 1):
        made = (
            put(whole, path, [*many[:position], *entries[0], *many[position + 1 :]])
            for known in good[:1]
            for many in arrays_of(placed.site.schema, most, known)
        )
        fitting = (r for r in made if hosts.oracle.judge(r, example.get("self", {})).breaks_only(name))
        yield from ((position, {**example, "text": None, "request": request}) for request in islice(fitting, 1))


def _reversed(value: Any) -> Any:
    """The example with every array of the request in reverse: what was last and wrong is first now."""
    if isinstance(value, list):
        return [_reversed(item) for item in reversed(value)]
    if isinstance(value, Mapping):
        return {name: inner if name in ("self", "given") else _reversed(inner) for name, inner in value.items()}
    return value


def contested(hosts: Hosts) -> Iterator[Case]:
    """The examples of every contested zone; what the target does with them is noted."""
    for zone in zones(hosts.operation):
        name = zone_requirement(hosts.operation, zone).id
        path = next((p.site.path for p in hosts.oracle.placed.values() if p.site.pointer == zone.pointer), None)
        host = hosts.at(path, hosts.variants) if path is not None else None
        if host is None:
            continue
        for number, value in enumerate(zone.examples):
            request = put(host.request, host.path, value)
            yield Case(
                id=f"{name}#{number + 1}",
                requirement=name,
                operation=hosts.operation.id,
                request=request,
                expect="contested",
                sent=described(value),
                variant=host.variant,
                rank=min(number, 2) if number != 1 else 1,
            )


def combinations(hosts: Hosts, accepted: list[Case], seed: int, count: int) -> Iterator[Case]:
    """Accepted values of several places at once: what each alone is fine with, all together are."""
    random = Random(seed)  # noqa: S311 - repeatable, not secret
    mergeable = [case for case in accepted if case.expect == "accept" and not case.variant and case.given is None]
    seen: set[str] = set()
    for _ in range(count * 3 if len(mergeable) > 1 else 0):
        parts = random.sample(mergeable, 2)
        request = merged(parts[0].request, parts[1].request)
        if repr(request) in seen or not hosts.accepts(request, {}):
            continue
        seen.add(repr(request))
        sent = f"{parts[0].sent} with {parts[1].sent}"
        name = parts[0].requirement
        yield Case(f"{name}#{sent}", name, hosts.operation.id, request, "accept", sent)
        if len(seen) >= count:
            return


def twin_case(hosts: Hosts, host: Host) -> Case:
    """The host itself as a case: accepted, it makes the refusals of its faulty likes tell something."""
    name = f"{hosts.operation.id}/response/status/success"
    sent = "a valid request"
    return Case(
        f"{name}#{variant_key(host.variant)}{sent}",
        name,
        hosts.operation.id,
        host.request,
        "accept",
        sent,
        variant=host.variant,
        rank=0,
    )
