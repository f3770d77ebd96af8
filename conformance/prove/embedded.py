"""The embedded emulator as a subject: called directly, its cases derived once for all faults."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from time import monotonic
from typing import Any

from conformance import suite
from conformance.cases.case import Case, Document, Wire
from conformance.cases.host import Hosts
from conformance.cases.plan import Plan, is_beyond_requests
from conformance.contract.operation import Contract, Operation
from conformance.contract.setting import configured
from conformance.emulator import FIXTURES, TOKEN
from conformance.judge.effect import EffectJudge
from conformance.judge.verdicts import verdicts
from conformance.prove.direct import Direct
from conformance.prove.fault import Fault, Listing
from conformance.prove.memory import Known, Remembering
from conformance.prove.subject import Examination, examined
from conformance.requirement import Requirement
from conformance.run.ahead import Ahead
from conformance.run.compose import compose
from conformance.run.permission import Permission
from conformance.run.runner import Runner, ahead
from conformance.run.session import Session
from conformance.settings import DEFAULT_SEED, Profile
from conformance.verdict import Report, Run
from conformance.wire import Request, Response

_OF_SELF = re.compile(r"\bself\b(?:\.(\w+))?")
_REQUESTS = 20_000  # composed requests remembered
_KEPT = 16  # derivations remembered: those of the faithful emulator come first and are needed again and again


@dataclass(frozen=True, slots=True)
class Embedded:
    """The emulator in this process, against the contract at `spec` or the one that comes along; may be pickled."""

    spec: Path | None = None

    @property
    def where(self) -> str:
        """What it is, for the report."""
        return "embedded emulator"

    def listing(self) -> Listing:
        """The registry of the emulator."""
        from conformance.emulator.faults import BEYOND, REGISTRY

        return Listing(tuple(Fault(f.id, f.family, f.breaks, f.catches) for f in REGISTRY.values()), BEYOND)

    def examine(self, fault: str | None, profile: Profile, wanted: tuple[str, ...] = ()) -> Examination:
        """The outcome of a check of a fresh emulator with this fault."""
        return _bench(self.spec).examine((fault,) if fault is not None else (), profile, wanted)

    def leave(self) -> None:
        """Nothing: every examination has an emulator of its own."""


class _Bench:
    """A contract at work: what depends on it alone is worked out once in a process."""

    def __init__(self, contract: Contract) -> None:
        self.contract = contract
        self.requirements: tuple[Requirement, ...] = suite.requirements(contract)
        self._ahead: dict[Profile, Ahead] = {}
        self._cases: dict[tuple[str, str, str, Plan], list[Case]] = {}
        self._faithful: dict[int, tuple[Request, Response | None]] = {}  # as the request before
        self._judged: dict[str, Known] = {}
        self._requests: dict[tuple[str, int, int], tuple[Document, Wire, Request]] = {}  # by identity, kept alive

    def examine(self, faults: tuple[str, ...], profile: Profile, wanted: tuple[str, ...]) -> Examination:
        """The same as `suite.check`, without the socket."""
        began = monotonic()
        settings, prepared = dict(self.contract.settings), self._prepared(profile)
        session = Session(self.contract, Direct(faults), TOKEN, compose=self._composed, pause=lambda _: None)
        runner = Runner(
            session,
            FIXTURES,
            settings,
            Plan(profile, DEFAULT_SEED),
            Permission(),
            hosts=lambda *given: prepared.hosts(*given).again(),
            derive=lambda hosts, plan: self._cases_of(prepared, hosts, plan, faults, wanted),
        )
        outcome = runner.run()
        if outcome.interrupted:
            raise KeyboardInterrupt
        results = verdicts(self.contract, self.requirements, outcome, settings, self._effects)
        seconds = round(monotonic() - began, 3)
        run = Run(DEFAULT_SEED, profile, 0.0, seconds, session.requests, self.contract.path, outcome.incomplete)
        return examined(Report(run, {}, results))

    def _effects(self, operation: Operation, settings: Mapping[str, Any]) -> EffectJudge:
        return Remembering(operation, settings, self._judged.setdefault(operation.id, {}))

    def _composed(self, operation: Operation, document: Document, token: str | None, wire: Wire) -> Request:
        """The request of a document; the same cases are sent for every fault."""
        key = (operation.id, id(document), id(wire))
        if key not in self._requests:
            if len(self._requests) >= _REQUESTS:
                self._requests.clear()
            self._requests[key] = (document, wire, compose(operation, document, token, wire))
        return self._requests[key][2]

    def _prepared(self, profile: Profile) -> Ahead:
        if profile not in self._ahead:
            plan = Plan(profile, DEFAULT_SEED)
            self._ahead[profile] = ahead(self.contract, FIXTURES, plan, Permission())
        return self._ahead[profile]

    def _cases_of(
        self, prepared: Ahead, hosts: Hosts, plan: Plan, faults: tuple[str, ...], wanted: tuple[str, ...]
    ) -> list[Case]:
        """All cases, or those that tell something of what is wanted: most come out as on a server without a fault."""
        cases = self._derived(prepared, hosts, plan)
        if not wanted:
            return cases
        faulty = Direct(faults)
        return serving(cases, wanted, lambda case: not faults or self._differs(case, faulty))

    def _differs(self, case: Case, faulty: Direct) -> bool:
        request = self._composed(self.contract.operations[case.operation], case.request, TOKEN, case.wire)
        key = id(request)
        if key not in self._faithful:
            self._faithful[key] = (request, Direct().afresh(request))
        return faulty.afresh(request) != self._faithful[key][1]

    def _derived(self, prepared: Ahead, hosts: Hosts, plan: Plan) -> list[Case]:
        """The cases, which depend on the plan, the request preferred, and what rules ask of the states found."""
        first = repr([hosts.bases(variant)[:1] for variant in hosts.variants])
        states = repr([(name, asked(hosts.operation, state)) for name, state in sorted(hosts.states.items())])
        key = (hosts.operation.id, states, first, plan)
        cases = self._cases[key] if key in self._cases else prepared.derive(hosts, plan)
        if len(self._cases) < _KEPT:
            self._cases[key] = cases
        return cases


def asked(operation: Operation, state: Mapping[str, Any]) -> Mapping[str, Any]:
    """The members of a state that the rules of an operation's requests name; all, if one asks for the whole."""
    expressions = [e for rule in operation.requires for e in (rule.rule, rule.when) if e is not None]
    named = {name for e in expressions for name in _OF_SELF.findall(e.text)}
    return state if "" in named else {name: state[name] for name in sorted(named) if name in state}


def serving(
    cases: list[Case], wanted: tuple[str, ...], differs: Callable[[Case], bool] = lambda case: True
) -> list[Case]:
    """The cases that tell something of the wanted requirements, with their twins.

    What `differs` calls no different tells nothing of a request; answers and states are told by all that is accepted.
    """
    refused = {case.requirement for case in cases if case.expect == "refuse"}
    beyond_requests = any(is_beyond_requests(name) for name in wanted if name not in refused)
    chosen = [case for case in cases if case.requirement in wanted or beyond_requests]
    telling = [case for case in chosen if not _stands_alone(case) or differs(case)]
    telling += [case for case in chosen if case.expect == "refuse" and _stands_alone(case)][:1]  # a server does refuse
    ids, twins = {case.real_id for case in telling}, {case.twin_key for case in telling}
    return [
        case
        for case in cases
        if case.real_id in ids or (case.expect == "accept" and (beyond_requests or case.key in twins))
    ]


def _stands_alone(case: Case) -> bool:
    """Whether a case comes out the same whatever was sent before."""
    return case.given is None and case.repeat == 1


@cache
def _bench(spec: Path | None) -> _Bench:
    return _Bench(configured(suite.load(spec), {}))
