"""Small contracts, two at a time: an old one and a new one that differ in one thing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from conformance.compat import Comparison, compare, read_revision

OK: dict[str, Any] = {"200": {"description": "fine"}}


def document(operation: dict[str, Any] | None = None, /, **parts: Any) -> dict[str, Any]:
    """A contract of one operation, POST /beds, or of the `paths` that are given."""
    paths = {"/beds": {"post": {"operationId": "makeBed", "responses": OK, **(operation or {})}}}
    return {"openapi": "3.1.0", "info": {"title": "Beds", "version": "1"}, "paths": paths, **parts}


def body(schema: Any, *, required: bool = True, media_type: str = "application/json") -> dict[str, Any]:
    """An operation that takes a body."""
    return {"requestBody": {"required": required, "content": {media_type: {"schema": schema}}}}


def query(*parameters: dict[str, Any]) -> dict[str, Any]:
    """An operation with parameters in the query."""
    return {"parameters": [{"in": "query", **parameter} for parameter in parameters]}


def answer(schema: Any, status: str = "200", media_type: str = "application/json") -> dict[str, Any]:
    """An operation that answers with a body."""
    return {"responses": {status: {"description": "so", "content": {media_type: {"schema": schema}}}}}


def written(folder: Path, name: str, content: dict[str, Any]) -> str:
    """The path of the contract as a file."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content))
    return str(path)


def compared(folder: Path, old: dict[str, Any], new: dict[str, Any]) -> Comparison:
    """What comparing two documents finds."""
    return compare(
        read_revision(written(folder, "old.json", old)),
        read_revision(written(folder, "new.json", new)),
    )


def verdict_of(folder: Path, old: dict[str, Any], new: dict[str, Any]) -> str:
    """The verdict alone."""
    return compared(folder, old, new).verdict
