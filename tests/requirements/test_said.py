"""Laws of the list: every requirement of a contract as a user reads it, in order."""

from __future__ import annotations

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from conformance.requirement import Requirement
from conformance.requirements.derive import of_contract
from tests.toy_contracts import CARDS, JSON, SHELVES, changed, described, read

PAGE = {
    "type": "object",
    "required": ["id"],
    "properties": {"id": {"type": "string", "x-conformance": {"distinct": True}}, "gone": False, "free": True},
    "unevaluatedProperties": False,
}
OWN_WORDS = {"texts": {"type": "a number"}}
SEARCH: dict[str, Any] = {
    "operationId": "search",
    "security": [{"cookie": []}],
    "parameters": [
        {"name": "from", "in": "query", "schema": {"type": "integer", "x-conformance": OWN_WORDS}},
        {"name": "tags", "in": "query", "schema": {"type": ["array", "null"], "items": {"type": "string"}}},
        {"name": "seen", "in": "cookie", "required": True, "schema": {"type": "boolean"}},
    ],
    "responses": {
        "200": {
            "description": "A page.",
            "headers": {"X-Left": {"schema": {"type": "integer"}}, "X-Id": {"required": True, "schema": {}}},
            "content": {"text/csv": {"schema": {}}, JSON: {"schema": PAGE}},
        },
        "4XX": {"description": "No.", "content": {"text/plain": {"schema": {"type": "string"}}}},
        "default": {"description": "No."},
    },
}
SEND: dict[str, Any] = {
    "operationId": "send",
    "requestBody": {"content": {JSON: {"schema": {"allOf": [{"minProperties": 1}, {"minProperties": 2}]}}}},
    "responses": {"2XX": {"description": "So it is."}, "415": {"description": "Not so."}},
    "x-conformance": {"source": {"document": "manual", "table": "T"}, "statements": {"method": {"text": "no other"}}},
}
MANUAL: dict[str, Any] = {"x-conformance": {"version": 1, "documents": {"manual": {"title": "Manual"}}}}
ODD = described(
    {"/pages": {"get": SEARCH, "patch": SEND}},
    components={"securitySchemes": {"cookie": {"type": "apiKey", "in": "cookie", "name": "Session"}}},
    **MANUAL,
)
NEEDLESS = changed(ODD, [{}, {"cookie": []}], "paths", "/pages", "get", "security")
LOOKED_AT = changed(SHELVES, {"supporting": True}, "paths", "/shelves/{shelf}", "get", "x-conformance")


def line(requirement: Requirement) -> str:
    """All that is known of a requirement."""
    place = "/".join(map(str, requirement.schema_path))
    said = f"{requirement.level}{f' {requirement.reading}' if requirement.reading else ''}, {requirement.source}"
    where = f"{requirement.side} {requirement.pointer} {requirement.keyword} at {place}"
    return f"{requirement.id}: {requirement.text} ({said}); {where}"


@pytest.mark.parametrize(
    "document",
    [CARDS, SHELVES, ODD, LOOKED_AT, NEEDLESS],
    ids=["cards", "shelves", "pages", "shelves that are looked at", "pages that need no credential"],
)
def test_the_list_of_requirements(document: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    """A user reads each requirement with its sentence, level and source, and finds where it stands."""
    assert [line(requirement) for requirement in of_contract(read(document))] == snapshot
