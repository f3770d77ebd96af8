"""Acceptances sent together: what each alone is fine with, all together are. Where they are not, each is sent alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import reduce
from itertools import zip_longest
from typing import Any

from conformance.cases.case import PLAIN, Case
from conformance.cases.host import Hosts, variant_key

ROOM = 18  # cases whose values share an array: fewer than the entries that such arrays commonly have room for
ALONE = 2  # of each place so many are sent alone whatever happens, save on rehearsals, where they are sent again
Part = list[Case]  # what is taken or left as a whole


def together(hosts: Hosts, cases: list[Case], needed: frozenset[str]) -> list[Case]:
    """The cases, those of different groups joined as far as the contract accepts it; `needed` twins stay alone."""
    waiting: dict[tuple[str, str], list[Case]] = {}
    for case in cases:
        if _may_join(case) and case.key not in needed:
            kind = f"{variant_key(case.variant)} {case.rehearsal}"
            waiting.setdefault((kind, case.group), []).append(case)
    joint = [case for row in _rows(waiting) for case in _joined(hosts, row)]
    taken = {part.id for case in joint for part in case.parts}
    return [*(case for case in cases if case.id not in taken), *joint]


def _may_join(case: Case) -> bool:
    plain = case.wire == PLAIN and case.given is None and case.repeat == 1
    return bool(case.group) and case.expect == "accept" and plain


def _rows(waiting: dict[tuple[str, str], list[Case]]) -> Iterator[list[Part]]:
    """The first part of each place, then the second of each; those of one array are one part."""
    for kind in dict.fromkeys(kind for kind, _ in waiting):
        places = [_parts(group, cases) for (of, group), cases in waiting.items() if of == kind]
        yield from ([part for part in row if part] for row in zip_longest(*places))


def _parts(group: str, cases: list[Case]) -> list[Part]:
    room = ROOM if "/*" in group else 1
    cases = cases if cases[0].rehearsal else cases[ALONE:]
    return [cases[start : start + room] for start in range(0, len(cases), room)]


def _joined(hosts: Hosts, row: Iterable[Part]) -> Iterator[Case]:
    """One case of all parts that go together; a part that does not is one of its own, if it has several cases."""
    request, taken = None, Part()
    for part in row:
        own, fitting = _fitting(hosts, part)
        both = own if request is None else joined(request, own)
        if _accepted(hosts, both, part):
            request, taken = both, taken + fitting
        elif len(fitting) > 1:
            yield _case(own, fitting)
    if len(taken) > 1:
        yield _case(request, taken)


def _fitting(hosts: Hosts, part: Part) -> tuple[Any, Part]:
    """The cases of a part in one request: all of them, or those that go together from the first on."""
    whole = reduce(joined, (case.request for case in part))
    if len(part) == 1 or _accepted(hosts, whole, part):
        return whole, part
    request, taken = part[0].request, part[:1]
    for case in part[1:]:
        both = joined(request, case.request)
        if _accepted(hosts, both, part):
            request, taken = both, [*taken, case]
    return request, taken


def _accepted(hosts: Hosts, request: Any, part: Part) -> bool:
    return request is not CONFLICT and hosts.accepts(request, part[0].variant)


def _case(request: Any, parts: Part) -> Case:
    more = f"and {len(parts) - 1} more"
    first = parts[0]
    return replace(
        first, id=f"{first.id} {more}", request=request, sent=f"{first.sent} {more}", parts=tuple(parts), group=""
    )


def joined(one: Any, other: Any) -> Any:
    """Two documents in one: of objects every member, of arrays every entry; CONFLICT where a value would be two."""
    if one is CONFLICT or other is CONFLICT:
        return CONFLICT
    if isinstance(one, dict) and isinstance(other, dict):
        both = {
            **other,
            **{name: joined(value, other[name]) if name in other else value for name, value in one.items()},
        }
        return CONFLICT if any(value is CONFLICT for value in both.values()) else both
    if isinstance(one, list) and isinstance(other, list):
        return [*one, *(entry for entry in other if repr(entry) not in map(repr, one))]
    return one if repr(one) == repr(other) else CONFLICT


CONFLICT: Any = object()
