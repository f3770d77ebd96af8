"""Patience with a resource that is busy for a while with what it accepted, and when it is over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from conformance.cases.case import Document
from conformance.judge.refusal import statuses
from conformance.requirements.oracle import Oracle
from conformance.run.keeper import Keeper

PATIENCE = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2)  # seconds between looks at a resource that is busy


@dataclass
class Patience:
    """Waits for the resources of one operation, for each that does not come back once; `stuck` are those."""

    keeper: Keeper
    oracle: Oracle
    stuck: set[str] = field(default_factory=set)

    def settles(self, wanted: Document, fits: Callable[[], bool]) -> bool:
        """Whether a resource comes back by itself to where a request fits, as it did at first."""
        key, initial = self.keeper.key(wanted), self.keeper.initial
        if key in self.stuck or key not in initial or not self.oracle.acceptable(wanted, initial[key]):
            return False
        if not self._moves_by_itself(self.keeper.known(wanted), initial[key]):
            self.stuck.add(key)
            return False
        return self._comes_back(wanted, fits)

    def is_shut(self, document: Document) -> bool:
        """Whether looks by an update were accepted, and are refused for the state now, after nothing but refusals."""
        key, looker, last = self.keeper.key(document), self.keeper.looker, self.keeper.session.steps[-1]
        refused = last.role == "look" and last.status in statuses(self.keeper.operation, "state")
        by_update = looker is not None and not looker.reads and key in self.keeper.initial and key not in self.stuck
        return refused and by_update and not self._comes_back(document, lambda: True)

    def _comes_back(self, document: Document, fits: Callable[[], bool]) -> bool:
        for seconds in PATIENCE:
            self.keeper.session.pause(seconds)
            if self.keeper.look(document) is not None and fits():
                return True
        self.stuck.add(self.keeper.key(document))
        return False

    def _moves_by_itself(self, known: Document, before: Document) -> bool:
        """Whether what keeps a request from being accepted is no member that an update sets: that one was refused."""
        asked = {path.split(".")[1] for path in self.oracle.asked_of_states if path.count(".")}
        settable = {becomes.member for becomes in self.keeper.operation.becomes}
        return any(known.get(name) != before.get(name) for name in asked - settable)
