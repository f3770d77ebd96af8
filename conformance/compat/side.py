"""One version of a contract, with what comparing needs beside its operations: every media type, all of security."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from conformance.contract.document import Document, load
from conformance.contract.extension import contract_of
from conformance.contract.openapi import METHODS
from conformance.contract.operation import Operation
from conformance.contract.schema import EXTENSION, SchemaReader

Alternative = frozenset[tuple[str, str]]  # of (what a scheme is, a scope or ""); all of them are needed


@dataclass(frozen=True, slots=True)
class Described:
    """An operation as one version describes it; `bodies` and `security` hold every alternative."""

    operation: Operation
    route: str  # its template, with the names of path parameters left out
    own: str  # the same without the base path of its server
    bodies: Mapping[str, Any]  # schemas by media type
    security: tuple[Alternative, ...]


Operations = Mapping[tuple[str, str], Described]  # by method and route


@dataclass(frozen=True, slots=True)
class Side:
    """One version: its name for people, its operations, and the events that it sends."""

    name: str
    operations: Operations
    webhooks: Operations
    settings: Mapping[str, Any]


def read_side(path: Path, name: str) -> Side:
    """The version at `path`; ContractError if it cannot be meant."""
    document = load(path)
    events = {f"/{event}": item for event, item in (document.root.get("webhooks") or {}).items()}
    webhooks = _described(_of_events(document, events))[0] if events else {}
    if not document.root.get("paths") and ("paths" in document.root or events):
        return Side(name, {}, webhooks, {})
    operations, settings = _described(document)
    return Side(name, operations, webhooks, settings)


def _of_events(document: Document, events: Mapping[str, Any]) -> Document:
    """The document as if its webhooks were its paths; what `x-conformance` says of operations does not concern them."""
    extension = {"version": 1, "documents": document.root.get(EXTENSION, {}).get("documents", {})}
    return replace(document, root={**document.root, "paths": events, EXTENSION: extension})


def _described(document: Document) -> tuple[Operations, Mapping[str, Any]]:
    contract = contract_of(document)
    nodes = dict(_nodes(document))
    operations = {}
    for operation in contract.operations.values():
        own = _stripped(operation, nodes)
        node, file = nodes[operation.method, own]
        described = Described(
            operation, route_of(operation.path), route_of(own), _bodies(document, node, file), _security(document, node)
        )
        operations[operation.method, described.route] = described
    return operations, contract.settings


def route_of(template: str) -> str:
    """A path template without the names of its parameters: they are the server's own business."""
    return re.sub(r"{[^{}]*}", "{}", template)


def _nodes(document: Document) -> Iterator[tuple[tuple[str, str], tuple[Mapping[str, Any], Path]]]:
    for path, raw in document.root.get("paths", {}).items():
        item, file = _resolved(document, raw, document.path)
        for method in METHODS:
            if method in item:
                yield (method.upper(), path), _resolved(document, item[method], file)


def _stripped(operation: Operation, nodes: Mapping[tuple[str, str], Any]) -> str:
    """The path as `paths` has it: the operation's own begins with the base path of its server."""
    candidates = (operation.path[start:] for start in range(len(operation.path)))
    return next(path for path in candidates if (operation.method, path) in nodes)


def _resolved(document: Document, node: Any, file: Path) -> tuple[Mapping[str, Any], Path]:
    while isinstance(node, dict) and isinstance(node.get("$ref"), str):
        node, file = document.resolve(node["$ref"], file)
    return (node, file) if isinstance(node, dict) else ({}, file)


def _bodies(document: Document, node: Mapping[str, Any], file: Path) -> dict[str, Any]:
    raw, where = _resolved(document, node.get("requestBody"), file)
    found = {}
    for media_type, each in (raw.get("content") or {}).items():
        media, place = _resolved(document, each, where)
        found[media_type] = SchemaReader(document, "request").read(media.get("schema", {}), place)
    return found


def _security(document: Document, node: Mapping[str, Any]) -> tuple[Alternative, ...]:
    """The alternatives, each scheme as it is on the wire: what the document calls it is nobody's business."""
    wanted = node.get("security", document.root.get("security")) or [{}]
    schemes = (document.root.get("components") or {}).get("securitySchemes") or {}
    found = []
    for alternative in wanted:
        needs: set[tuple[str, str]] = set()
        for name, scopes in alternative.items():
            scheme, _ = _resolved(document, schemes.get(name), document.path)
            needs |= {(_credential(scheme), str(scope)) for scope in ("", *scopes)}
        found.append(frozenset(needs))
    return tuple(found)


def _credential(scheme: Mapping[str, Any]) -> str:
    match scheme.get("type"):
        case "apiKey":
            return f"an API key in {scheme.get('in')} {scheme.get('name')}"
        case "http":
            return f"{str(scheme.get('scheme', '')).lower()} authentication"
        case "oauth2":
            return "an OAuth 2 token"
        case "openIdConnect":
            return "an OpenID Connect token"
        case other:
            return f"a credential of type {other}"
