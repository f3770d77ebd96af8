"""`python -m bench.seeds [SEEDS]`: over many seeds, no alarm on the faithful emulator, and every case is what it says.

Most cases are the same whatever the seed: limits, alphabets, types. What depends on it are the accepted values that are
combined and the values that are drawn, and only these are made anew for each seed: combinations of accepted values,
some whole drawn bodies, and drawn violations of one keyword, each keyword in its turn.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from conformance import suite
from conformance.cases.case import PLAIN, Case
from conformance.cases.derive import completed, derive
from conformance.cases.drawn import accepted, broken
from conformance.cases.host import Hosts
from conformance.cases.keyword import Maker
from conformance.cases.plan import Plan
from conformance.cases.rule import combinations
from conformance.contract import Contract
from conformance.emulator import FIXTURES, TOKEN
from conformance.judge.verdicts import verdicts
from conformance.prove.direct import Direct
from conformance.run.permission import Permission
from conformance.run.runner import Runner
from conformance.run.session import Session
from conformance.run.shrink import shrunk
from conformance.verdict import Verdict
from conformance.wire import Exchange, Request, Response
from tests.cases import independent

SEEDS = 2000
COMBINED = 12  # as many as the standard profile has
WHOLE = 2  # drawn bodies of one seed
SHRUNK_EVERY = 5  # rounds of all operations: shrinking sends up to sixty requests
_TOYS = Path(__file__).parents[1] / "tests" / "toys"
_KNOWN = {"max_capacity": 20, "ip_extra_set": [], "ready": True}


@dataclass(frozen=True, slots=True)
class Tally:
    """What was looked at, and what was wrong with it."""

    seeds: int = 0
    requests: int = 0
    refused: int = 0
    accepted: int = 0
    shrunk: int = 0
    wrong: tuple[str, ...] = ()

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))


def of_seed(seed: int) -> Tally:
    """One seed: the run against the emulator, and the cases of one operation, ours and the toys' in their turn."""
    every = _operations()
    round_, turn = divmod(seed, len(every))
    total = alarms(seed) + sound(every[turn], seeded(every[turn], seed))
    return total + smallest(every[turn], seed) if round_ % SHRUNK_EVERY == 0 else total


def alarms(seed: int) -> Tally:
    """What fails on a fresh faithful emulator; each is wrong."""
    contract = _bundled()
    session = Session(contract, Direct(), TOKEN)
    runner = Runner(
        session,
        FIXTURES,
        dict(contract.settings),
        Plan("standard", seed),
        Permission(),
        derive=lambda hosts, plan: seeded(hosts, plan.seed),
    )
    results = verdicts(contract, suite.requirements(contract), runner.run(), dict(contract.settings))
    failed = [r.requirement.id for r in results if r.verdict in (Verdict.FAIL, Verdict.ERROR)]
    return Tally(seeds=1, requests=session.requests, wrong=tuple(f"seed {seed}: alarm: {name}" for name in failed))


def seeded(hosts: Hosts, seed: int) -> list[Case]:
    """The cases of an operation that depend on the seed, with their twins."""
    cases = list(combinations(hosts, _accepted(hosts), seed, COMBINED))
    cases += accepted(hosts, seed, WHOLE)
    placed = [p for p in hosts.oracle.placed.values() if p.site.pointer and p.is_asserted]
    if placed:
        cases += broken(hosts, Maker(hosts), placed[seed // 16 % len(placed)], seed)
    return completed(hosts, cases, Plan("standard", seed))


_ACCEPTED: dict[str, list[Case]] = {}


def _accepted(hosts: Hosts) -> list[Case]:
    key = hosts.operation.id
    if key not in _ACCEPTED:
        made = derive(hosts, Plan(rehearsals=False))
        _ACCEPTED[key] = [case for case in made if case.expect == "accept" and case.wire == PLAIN]
    return _ACCEPTED[key]


def sound(hosts: Hosts, cases: list[Case]) -> Tally:
    """Whether every case is what it says, as `jsonschema` judges it: one fault, or none."""
    wrong = []
    counts = {"refuse": 0, "accept": 0}
    for case in cases:
        counts[case.expect] = counts.get(case.expect, 0) + 1
        if not _is_sound(hosts, case):
            wrong.append(f"{case.id}: {case.request!r}")
    return Tally(refused=counts["refuse"], accepted=counts["accept"], wrong=tuple(wrong))


def _is_sound(hosts: Hosts, case: Case) -> bool:
    full = _full(hosts)
    if case.twin is not None and not full.is_valid(case.twin):
        return False
    if case.expect == "accept":
        return bool(full.is_valid(case.request))
    placed = hosts.oracle.placed[case.requirement]
    loose = independent.validator(independent.without(hosts.operation.request_schema, placed.requirement))
    return not full.is_valid(case.request) and bool(loose.is_valid(case.request))


_FULL: dict[str, Any] = {}


def _full(hosts: Hosts) -> Any:
    if hosts.operation.id not in _FULL:
        _FULL[hosts.operation.id] = independent.validator(hosts.operation.request_schema)
    return _FULL[hosts.operation.id]


def smallest(hosts: Hosts, seed: int) -> Tally:
    """Drawn violations as they are after shrinking, on a server that takes everything."""
    session = Session(hosts.contract, Yes(), TOKEN)
    drawn = [case for case in seeded(hosts, seed) if case.expect == "refuse"]
    found = [small for case in drawn[:1] if (small := shrunk(session, hosts, case)) is not None]
    judged = sound(hosts, found)
    return Tally(shrunk=judged.refused, wrong=judged.wrong)


class Yes:
    """A target that answers 200 to whatever it is asked."""

    def send(self, request: Request) -> Exchange:
        """The exchange, always a success."""
        return Exchange(request, Response(200, "OK", (("content-type", "application/json"),), b"{}"), None, 0.0, 0.0)


@cache
def _bundled() -> Contract:
    return suite.load()


@cache
def _operations() -> tuple[Hosts, ...]:
    """The operations of our contract and of the toys' that send anything."""
    return tuple(_all_operations())


def _all_operations() -> Iterator[Hosts]:
    for contract in (_bundled(), *(suite.load(path) for path in sorted(_TOYS.glob("*.yaml")))):
        known = {**contract.fixtures.get("address_group_id", {}).get("self", {}), **_KNOWN}
        for operation in contract.operations.values():
            hosts = Hosts(contract, operation, FIXTURES, {"": known}, contract.settings)
            if not operation.supporting and not hosts.missing() and hosts.plain({}) is not None:
                yield hosts


def main(seeds: int) -> int:
    """Prints what was looked at; 1 if anything is wrong."""
    total = Tally()
    with ProcessPoolExecutor(2) as pool:
        for tally in pool.map(of_seed, range(1, seeds + 1), chunksize=20):
            total += tally
    print(f"{total.seeds} seeds: {total.requests} requests to the faithful emulator")
    print(f"{total.refused} drawn negatives, {total.shrunk} after shrinking, {total.accepted} positives")
    print(f"{len(total.wrong)} alarms or unsound cases", *total.wrong[:20], sep="\n  ")
    return 1 if total.wrong else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else SEEDS))
