"""Cases for the keywords of a request: each one just broken, and just kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import islice
from typing import Any

from conformance import formats
from conformance.cases.alone import alone
from conformance.cases.among import LARGE, array_of, entry_of, filled, second, spots
from conformance.cases.around import Around
from conformance.cases.array import arrays_of
from conformance.cases.candidate import candidates
from conformance.cases.case import Candidate, Case, Expectation, described
from conformance.cases.host import Host, Hosts, Variant
from conformance.cases.presence import Presence
from conformance.cases.sample import samples
from conformance.cases.turn import Turns
from conformance.requirements.derive import Placed
from conformance.requirements.site import SchemaPath, at, put

# Of one keyword at one place; patterns and formats excepted, where each tells something else.
MOST_BROKEN = 7
MOST_CONTESTED = 2
MOST_TYPES = 10  # there are more wrong types than limits
MOST_KEPT = 6
KINDS = 6  # forms of a format that its near misses depart from
MOST_IN_PATH = 20  # texts that do not match the pattern of an identity: each kind of them once
_UNLIMITED = ("pattern", "format", "enum", "const")


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes the cases of one operation's keywords from its hosts; of a format's near misses those whose turn it is."""

    hosts: Hosts
    turns: Turns = field(default_factory=lambda: Turns(True))
    _alone: dict[SchemaPath, list[Host]] = field(default_factory=dict)
    _kin: dict[tuple[SchemaPath, str, str], Host] = field(default_factory=dict)

    def of(self, placed: Placed) -> Iterator[Case]:
        """The cases of one keyword, the telling ones first; none if no valid request contains its place."""
        keyword = placed.requirement.keyword
        if keyword in ("required", "optional"):
            if placed.site.pointer != "/path":
                made = list(Presence(self.hosts, self.case, self._elsewhere).of(placed))
                yield from made or (self._around(placed) if keyword == "required" else ())
            return
        host = self.hosts.at(placed.site.path, self.hosts.variants)
        if host is None:
            yield from self._around(placed)
            return
        yield from self._given(placed, host) if keyword == "absent" else self._about(placed, host)

    def _about(self, placed: Placed, host: Host) -> Iterator[Case]:
        """Values about the limits of a keyword, broken and kept, as many as tell something."""
        broken = kept = 0
        most, most_kept = _most(placed)
        for candidate in self._candidates(placed, host):
            if broken >= most and kept >= most_kept:
                break
            case = self._case(placed, host, candidate)
            if case is None or (kept >= most_kept if case.expect == "accept" else broken >= most):
                continue
            if case.expect == "accept":
                yield replace(case, group="" if _is_path(placed) else placed.site.pointer)
                kept += 1
                continue
            moved = self._surrounded(placed, candidate, case, broken) or self._second(placed, host, candidate, broken)
            yield moved or case
            broken += 1
            if broken == 1:
                yield from self._elsewhere(placed, host, candidate.value)
        if broken == 0:
            yield from self._around(placed)
        elif placed.requirement.keyword == "maxItems":
            yield from self._full(placed, host)

    def _full(self, placed: Placed, host: Host) -> Iterator[Case]:
        """As many entries as there may be, on each other fixture: what fits there may be of another kind."""
        most = int(placed.site.schema["maxItems"])
        for variant in self.hosts.variants if most <= LARGE else ():
            other = self.hosts.at(placed.site.path, [variant]) if variant != host.variant else None
            if other is not None:
                arrays = arrays_of(placed.site.schema, most, at(other.request, other.path))
                made = (put(other.request, other.path, entries) for entries in arrays if len(entries) == most)
                for request in islice((each for each in made if self.hosts.accepts(each, variant)), 1):
                    yield self.case(placed, request, "accept", f"{most} entries", other, 1)

    def _surrounded(self, placed: Placed, candidate: Candidate, case: Case, number: int) -> Case | None:
        """The second fault and those after it stand in larger requests, on other fixtures, and alone in a request.

        A check that is skipped when something else is given, or nothing else, or for some resources, is found by that.
        """
        name, path = placed.requirement.id, placed.site.path
        if number == 0 or placed.requirement.level == "contested":
            return None
        for other in [*self.hosts.larger(path), *self._bare(path)][number - 1 : number]:
            rules = self._rules(case.request, case.variant)
            for made in self._instead(placed, candidate, at(other.request, other.path)):
                host = self._akin(placed, other, made.value)
                request = put(host.request, host.path, made.value)
                if self.hosts.breaks(name, request) and self._rules(request, host.variant) <= rules:
                    return self.case(placed, request, "refuse", made.sent, host, 1)
        return None

    def _bare(self, path: SchemaPath) -> list[Host]:
        if path not in self._alone:
            self._alone[path] = alone(self.hosts, path)
        return self._alone[path]

    def _second(self, placed: Placed, host: Host, candidate: Candidate, number: int) -> Case | None:
        """Below an array every other wrong type stands in the second of two entries: some servers look at the first."""
        array = array_of(self.hosts, placed.site.path, host)
        if array is None or placed.requirement.keyword != "type" or number < 4 or number % 2:
            return None
        for good in islice(filled(self.hosts, array, 2), 1):
            two = Host(array.holding(good), (*array.outer, 1, *array.inner), host.variant)
            case = self._case(placed, two, replace(candidate, sent=f"{candidate.sent} in the second entry"))
            return case if case is not None and case.expect != "accept" else None
        return None

    def _instead(self, placed: Placed, candidate: Candidate, current: Any) -> Iterator[Candidate]:
        """The same fault, then others for what stands there; a wrong type stays the same, but of that value."""
        others = candidates(placed.site.schema, placed.requirement.keyword, current)
        if placed.requirement.keyword != "type":
            yield candidate
            yield from others
            return
        wrong = list(others)
        host = self.hosts.at(placed.site.path, self.hosts.variants)
        own = [] if host is None else candidates(placed.site.schema, "type", at(host.request, host.path))
        alike = (made for made, one in zip(wrong, own, strict=False) if repr(one.value) == repr(candidate.value))
        yield from (*islice(alike, 1), candidate, *(m for m in wrong if type(m.value) is type(candidate.value)))

    def _rules(self, request: Any, variant: Variant) -> frozenset[str]:
        return self.hosts.oracle.rules_broken(request, self.hosts.state(variant))

    def _candidates(self, placed: Placed, host: Host) -> Iterator[Candidate]:
        current = at(host.request, host.path)
        made = candidates(placed.site.schema, placed.requirement.keyword, current)
        if placed.requirement.keyword == "pattern" and _is_path(placed):
            made = iter(sorted(made, key=lambda c: (len(str(c.value)) == 1, c.rank)))  # of few, those that tell most
        seen: list[str] = []
        for candidate in self.turns.due(placed.site.schema, made) if placed.requirement.keyword == "format" else made:
            mark = f"{type(candidate.value).__name__} {candidate.value!r}"
            if mark not in seen and self.hosts.expressible(placed.site, candidate.value):
                seen.append(mark)
                yield candidate

    def _akin(self, placed: Placed, host: Host, value: Any) -> Host:
        """For a near miss of a format the host that holds the valid form from which it departs.

        A server of IPv4 entries refuses what looks like IPv6 for that alone: only where the valid form is accepted does
        the refusal of its near miss tell something.
        """
        known = formats.REGISTRY.get(placed.site.schema.get("format", ""))
        if placed.requirement.keyword != "format" or known is None or known.builtin or not isinstance(value, str):
            return host
        kin = likest(known.valid[:KINDS], value)
        key = (placed.site.path, kin, repr(host.request))
        if key not in self._kin:
            self._kin[key] = self._holding(placed, kin, host) or host
        return self._kin[key]

    def _holding(self, placed: Placed, value: str, host: Host) -> Host | None:
        """A host with this valid value at its place: this one, or the smallest on another fixture."""
        for other in [host, *(self.hosts.at(placed.site.path, [variant]) for variant in self.hosts.variants)]:
            for each in () if other is None else (other, *_lone(other)):
                request = put(each.request, each.path, value)
                if self.hosts.accepts(request, each.variant):
                    return Host(request, each.path, each.variant)
        return None

    def _case(self, placed: Placed, found: Host, candidate: Candidate) -> Case | None:
        requirement = placed.requirement
        host = self._akin(placed, found, candidate.value)
        request = put(host.request, host.path, candidate.value)
        if self.hosts.breaks(requirement.id, request):
            expect: Expectation = "contested" if requirement.level == "contested" else "refuse"
            return self.case(placed, request, expect, candidate.sent, host, candidate.rank)
        if self._other_identity(placed) or self._lenient(candidate.value) or _beyond_format(placed, candidate.value):
            return None
        for variant in [host.variant, *self.hosts.variants]:
            moved = request
            if not _is_path(placed):
                moved = {**request, "path": self.hosts.frame(variant).get("path", {})}
            if self.hosts.accepts(moved, variant):
                return self.case(
                    placed, moved, "accept", candidate.sent, Host(moved, host.path, variant), candidate.rank
                )
        return None

    def _other_identity(self, placed: Placed) -> bool:
        """Another valid value of a path parameter is an unknown one, unless the contract lists all there are."""
        if not _is_path(placed):
            return False
        listed = placed.requirement.keyword in ("enum", "const") and "404" not in self.hosts.operation.answers
        return not listed

    def _lenient(self, value: Any) -> bool:
        """What a faithful server may refuse though JSON Schema admits it.

        OpenAPI 3.0 leaves open whether 3.0 is an integer; beyond 53 bits numbers are not interoperable (RFC 8259).
        """
        if isinstance(value, float) and value.is_integer():
            return self.hosts.operation.strict_integers
        return isinstance(value, int) and abs(value) >= 2**53

    def case(self, placed: Placed, request: Any, expect: Expectation, sent: str, host: Host, rank: int) -> Case:
        """A case of this requirement; a refusal has the host as its twin."""
        return Case(
            id=f"{placed.requirement.id}#{sent}",
            requirement=placed.requirement.id,
            operation=self.hosts.operation.id,
            request=request,
            expect=expect,
            sent=sent,
            kind=placed.requirement.refusal,
            twin=host.request if expect == "refuse" else None,
            variant=host.variant,
            rank=rank,
        )

    def _elsewhere(self, placed: Placed, host: Host, wrong: Any) -> Iterator[Case]:
        """What is wrong stands first, second, in the middle and last among many, and only there."""
        if placed.requirement.level == "contested":
            return
        request = second(host, placed.site.pointer, wrong)
        if request is not None and self.hosts.breaks(placed.requirement.id, request):
            yield self.case(placed, request, "refuse", f"{described(wrong)} as the second member", host, 1)
        array = array_of(self.hosts, placed.site.path, host)
        if array is None:
            return
        for good, position in spots(self.hosts, array):
            twin = Host(array.holding(good), host.path, host.variant)
            if position == 0:
                yield self.case(placed, twin.request, "accept", f"{len(good)} entries", twin, 1)
            request = array.holding(put(good, (position,), array.entry(good[position], wrong)))
            if self.hosts.breaks(placed.requirement.id, request):
                sent = f"{described(wrong)} as entry {position + 1} of {len(good)}"
                rank = 0 if position == len(good) - 1 else 1
                yield self.case(placed, request, "refuse", sent, twin, rank)

    def _around(self, placed: Placed) -> Iterator[Case]:
        return Around(self.hosts, self.case).of(placed)

    def _given(self, placed: Placed, host: Host) -> Iterator[Case]:
        """What has to be left out is given: the first value that nothing else forbids."""
        pointer, member = placed.requirement.pointer, str(placed.requirement.schema_path[-1])
        elsewhere = (p.site.schema for p in self.hosts.oracle.placed.values() if p.site.pointer == pointer)
        for value in (*(v for schema in elsewhere for v in islice(samples(schema), 1)), "a", 7, True):
            request = put(host.request, (*host.path, member), value)
            if self.hosts.breaks(placed.requirement.id, request):
                yield self.case(placed, request, "refuse", f"with {member}", host, 0)
                return


@lru_cache(maxsize=10_000)
def likest(forms: tuple[str, ...], text: str) -> str:
    """Of some texts the one most like another, the first of equals."""
    matcher = SequenceMatcher(None, b=text)
    bounds = []
    for index, form in enumerate(forms):
        matcher.set_seq1(form)
        bounds.append((matcher.quick_ratio(), -index))
    found = (-1.0, 0)
    for bound, place in sorted(bounds, reverse=True):  # the likeliest first: most others need no closer look
        if bound < found[0]:
            break
        matcher.set_seq1(forms[-place])
        found = max(found, (matcher.ratio(), place))
    return forms[-found[1]]


def _lone(host: Host) -> Iterator[Host]:
    """The host with only that entry of an array in which its place lies: another may be the value to be put there."""
    index = entry_of(host)
    if index is not None:
        request = put(host.request, host.path[:index], [at(host.request, host.path[: index + 1])])
        yield Host(request, (*host.path[:index], 0, *host.path[index + 1 :]), host.variant)


def _most(placed: Placed) -> tuple[int, int]:
    """How many values that break a keyword, and that keep it, are tried; of what is only noted few will do."""
    keyword = placed.requirement.keyword
    if placed.requirement.level == "contested":
        return MOST_CONTESTED, MOST_CONTESTED
    if keyword in _UNLIMITED and not _is_path(placed):
        return 10_000, 10_000
    if keyword == "pattern":
        return MOST_IN_PATH, MOST_KEPT
    return MOST_TYPES if keyword == "type" else MOST_BROKEN, MOST_KEPT


def _is_path(placed: Placed) -> bool:
    return placed.requirement.pointer.startswith("/path/")


def _beyond_format(placed: Placed, value: Any) -> bool:
    """Whether a number lies outside what its format, an annotation, says that it holds."""
    known = formats.REGISTRY.get(placed.site.schema.get("format", ""))
    numeric = isinstance(value, int | float) and known is not None and known.applies_to == "number"
    return numeric and known is not None and not known.check(value)
