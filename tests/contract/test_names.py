"""Laws of names: whatever one part of a contract says of another is there, or the line is named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from conformance.contract import read_contract
from conformance.errors import ContractError
from tests.toy_contracts import OPEN, SHELVES, changed, read

PUT = ("paths", "/shelves/{shelf}", "put", "x-conformance")
ROOT = ("x-conformance",)
ROOM = ("components", "schemas", "Shelf", "properties", "room", "x-conformance")
SHELF = ("paths", "/shelves/{shelf}", "parameters", 0, "x-conformance")
VIOLATED = (*PUT, "requires", 0, "violated", 0)
BODY = ("paths", "/shelves/{shelf}", "put", "requestBody", "content", "application/json", "schema", "properties")
ODD = {"id": "odd", "text": "a room is odd", "examples": ["x"], "schema": {"type": "string"}}

LOST = {
    "state": ((*PUT, "state"), "cupboard"),
    "look": ((*ROOT, "states", "shelf", "observe", 0, "operation"), "lookAtCupboard"),
    "restore": ((*ROOT, "states", "shelf", "restore", "operation"), "restoreCupboard"),
    "fixture of a state": ((*ROOT, "states", "shelf", "fixture"), "cupboard"),
    "fixture of a parameter": (SHELF, {"fixture": "cupboard"}),
    "fixture of an example": ((*VIOLATED, "fixture"), {"shelf": "cupboard"}),
    "setting of an example": ((*VIOLATED, "settings"), {"cupboard": 3}),
    "setting": (ROOM, {"settings": {"minimum": "cupboard"}}),
    "document of an operation": ((*PUT, "source"), {"document": "cupboard"}),
    "document of a rule": ((*PUT, "requires", 0, "source", "document"), "cupboard"),
    "document of what is contested": (ROOM, {"contested": [{**ODD, "source": {"document": "cupboard"}}]}),
    "reading of a rule": ((*PUT, "requires", 0, "reading"), "cupboard"),
    "reading of a rehearsal": ((*PUT, "dry_run", "reading"), "cupboard"),
    "reading of a statement": ((*PUT, "statements"), {"method": {"reading": "cupboard"}}),
    "reading of a statement at large": ((*ROOT, "statements"), {"method": {"reading": "cupboard"}}),
    "reading of a schema": (ROOM, {"reading": "cupboard"}),
    "reading of a keyword": (ROOM, {"readings": {"type": "cupboard"}}),
    "reading of what is contested": (ROOM, {"contested": [{**ODD, "reading": "cupboard"}]}),
    "reading of an answer": ((*PUT[:-1], "responses", "200", "x-conformance"), {"reading": "cupboard"}),
    "place of a rule": ((*PUT, "requires", 0, "pointer"), "/body/cupboard"),
    "place of a change": ((*PUT, "becomes", 0, "when"), "/body/cupboard"),
    "rehearsal": ((*PUT, "dry_run", "request"), {"body": {"cupboard": True}}),
    "no rehearsal": ((*PUT, "dry_run", "off"), {"query": {"cupboard": True}}),
}


@pytest.mark.parametrize("what", LOST)
def test_names_lead_somewhere(tmp_path: Path, what: str) -> None:
    """What is named and not there is refused by its name, at its line."""
    path, value = LOST[what]
    text = yaml.dump(changed(SHELVES, value, *path), sort_keys=False, width=1000)
    (tmp_path / "toy.yaml").write_text(text)

    with pytest.raises(ContractError) as caught:
        read_contract(tmp_path / "toy.yaml")

    assert "cupboard" in str(caught.value).casefold()
    line = next(number for number, each in enumerate(text.splitlines(), 1) if "cupboard" in each.casefold())
    assert caught.value.line == line


@pytest.mark.parametrize(
    ("schema", "pointer"),
    [
        ({"type": "object", "additionalProperties": {"type": "string"}}, "/body/name/any"),
        ({"type": "array", "items": {"properties": {"deep": {}}}}, "/body/name/*/deep"),
        ({"type": "array", "prefixItems": [{"properties": {"deep": {}}}]}, "/body/name/0/deep"),
        ({"allOf": [{"required": ["deep"]}, {"properties": {"deep": {}}}]}, "/body/name/deep"),
        ({"oneOf": [{"properties": {"other": {}}}, {"properties": {"a/b": {}}}]}, "/body/name/a~1b"),
        ({"patternProperties": {"^x": {"properties": {"deep": {}}}}}, "/body/name/x/deep"),
        ({"properties": {"deep": {"$ref": "#/components/schemas/Tree"}}}, "/body/name/deep/next/next/next"),
        ({"required": ["deep"]}, "/body/name/deep"),
        (True, "/body/name/deep"),
    ],
)
def test_names_lead_into_any_schema(schema: Any, pointer: str) -> None:
    """What a schema describes, or leaves open, can be spoken of, however it is composed."""
    tree = {"properties": {"next": {"$ref": "#/components/schemas/Tree"}}}
    document = changed(SHELVES, tree, "components", "schemas", "Tree")
    document = changed(document, schema, *BODY, "name")

    assert read(changed(document, pointer, *PUT, "requires", 0, "pointer"))


@pytest.mark.parametrize(
    "schema",
    [
        {"properties": {"deep": {}}, "additionalProperties": False},
        {"properties": {"deep": {}}},
        {"allOf": [{"properties": {"deep": {}}}, {"minProperties": 1}]},
        {"items": {"properties": {"other": {}}}},
    ],
)
def test_names_that_no_schema_describes(schema: Any) -> None:
    """What nothing describes where other things are described is misspelt."""
    document = changed(SHELVES, schema, *BODY, "name")

    with pytest.raises(ContractError, match="the request has no body/name/other"):
        read(changed(document, "/body/name/other", *PUT, "requires", 0, "pointer"))


def test_two_rules_of_one_id_are_refused() -> None:
    """An id names one rule: of two, one would be lost."""
    rules = [OPEN, {**OPEN, "text": "another"}]
    document = changed(SHELVES, {"text": "a full one"}, *ROOT, "fixtures", "shelf.full")

    with pytest.raises(ContractError, match="the rule 'open' stands twice"):
        read(changed(document, rules, *PUT, "requires"))
