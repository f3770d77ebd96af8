"""What may differ between two answers: what the contract says moves by itself, and what did between two answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from conformance.compare.side import Asked, Side
from conformance.contract.expression import EvaluationError
from conformance.contract.operation import Contract, Operation
from conformance.judge.effect import canonical
from conformance.judge.state import same
from conformance.judge.step import NOT_JSON, parsed
from conformance.requirements.derive import response_keywords
from conformance.requirements.site import escape
from conformance.wire import Response

Leaves = Mapping[str, Any]
NO_JSON = "(no JSON document)"


@dataclass
class Places:
    """The volatile places of a contract's answers, by operation, status and pointer; an array item is `*`."""

    contract: Contract
    known: set[tuple[str, int, str]] = field(default_factory=set)
    _stated: dict[str, set[str]] = field(default_factory=dict)

    def stated(self, operation: str) -> set[str]:
        """The places of an operation's answers that the contract itself calls volatile."""
        if operation not in self._stated:
            self._stated[operation] = set(_stated(self.contract.operations[operation]))
        return self._stated[operation]

    def __contains__(self, place: tuple[str, int, str]) -> bool:
        operation, _, pointer = place
        return place in self.known or any(
            pointer == stated or pointer.startswith(f"{stated}/") for stated in self.stated(operation)
        )

    def learn(self, side: Side, one: Asked, other: Asked) -> None:
        """What differs between two answers of one target to one request is volatile."""
        for first, second in ((one, other), *((one, _again(one, n)) for n in range(1, len(one.exchanges)))):
            if first.status != second.status:
                continue
            before, after = self.leaves(side, first), self.leaves(side, second)
            for pointer in {**before, **after}:
                if before.get(pointer) != after.get(pointer):
                    self.known.add((one.operation, one.status, general(pointer)))

    def leaves(self, side: Side, asked: Asked) -> Leaves:
        """Every value of an answer by its pointer, in canonical form, what only one side knows by its name."""
        response = asked.exchange.response
        if response is None:
            return {}
        operation = self.contract.operations[asked.operation]
        answer = operation.answer(response.status)
        media = (response.header("content-type") or "").partition(";")[0].strip().lower()
        found: dict[str, Any] = {"/header/content-type": media}
        for name in answer.headers if answer is not None else ():
            found[f"/header/{escape(name)}"] = side.normal(response.header(name))
        schema = next(iter(answer.content.values()), {}) if answer is not None else {}
        found |= _flat(side.normal(canonical(schema, _body(response))), "/body", _unordered(operation))
        return found

    def as_found(self, side: Side, asked: Asked) -> frozenset[str]:
        """The members of a shown state that are as they were before the first case."""
        operation, response = self.contract.operations[asked.operation], asked.exchange.response
        if operation.shows is None or response is None or not 200 <= response.status < 300:
            return frozenset()
        initial = side.initial.get(side.resource(asked.exchange.request), {})
        shown = shown_in(operation, response)
        prefix = "/" + "/".join(operation.shows.text.split(".")[1:])
        return frozenset(f"{prefix}/{escape(n)}" for n, v in shown.items() if n in initial and same(initial[n], v))


def shown_in(operation: Operation, response: Response) -> dict[str, Any]:
    """The state that a response shows; empty if it shows none."""
    if operation.shows is None or (body := _body(response)) == NO_JSON:
        return {}
    try:
        value = operation.shows.value({"response": {"status": response.status, "body": body}})
    except EvaluationError:
        return {}
    return value if isinstance(value, dict) else {}


def _again(asked: Asked, number: int) -> Asked:
    return Asked(asked.case, asked.operation, asked.requirement, asked.sent, asked.contested, asked.exchanges[number:])


def _body(response: Response) -> Any:
    if not response.body:
        return None
    body = parsed(response.body)
    return NO_JSON if body is NOT_JSON else body


def _stated(operation: Operation) -> Iterator[str]:
    for placed in response_keywords(operation):
        if placed.requirement.keyword == "distinct":
            yield placed.requirement.pointer
    if operation.shows is not None:
        shown = "/".join(operation.shows.text.split(".")[1:])
        yield from (f"/{shown}/{member}" for member in operation.free)


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
