"""Whether cases are what they say, as another validator judges them."""

from __future__ import annotations

from typing import Any

from conformance.cases.case import PLAIN, Case
from conformance.cases.host import Hosts
from tests.cases import independent


def plainly(cases: list[Case]) -> list[Case]:
    """The cases that send their document as it is."""
    return [case for case in cases if case.wire == PLAIN]


def check_soundness(hosts: Hosts, cases: list[Case]) -> int:
    """Assert the law for every case of a keyword; how many there were.

    With it may be broken, at its place, what nothing breaks alone: it says no more.
    """
    full = independent.validator(hosts.operation.request_schema)
    loose: dict[str, Any] = {}
    alone: set[tuple[str | int, ...]] = set()
    also: set[tuple[str | int, ...]] = set()
    count = 0
    for case in plainly(cases):
        placed = hosts.oracle.placed.get(case.requirement)
        if case.expect == "accept":
            assert full.is_valid(case.request), (case.id, case.request)
            count += 1
        elif placed is not None and placed.requirement.keyword != "optional":
            if case.requirement not in loose:
                schema = independent.without(hosts.operation.request_schema, placed.requirement)
                loose[case.requirement] = independent.validator(schema)
            assert not full.is_valid(case.request), (case.id, case.request)
            more = {tuple(error.absolute_schema_path) for error in loose[case.requirement].iter_errors(case.request)}
            assert all(path[:-1] == placed.site.path for path in more), (case.id, case.request)
            also |= more
            alone |= set() if more else {placed.requirement.schema_path}
            count += 1
        if case.twin is not None:
            assert full.is_valid(case.twin), (case.id, case.twin)
    assert not also & alone
    return count
