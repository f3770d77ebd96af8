"""The `x-conformance` extension read into records; every rule is proved by its examples before it loads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from conformance.contract import vocabulary
from conformance.contract.document import Document, Place
from conformance.contract.expression import Expression, compile_expression, context
from conformance.contract.names import check_names
from conformance.contract.openapi import OperationReader
from conformance.contract.operation import (
    Becomes,
    Contract,
    Observation,
    Operation,
    Rehearsal,
    Rule,
    State,
    Statement,
)
from conformance.contract.schema import EXTENSION


def contract_of(document: Document) -> Contract:
    """The contract that a document describes; ContractError if something in it cannot be meant."""
    root = document.root.get(EXTENSION, {"version": 1})
    vocabulary.check(document, root, vocabulary.ROOT, (EXTENSION,))
    reader = OperationReader(document)
    operations: dict[str, Operation] = {}
    for operation in reader.operations():
        if operation.id in operations:
            raise document.error(f"the operationId {operation.id!r} stands twice", ("paths",))
        extension, place = reader.extensions[operation.id]
        operations[operation.id] = _extended(operation, extension, root, reader, place)
    contract = Contract(
        title=str((document.root.get("info") or {}).get("title", document.path.name)),
        path=str(document.path),
        operations=operations,
        states=_states(document, root.get("states", {})),
        fixtures=root.get("fixtures", {}),
        readings=root.get("readings", {}),
        settings={name: node["default"] for name, node in root.get("settings", {}).items()},
        unpublished=_maybe(document, root.get("unpublished"), (EXTENSION, "unpublished")),
    )
    check_names(document, contract, reader.extensions)
    return contract


def _extended(
    operation: Operation, node: Mapping[str, Any], root: Mapping[str, Any], reader: OperationReader, place: Place
) -> Operation:
    document = reader.document
    refusal = {**root.get("refusal", {}), **node.get("refusal", {})}
    settings = {name: setting["default"] for name, setting in root.get("settings", {}).items()}
    operation = replace(
        operation,
        supporting=bool(node.get("supporting", False)),
        state=node.get("state"),
        shows=_maybe(document, node.get("shows"), (*place, "shows")),
        rehearsal=_rehearsal(node.get("dry_run"), reader, operation, (*place, "dry_run")),
        refusal={kind: tuple(str(status) for status in statuses) for kind, statuses in refusal.items()},
        becomes=tuple(_becomes(document, raw, place) for raw in node.get("becomes", [])),
        free=tuple(node.get("free", [])),
        statements={
            name: _statement(raw, reader, operation, (*where, "statements", name))
            for where, said in (((EXTENSION,), root), (place, node))
            for name, raw in said.get("statements", {}).items()
        },
    )
    rules: dict[str, tuple[Rule, ...]] = {}
    for kind in ("requires", "ensures"):
        spot = (*place, kind)
        read = [_rule(raw, kind, reader, operation, (*spot, i)) for i, raw in enumerate(node.get(kind, []))]
        for index, rule in enumerate(read):
            _prove(document, rule, settings, (*spot, index))
        rules[kind] = tuple(read)
    return replace(operation, requires=rules["requires"], ensures=rules["ensures"])


def _rehearsal(
    node: Mapping[str, Any] | None, reader: OperationReader, operation: Operation, place: Place
) -> Rehearsal | None:
    if node is None:
        return None
    source = reader.source(node, operation.source, place)
    return Rehearsal(node["request"], node.get("off"), int(node["status"]), node.get("reading"), source)


def _statement(node: Mapping[str, Any], reader: OperationReader, operation: Operation, place: Place) -> Statement:
    source = reader.source(node, operation.source, place)
    return Statement(node.get("level"), source if "source" in node else None, node.get("reading"), node.get("text"))


def _becomes(document: Document, node: Mapping[str, Any], place: Place) -> Becomes:
    value = _compiled(document, node["value"], (*place, "becomes"))
    level = node.get("level", "documented")
    return Becomes(node["member"], node["when"], value, bool(node.get("unordered", False)), level)


def _rule(node: Mapping[str, Any], kind: str, reader: OperationReader, operation: Operation, place: Place) -> Rule:
    document = reader.document
    return Rule(
        id=node["id"],
        text=node["text"],
        rule=_compiled(document, node["rule"], (*place, "rule")),
        level=node.get("level", "documented"),
        source=reader.source(node, operation.source, place),
        reading=node.get("reading"),
        pointer=node.get("pointer", "/body" if kind == "requires" else ""),
        when=_maybe(document, node.get("when"), (*place, "when")),
        satisfied=tuple(node["satisfied"]),
        violated=tuple(node["violated"]),
        refusal=node.get("refusal", "invalid"),
        on=node.get("on", "success"),
    )


def _prove(document: Document, rule: Rule, settings: Mapping[str, Any], place: Place) -> None:
    """A rule that cannot fail, or cannot hold, does not load."""
    for kind, expected in (("satisfied", True), ("violated", False)):
        for index, example in enumerate(getattr(rule, kind)):
            variables = example_variables(example, settings)
            ready = context(variables)
            spot = (*place, kind, index)
            if rule.when is not None and rule.when.holds(ready) is not True:
                raise document.error(f"rule {rule.id}: its `when` does not hold in this example", spot)
            if rule.rule.holds(ready) is not expected:
                said = "must hold, but does not" if expected else "must break the rule, but does not"
                raise document.error(f"rule {rule.id}: this {kind} example {said}", spot)


def example_variables(example: Mapping[str, Any], settings: Mapping[str, Any]) -> dict[str, Any]:
    """The CEL variables of a rule's example; what it does not give is empty."""
    request = {"path": {}, "query": {}, "header": {}, **example.get("request", {})}
    return {
        "request": request,
        "self": example.get("self", {}),
        "oldSelf": example.get("oldSelf", {}),
        "response": example.get("response", {}),
        "now": float(example.get("now", 0.0)),
        "settings": {**settings, **example.get("settings", {})},
    }


def _compiled(document: Document, text: str, place: Place) -> Expression:
    try:
        return compile_expression(text)
    except ValueError as problem:
        raise document.error(f"not a CEL expression: {problem}", place) from None


def _maybe(document: Document, text: str | None, place: Place) -> Expression | None:
    return None if text is None else _compiled(document, text, place)


def _states(document: Document, nodes: Mapping[str, Any]) -> dict[str, State]:
    return {name: _state(document, name, node, (EXTENSION, "states", name)) for name, node in nodes.items()}


def _state(document: Document, name: str, node: Mapping[str, Any], place: Place) -> State:
    looks = tuple(
        Observation(
            look["operation"],
            _maybe(document, look.get("request"), (*place, "observe", index)),
            _compiled(document, look["value"], (*place, "observe", index)),
            tuple(look.get("disturbs", [])),
        )
        for index, look in enumerate(node["observe"])
    )
    restore = node.get("restore") or {}
    request = _maybe(document, restore.get("request"), (*place, "restore"))
    return State(name, node["fixture"], looks, restore.get("operation"), request)
