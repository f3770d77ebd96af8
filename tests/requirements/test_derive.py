"""Laws of requirements: one for each keyword at its place, with an id that other places do not move."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from conformance.requirement import ASSERTIONS, Requirement
from conformance.requirements.derive import of_contract, of_operation, request_keywords, response_keywords
from conformance.requirements.site import values_at
from tests.toy_contracts import (
    CARD,
    CARDS,
    SHELVES,
    answering,
    asking,
    changed,
    described,
    only_operation,
    posting,
    read,
)


def ids(document: dict[str, Any]) -> list[str]:
    """The ids of all requirements of a contract."""
    return [requirement.id for requirement in of_contract(read(document))]


def of_body(schema: Any, **rest: Any) -> list[str]:
    """What a body's schema requires, by pointer and keyword."""
    every = [p.requirement for p in request_keywords(only_operation(posting(schema, **rest)))]
    return [r.id.removeprefix("make/request/body") for r in every if r.pointer.startswith("/body")]


@pytest.mark.parametrize("document", [CARDS, SHELVES], ids=["cards", "shelves"])
def test_ids_are_distinct(document: Any) -> None:
    """No two requirements have one id."""
    found = ids(document)

    assert len(found) == len(set(found))


@pytest.mark.parametrize("document", [CARDS, SHELVES], ids=["cards", "shelves"])
def test_requirements_know_their_place(document: Any) -> None:
    """The path of every keyword of a request leads to that keyword in the request's schema."""
    for operation in read(document).operations.values():
        for placed in request_keywords(operation):
            requirement, node = placed.requirement, operation.request_schema
            path = requirement.schema_path
            if path[-2:-1] == ("required",):
                assert path[-1] in _at(node, path[:-1])
            elif requirement.keyword == "optional":
                assert path[-1] in _at(node, path[:-2])["properties"]
            else:
                assert path[-1] == requirement.keyword
                assert requirement.keyword in _at(node, path[:-1])


def _at(node: Any, path: Any) -> Any:
    for part in path:
        node = node[part]
    return node


def reversed_deeply(node: Any) -> Any:
    """A document with the members of every object in the opposite order."""
    if isinstance(node, dict):
        return {key: reversed_deeply(node[key]) for key in reversed(node)}
    return [reversed_deeply(item) for item in node] if isinstance(node, list) else node


@pytest.mark.parametrize("document", [CARDS, SHELVES], ids=["cards", "shelves"])
def test_order_does_not_change_ids(document: Any) -> None:
    """A document with its members in another order has the same ids."""
    assert sorted(ids(reversed_deeply(document))) == sorted(ids(document))


def test_new_members_do_not_change_ids() -> None:
    """A member, a parameter, a response or an operation that is inserted keeps all other ids as they were."""
    grown = copy.deepcopy(CARDS)
    post = grown["paths"]["/boxes/{box}/cards"]["post"]
    post["parameters"].insert(0, {"name": "first", "in": "query", "schema": {"type": "string", "maxLength": 3}})
    post["responses"] = {"200": {"description": "New."}, **post["responses"]}
    grown["paths"] = {"/new": {"get": {"responses": {"200": {"description": "New."}}}}, **grown["paths"]}
    schema = post["requestBody"]["content"]["application/json"]["schema"]
    schema["properties"] = {"inserted": {"type": "string", "maxLength": 3}, **schema["properties"]}
    schema["required"].insert(0, "inserted")

    assert set(ids(CARDS)) <= set(ids(grown))


def test_a_member_that_goes_takes_only_its_own_ids() -> None:
    """Without a member, exactly the requirements of that member are gone."""
    less = copy.deepcopy(CARD)
    del less["properties"]["lines"]

    gone = set(of_body(CARD)) - set(of_body(less))

    assert gone
    assert all(name.startswith("/lines/") for name in gone)
    assert set(of_body(less)) <= set(of_body(CARD))


def test_one_requirement_for_each_keyword() -> None:
    """Each keyword at each place is one requirement, and nothing else is."""
    expected = {
        f"/{name}/{keyword}"
        for name, schema in CARD["properties"].items()
        for keyword in schema
        if keyword in ASSERTIONS
    }

    outermost = {name for name in of_body(CARD) if name.count("/") == 2 and "(" not in name}
    found = {name for name in outermost if not name.endswith(("/required", "/optional"))}

    assert found == expected


def test_what_is_false_is_a_requirement_too() -> None:
    """A closed object, a closed array and the constant false refuse something; entries that may repeat do not."""
    schema = {
        "type": "object",
        "unevaluatedProperties": False,
        "properties": {
            "a": {"const": False},
            "b": {"prefixItems": [True], "items": False, "uniqueItems": False},
            "c": {"unevaluatedItems": False},
        },
    }

    found = {r.id.removeprefix("make/request/body") for r in of_contract(read(posting(schema))) if "/body" in r.id}

    assert {"/unevaluatedProperties", "/a/const", "/b/items", "/c/unevaluatedItems"} <= found
    assert "/b/uniqueItems" not in found


def test_presence() -> None:
    """Each required member is required and each other one optional, one by one."""
    found = [name for name in of_body(CARD) if name.endswith(("/required", "/optional"))]

    assert "/title/required" in found
    assert "/title/optional" not in found
    assert "/copies/optional" in found
    assert "/lines/*/text/required" in found
    assert "/lines/*/size/optional" in found
    assert "/place/row(shelf)/required" in found


def test_a_required_member_that_nothing_describes() -> None:
    """A member may be required though no schema describes it."""
    assert "/ghost/required" in of_body({"type": "object", "required": ["ghost"]})


def test_alternatives_have_names() -> None:
    """Alternatives are told apart by their titles, by the schemas they refer to, or by their numbers."""
    components = {"A": {"type": "object", "required": ["a"]}, "B": {"type": "object", "required": ["b"]}}
    references = [{"$ref": f"#/components/schemas/{name}"} for name in components]
    discriminated = {"oneOf": references, "discriminator": {"propertyName": "kind"}}

    assert "/a(A)/required" in of_body({"oneOf": references}, components=components)
    assert "/b(B)/required" in of_body(discriminated, components=components)
    assert {"(one)/type", "(two)/type"} <= set(
        of_body({"anyOf": [{"title": "one", "type": "string"}, {"title": "two", "type": "null"}]})
    )
    assert {"(1)/type", "(2)/type"} <= set(of_body({"anyOf": [{"type": "string"}, {"type": "null"}]}))


def test_all_of_at_one_place() -> None:
    """One keyword twice at one place, through `allOf`, is two requirements; both are of that place."""
    schema = {"type": "string", "maxLength": 9, "allOf": [{"maxLength": 7}, {"pattern": "^a"}]}

    found = [name for name in of_body(schema) if name != "/required"]
    assert found == ["/type", "/maxLength", "/maxLength~2", "/pattern"]


def test_text_parameters_have_no_type() -> None:
    """Whatever stands in a URL is a text: that a text parameter is one cannot be broken, that a number is one can."""
    document = asking(
        {"name": "word", "in": "query", "schema": {"type": "string", "maxLength": 3}},
        {"name": "count", "in": "query", "required": True, "schema": {"type": "integer"}},
    )

    found = [r.id for r in of_operation(only_operation(document)) if "/request/" in r.id]

    assert found == [
        "find/request/query/count/required",
        "find/request/query/word/optional",
        "find/request/query/word/maxLength",
        "find/request/query/count/type",
    ]


def test_path_parameters_are_never_missing() -> None:
    """A request without a path parameter is another request: its presence is no requirement."""
    found = ids(CARDS)

    assert "addCard/request/path/box/pattern" in found
    assert "addCard/request/path/box/required" not in found


def test_answers_of_every_status() -> None:
    """The keywords of every documented answer are requirements, bodies and headers alike, none is `optional`."""
    schema = {"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}, "b": {"type": "integer"}}}
    header = {"X-Count": {"required": True, "schema": {"type": "integer", "minimum": 0}}}
    operation = only_operation(answering(schema, headers=header))

    found = [placed.requirement.id for placed in response_keywords(operation)]

    assert sorted(found) == sorted(
        f"show/response/200/{name}"
        for name in (
            "header/x-count/required",
            "header/x-count/type",
            "header/x-count/minimum",
            "body/type",
            "body/a/required",
            "body/a/type",
            "body/b/type",
        )
    )


def test_slashes_in_names() -> None:
    """An operation, a member and a header with a slash in its name keep their requirements apart."""
    document = described(
        {
            "/a": {
                "get": {
                    "operationId": "beds/list",
                    "responses": {
                        "200": {
                            "description": "x",
                            "content": {
                                "application/json": {
                                    "schema": {"type": "object", "properties": {"a/b": {"type": "string"}}}
                                }
                            },
                        }
                    },
                }
            }
        }
    )

    (placed,) = [p for p in response_keywords(only_operation(document)) if p.requirement.pointer == "/body/a~1b"]

    assert placed.requirement.operation == "beds/list"
    assert [path for path, _ in values_at({"body": {"a/b": "x"}}, placed.requirement.pointer)] == [("body", "a/b")]


def test_members_named_like_keywords() -> None:
    """A member may be called `required`, `properties` or `items`; its keywords are its own."""
    names = ("required", "properties", "items", "*", "oneOf")
    schema = {
        "type": "object",
        "required": ["required"],
        "properties": {n: {"type": "string", "minLength": 2} for n in names},
    }

    found = of_body(schema)

    assert {"/required/minLength", "/properties/minLength", "/items/minLength", "/oneOf/minLength"} <= set(found)
    assert "/required/required" in found
    assert "/~2/minLength" in found


def test_supporting_operations() -> None:
    """An operation that is only looked with owes its answers, nothing else."""
    document = changed(SHELVES, {"supporting": True}, "paths", "/shelves/{shelf}", "get", "x-conformance")

    found = of_operation(read(document).operations["showShelf"])

    assert found
    assert {requirement.side for requirement in found} == {"response"}
    assert not any("/refusal" in requirement.id for requirement in found)


def one(document: dict[str, Any], name: str) -> Requirement:
    """The requirement of an id."""
    return next(r for r in of_contract(read(document)) if r.id == name)


NAME = (
    "paths",
    "/shelves/{shelf}",
    "put",
    "requestBody",
    "content",
    "application/json",
    "schema",
    "properties",
    "name",
)


def test_levels_readings_and_texts_by_keyword() -> None:
    """What the extension says of one keyword holds for that keyword, what it says at large for the others."""
    said = {
        "level": "implied",
        "reading": "R1",
        "levels": {"maxLength": "contested", "optional": "contested"},
        "readings": {"maxLength": "R2"},
        "texts": {"maxLength": "short enough"},
    }
    readings = {name: {"level": "contested", "text": name} for name in ("R1", "R2")}
    document = changed(SHELVES, readings, "x-conformance", "readings")
    document = changed(document, said, *NAME, "x-conformance")

    longest = one(document, "changeShelf/request/body/name/maxLength")
    form = one(document, "changeShelf/request/body/name/pattern")
    optional = one(document, "changeShelf/request/body/name/optional")
    assert (longest.level, longest.reading, longest.text) == ("contested", "R2", "short enough")
    assert (form.level, form.reading) == ("implied", "R1")
    assert optional.level == "contested"


@pytest.mark.parametrize(("what", "said"), [("levels", "contested"), ("readings", "R1")])
def test_a_member_speaks_of_its_own_presence(what: str, said: str) -> None:
    """The level and the reading that a member's own extension states of its presence hold of it."""
    document = changed(SHELVES, {what: {"optional": said}}, *NAME, "x-conformance")

    found = one(document, "changeShelf/request/body/name/optional")

    assert {"levels": found.level, "readings": found.reading}[what] == said


def test_zones_are_requirements() -> None:
    """A contested zone is a contested requirement of its own."""
    zone = one(SHELVES, "changeShelf/contested/body/name/dotted")

    assert (zone.level, zone.reading, zone.pointer) == ("contested", "R1", "/body/name")
    assert str(zone.source) == "Manual Table 1, name"


def test_zones_have_sources_of_their_own() -> None:
    """A contested zone has the source that it states itself, or its place's."""
    zone = (*NAME, "x-conformance", "contested", 0)
    document = changed(SHELVES, {"document": "manual", "table": "Table 7"}, *zone, "source")

    assert str(one(document, "changeShelf/contested/body/name/dotted").source) == "Manual Table 7"


def test_sources() -> None:
    """A requirement has its member's source, or its operation's, or its place in the document."""
    assert str(one(SHELVES, "changeShelf/request/body/name/maxLength").source) == "Manual Table 1, name"
    assert "PUT /shelves/{shelf}" in str(one(SHELVES, "changeShelf/request/body/books/maxItems").source)
    assert str(one(SHELVES, "changeShelf/rule/fits").source) == "Manual Table 2"


def test_a_parameter_that_is_json_has_a_type() -> None:
    """Whatever stands in a URL is a text, unless it is written as JSON: then it may be of the wrong type."""
    schema = {"type": "object", "properties": {"lat": {"type": "number"}}}
    plain = {"name": "near", "in": "query", "schema": schema}
    json = {"name": "near", "in": "query", "content": {"application/json": {"schema": schema}}}

    def types(parameter: dict[str, Any]) -> set[str]:
        placed = request_keywords(only_operation(asking(parameter)))
        return {p.requirement.pointer for p in placed if p.requirement.keyword == "type"}

    assert types(plain) == {"/query/near/lat"}
    assert types(json) == {"/query/near", "/query/near/lat"}
