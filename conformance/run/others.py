"""The resources that nobody addresses: they stay as they are while another one is changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from conformance.cases.case import Document
from conformance.contract.operation import Operation
from conformance.judge.state import differing
from conformance.judge.step import Step
from conformance.run.conduct import Conductor

TIMES = 2  # that a member has to move together with another resource: once it may have moved by itself


@dataclass(frozen=True, slots=True)
class Sight:
    """A look at a resource, and what changed of it without being asked for."""

    step: Step
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Others:
    """All resources of a run, by key: the operation that changes each, and the request that names it."""

    conductor: Conductor
    resources: Mapping[str, tuple[Operation, Document]]
    dismissed: set[str] = field(default_factory=set)  # asked once whether they are dragged along

    def looked_at(self) -> Iterator[Sight]:
        """A look at each of those that are of the conductor's kind."""
        looker, known = self.conductor.looker, self.conductor.session.known
        for key, (operation, frame) in self.resources.items():
            before = dict(known.get(key, {}))
            waits = key == self.conductor.pending  # its own look will tell whether refusals changed it
            if looker is None or operation.state != looker.state.name or not before or waits:
                continue
            seen, step = looker.look(frame.get("path", {}), before)
            if seen is None or step is None:
                continue
            known[key] = seen
            changed = differing(before, seen, operation.free) or self._dragged(key, differing(before, seen))
            yield Sight(step, changed)

    def _dragged(self, key: str, moved: tuple[str, ...]) -> tuple[str, ...]:
        """Of members that may move by themselves those that move when another resource is changed, and only then."""
        frame = self.resources[key][1]
        times = TIMES if moved and key not in self.dismissed else 0
        self.dismissed.update([key] if times else [])
        for _ in range(times):
            before = self.conductor.keeper.look(frame)
            if before is None or not self._another_changed(key):
                return ()
            after, later = self.conductor.keeper.look(frame), self.conductor.keeper.look(frame)
            if after is None or later is None or differing(after, later):
                return ()
            moved = tuple(name for name in moved if name in differing(before, after))
        return moved if times else ()

    def _another_changed(self, key: str) -> bool:
        named = [frame for other, (_, frame) in self.resources.items() if other != key]
        return any(self.conductor.keeper.reset(frame) for frame in named if self.conductor.keeper.key(frame) != key)
