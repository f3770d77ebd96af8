"""What may differ between two answers: what the contract says moves by itself, and what did between two answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from conformance.compare.identity import Census, Place
from conformance.compare.side import Asked, Side, shown_in
from conformance.contract.operation import Contract, Operation
from conformance.judge.effect import canonical
from conformance.judge.state import same
from conformance.media import essence
from conformance.requirements.derive import response_keywords
from conformance.requirements.site import escape
from conformance.strict_json import NOT_JSON, parsed
from conformance.wire import Exchange, Response

Leaves = Mapping[str, Any]
NO_JSON = "(no JSON document)"


@dataclass
class Places:
    """The volatile places of a contract's answers, by operation, status and pointer; an array item is `*`."""

    contract: Contract
    known: set[Place] = field(default_factory=set)
    _census: Census = field(default_factory=Census)
    _stated: dict[str, set[str]] = field(default_factory=dict)

    def stated(self, place: Place) -> bool:
        """Whether the contract itself calls a place volatile."""
        operation, _, pointer = place
        if operation not in self._stated:
            self._stated[operation] = set(_stated(self.contract.operations[operation]))
        return any(pointer == each or pointer.startswith(f"{each}/") for each in self._stated[operation])

    def fresh(self, place: Place) -> bool:
        """Whether a place gives an identity of its own each time."""
        return self._census.fresh(place, volatile=place in self.known)

    def learn(self, side: Side, asked: Asked) -> None:
        """What differs between two answers of one target to one request is volatile."""
        told = [(exchange, self.leaves(side, asked, exchange)) for exchange in asked.exchanges]
        for exchange, leaves in told:
            status = 0 if exchange.response is None else exchange.response.status
            places = (((asked.operation, status, general(pointer)), value) for pointer, value in leaves.items())
            self._census.count(places, exchange)
        for (one, before), (other, after) in pairwise(told):
            if one.response is None or other.response is None or one.response.status != other.response.status:
                continue
            for pointer in {**before, **after}:
                if before.get(pointer) != after.get(pointer):
                    self.known.add((asked.operation, one.response.status, general(pointer)))

    def leaves(self, side: Side, asked: Asked, exchange: Exchange) -> Leaves:
        """Every value of an answer by its pointer, in canonical form, what only one side knows by its name."""
        response = exchange.response
        if response is None:
            return {}
        operation = self.contract.operations[asked.operation]
        answer = operation.answer(response.status)
        media = essence(response.header("content-type") or "")
        found: dict[str, Any] = {"/header/content-type": media}
        for name in answer.headers if answer is not None else ():
            value = response.header(name)
            found |= {} if value is None else {f"/header/{escape(name)}": side.names.text(value)}
        schema = next(iter(answer.content.values()), {}) if answer is not None else {}
        named = side.names.of(canonical(schema, _body(response)))
        return found | _flat(named, "/body", _unordered(operation))

    def steady(self, asked: Asked) -> frozenset[str]:
        """The members of a shown state that the request does not set: as they were, as far as that is known."""
        operation, response = self.contract.operations[asked.operation], asked.exchange.response
        if operation.shows is None or response is None or not 200 <= response.status < 300:
            return frozenset()
        before, prefix = asked.before, _shown(operation)
        shown = shown_in(operation, response)
        kept = (n for n, v in shown.items() if before is None or (n in before and same(before[n], v)))
        return frozenset(f"{prefix}/{escape(name)}" for name in kept if name not in asked.named)

    def member(self, place: Place) -> str | None:
        """The member of the state that a place shows."""
        operation = self.contract.operations[place[0]]
        prefix = f"{_shown(operation)}/" if operation.shows is not None else None
        if prefix is None or not place[2].startswith(prefix):
            return None
        return place[2].removeprefix(prefix).partition("/")[0]


def _shown(operation: Operation) -> str:
    """Where an operation's answers show a state, as a pointer."""
    return "/" + "/".join(operation.shows.text.split(".")[1:]) if operation.shows is not None else ""


def _body(response: Response) -> Any:
    if not response.body:
        return None
    body = parsed(response.body)
    return NO_JSON if body is NOT_JSON else body


def _stated(operation: Operation) -> Iterator[str]:
    for placed in response_keywords(operation):
        if placed.requirement.keyword == "distinct":
            yield placed.requirement.pointer
    yield from (f"{_shown(operation)}/{member}" for member in operation.free if operation.shows is not None)


def _unordered(operation: Operation) -> frozenset[str]:
    return frozenset(becomes.member for becomes in operation.becomes if becomes.unordered)


def _flat(value: Any, pointer: str, unordered: frozenset[str]) -> dict[str, Any]:
    if isinstance(value, dict) and value:
        inner = [_flat(item, f"{pointer}/{escape(name)}", unordered) for name, item in value.items()]
    elif isinstance(value, list) and value:
        items = sorted(value, key=repr) if pointer.rsplit("/", 1)[1] in unordered else value
        inner = [_flat(item, f"{pointer}/{index}", unordered) for index, item in enumerate(items)]
    else:
        return {pointer: value}
    return {name: leaf for leaves in inner for name, leaf in leaves.items()}


def general(pointer: str) -> str:
    """A pointer in which every array item is `*`."""
    return "/".join("*" if part.isdigit() else part for part in pointer.split("/"))
