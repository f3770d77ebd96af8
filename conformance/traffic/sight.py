"""What the traffic showed of the resources so far: the state before an exchange, as far as it can be known."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field

from conformance.cases.case import Document
from conformance.contract.operation import Operation
from conformance.judge.step import State, Step
from conformance.requirements.site import reaches
from conformance.run.session import resource
from conformance.wire import Exchange

REMEMBERED = 10_000  # resources
EVERYTHING = "*"
_ROUNDING = 0.001  # seconds: recordings round to milliseconds


@dataclass
class Sight:
    """One resource: the state last shown, and what was asked of it since."""

    paths: set[str] = field(default_factory=set)
    shown: State | None = None
    ended: float = 0.0  # when the last exchange about it was over, in seconds since the epoch
    soiled: set[str] = field(default_factory=set)  # members that hold a value which should have been refused
    update: Step | None = None  # the update that showed the state, until a look confirms it
    idle: dict[str, Step] = field(default_factory=dict)  # refusals and rehearsals since, by what they must not do


class Sights:
    """The resources seen of late, by what names them; each is known by every path at which it was met."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, Sight] = OrderedDict()
        self._below: dict[str, set[str]] = {}  # names by their paths and all that is above those

    def of(self, operation: Operation, document: Document, exchange: Exchange) -> Sight:
        """What is known of the resource; of exchanges that overlap in time nobody knows which came first."""
        name = resource(operation, document)
        sight = self._known.get(name)
        if sight is None:
            sight = self._known[name] = Sight()
            self._shrink()
        else:
            self._known.move_to_end(name)
        path = _path(exchange.request.target)
        if path not in sight.paths:
            sight.paths.add(path)
            for above in _lineage(path):
                self._below.setdefault(above, set()).add(name)
        if exchange.started + _ROUNDING < sight.ended:
            forget(sight)
        sight.ended = max(sight.ended, exchange.started + exchange.seconds)
        return sight

    def disturbed(self, target: str) -> None:
        """Forget what may have been changed by a request that nobody describes: all at, above and below its path."""
        path = _path(target)
        names = set(self._below.get(path, ()))
        for above in _lineage(path):
            names |= {name for name in self._below.get(above, ()) if above in self._known[name].paths}
        for name in names:
            forget(self._known[name])

    def _shrink(self) -> None:
        while len(self._known) > REMEMBERED:
            name, sight = self._known.popitem(last=False)
            for above in {above for path in sight.paths for above in _lineage(path)}:
                self._below[above].discard(name)
                if not self._below[above]:
                    del self._below[above]


def _path(target: str) -> str:
    return target.partition("?")[0].rstrip("/")


def _lineage(path: str) -> Iterator[str]:
    """A path and all that is above it, but for the root."""
    parts = path.split("/")
    return ("/".join(parts[:end]) for end in range(len(parts), 1, -1))


def forget(sight: Sight) -> None:
    """Nothing is known of the state any more."""
    sight.shown = sight.update = None
    sight.idle.clear()


def named(operation: Operation, step: Step) -> set[str]:
    """The members of the state that a request sets."""
    return {becomes.member for becomes in operation.becomes if reaches(step.document, becomes.when)}


def soil(sight: Sight, operation: Operation, step: Step) -> None:
    """A value that should have been refused, or is contested, is stored now."""
    sight.soiled |= named(operation, step) or {EVERYTHING}
    forget(sight)
