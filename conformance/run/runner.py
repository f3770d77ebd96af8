"""A run: every operation in order, harmless ones first; what was changed is put back at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from conformance.cases.case import Case, Document
from conformance.cases.derive import derive
from conformance.cases.host import Host, Hosts, variant_key
from conformance.cases.plan import Plan
from conformance.contract.operation import Contract, Operation
from conformance.judge.outcome import Leak, Outcome
from conformance.requirements.derive import request_keywords
from conformance.run.ahead import Ahead
from conformance.run.compose import composable
from conformance.run.conduct import Conductor
from conformance.run.exploration import Exploration
from conformance.run.others import Others
from conformance.run.permission import Permission
from conformance.run.probe import Prober, is_untried
from conformance.run.resources import Resources
from conformance.run.revisit import Revisits
from conformance.run.session import Session, Stop, resource
from conformance.run.spare import Spares
from conformance.run.unhurried import Unhurried

PREPARED = 500  # keywords of requests; the rest is derived when its turn comes, so that a large contract starts soon
OTHERS = 200  # cases between two looks at the resources that are not being changed
REVISITS = {"quick": 1, "standard": 8, "thorough": 32}  # calls of an operation after which is read what they changed
_ORDER = {"reads": 0, "changes": 1, "disrupts": 2}


def chosen(contract: Contract, plan: Plan) -> list[Operation]:
    """The operations of which something is wanted, harmless ones first, and deeper paths before what they lie below."""
    wanted = plan.wanted
    tested = [op for op in contract.operations.values() if not op.supporting]
    asked = [op for op in tested if wanted is None or any(name.startswith(f"{op.id}/") for name in wanted)]
    return sorted(asked, key=lambda op: (_ORDER[op.effect], -op.path.count("/")))


def plan_for(contract: Contract, operation: Operation, plan: Plan, permission: Permission) -> Plan:
    """What is planned for one operation: the methods that its path has, and whether its calls may take effect."""
    taken = frozenset(op.method for op in contract.operations.values() if op.path == operation.path)
    real = permission.allows(operation)
    return replace(plan, foreign_methods=permission.foreign_methods, taken_methods=taken, real=real)


def ahead(contract: Contract, fixtures: Mapping[str, str], plan: Plan, permission: Permission) -> Ahead:
    """Cases that are derived before the target is asked for anything: all of a small contract, the first of a large."""
    made, keywords = Ahead(fixtures, contract.settings), 0
    for operation in chosen(contract, plan):
        keywords += len(request_keywords(operation))
        if keywords > PREPARED:
            break
        if permission.allows(operation) or operation.rehearsal is not None:
            made.prepare(contract, operation, plan_for(contract, operation, plan, permission))
    return made


@dataclass
class Runner:
    """Runs the cases of a contract against one target."""

    session: Session
    fixtures: Mapping[str, str]
    settings: Mapping[str, Any]
    plan: Plan
    permission: Permission
    progress: Callable[[int, int, str], None] = lambda done, total, label: None
    hosts: Callable[..., Hosts] = Hosts
    derive: Callable[[Hosts, Plan], list[Case]] = derive
    twice: bool = False
    exploration: Exploration | None = None
    outcome: Outcome = field(init=False)
    _resources: Resources = field(init=False)
    _prober: Prober = field(init=False)
    _revisits: Revisits = field(init=False)
    _doubtful: list[tuple[Conductor, list[Case]]] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.outcome = Outcome(self.session.steps)
        self._resources = Resources(self.session, self.permission, self.outcome)
        self._prober = Prober(self.session, self.outcome)
        self._revisits = Revisits(self.session, REVISITS[self.plan.profile])

    @property
    def contract(self) -> Contract:
        """The contract at work."""
        return self.session.contract

    def run(self) -> Outcome:
        """Everything; also when it is cut short, what was changed is put back."""
        try:
            self._operations()
        except Stop as stop:
            self.outcome.incomplete = str(stop)
        except KeyboardInterrupt:
            self.outcome.interrupted = True
            self.outcome.incomplete = "the run was interrupted"
        finally:
            self._resources.put_back()
        return self.outcome

    def _operations(self) -> None:
        """All cases; what is disrupted cannot be explored later, so the harmless is explored before that."""
        accepted: list[tuple[Operation, Document]] = []
        for operation in chosen(self.contract, self.plan):
            if operation.effect == "disrupts":
                self._doubt()
                self._explore(accepted)
            accepted += self._tried(operation)
        self._doubt()
        self._explore(accepted)
        if self.exploration is not None:
            self.exploration.sequences()
            self._resources.bring_back(self._resources.named)

    def _tried(self, operation: Operation) -> Iterator[tuple[Operation, Document]]:
        """An operation; and after a PUT, which may make what its path names, those that did not find it there."""
        host = self._operation(operation)
        if host is not None:
            self._revisits.reads |= {operation.id: host.request} if operation.effect == "reads" else {}
            yield operation, host.request
        for other in self.contract.operations.values() if host is not None and operation.method == "PUT" else ():
            block = self.outcome.blocks.get(other.id)
            if other.path == operation.path and block is not None and block.reason == "fixture-unknown":
                del self.outcome.blocks[other.id]
                yield from self._tried(other)

    def _doubt(self) -> None:
        """Sends what may be accepted or refused, after all that is certain: what it leaves behind may show anywhere."""
        while self._doubtful:
            self._conduct(*self._doubtful.pop(0))

    def _explore(self, accepted: list[tuple[Operation, Document]]) -> None:
        """Lets others explore, on what is as it was found; then it is put back."""
        waiting = list(accepted)
        accepted.clear()
        if self.exploration is None:
            return
        self._resources.bring_back(self._resources.moved())
        for number, (operation, request) in enumerate(waiting):
            self.progress(number, len(waiting), f"{operation.id}, a second opinion")
            self.exploration.explore(operation, request)
        self._resources.bring_back(resource(operation, request) for operation, request in waiting)

    def _operation(self, operation: Operation) -> Host | None:
        """All cases of one operation; the request that was accepted first, None where nothing could be tried."""
        hosts = self.hosts(self.contract, operation, self.fixtures, {}, self.settings)
        if operation.body is not None and not composable(operation.body.media_type):
            detail = f"a body of {operation.body.media_type} cannot be written"
            self.outcome.block(operation.id, "no-valid-request", detail, mendable=False)
            return None
        missing = hosts.missing()
        if missing:
            self.outcome.block(operation.id, "fixture-missing", f"give --fixture {missing[0]}=…")
            return None
        self.outcome.partial[operation.id] = self._absent_variants(operation)
        real = self.permission.allows(operation)
        if not real and operation.rehearsal is None:
            flag = "--allow-changes" if operation.effect == "changes" else "--allow-disruption"
            self.outcome.block(operation.id, "not-allowed", f"its calls take effect; {flag} permits them")
            return None
        hosts.states = {variant_key(v): self._resources.found(operation, hosts, v) for v in hosts.variants}
        plain, trusted = self._prober.accepted(operation, hosts, real=real)
        if plain is None:
            return None
        cases = self.derive(hosts, plan_for(self.contract, operation, self.plan, self.permission))
        if is_untried(operation) and self._prober.is_shut_out(operation, cases):
            return None
        self.outcome.cases[operation.id] = cases
        conductor = self._conductor(hosts, trusted)
        if conductor.revisits is not None:
            self._doubtful.append((conductor, [case for case in cases if not case.firm]))
            cases = [case for case in cases if case.firm]
        self._conduct(conductor, cases)
        if conductor.spares is not None:
            self._resources.miss(operation, plain.request)
        return plain

    def _conductor(self, hosts: Hosts, trusted: Mapping[str, Document]) -> Conductor:
        """Who sends the cases; where no state is described, what they change is read again, or spared."""
        looker, initial = self._resources.looker(hosts.operation), self._resources.initial
        conductor = Conductor(self.session, hosts, looker, initial, twice=self.twice, trusted=trusted)
        if looker is None and hosts.operation.method == "DELETE":
            conductor.spares = None if self.twice else Spares(self._revisits)
        elif looker is None and hosts.operation.effect != "reads":
            conductor.revisits = self._revisits
        return conductor

    def _absent_variants(self, operation: Operation) -> list[str]:
        names = [f"{p.fixture}.{v}" for p in operation.parameters for v in self.contract.variants(p.fixture or "")[1:]]
        return [name for name in names if name not in self.fixtures]

    def _conduct(self, conductor: Conductor, cases: list[Case]) -> None:
        others, checked, operation = Others(conductor, self._resources.named), 0, conductor.operation
        if self.plan.profile != "quick":
            conductor.unhurried = Unhurried(self.session, operation, self.settings, cases)
        try:
            for number, case in enumerate(cases):
                self.progress(number, len(cases), case.requirement)
                conductor.send(case)
                if number % OTHERS == OTHERS - 1 and conductor.effects > checked:
                    self._check(others)
                    checked = conductor.effects
            conductor.flush()
            self._check(others)
        finally:
            self.outcome.skipped |= conductor.skipped

    def _check(self, others: Others) -> None:
        """The resources that are not being changed stay as they are."""
        operation, looker = others.conductor.operation, others.conductor.looker
        if looker is None or not self.session.steps or not looker.reads:
            return
        for found in others.looked_at():
            self.outcome.observed[operation.id] = True
            if found.changed:
                self.outcome.leaks.append(Leak(operation.id, found.step, found.changed))
