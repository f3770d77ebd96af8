"""The resources of a run: in which state each was found, and how it is put back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from conformance.cases.case import Document
from conformance.cases.host import Hosts, Variant, variant_key
from conformance.contract.operation import Contract, Operation
from conformance.judge.outcome import Outcome
from conformance.judge.reading import accepted
from conformance.judge.state import differing
from conformance.judge.step import Step
from conformance.run.ahead import declared
from conformance.run.keeper import Keeper
from conformance.run.look import Looker
from conformance.run.obstacle import unlike
from conformance.run.permission import Permission
from conformance.run.session import Session, Stop, resource


@dataclass
class Resources:
    """By key: what was found of each (`initial`), and the operation that changes it with a request that names it."""

    session: Session
    permission: Permission
    outcome: Outcome
    initial: dict[str, Document] = field(default_factory=dict)
    named: dict[str, tuple[Operation, Document]] = field(default_factory=dict)
    _lookers: dict[str, Looker] = field(default_factory=dict)

    @property
    def contract(self) -> Contract:
        """The contract at work."""
        return self.session.contract

    def looker(self, operation: Operation) -> Looker | None:
        """Who looks at what an operation changes; None where the contract describes no state."""
        state = self.contract.states.get(operation.state or "")
        if state is None:
            return None
        if state.name not in self._lookers:
            self._lookers[state.name] = Looker(self.contract, state, self._look, self.permission.changes)
        return self._lookers[state.name]

    def _look(self, operation_id: str, document: Document) -> Step:
        return self.session.send(self.contract.operations[operation_id], document, role="look")

    def found(self, operation: Operation, hosts: Hosts, variant: Variant) -> Document:
        """What is known of the state before the first case: what the fixture declares, then what is seen.

        An update that may not be accepted on what is declared is no look: if it were, that would be the fault to find.
        """
        said = declared(self.contract, operation, variant)
        known, frame = dict(said), hosts.frame(variant)
        key, looker = resource(operation, frame), self.looker(operation)
        if looker is not None and key not in self.initial:
            rules, own = hosts.oracle.rules_broken, operation.id
            seen, _ = looker.look(frame.get("path", {}), known, lambda by, way: by == own and bool(rules(way, said)))
            if seen is not None:
                known |= seen
                self.outcome.notices += unlike(self.contract, operation, variant_key(variant), said, seen)
                self.initial[key] = dict(seen)
                self.named[key] = (operation, frame)
        known |= self.initial.get(key, {})
        self.session.known[key] = known
        return known

    def moved(self) -> list[str]:
        """The keys of those that are in another state than they were found in."""
        return [key for key, (operation, _) in self.named.items() if self._has_moved(key, operation)]

    def _has_moved(self, key: str, operation: Operation) -> bool:
        known = self.session.known.get(key, {})
        return bool(differing({**known, **self.initial[key]}, known, operation.free))

    def bring_back(self, keys: Iterable[str]) -> None:
        """Restore resources, whatever was done to them; nothing is seen of them before, for it may be odd."""
        for key in list(dict.fromkeys(keys)):
            operation, frame = self.named.get(key, (None, {}))
            looker = self._lookers.get(operation.state or "") if operation is not None else None
            if operation is None or looker is None or not self.permission.allows(operation):
                continue
            keeper = Keeper(self.session, operation, looker, self.initial)
            if keeper.reset(frame):
                keeper.look(frame)

    def put_back(self) -> None:
        """Restore every resource that was found in another state than it is now, and say so."""
        self.session.until = None
        for key, (operation, frame) in self.named.items():
            looker = self._lookers.get(operation.state or "")
            if looker is None:
                continue
            try:
                if self.outcome.incomplete is not None:  # what was sent last may have taken effect unheard
                    seen, _ = looker.look(frame.get("path", {}), self.session.known.get(key, {}))
                    self.session.known[key] = seen if seen is not None else self.session.known.get(key, {})
                if self._has_moved(key, operation):
                    self._restore(key, operation, frame, looker)
            except (Stop, KeyboardInterrupt):
                self._by_hand(key, operation, frame)

    def miss(self, operation: Operation, request: Document) -> None:
        """Say of what a request names that it was deleted, if it was: nothing that is described would bring it back."""
        path = request.get("path", {})
        own = (step for step in self.session.steps if step.operation == operation.id)
        if path and any(accepted(step) and step.document.get("path") == path for step in own):
            named = " ".join(map(str, path.values()))
            gone = f"{operation.id} deleted {named}, which nothing brings back; name another next time"
            self.outcome.notices.append(gone)

    def _restore(self, key: str, operation: Operation, frame: Document, looker: Looker) -> None:
        keeper = Keeper(self.session, operation, looker, self.initial)
        if keeper.reset(frame) and not self._moved_after(keeper, key, operation, frame):
            self.outcome.notices.append(f"{_name(operation, frame)} was changed and is put back as it was")
        else:
            self._by_hand(key, operation, frame)

    def _moved_after(self, keeper: Keeper, key: str, operation: Operation, frame: Document) -> bool:
        keeper.look(frame)
        return self._has_moved(key, operation)

    def _by_hand(self, key: str, operation: Operation, frame: Document) -> None:
        first = json.dumps(self.initial[key], ensure_ascii=False)
        left = "is another now, and left so without --allow-changes"
        why = "could NOT be put back" if self.permission.changes else left
        self.outcome.notices.append(
            f"{_name(operation, frame)} {why}; please restore it by hand ({operation.method} {operation.path}); "
            f"it was: {first}"
        )


def _name(operation: Operation, frame: Document) -> str:
    return f"{operation.state} {' '.join(map(str, frame.get('path', {}).values()))}"
