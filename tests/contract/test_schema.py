"""Laws of schemas: OpenAPI's, read as plain JSON Schema 2020-12 in one direction."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from conformance.contract import read_contract
from conformance.contract.schema import retrieve, walk
from conformance.errors import ContractError
from conformance.requirements.derive import request_keywords
from tests.contract.reading import TREE, accepts, received, sent
from tests.toy_contracts import only_operation, posting


def test_annotations_are_left_out() -> None:
    """What asserts nothing is not in the schema, but examples are kept, the single one first."""
    schema = {"type": "string", "title": "T", "description": "D", "example": "a", "examples": ["b"], "deprecated": True}

    assert sent(schema) == {"type": "string", "examples": ["a", "b"]}


def test_members_named_like_annotations_stay() -> None:
    """A member may have the name of a keyword or an annotation."""
    names = ("title", "example", "$ref", "required", "type", "properties", "items", "default")
    schema = {"type": "object", "properties": {name: {"type": "integer"} for name in names if name != "$ref"}}

    assert set(sent(schema)["properties"]) == set(schema["properties"])


def test_what_stands_beside_a_reference() -> None:
    """Beside a `$ref` 3.1 asserts and 3.0 is silent."""
    schema = {"$ref": "#/components/schemas/Word", "maxLength": 1, "description": "short"}
    components = {"Word": {"type": "string", "maxLength": 3}}

    assert not accepts(sent(schema, components=components), "ab")
    assert accepts(sent(schema, components=components, openapi="3.0.3"), "ab")
    assert not accepts(sent(schema, components=components), "abcd")


ONE_SIDED = {
    "type": "object",
    "required": ["id", "secret", "name"],
    "properties": {
        "id": {"$ref": "#/components/schemas/Id"},
        "secret": {"type": "string", "writeOnly": True},
        "name": {"type": "string"},
    },
}
IDS = {"Id": {"type": "string", "readOnly": True}}


def test_read_only_members_are_not_sent() -> None:
    """A read-only member is neither described nor required in a request, also when it says so behind a reference."""
    read = sent(ONE_SIDED, components=IDS)

    assert set(read["properties"]) == {"secret", "name"}
    assert accepts(read, {"secret": "s", "name": "n"})


def test_write_only_members_are_not_received() -> None:
    """A write-only member is not required in an answer, and must not be there."""
    read = received(ONE_SIDED, components=IDS)

    assert {name for name, inner in read["properties"].items() if inner is not False} == {"id", "name"}
    assert accepts(read, {"id": "i", "name": "n"})
    assert not accepts(read, {"id": "i", "name": "n", "secret": "s"})


def test_a_member_may_be_one_sided_beside_its_reference() -> None:
    """From 3.1 on `readOnly` may stand beside a reference."""
    schema = {
        "type": "object",
        "required": ["at"],
        "properties": {"at": {"$ref": "#/components/schemas/When", "readOnly": True}},
    }
    components = {"When": {"type": "string"}}

    assert accepts(sent(schema, components=components), {})
    assert not accepts(received(schema, components=components), {})


def test_read_only_members_through_all_of() -> None:
    """A read-only member that a sibling in `allOf` requires is not required in a request either."""
    schema = {"allOf": [{"$ref": "#/components/schemas/Base"}, {"required": ["id"], "properties": {"name": {}}}]}
    components = {"Base": {"type": "object", "properties": {"id": {"type": "string", "readOnly": True}}}}

    assert accepts(sent(schema, components=components), {"name": "n"})
    assert not accepts(received(schema, components=components), {"name": "n"})


def test_recursive_schema() -> None:
    """A schema that contains itself is asserted to any depth."""
    read = sent({"$ref": "#/components/schemas/Tree"}, components={"Tree": TREE})

    assert accepts(read, {"name": "a", "children": [{"name": "b", "children": [{"name": "c"}]}]})
    assert not accepts(read, {"name": "a", "children": [{"name": "b", "children": [{"name": 1}]}]})
    assert not accepts(read, {"name": "a", "children": [{"children": []}]})


def test_recursion_through_two_schemas() -> None:
    """Two schemas that contain each other are read, each in its direction."""
    components = {
        "A": {"type": "object", "properties": {"b": {"$ref": "#/components/schemas/B"}}},
        "B": {"type": "object", "properties": {"a": {"$ref": "#/components/schemas/A"}, "n": {"type": "integer"}}},
    }

    read = sent({"$ref": "#/components/schemas/A"}, components=components)

    assert accepts(read, {"b": {"a": {"b": {"n": 1}}}})
    assert not accepts(read, {"b": {"a": {"b": {"n": "1"}}}})


def places(schema: Any, components: dict[str, Any]) -> set[str]:
    """Where a request has requirements of type."""
    operation = only_operation(posting(schema, components=components))
    return {p.site.pointer for p in request_keywords(operation) if p.requirement.keyword == "type"}


def test_recursion_has_places_at_its_second_level() -> None:
    """What a schema says of itself it says one level deeper, too; a choice among several ways is not multiplied."""
    reference = {"$ref": "#/components/schemas/Tree"}
    null = {**TREE, "properties": {**TREE["properties"], "next": {"anyOf": [dict(reference), {"type": "null"}]}}}
    choice = {
        "oneOf": [{"type": "integer"}, {"type": "object", "properties": {"of": dict(reference)}, "required": ["of"]}]
    }

    assert "/body/children/*/name" in places(reference, {"Tree": TREE})
    assert "/body/children/*/next" in places(reference, {"Tree": null})
    assert not {place for place in places(reference, {"Tree": choice}) if place.startswith("/body/of/")}


def test_two_contracts_keep_their_recursions_apart() -> None:
    """Recursive schemas of one name in two contracts are two schemas."""
    other = {**TREE, "properties": {**TREE["properties"], "name": {"type": "integer"}}}

    one = sent({"$ref": "#/components/schemas/Tree"}, components={"Tree": TREE})
    two = sent({"$ref": "#/components/schemas/Tree"}, components={"Tree": other})

    assert accepts(one, {"name": "a", "children": [{"name": "b"}]})
    assert accepts(two, {"name": 1, "children": [{"name": 2}]})
    assert not accepts(two, {"name": 1, "children": [{"name": "b"}]})


def test_references_that_only_lead_to_each_other() -> None:
    """References in a circle that describe nothing are refused, not followed for ever."""
    components = {"A": {"$ref": "#/components/schemas/B"}, "B": {"$ref": "#/components/schemas/A"}}

    with pytest.raises(ContractError):
        sent({"$ref": "#/components/schemas/A"}, components=components)


def test_a_broken_reference_names_its_line(tmp_path: Path) -> None:
    """A reference that leads nowhere is refused at the line of the schema that has it."""
    path = tmp_path / "toy.yaml"
    path.write_text(
        "openapi: 3.1.0\npaths:\n  /a:\n    get:\n      responses:\n        '200':\n          content:\n"
        "            application/json:\n              schema:\n                $ref: '#/components/schemas/Missing'\n"
    )

    with pytest.raises(ContractError) as caught:
        read_contract(path)

    assert caught.value.line in (9, 10)
    assert "Missing" in caught.value.reason


def test_references_into_other_files(tmp_path: Path) -> None:
    """A schema of another file refers to its own file, not to the first one."""
    (tmp_path / "toy.yaml").write_text(
        "openapi: 3.1.0\npaths:\n  /a:\n    post:\n      operationId: make\n      requestBody:\n        content:\n"
        "          application/json:\n            schema: {$ref: 'shared.yaml#/Pair'}\n      responses: {'200': {}}\n"
        "Word: {type: integer}\n"
    )
    (tmp_path / "shared.yaml").write_text(
        "Pair: {type: object, properties: {word: {$ref: '#/Word'}, pair: {$ref: '#/Pair'}}}\nWord: {type: string}\n"
    )

    body = read_contract(tmp_path / "toy.yaml").operations["make"].body

    assert body is not None
    assert accepts(body.schema, {"word": "a", "pair": {"word": "b"}})
    assert not accepts(body.schema, {"pair": {"word": 1}})


CAT = {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}, "lives": {"type": "integer"}}}
DOG = {"type": "object", "properties": {"tail": {"type": "boolean"}}}
PETS = {"Cat": CAT, "Dog": DOG}
BRANCHES = [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}]


def test_discriminator_without_mapping() -> None:
    """The member that a discriminator names holds the name of the branch's schema."""
    read = sent({"oneOf": BRANCHES, "discriminator": {"propertyName": "kind"}}, components=PETS)

    assert accepts(read, {"kind": "Cat", "lives": 9})
    assert accepts(read, {"kind": "Dog", "lives": "many"})
    assert not accepts(read, {"kind": "Cat", "lives": "many"})
    assert not accepts(read, {"kind": "Fish"})
    assert not accepts(read, {"lives": 9})


@pytest.mark.parametrize("cat", ["#/components/schemas/Cat", "Cat"])
def test_discriminator_with_mapping(cat: str) -> None:
    """A mapping names branches by reference or by name, several names may lead to one; the others keep their own."""
    discriminator = {"propertyName": "kind", "mapping": {"feline": cat, "kitten": cat}}

    read = sent({"oneOf": BRANCHES, "discriminator": discriminator}, components=PETS)

    assert accepts(read, {"kind": "feline", "lives": 9})
    assert accepts(read, {"kind": "kitten"})
    assert accepts(read, {"kind": "Dog"})
    assert not accepts(read, {"kind": "Cat", "lives": 9})


def test_discriminator_keeps_what_a_branch_says_itself() -> None:
    """A branch that fixes the member by its own enum keeps its own names."""
    own = {**CAT, "properties": {"kind": {"enum": ["tabby"]}}}

    read = sent({"oneOf": BRANCHES, "discriminator": {"propertyName": "kind"}}, components={**PETS, "Cat": own})

    assert accepts(read, {"kind": "tabby"})
    assert accepts(read, {"kind": "Dog"})


def test_discriminator_keeps_what_a_branch_is_composed_of() -> None:
    """A branch that inherits the member and fixes it beside is left as it is: nothing is said twice."""
    base = {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}}}
    branches = [{"$ref": "#/components/schemas/Cat"}]
    own = {"allOf": [base, {"properties": {"kind": {"enum": ["tabby"]}}}]}

    read = sent({"oneOf": branches, "discriminator": {"propertyName": "kind"}}, components={"Cat": own})

    assert isinstance(read, dict)
    assert set(read["oneOf"][0]) == {"allOf", "title"}
    assert accepts(read, {"kind": "tabby"})


@pytest.mark.parametrize("schema", [[], "string", 7])
def test_what_is_no_schema_is_refused(schema: Any) -> None:
    """A schema is an object or a boolean."""
    with pytest.raises(ContractError, match="a schema is an object"):
        sent({"type": "object", "properties": {"a": schema}})


def test_retrieve_fetches_nothing() -> None:
    """Only recursive schemas of ours have a URI; any other is unknown."""
    with pytest.raises(LookupError):
        retrieve("https://example.com/schema")


def test_walk_visits_parents_first() -> None:
    """Every subschema is visited once, with its path, parents before children."""
    schema = {"properties": {"a": {"items": {"type": "string"}}}, "anyOf": [{"not": {"const": 1}}, True]}
    visited: list[Any] = []

    walk(schema, lambda _, place: visited.append(place))

    assert visited == [
        (),
        ("properties", "a"),
        ("properties", "a", "items"),
        ("anyOf", 0),
        ("anyOf", 0, "not"),
    ]


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        ({"type": "strin"}, '`type` cannot be "strin"'),
        ({"type": "string", "pattern": "(("}, '`pattern` cannot be "(("'),
        ({"type": "string", "maxLength": "9"}, '`maxLength` cannot be "9"'),
        ({"type": "array", "items": {"type": "string", "minLength": -1}}, "`minLength` cannot be -1"),
        ({"type": "object", "properties": {"a": {"required": True}}}, "`required` cannot be true"),
        ({"type": "object", "patternProperties": {"[": {}}}, '`pattern` cannot be "["'),
        ({"$dynamicAnchor": "n", "items": {"$dynamicRef": "#n"}}, "`$dynamicRef` is not followed"),
    ],
)
def test_assertions_that_cannot_be_meant_are_refused(schema: Any, said: str) -> None:
    """A keyword with a value that JSON Schema does not know is an error of the document, not of who reads it later."""
    with pytest.raises(ContractError, match=re.escape(said)):
        sent(schema)


@pytest.mark.parametrize("name", ["minimum", "exclusiveMaximum", "multipleOf"])
def test_a_limit_is_as_whole_as_it_can_be(name: str) -> None:
    """Many tools write 1.0 for the limit of an integer; a server that takes no 1.0 still has a limit of 1."""
    assert [repr(sent({"type": "integer", name: limit})[name]) for limit in (2.0, 2.5)] == ["2", "2.5"]


def test_a_schema_without_end_is_refused() -> None:
    """References and aliases that multiply each other are stopped, not followed for hours."""
    parts: dict[str, Any] = {"a0": {"type": "string"}}
    for level in range(1, 9):
        below = {"$ref": f"#/components/schemas/a{level - 1}"}
        parts[f"a{level}"] = {"type": "object", "properties": {str(member): below for member in range(8)}}

    with pytest.raises(ContractError, match="more than 50000 parts"):
        sent({"$ref": "#/components/schemas/a8"}, components=parts)


@pytest.mark.parametrize("closed", ["additionalProperties", "unevaluatedProperties"])
def test_a_read_only_member_may_be_sent(closed: str) -> None:
    """Whoever sends back what was shown sends it, too: it is no unknown member, and its value is nobody's affair."""
    members = {"id": {"type": "string", "format": "uuid", "readOnly": True}, "name": {"type": "string"}}
    read = sent({"type": "object", "properties": members, closed: False})

    assert accepts(read, {"name": "a", "id": 0})
    assert not accepts(read, {"name": "a", "ID": 0})
    assert list(read["properties"]) == ["name"]
