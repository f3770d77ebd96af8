"""Laws of the oracle: which statements a request breaks, and that a witness breaks just one."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.contract import Operation
from conformance.contract.schema import validator
from conformance.requirements.oracle import Oracle, relax
from tests.toy_contracts import CARDS, JSON, SHELVES, changed, only_operation, posting, read

CARD = {"title": "abc", "kind": "plain"}
FRAME: dict[str, Any] = {"path": {"box": "b-7"}, "query": {}, "header": {"x-lang": "de"}}


def card(**members: Any) -> dict[str, Any]:
    """A request with a card."""
    return {**FRAME, "body": {**CARD, **members}}


@pytest.fixture(scope="module")
def cards() -> Oracle:
    """The oracle of an operation without extension."""
    return Oracle(only_operation(CARDS), {})


def shelf() -> Operation:
    """The operation that changes a shelf."""
    return read(SHELVES).operations["changeShelf"]


def shelved(**body: Any) -> dict[str, Any]:
    """A request to change a shelf."""
    return {"path": {"shelf": "a-1"}, "body": body}


BROKEN = [
    ("body/title/required", {**FRAME, "body": {"kind": "plain"}}),
    ("body/title/maxLength", card(title="abcdefghi")),
    ("body/title/pattern", card(title="ABC")),
    ("body/kind/enum", card(kind="none")),
    ("body/copies/minimum", card(copies=0)),
    ("body/copies/type", card(copies="1")),
    ("body/weight/multipleOf", card(weight=0.75)),
    ("body/owner/format", card(owner="nobody")),
    ("body/address/format", card(address="10.0.0.256")),
    ("body/tags/uniqueItems", card(tags=["a", "a"])),
    ("body/lines/*/text/required", card(lines=[{"text": "a"}, {}])),
    ("body/lines/*/text/maxLength", card(lines=[{"text": "a"}, {"text": "abcd"}])),
    ("body/labels/*/maxLength", card(labels={"x": "abcde"})),
    ("body/additionalProperties", card(other=1)),
    ("query/limit/maximum", {**card(), "query": {"limit": 51}}),
    ("header/x-lang/enum", {**card(), "header": {"x-lang": "xx"}}),
    ("header/x-lang/required", {**card(), "header": {}}),
    ("path/box/pattern", {**card(), "path": {"box": "c-7"}}),
    ("body/required", FRAME),
]


@pytest.mark.parametrize(("name", "request_"), BROKEN, ids=[name for name, _ in BROKEN])
def test_a_witness_of_one_requirement(cards: Oracle, name: str, request_: Any) -> None:
    """A request that breaks one keyword isolates that requirement, is judged so, and isolates no other."""
    requirement = f"addCard/request/{name}"

    assert cards.judge(request_, {}).firm == (requirement,)
    assert isolated(cards, request_) == [requirement]


def isolated(oracle: Oracle, request: Any) -> list[str]:
    """The requirements that a request isolates."""
    return [name for name in oracle.placed if not name.endswith("/optional") and oracle.isolates(name, request)]


def test_two_faults_isolate_nothing(cards: Oracle) -> None:
    """A request with two faults proves nothing of either, in one place or in two."""
    for request in (card(title="ABC", copies=0), card(title="ABCDEFGHIJ"), card(tags=["a", "a", "abcdef"])):
        assert not isolated(cards, request)
        assert not cards.judge(request, {}).acceptable
        assert not cards.admits(request, {})


def test_what_is_valid_breaks_nothing(cards: Oracle) -> None:
    """A valid request is acceptable and isolates nothing."""
    request = card(tags=["a", "b"], place={"row": 0}, note=None, weight=9.5)

    assert cards.judge(request, {}).acceptable
    assert cards.admits(request, {})
    assert not isolated(cards, request)


def test_a_rule_is_broken_alone() -> None:
    """A rule is asked of a valid request only, and with the state at hand."""
    oracle = Oracle(shelf(), {})
    four = shelved(books=["a", "b", "c", "d"])

    assert oracle.judge(four, {"room": 3}).breaks_only("changeShelf/rule/fits")
    assert oracle.judge(four, {"room": 4}).acceptable
    assert not oracle.admits(four, {"room": 3})
    assert oracle.admits(four, {"room": 4})
    assert oracle.judge(shelved(books=["a", "b", "c", "d", ""]), {"room": 3}).firm == (
        "changeShelf/request/body/books/*/minLength",
    )


def test_a_rule_without_value_is_not_broken() -> None:
    """Where nothing is known of the state, a rule on it says nothing against the request."""
    assert Oracle(shelf(), {}).judge(shelved(books=["a", "b", "c", "d"]), {}).firm == ()


def test_settings_reach_the_rules() -> None:
    """A rule sees the settings of the target."""
    rule: dict[str, Any] = {"id": "stocked", "text": "few", "rule": "size(request.body) <= settings.stock"}
    rule |= {"satisfied": [{"request": {"body": "abc"}}], "violated": [{"request": {"body": "abcd"}}]}
    extension: dict[str, Any] = {"x-conformance": {"requires": [rule]}}
    document = posting({"type": "string"}, **extension)
    document["x-conformance"] = {"version": 1, "settings": {"stock": {"default": 3}}}
    operation = only_operation(document)

    assert Oracle(operation, {"stock": 3}).judge({"body": "abcd"}, {}).firm == ("make/rule/stocked",)
    assert Oracle(operation, {"stock": 4}).judge({"body": "abcd"}, {}).acceptable


def test_zones() -> None:
    """A value in a contested zone is touched, not broken, and no witness of a firm requirement lies in one."""
    oracle = Oracle(shelf(), {})

    inside = oracle.judge(shelved(name="a.b"), {})
    assert (inside.firm, inside.contested) == ((), ("changeShelf/contested/body/name/dotted",))
    assert not inside.acceptable
    assert not oracle.admits(shelved(name="a.b"), {})
    assert not oracle.isolates("changeShelf/request/body/name/maxLength", shelved(name="abcdefgh.i"))
    assert oracle.isolates("changeShelf/request/body/name/maxLength", shelved(name="abcdefghi"))
    assert oracle.judge(shelved(name="ab"), {}).acceptable


def test_what_is_asked_again_and_again() -> None:
    """A request is acceptable in one state and not in another, however often and in whatever order that is asked."""
    oracle = Oracle(shelf(), {})
    two, odd = shelved(books=["a", "b"]), shelved(name="a.b")

    for _ in range(2):
        assert [oracle.acceptable(two, {"room": room, "name": "x"}) for room in (3, 1, 2)] == [True, False, True]
        assert not oracle.acceptable(odd, {"room": 3})
    assert oracle.acceptable(shelved(books=["a"]), {"room": 1})


def test_a_rule_that_asks_for_a_size_is_asked_again_of_another() -> None:
    """What is remembered of a request is told apart by the size of a state's member where a rule asks for no more."""
    rule: dict[str, Any] = {"id": "room", "text": "there is room", "rule": "size(self.books) < 2"}
    rule |= {"satisfied": [{"self": {"books": ["a"]}}], "violated": [{"self": {"books": ["a", "b"]}}]}
    extension: dict[str, Any] = {"x-conformance": {"requires": [rule]}}
    oracle = Oracle(only_operation(posting({}, **extension)), {})
    request: Any = {"body": "a"}

    assert [oracle.acceptable(request, {"books": ["a"] * count}) for count in (1, 2, 0)] == [True, False, True]


def test_what_is_contested_may_be_broken_in_a_zone() -> None:
    """Of a keyword that is contested itself, a witness may lie in a contested zone: either way it is only noted."""
    put = ("paths", "/shelves/{shelf}", "put", "requestBody", "content", JSON, "schema", "properties", "name")
    document = changed(SHELVES, {"maxLength": "contested"}, *put, "x-conformance", "levels")
    oracle = Oracle(read(document).operations["changeShelf"], {})

    assert oracle.isolates("changeShelf/request/body/name/maxLength", shelved(name="abcdefgh.i"))


def test_zones_of_items() -> None:
    """A zone of an array's entries is touched by any one of them, and by nothing else."""
    zone = {"id": "dash", "text": "a dash", "schema": {"pattern": "-"}, "examples": ["-"]}
    entry = {"type": "string", "x-conformance": {"contested": [zone]}}
    schema = {"type": "object", "properties": {"a": {"type": "array", "items": entry}, "b": {"type": "string"}}}
    oracle = Oracle(only_operation(posting(schema)), {})

    assert oracle.zones_of({"body": {"a": ["x", "y", "-"]}}) == ("make/contested/body/a/*/dash",)
    assert oracle.zones_of({"body": {"a": ["x"], "b": "-"}}) == ()
    assert oracle.zones_of({"body": {"a": "-"}}) == ()


def test_zones_by_reference() -> None:
    """What is contested may be a schema of the document's, and is spelled as the document's version spells it."""
    zone = {"id": "odd", "text": "odd", "schema": {"$ref": "#/components/schemas/Odd"}, "examples": [8]}
    odd = {"type": "integer", "minimum": 7, "exclusiveMinimum": True}
    schema = {"x-conformance": {"contested": [zone]}}
    oracle = Oracle(only_operation(posting(schema, openapi="3.0.3", components={"Odd": odd})), {})

    assert [len(oracle.zones_of({"body": body})) for body in (8, 7, "8")] == [1, 0, 0]


@pytest.mark.parametrize(
    ("schema", "inside", "outside"),
    [
        ({"prefixItems": [{}, "zone"]}, [["-", "-"], ["x", "-", "x"]], [["-", "x"], ["-"], {"1": "x"}, "-"]),
        ({"additionalProperties": "zone"}, [{"x": "-"}, {"y": "x", "x": "-"}], [{"x": "x"}, {}, "-"]),
        ({"properties": {"a/b": "zone"}}, [{"a/b": "-"}], [{"a": {"b": "-"}}, {"a~1b": "-"}]),
        ({"properties": {"7": "zone"}}, [{"7": "-"}], [{"6": "-"}]),
        (
            {"properties": {"a": {"items": {"properties": {"b": "zone"}}}}},
            [{"a": [{}, {"b": "-"}]}],
            [{"a": {"b": "-"}}],
        ),
    ],
    ids=["entry", "map", "slash", "number", "deep"],
)
def test_zones_at_any_place(schema: Any, inside: list[Any], outside: list[Any]) -> None:
    """A zone is touched by the values at its place, wherever that is, and by no other."""
    zone = {"id": "dash", "text": "a dash", "schema": {"pattern": "-"}, "examples": ["-"]}
    made = json.loads(json.dumps(schema).replace('"zone"', json.dumps({"x-conformance": {"contested": [zone]}})))
    oracle = Oracle(only_operation(posting(made)), {})

    assert [len(oracle.zones_of({"body": body})) for body in inside] == [1] * len(inside)
    assert [oracle.zones_of({"body": body}) for body in outside] == [()] * len(outside)


def test_rules_may_ask_for_every_part_of_a_request() -> None:
    """A rule can ask whether a path, query, header or cookie parameter is there when there are none at all."""
    rule: dict[str, Any] = {
        "id": "alone",
        "text": "nothing beside the body",
        "rule": "size(request.path) + size(request.query) + size(request.header) + size(request.cookie) == 0",
    }
    parts: dict[str, Any] = {"path": {}, "query": {}, "header": {}, "cookie": {}}
    rule |= {"satisfied": [{"request": parts}], "violated": [{"request": {**parts, "query": {"a": 1}}}]}
    extension: dict[str, Any] = {"x-conformance": {"requires": [rule]}}
    oracle = Oracle(only_operation({**posting({}, **extension), "x-conformance": {"version": 1}}), {})

    assert oracle.judge({"body": 1}, {}).acceptable
    for part in parts:
        assert oracle.judge({"body": 1, part: {"a": "x"}}, {}).firm == ("make/rule/alone",)


def test_contested_levels() -> None:
    """What breaks a contested keyword breaks nothing firm, and is isolated all the same."""
    schema = {"type": "object", "properties": {"a": {"type": "array", "uniqueItems": True}}}
    document = posting(changed(schema, {"levels": {"uniqueItems": "contested"}}, "properties", "a", "x-conformance"))
    oracle = Oracle(only_operation(document), {})
    name = "make/request/body/a/uniqueItems"

    judged = oracle.judge({"body": {"a": [1, 1]}}, {})

    assert (judged.firm, judged.contested) == ((), (name,))
    assert oracle.isolates(name, {"body": {"a": [1, 1]}})


@pytest.mark.parametrize("name", ["required", "properties", "items", "oneOf", "*", "a/b", "~1", "$ref", "enum"])
def test_members_named_like_keywords(name: str) -> None:
    """A member whose name is a keyword's, or holds a slash, has witnesses as any other."""
    members = {name: {"type": "string", "maxLength": 2}, "x": {}}
    oracle = Oracle(only_operation(posting({"type": "object", "required": [name], "properties": members})), {})
    longest = next(each for each in oracle.placed if each.endswith("/maxLength"))
    present = next(
        each for each in oracle.placed if each.endswith("/required") and each != "make/request/body/required"
    )

    assert oracle.judge({"body": {name: "abc"}}, {}).firm == (longest,)
    assert oracle.isolates(longest, {"body": {name: "abc"}})
    assert oracle.isolates(present, {"body": {"x": 1}})


@pytest.mark.parametrize(
    ("schema", "keyword", "value", "alone"),
    [
        ({"type": "string", "enum": ["a", "b"]}, "enum", 7, True),
        ({"type": "string", "const": "a"}, "const", 7, True),
        ({"type": "string", "enum": ["a", None]}, "enum", 7, False),
        ({"type": "string", "enum": ["a", None]}, "enum", "c", True),
        ({"enum": ["a", "b"]}, "enum", 7, True),
    ],
)
def test_a_list_of_values_says_their_type(schema: Any, keyword: str, value: Any, alone: bool) -> None:
    """What is not listed may be of another type as well: that says no more, if all that is listed is of the type."""
    oracle = Oracle(only_operation(posting({"type": "object", "properties": {"it": schema}})), {})

    assert oracle.isolates(f"make/request/body/it/{keyword}", {"body": {"it": value}}) is alone


def test_relaxing_frees_one_keyword() -> None:
    """Without the keyword at a path the schema is the same in every other place, and the original is untouched."""
    schema = {
        "required": ["a", "b"],
        "properties": {
            "a": {"anyOf": [{"type": "string", "maxLength": 2}, {"type": "null"}]},
            "required": {"type": "null"},
        },
    }
    before = copy.deepcopy(schema)

    assert relax(schema, ("required", "a"))["required"] == ["b"]
    assert relax(schema, ("properties", "a", "anyOf", 0, "maxLength"))["properties"]["a"] == {
        "anyOf": [{"type": "string"}, {"type": "null"}]
    }
    assert relax(schema, ("properties", "a", "anyOf"))["properties"]["a"] == {}
    assert relax(schema, ("properties", "required", "type"))["properties"]["required"] == {}
    assert schema == before


@given(
    value=st.none() | st.integers(-3, 3) | st.text("ab", max_size=3) | st.lists(st.integers(0, 1), max_size=3),
    schema=st.fixed_dictionaries(
        {},
        optional={
            "type": st.sampled_from(["string", "integer", "array"]),
            "minLength": st.integers(0, 2),
            "maximum": st.integers(-1, 2),
            "uniqueItems": st.just(True),
            "enum": st.just([1, "a", [0]]),
        },
    ),
)
def test_relaxing_only_admits_more(value: Any, schema: dict[str, Any]) -> None:
    """What a schema admits, it admits without any of its keywords."""
    strict = validator(schema).is_valid(value)
    loose = [validator(relax(schema, (keyword,))).is_valid(value) for keyword in schema]

    assert not strict or all(loose)


def test_a_recursive_schema_is_judged() -> None:
    """A recursive schema has requirements at its first levels, and breaks below them are not taken for others."""
    tree = {"type": "object", "properties": {"n": {"type": "integer"}, "t": {"$ref": "#/components/schemas/T"}}}
    oracle = Oracle(only_operation(posting({"$ref": "#/components/schemas/T"}, components={"T": tree})), {})

    assert oracle.judge({"body": {"n": "x"}}, {}).firm == ("make/request/body/n/type",)
    assert oracle.judge({"body": {"t": {"t": {"n": 1}}}}, {}).acceptable
    deep = oracle.judge({"body": {"t": {"t": {"n": "x"}}}}, {})
    assert deep.firm
    assert not oracle.isolates("make/request/body/n/type", {"body": {"t": {"n": "x"}}})


def test_formats_are_asserted() -> None:
    """A validator asserts formats, those of the standard and our own."""
    assert validator({"format": "ip-address-entry"}).is_valid("10.0.0.255")
    assert not validator({"format": "ip-address-entry"}).is_valid("10.0.0.256")
    assert not validator({"format": "uuid"}).is_valid("nobody")


def test_a_null_that_may_be_meant_breaks_nothing() -> None:
    """Where OpenAPI 3.0 is said to take a null and does not, a null is neither right nor wrong; other values are."""
    words = {"nullable": True, "oneOf": [{"type": "string", "maxLength": 3}, {"type": "integer"}]}
    operation = only_operation(posting({"type": "object", "properties": {"a": words}}, openapi="3.0.3"))
    oracle = Oracle(operation, {})

    assert not oracle.validator.is_valid({"body": {"a": None}})
    assert isolated(oracle, {"body": {"a": None}}) == []
    assert "make/request/body/a/oneOf" in isolated(oracle, {"body": {"a": True}})


A = {"type": "object", "required": ["a"], "properties": {"a": {"type": "string", "maxLength": 3}}}


@pytest.mark.parametrize(
    ("schema", "path", "broken", "more"),
    [
        ({"allOf": [A, {"type": "object"}]}, "type", ["x", [], [{"a": "x"}]], [{}, {"a": 5}]),
        ({"type": "object", "allOf": [A]}, "type", ["x", [], [{"a": "x"}]], [{}, {"a": 5}]),
        ({"allOf": [A, {"required": ["a"]}]}, "a/required", [{}], ["x", {"a": 5}]),
        ({"allOf": [A, A]}, "a/maxLength", [{"a": "long"}], [{}, {"a": 5}]),
        ({"allOf": [A, A]}, "a/type", [{"a": 5}, {"a": ["x"]}], [{}, {"a": "long"}]),
        ({"type": "object", "oneOf": [A, {"type": "object", "required": ["b"]}]}, "type", ["x", []], [{}]),
        ({"type": "object", "oneOf": [{"required": ["a"]}, {"required": ["b"]}]}, "type", ["x", []], [{}]),
        ({"allOf": [{"type": "string"}, {"enum": ["x", "y"]}]}, "enum", [5, "z"], []),
        ({"pattern": "^[xy]$", "maxLength": 1, "enum": ["x", "y"]}, "enum", ["z", "xx"], ["x"]),
        ({"allOf": [{"type": "number"}, {"type": "integer"}]}, "type~2", [1.5, "x"], [1]),
        ({"allOf": [{"type": "number"}, {"type": "integer"}]}, "type", [], ["x", 1.5]),
        ({"const": "a", "enum": ["a", "bb"], "maxLength": 1}, "const", ["bb", "c", "aa"], ["a"]),
        ({"allOf": [{"type": "string"}, {"type": "string", "enum": ["x", 5]}]}, "type", [5], ["z"]),
    ],
)
def test_what_is_said_twice_is_broken_at_once(schema: Any, path: str, broken: list[Any], more: list[Any]) -> None:
    """The same at the same place, a list's type, and a choice that no wrong type fits, are no second fault."""
    oracle = Oracle(only_operation(posting(schema)), {})

    found = [body for body in (*broken, *more) if oracle.isolates(f"make/request/body/{path}", {"body": body})]

    assert found == broken


def test_what_says_as_much_may_be_broken_at_once() -> None:
    """Of two limits that are one, each is broken alone by nothing, and with the other only if they are joined."""
    oracle = Oracle(only_operation(posting({"minimum": 1, "exclusiveMinimum": 0, "type": "integer"})), {})
    least, most = (oracle.placed[f"make/request/body/{name}"] for name in ("minimum", "exclusiveMinimum"))

    assert not oracle.isolates(least.requirement.id, {"body": 0})
    assert oracle.join(least, [most, oracle.placed["make/request/body/required"]])
    assert oracle.isolates(least.requirement.id, {"body": 0})
    assert not oracle.isolates(least.requirement.id, {"body": "0"})
    assert not oracle.isolates(most.requirement.id, {"body": 0})
    assert not oracle.join(most, [])
