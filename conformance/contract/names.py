"""Names: whatever one part of `x-conformance` says of another part, or of the request, is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from conformance.contract.document import Document, Place, place_of
from conformance.contract.operation import Contract, Operation
from conformance.contract.schema import EXTENSION

Lost = tuple[str, Place]  # what is not there, and where it is named
_BRANCHES = ("allOf", "anyOf", "oneOf")
_INSIDE = ("$ref", "properties", "patternProperties", "additionalProperties", "items", "prefixItems")


def check_names(
    document: Document, contract: Contract, extensions: Mapping[str, tuple[Mapping[str, Any], Place]]
) -> None:
    """ContractError for the first name that leads nowhere; `extensions` of the operations, by id, with their places."""
    for state, node in document.root.get(EXTENSION, {}).get("states", {}).items():
        for problem, spot in _lost_of_state(contract, node):
            raise document.error(f"x-conformance: {problem}", (EXTENSION, "states", state, *spot))
    for name, (node, place) in extensions.items():
        for problem, spot in _lost_of_operation(contract, contract.operations[name], node):
            raise document.error(f"x-conformance: {name}: {problem}", (*place, *spot))


def _lost_of_state(contract: Contract, node: Mapping[str, Any]) -> Iterator[Lost]:
    looks: Iterator[Lost] = ((look["operation"], ("observe", i)) for i, look in enumerate(node["observe"]))
    restore = node.get("restore", {})
    for name, spot in (*looks, *([(restore["operation"], ("restore",))] if "operation" in restore else [])):
        if name not in contract.operations:
            yield f"there is no operation {name!r}", (*spot, "operation")
    if node["fixture"] not in contract.fixtures:
        yield f"there is no fixture {node['fixture']!r}", ("fixture",)


def _lost_of_operation(contract: Contract, operation: Operation, node: Mapping[str, Any]) -> Iterator[Lost]:
    if node.get("state", operation.state) not in (None, *contract.states):
        yield f"there is no state {node['state']!r}", ("state",)
    for part, spot in _parts(node):
        if not _leads(operation.request_schema, part):
            yield f"the request has no {'/'.join(map(str, part))}", spot
    seen: set[str] = set()
    for rule, spot in _rules(node):
        if rule["id"] in seen:
            yield f"the rule {rule['id']!r} stands twice", (*spot, "id")
        seen.add(rule["id"])
        yield from _lost_of_examples(contract, rule, spot)


def _lost_of_examples(contract: Contract, rule: Mapping[str, Any], place: Place) -> Iterator[Lost]:
    for kind in ("satisfied", "violated"):
        for index, example in enumerate(rule[kind]):
            for name, variant in example.get("fixture", {}).items():
                if f"{name}.{variant}" not in contract.fixtures:
                    yield f"there is no fixture '{name}.{variant}'", (*place, kind, index, "fixture", name)
            for name in example.get("settings", {}):
                if name not in contract.settings:
                    yield f"there is no setting {name!r}", (*place, kind, index, "settings", name)


def _rules(node: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], Place]]:
    for kind in ("requires", "ensures"):
        yield from ((rule, (kind, index)) for index, rule in enumerate(node.get(kind, [])))


def _parts(node: Mapping[str, Any]) -> Iterator[tuple[Place, Place]]:
    """Every part of the request that is spoken of, and where it is."""
    for index, rule in enumerate(node.get("requires", [])):
        if "pointer" in rule:
            yield place_of(f"#{rule['pointer']}"), ("requires", index, "pointer")
    for index, becomes in enumerate(node.get("becomes", [])):
        yield place_of(f"#{becomes['when']}"), ("becomes", index, "when")
    for patch in ("request", "off"):
        for part in _patched(node.get("dry_run", {}).get(patch)):
            yield part, ("dry_run", patch, *part)


def _patched(patch: Any, place: Place = ()) -> Iterator[Place]:
    """Where a merge patch puts something."""
    if isinstance(patch, dict) and patch:
        for name, inner in patch.items():
            yield from _patched(inner, (*place, name))
    elif place:
        yield place


def _leads(schema: Any, place: Place) -> bool:
    """Whether a schema speaks of what stands at a place in a value; one that says nothing of what is in it does."""
    if not place or not isinstance(schema, dict):
        return schema is not False
    told = list(_told(schema))
    return not told or any(_leads_on(each, place[0], place[1:]) for each in told)


def _told(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The parts of a schema that say what is in a value: itself, or what it is composed of."""
    if any(key in schema for key in _INSIDE):
        yield schema
    for branch in (branch for key in _BRANCHES for branch in schema.get(key, [])):
        if isinstance(branch, dict):
            yield from _told(branch)


def _leads_on(schema: dict[str, Any], head: str | int, rest: Place) -> bool:
    if "$ref" in schema:
        return True  # back into itself: as deep as one likes
    inner = [schema[key] for key in ("additionalProperties",) if key in schema]
    inner += schema.get("patternProperties", {}).values()
    inner += [schema["properties"][head]] if head in schema.get("properties", {}) else []
    if head == "*" or str(head).isdigit():
        inner += [*schema.get("prefixItems", []), *([schema["items"]] if "items" in schema else [])]
    return any(_leads(each, rest) for each in inner)
