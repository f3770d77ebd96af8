"""A run: every operation in order, harmless ones first; what was changed is put back at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from conformance.cases.case import PLAIN, Case, Document
from conformance.cases.derive import derive
from conformance.cases.host import Host, Hosts, Variant, variant_key
from conformance.cases.plan import Plan
from conformance.contract.operation import Contract, Operation
from conformance.judge.outcome import Block, Leak, Outcome
from conformance.judge.state import differing, shown_by
from conformance.judge.step import Step
from conformance.requirements.derive import request_keywords
from conformance.run.ahead import Ahead, declared
from conformance.run.compose import composable
from conformance.run.conduct import Conductor
from conformance.run.exploration import Exploration
from conformance.run.keeper import Keeper
from conformance.run.look import Looker
from conformance.run.obstacle import is_final, is_page, obstacle, unlike
from conformance.run.others import Others
from conformance.run.revisit import Revisits
from conformance.run.session import Session, Stop, resource
from conformance.run.unhurried import Unhurried
from conformance.strict_json import NOT_JSON

PREPARED = 500  # keywords of requests; the rest is derived when its turn comes, so that a large contract starts soon
OTHERS = 200  # cases between two looks at the resources that are not being changed
PROBES = 3  # valid requests that are tried before an operation is given up
REVISITS = {"quick": 1, "standard": 8, "thorough": 32}  # calls of an operation after which is read what they changed
_REFUSED = ("no-valid-request", "valid-request-refused")  # reasons that may lie in the state at hand
_ORDER = {"reads": 0, "changes": 1, "disrupts": 2}


@dataclass(frozen=True, slots=True)
class Permission:
    """What may be done to the target: a real one is only read and rehearsed unless its owner says more."""

    changes: bool = True
    disruption: bool = True
    foreign_methods: bool = True

    def allows(self, operation: Operation) -> bool:
        """Whether calls of an operation that take effect may be sent."""
        return {"reads": True, "changes": self.changes, "disrupts": self.disruption}[operation.effect]


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
    _lookers: dict[str, Looker] = field(default_factory=dict)
    _initial: dict[str, Document] = field(default_factory=dict)
    _resources: dict[str, tuple[Operation, Document]] = field(default_factory=dict)
    _revisits: Revisits = field(init=False)

    def __post_init__(self) -> None:
        self.outcome = Outcome(self.session.steps)
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
            self._put_back()
        return self.outcome

    def _operations(self) -> None:
        """All cases; what is disrupted cannot be explored later, so the harmless is explored before that."""
        accepted: list[tuple[Operation, Document]] = []
        for operation in chosen(self.contract, self.plan):
            if operation.effect == "disrupts":
                self._explore(accepted)
            accepted += self._tried(operation)
        self._explore(accepted)
        if self.exploration is not None:
            self.exploration.sequences()
            self._bring_back(self._resources)

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

    def _explore(self, accepted: list[tuple[Operation, Document]]) -> None:
        """Lets others explore, on what is as it was found; then it is put back."""
        waiting = list(accepted)
        accepted.clear()
        if self.exploration is None:
            return
        self._bring_back(key for key, (operation, _) in self._resources.items() if self._moved(key, operation))
        for number, (operation, request) in enumerate(waiting):
            self.progress(number, len(waiting), f"{operation.id}, a second opinion")
            self.exploration.explore(operation, request)
        self._bring_back(resource(operation, request) for operation, request in waiting)

    def _bring_back(self, keys: Iterable[str]) -> None:
        """Restore resources, whatever was done to them; nothing is seen of them before, for it may be odd."""
        for key in list(dict.fromkeys(keys)):
            operation, frame = self._resources.get(key, (None, {}))
            looker = self._lookers.get(operation.state or "") if operation is not None else None
            if operation is None or looker is None or not self.permission.allows(operation):
                continue
            keeper = Keeper(self.session, operation, looker, self._initial)
            if keeper.reset(frame):
                keeper.look(frame)

    def _operation(self, operation: Operation) -> Host | None:
        """All cases of one operation; the request that was accepted first, None where nothing could be tried."""
        hosts = self.hosts(self.contract, operation, self.fixtures, {}, self.settings)
        if operation.body is not None and not composable(operation.body.media_type):
            detail = f"a body of {operation.body.media_type} cannot be written"
            self._block(operation, "no-valid-request", detail, mendable=False)
            return None
        missing = hosts.missing()
        if missing:
            self._block(operation, "fixture-missing", f"give --fixture {missing[0]}=…")
            return None
        self.outcome.partial[operation.id] = self._absent_variants(operation)
        real = self.permission.allows(operation)
        if not real and operation.rehearsal is None:
            flag = "--allow-changes" if operation.effect == "changes" else "--allow-disruption"
            self._block(operation, "not-allowed", f"its calls take effect; {flag} permits them")
            return None
        looker = self._looker(operation)
        hosts.states = {variant_key(v): self._found(operation, hosts, v, looker) for v in hosts.variants}
        plain = self._probe(operation, hosts, real)
        trusted: Mapping[str, Document] = {}
        if plain is None:
            plain, trusted = self._trusting(operation, hosts, real)
        if plain is None:
            return None
        cases = self.derive(hosts, plan_for(self.contract, operation, self.plan, self.permission))
        if _is_untried(operation) and self._is_shut_out(operation, cases):
            return None
        self.outcome.cases[operation.id] = cases
        conductor = Conductor(self.session, hosts, looker, self._initial, twice=self.twice, trusted=trusted)
        self._conduct(conductor, cases)
        return plain

    def _is_shut_out(self, operation: Operation, cases: list[Case]) -> bool:
        """Whether our credential is refused, seen by a request that would be refused anyway: no other may be tried."""
        secured = {op.id for op in self.contract.operations.values() if op.security}
        if any(step.operation in secured and 200 <= step.status < 300 for step in self.session.steps):
            return False
        harmless = next((case for case in cases if case.expect == "refuse" and case.wire == PLAIN), None)
        if harmless is None:
            return False
        step = self.session.send(operation, harmless.request, role="probe")
        block = obstacle(self.contract, operation, step, spoke=True)
        if step.status != 401 or block.reason != "credential-refused":
            return False
        self.outcome.blocks[operation.id] = block
        return True

    def _absent_variants(self, operation: Operation) -> list[str]:
        names = [f"{p.fixture}.{v}" for p in operation.parameters for v in self.contract.variants(p.fixture or "")[1:]]
        return [name for name in names if name not in self.fixtures]

    def _block(self, operation: Operation, reason: str, detail: str, *, mendable: bool = True) -> None:
        self.outcome.blocks[operation.id] = Block(reason, f"{operation.id}: {detail}", mendable)

    def _looker(self, operation: Operation) -> Looker | None:
        state = self.contract.states.get(operation.state or "")
        if state is None:
            return None
        if state.name not in self._lookers:
            self._lookers[state.name] = Looker(self.contract, state, self._look, self.permission.changes)
        return self._lookers[state.name]

    def _look(self, operation_id: str, document: Document) -> Step:
        return self.session.send(self.contract.operations[operation_id], document, role="look")

    def _found(self, operation: Operation, hosts: Hosts, variant: Variant, looker: Looker | None) -> Document:
        """What is known of the state before the first case: what the fixture declares, then what is seen.

        An update that may not be accepted on what is declared is no look: if it were, that would be the fault to find.
        """
        said = declared(self.contract, operation, variant)
        known, frame = dict(said), hosts.frame(variant)
        key = resource(operation, frame)
        if looker is not None and key not in self._initial:
            rules, own = hosts.oracle.rules_broken, operation.id
            seen, _ = looker.look(frame.get("path", {}), known, lambda by, way: by == own and bool(rules(way, said)))
            if seen is not None:
                known |= seen
                self.outcome.notices += unlike(self.contract, operation, variant_key(variant), said, seen)
                self._initial[key] = dict(seen)
                self._resources[key] = (operation, frame)
        known |= self._initial.get(key, {})
        self.session.known[key] = known
        return known

    def _probe(self, operation: Operation, hosts: Hosts, real: bool) -> Host | None:
        """The first request that the target accepts; without one, nothing can be concluded about the operation."""
        step = None
        for host in _candidates(hosts):
            step = self._probed(operation, host, real)
            if step is None or 200 <= step.status < 300:
                hosts.prefer(host)
                if step is None or self._spoke() or not is_page(operation, step):
                    return host
                detail = "the target answers with a web page; is the URL that of the API?"
                self._block(operation, "not-the-api", detail)
                return None
            if is_final(operation, step):
                break
        if step is not None:
            self.outcome.blocks[operation.id] = obstacle(self.contract, operation, step, spoke=self._spoke())
        else:
            detail = "no valid request could be made from the contract"
            self._block(operation, "no-valid-request", detail, mendable=False)
        return None

    def _trusting(self, operation: Operation, hosts: Hosts, real: bool) -> tuple[Host | None, Mapping[str, Document]]:
        """Where what is seen of a state leads nowhere, what its fixture is declared to be may be truer."""
        said = {variant_key(v): (v, declared(self.contract, operation, v)) for v in hosts.variants}
        seen, block = hosts.states, self.outcome.blocks.get(operation.id)
        denied = {key: d for key, (_, d) in said.items() if any(seen[key].get(n, d[n]) != d[n] for n in d)}
        if not denied or (block is not None and block.reason not in _REFUSED):
            return None, {}
        hosts.believe({key: {**state, **denied.get(key, {})} for key, state in seen.items()})
        plain = self._probe(operation, hosts, real)
        if plain is not None:
            self.outcome.blocks.pop(operation.id, None)
        elif self.outcome.blocks[operation.id].reason in _REFUSED:
            found = (line for key, d in denied.items() for line in unlike(self.contract, operation, key, d, seen[key]))
            self._block(operation, "state", f"{next(found)}, and no valid request is accepted; give another --fixture")
        return plain, {resource(operation, hosts.frame(said[key][0])): state for key, state in denied.items()}

    def _probed(self, operation: Operation, host: Host, real: bool) -> Step | None:
        """One try of a host; None where trying it once would already be too much."""
        if _is_untried(operation):
            return None
        document = host.request
        if not real and operation.rehearsal is not None:
            from conformance.requirements.site import merged

            document = merged(document, operation.rehearsal.request)
        step = self.session.send(operation, document, role="probe")
        if step.exchange.failure is not None:
            step = self.session.send(operation, document, role="probe")
        shown = shown_by(operation, step) if real and 200 <= step.status < 300 else None
        if shown is not None:
            key = resource(operation, document)
            self.session.known[key] = {**self.session.known.get(key, {}), **shown}
        return step

    def _spoke(self) -> bool:
        """Whether the target has answered anything as an API does: then its URL is right."""
        return any(s.body is not NOT_JSON and 200 <= s.status < 300 for s in self.session.steps)

    def _conduct(self, conductor: Conductor, cases: list[Case]) -> None:
        others, checked, operation = Others(conductor, self._resources), 0, conductor.operation
        if conductor.looker is None and operation.effect != "reads" and operation.method != "DELETE":
            conductor.revisits = self._revisits
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

    def _put_back(self) -> None:
        """Restore every resource that was found in another state than it is now."""
        self.session.until = None
        for key, (operation, frame) in self._resources.items():
            looker = self._lookers.get(operation.state or "")
            if looker is None:
                continue
            try:
                if self.outcome.incomplete is not None:  # what was sent last may have taken effect unheard
                    seen, _ = looker.look(frame.get("path", {}), self.session.known.get(key, {}))
                    self.session.known[key] = seen if seen is not None else self.session.known.get(key, {})
                if self._moved(key, operation):
                    self._restore(key, operation, frame, looker)
            except (Stop, KeyboardInterrupt):
                self._by_hand(key, operation, frame)

    def _moved(self, key: str, operation: Operation) -> bool:
        known = self.session.known.get(key, {})
        return bool(differing({**known, **self._initial[key]}, known, operation.free))

    def _restore(self, key: str, operation: Operation, frame: Document, looker: Looker) -> None:
        keeper = Keeper(self.session, operation, looker, self._initial)
        name = " ".join(map(str, frame.get("path", {}).values()))
        if keeper.reset(frame) and not self._moved_after(keeper, key, operation, frame):
            self.outcome.notices.append(f"{operation.state} {name} was changed and is put back as it was")
        else:
            self._by_hand(key, operation, frame)

    def _moved_after(self, keeper: Keeper, key: str, operation: Operation, frame: Document) -> bool:
        keeper.look(frame)
        return self._moved(key, operation)

    def _by_hand(self, key: str, operation: Operation, frame: Document) -> None:
        import json

        name = " ".join(map(str, frame.get("path", {}).values()))
        first = json.dumps(self._initial[key], ensure_ascii=False)
        left = "is another now, and left so without --allow-changes"
        why = "could NOT be put back" if self.permission.changes else left
        self.outcome.notices.append(
            f"{operation.state} {name} {why}; please restore it by hand ({operation.method} {operation.path}); "
            f"it was: {first}"
        )


def _is_untried(operation: Operation) -> bool:
    """Whether trying a call once would already be too much."""
    return operation.effect == "disrupts" and operation.method == "DELETE"


def _candidates(hosts: Hosts) -> Iterator[Host]:
    """What may be accepted, likeliest first; the ways at the contract's choices cost time, and are seldom needed.

    What another fixture accepts says little of the plain one, from which most cases start.
    """
    yield from islice(hosts.plains({}), PROBES)
    yield from hosts.alternatives()
    for variant in hosts.variants[1:]:
        yield from islice(hosts.plains(variant), PROBES)
