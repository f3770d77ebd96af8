"""Laws of `x-conformance`: unknown keys and rules that cannot be meant are refused, with file and line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from conformance.contract import read_contract
from conformance.errors import ContractError
from tests.toy_contracts import SHELVES, asking, changed, described, posting, read

PUT = ("paths", "/shelves/{shelf}", "put", "x-conformance")
ROOT = ("x-conformance",)
ROOM = ("components", "schemas", "Shelf", "properties", "room")
ODD = {"id": "odd", "reading": "R1", "text": "a room is odd", "examples": ["x"], "schema": {"type": "string"}}


def refused(folder: Path, text: str) -> ContractError:
    """The error with which a contract of this text is refused."""
    path = folder / "toy.yaml"
    path.write_text(text)
    with pytest.raises(ContractError) as caught:
        read_contract(path)
    assert caught.value.file == str(path)
    return caught.value


def lines_of(document: dict[str, Any]) -> str:
    """A document as YAML, one key or item a line."""
    return yaml.dump(document, sort_keys=False, width=1000)


MISPLACED = {
    "root": (*ROOT, "unknown-key"),
    "fixture": (*ROOT, "fixtures", "shelf", "unknown-key"),
    "state": (*ROOT, "states", "shelf", "unknown-key"),
    "look": (*ROOT, "states", "shelf", "observe", 0, "unknown-key"),
    "operation": (*PUT, "unknown-key"),
    "rehearsal": (*PUT, "dry_run", "unknown-key"),
    "rule": (*PUT, "requires", 0, "unknown-key"),
    "example": (*PUT, "requires", 0, "violated", 0, "unknown-key"),
    "parameter": ("paths", "/shelves/{shelf}", "parameters", 0, "x-conformance", "unknown-key"),
    "response": ("paths", "/shelves/{shelf}", "put", "responses", "200", "x-conformance", "unknown-key"),
    "component": ("components", "schemas", "Shelf", "properties", "room", "x-conformance", "unknown-key"),
    "keyword": ("components", "schemas", "Shelf", "properties", "room", "x-conformance", "levels", "unknown-key"),
}


@pytest.mark.parametrize("where", MISPLACED)
def test_unknown_keys_are_refused(tmp_path: Path, where: str) -> None:
    """A key that the vocabulary lacks is refused at its line, in every place where the extension may stand."""
    path = MISPLACED[where]
    document = SHELVES
    if where in ("parameter", "response", "component"):
        document = changed(document, {}, *path[:-1])
    if where == "keyword":
        document = changed(document, {"levels": {}}, *path[:-2])
    text = lines_of(changed(document, "x", *path))

    error = refused(tmp_path, text)

    place = next(number for number, line in enumerate(text.splitlines(), 1) if "unknown-key" in line)
    assert "unknown-key" in error.reason
    assert error.line in (place - 1, place)  # the mapping that has it, or the key itself


def rule(**changes: Any) -> dict[str, Any]:
    """A rule that loads, with changes."""
    return {
        "id": "few",
        "text": "a few",
        "rule": "size(request.body) < 3",
        "satisfied": [{"request": {"body": "ab"}}],
        "violated": [{"request": {"body": "abc"}}],
        **changes,
    }


def with_rule(made: dict[str, Any], kind: str = "requires") -> dict[str, Any]:
    """A contract with one rule."""
    extension: dict[str, Any] = {"x-conformance": {kind: [made]}}
    return posting({"type": "string"}, **extension)


def test_a_rule_is_read() -> None:
    """A rule says where it points, how sure it is and how it is refused, or has defaults."""
    operation = read(with_rule(rule())).operations["make"]

    (found,) = operation.requires
    assert (found.id, found.level, found.pointer, found.refusal, found.on) == (
        "few",
        "documented",
        "/body",
        "invalid",
        "success",
    )


@pytest.mark.parametrize("kind", ["requires", "ensures"])
@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"rule": "size(request.body <"}, "  rule: size(request.body <"),
        ({"when": "has("}, "  when: has("),
        ({"violated": [{"request": {"body": "ab"}}]}, "violated:"),
        ({"satisfied": [{"request": {"body": "abcd"}}]}, "satisfied:"),
        ({"rule": "true"}, "violated:"),
        ({"rule": "false"}, "satisfied:"),
        ({"rule": "1 + 1"}, "satisfied:"),
        ({"rule": "request.body.missing == 1"}, "satisfied:"),
        ({"when": "request.body == 'zzz'"}, "satisfied:"),
        ({"violated": []}, "violated:"),
    ],
)
def test_rules_that_cannot_be_meant(tmp_path: Path, kind: str, changes: dict[str, Any], line: str) -> None:
    """A rule that does not compile, cannot fail, cannot hold, or is contradicted by its examples is refused there."""
    text = lines_of(with_rule(rule(**changes), kind))

    error = refused(tmp_path, text)

    place = next(number for number, each in enumerate(text.splitlines(), 1) if line.strip() in each)
    assert error.line in (place, place + 1), (error, text)  # the list, or its first example


def test_a_rule_without_examples_is_refused(tmp_path: Path) -> None:
    """A rule has at least one example on either side."""
    for side in ("satisfied", "violated"):
        made = {name: value for name, value in rule().items() if name != side}

        assert side in refused(tmp_path, lines_of(with_rule(made))).reason


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ((*PUT, "shows"), "response.body ."),
        ((*PUT, "becomes", 0, "value"), "request.body."),
        ((*ROOT, "unpublished"), "response.status =="),
        ((*ROOT, "states", "shelf", "observe", 0, "value"), "response."),
        ((*ROOT, "version"), 2),
    ],
)
def test_expressions_compile(path: tuple[Any, ...], value: Any) -> None:
    """Whatever holds an expression compiles, and the version is known."""
    with pytest.raises(ContractError):
        read(changed(SHELVES, value, *path))


def test_refusals_of_document_and_operation() -> None:
    """An operation's own statuses of refusal replace the document's, kind by kind."""
    own = read(changed(SHELVES, {"invalid": [422], "state": ["4XX"]}, *PUT, "refusal")).operations

    assert own["changeShelf"].refusal["invalid"] == ("422",)
    assert own["changeShelf"].refusal["state"] == ("4XX",)
    assert own["changeShelf"].refusal["unknown"] == ("404",)
    assert own["showShelf"].refusal["invalid"] == ("400",)


def test_sources_are_titled() -> None:
    """A source names its document by title, and is inherited from the operation."""
    source = {"document": "manual", "table": "Table 9"}
    operation = read(changed(SHELVES, source, *PUT, "source")).operations["changeShelf"]

    name = operation.request_schema["properties"]["body"]["properties"]["name"]
    assert (operation.source.document, operation.source.table) == ("Manual", "Table 9")
    assert name["x-conformance"]["source"]["document"] == "Manual"


def test_settings_have_defaults() -> None:
    """A setting's default is known to the contract and to the examples of its rules."""
    made = rule(rule="size(request.body) < settings.limit")
    document = {**with_rule(made), "x-conformance": {"version": 1, "settings": {"limit": {"default": 3}}}}

    assert read(document).settings == {"limit": 3}


def test_a_contract_without_extension() -> None:
    """A document without any extension is a contract without states, fixtures and rules."""
    contract = read(asking())

    assert (contract.states, contract.fixtures, contract.settings, contract.unpublished) == ({}, {}, {}, None)


def test_extensions_of_path_items_in_other_files(tmp_path: Path) -> None:
    """An operation keeps its extension when its path item stands in another file."""
    item = {"get": {"responses": {"200": {}}, "operationId": "show", "x-conformance": {"supporting": True}}}
    (tmp_path / "item.yaml").write_text(yaml.dump(item))
    (tmp_path / "toy.yaml").write_text(yaml.dump(described({"/a": {"$ref": "item.yaml"}})))

    assert read_contract(tmp_path / "toy.yaml").operations["show"].supporting


def test_extensions_of_nameless_operations() -> None:
    """An operation without an id keeps its extension."""
    item = {"get": {"responses": {"200": {}}, "x-conformance": {"supporting": True, "effect": "disrupts"}}}

    (found,) = read(described({"/a": item})).operations.values()

    assert (found.effect, found.supporting) == ("disrupts", True)


def test_contested_values_are_given_as_schemas(tmp_path: Path) -> None:
    """What is contested is a schema like any other: one that is none is refused at its line."""
    zone = {**ODD, "schema": {"maxLength": "one"}}
    text = lines_of(changed(SHELVES, {"contested": [zone]}, *ROOM, "x-conformance"))

    error = refused(tmp_path, text)

    assert "`maxLength` cannot be" in str(error)
    assert error.line == next(number for number, line in enumerate(text.splitlines(), 1) if "maxLength: one" in line)


def test_contested_examples_are_contested(tmp_path: Path) -> None:
    """An example that is none of the contested values would be sent as one: it is refused at its line."""
    zone = {**ODD, "examples": ["x", 7]}
    text = lines_of(changed(SHELVES, {"contested": [zone]}, *ROOM, "x-conformance"))

    error = refused(tmp_path, text)

    assert "odd: this example is none of the values" in str(error)
    assert error.line == next(number for number, line in enumerate(text.splitlines(), 1) if line.strip() == "- 7")
