"""Probing: which request the target accepts; without one, nothing can be concluded about an operation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from conformance.cases.case import PLAIN, Case, Document
from conformance.cases.host import Host, Hosts, variant_key
from conformance.contract.operation import Contract, Operation
from conformance.judge.outcome import Outcome
from conformance.judge.state import shown_by
from conformance.judge.step import Step
from conformance.requirements.site import merged
from conformance.run.ahead import declared
from conformance.run.obstacle import is_final, is_page, obstacle, unlike
from conformance.run.session import Session, resource
from conformance.strict_json import NOT_JSON

PROBES = 3  # valid requests that are tried before an operation is given up
_REFUSED = ("no-valid-request", "valid-request-refused")  # reasons that may lie in the state at hand
Believed = Mapping[str, Document]  # by resource: states that were declared and not seen


@dataclass(frozen=True, slots=True)
class Prober:
    """Of a run: tries what is likeliest to be accepted, and says in the outcome why nothing was."""

    session: Session
    outcome: Outcome

    @property
    def contract(self) -> Contract:
        """The contract at work."""
        return self.session.contract

    def accepted(self, operation: Operation, hosts: Hosts, *, real: bool) -> tuple[Host | None, Believed]:
        """The first request that the target accepts, and what had to be believed for it; None blocks the operation.

        Where its calls may not take effect (`real` is False) it is rehearsed.
        """
        plain = self._tried(operation, hosts, real)
        return (plain, {}) if plain is not None else self._trusting(operation, hosts, real)

    def _tried(self, operation: Operation, hosts: Hosts, real: bool) -> Host | None:
        step = None
        for host in _candidates(hosts):
            step = self._probed(operation, host, real)
            if step is None or 200 <= step.status < 300:
                hosts.prefer(host)
                if step is None or self._spoke() or not is_page(operation, step):
                    return host
                detail = "the target answers with a web page; is the URL that of the API?"
                self.outcome.block(operation.id, "not-the-api", detail)
                return None
            if is_final(operation, step):
                break
        if step is not None:
            self.outcome.blocks[operation.id] = obstacle(self.contract, operation, step, spoke=self._spoke())
        else:
            detail = "no valid request could be made from the contract"
            self.outcome.block(operation.id, "no-valid-request", detail, mendable=False)
        return None

    def _trusting(self, operation: Operation, hosts: Hosts, real: bool) -> tuple[Host | None, Believed]:
        """Where what is seen of a state leads nowhere, what its fixture is declared to be may be truer."""
        said = {variant_key(v): (v, declared(self.contract, operation, v)) for v in hosts.variants}
        seen, block = hosts.states, self.outcome.blocks.get(operation.id)
        denied = {key: d for key, (_, d) in said.items() if any(seen[key].get(n, d[n]) != d[n] for n in d)}
        if not denied or (block is not None and block.reason not in _REFUSED):
            return None, {}
        hosts.believe({key: {**state, **denied.get(key, {})} for key, state in seen.items()})
        plain = self._tried(operation, hosts, real)
        if plain is not None:
            self.outcome.blocks.pop(operation.id, None)
        elif self.outcome.blocks[operation.id].reason in _REFUSED:
            found = (line for key, d in denied.items() for line in unlike(self.contract, operation, key, d, seen[key]))
            detail = f"{next(found)}, and no valid request is accepted; give another --fixture"
            self.outcome.block(operation.id, "state", detail)
        return plain, {resource(operation, hosts.frame(said[key][0])): state for key, state in denied.items()}

    def _probed(self, operation: Operation, host: Host, real: bool) -> Step | None:
        """One try of a host; None where trying it once would already be too much."""
        if is_untried(operation):
            return None
        document = host.request
        if not real and operation.rehearsal is not None:
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

    def is_shut_out(self, operation: Operation, cases: list[Case]) -> bool:
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


def is_untried(operation: Operation) -> bool:
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
