"""Deriving ahead: the cases are ready before the target is asked for the first time.

What is declared of the fixtures is mostly what is found. Where it is not, so that other requests are valid than were
thought, the cases are derived anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from conformance.cases.case import Case, Document
from conformance.cases.derive import derive
from conformance.cases.host import Hosts, Variant, variant_key
from conformance.cases.plan import Plan
from conformance.contract.operation import Contract, Operation


def declared(contract: Contract, operation: Operation, variant: Variant) -> dict[str, Any]:
    """What the contract says of the state of the fixtures that a request of this variant names."""
    known: dict[str, Any] = {}
    for parameter in operation.parameters:
        chosen = variant.get(str(parameter.fixture), "")
        name = f"{parameter.fixture}.{chosen}" if chosen else str(parameter.fixture)
        known |= contract.fixtures.get(name, {}).get("self", {})
    return known


class Ahead:
    """The hosts and cases of all operations, derived from what is declared; handed to a run as its two functions."""

    def __init__(self, fixtures: Mapping[str, str], settings: Mapping[str, Any]) -> None:
        self._fixtures = fixtures
        self._settings = settings
        self._hosts: dict[str, Hosts] = {}
        self._ready: dict[str, tuple[Plan, dict[str, Document | None], list[Case]]] = {}

    @property
    def prepared(self) -> frozenset[str]:
        """The operations whose cases are ready."""
        return frozenset(self._ready)

    def prepare(self, contract: Contract, operation: Operation, plan: Plan) -> None:
        """Derive the cases of one operation on the states that its fixtures are declared to be in."""
        hosts = Hosts(contract, operation, self._fixtures, {}, self._settings)
        if hosts.missing():
            return
        hosts.states = {variant_key(v): declared(contract, operation, v) for v in hosts.variants}
        self._hosts[operation.id] = hosts
        self._ready[operation.id] = (plan, _starts(hosts), derive(hosts, plan))

    def hosts(self, contract: Contract, operation: Operation, *_: Any) -> Hosts:
        """The hosts that were prepared for an operation, or new ones."""
        known = self._hosts.get(operation.id)
        return known if known is not None else Hosts(contract, operation, self._fixtures, {}, self._settings)

    def derive(self, hosts: Hosts, plan: Plan) -> list[Case]:
        """The cases that were prepared, if they are still right on the states that were found; else new ones."""
        ready = self._ready.get(hosts.operation.id)
        if ready is not None and ready[0] == plan and ready[1] == _starts(hosts):
            return ready[2]
        fresh = hosts.again()
        fresh.states = hosts.states
        return derive(fresh, plan)


def _starts(hosts: Hosts) -> dict[str, Document | None]:
    """The request that each variant starts from."""
    plains = {variant_key(variant): hosts.plain(variant) for variant in hosts.variants}
    return {key: None if host is None else host.request for key, host in plains.items()}
