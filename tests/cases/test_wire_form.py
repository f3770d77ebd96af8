"""Laws of wire forms: a value is sent in a URL or a header only if it arrives as the invalid value that it is."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.cases.derive import derive
from conformance.cases.host import Hosts
from conformance.cases.plan import Plan
from conformance.cases.wire_form import expressible, misread, readings, says
from conformance.requirement import Source
from conformance.requirements.site import Site
from tests.toy_contracts import asking, only_operation, posting, read


def site(pointer: str, schema: Any) -> Site:
    """A place of this schema."""
    return Site(pointer, (), schema, Source("x"), "documented")


NUMBER = {"type": "integer", "minimum": 1}


def test_what_is_too_long_for_a_request_line() -> None:
    """A server need take no value beyond 8,000 octets outside of a body, percent-encoding included."""
    for where in ("query", "header", "path"):
        assert not expressible(site(f"/{where}/a", {"type": "string"}), "a" * 9_000)
    assert not expressible(site("/query/a", {"type": "string"}), "é" * 2_000)
    assert expressible(site("/query/a", {"type": "string"}), "a" * 2_000)
    assert expressible(site("/body/a", {"type": "string"}), "a" * 9_000)


def test_a_deep_object_has_no_arrays() -> None:
    """OpenAPI has no form for them there: such a request cannot be sent, whether in a query or in a form."""
    deep = {"name": "a", "in": "query", "style": "deepObject", "schema": {"type": "object"}}
    media = {"schema": {"type": "object"}, "encoding": {"a": {"style": "deepObject"}}}
    form = only_operation(posting({}, requestBody={"content": {"application/x-www-form-urlencoded": media}}))

    for operation, part in ((only_operation(asking(deep)), "query"), (form, "body")):
        assert says(operation, {part: {"a": {"b": "c", "d": {"e": "f"}}}})
        assert not says(operation, {part: {"a": {"b": ["c"]}}})
        assert not says(operation, {part: {"a": ["c"]}})
        assert not says(operation, {part: {"a": {"b": ""}}})


@pytest.mark.parametrize("value", [None, {}, [], "", "\n", 1.0, True, {"a": [1]}])
def test_a_json_body_carries_any_value(value: Any) -> None:
    """In a JSON body every value is itself."""
    assert expressible(site("/body/a", {"type": "string"}), value)
    assert expressible(site("/body", {"type": "string"}), value)


@pytest.mark.parametrize(
    ("where", "schema", "value", "expected"),
    [
        ("query", NUMBER, "abc", True),
        ("query", NUMBER, "0", True),
        ("query", NUMBER, 0, True),
        ("query", NUMBER, 1.5, True),
        ("query", NUMBER, 1.0, False),
        ("query", NUMBER, None, False),
        ("query", NUMBER, {"a": 1}, False),
        ("query", NUMBER, True, True),
        ("query", {"type": "boolean"}, "maybe", True),
        ("query", {"type": "string", "maxLength": 2}, 123, False),
        ("query", {"type": "string", "maxLength": 2}, "abc", True),
        ("query", {"type": "string"}, True, False),
        ("query", {"type": "array", "items": NUMBER}, [1, 2], True),
        ("query", {"type": "array", "items": NUMBER}, [], False),
        ("query", {"type": "array", "items": NUMBER}, ["a", 1], True),
        ("query", {"type": "array", "items": NUMBER}, [[1]], False),
        ("query", {"type": "array", "items": NUMBER}, ["", 1], False),
        ("query", {"type": "array", "items": NUMBER}, [True, 1], False),
        ("query", {"type": "array", "items": NUMBER}, 7, False),
        ("query", {"type": "object"}, "a", False),
        ("path", {"type": "string"}, "a/b", False),
        ("path", {"type": "string"}, "..", False),
        ("path", {"type": "string"}, "...", True),
        ("path", {"type": "string"}, ".", False),
        ("path", {"type": "string"}, "a\\b", False),
        ("path", {"type": "string"}, "a\n", False),
        ("path", {"type": "string"}, "a\rb", False),
        ("path", {"type": "string"}, "a\0", False),
        ("path", {"type": "string"}, "X", True),
        ("path", {"type": "string"}, "", False),
        ("path", {"type": "string", "pattern": "^a$"}, "b c", True),
        ("header", {"type": "string"}, " a", False),
        ("header", {"type": "string"}, "a\nb", False),
        ("header", {"type": "string"}, "é", False),
        ("header", {"type": "string", "enum": ["a"]}, "b", True),
        ("cookie", {"type": "string", "enum": ["a"]}, "b;c", False),
    ],
)
def test_parameters_carry_texts(where: str, schema: Any, value: Any, expected: bool) -> None:
    """A value is expressible unless its text is nothing, another value, or no text for that place."""
    assert expressible(site(f"/{where}/a", schema), value) is expected


def test_forms_carry_texts() -> None:
    """A body that is a form is an object whose members are texts."""
    assert expressible(site("/body", {"type": "object"}), {"a": "b"}, form=True)
    assert not expressible(site("/body", {"type": "object"}), ["a"], form=True)
    assert expressible(site("/body/a", NUMBER), "abc", form=True)
    assert not expressible(site("/body/a", NUMBER), None, form=True)


def test_a_body_of_text_is_a_text() -> None:
    """Whatever a plain text spells is a text: no value of another type can be sent as one."""
    assert expressible(site("/body", {"type": "string", "maxLength": 1}), "ab", form=True)
    assert not expressible(site("/body", {"type": "string"}), {"a": "b"}, form=True)
    assert not expressible(site("/body", {"type": "string"}), 7, form=True)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("abc", []),
        ("7", [7]),
        (" 7", [7]),
        ("1e1", [10]),
        ("1.5", [1.5]),
        ("True", [True]),
        ("off", [False]),
        ("1", [True, 1]),
        ("", [None]),
        ("None", [None]),
        ("NULL", [None]),
        ("nan", []),
        (True, ["true", True]),
        (7, ["7", 7]),
        ([1], []),
    ],
)
def test_what_a_text_may_be_read_as(value: Any, expected: list[Any]) -> None:
    """A text is read as the number, the truth value or the nothing that it spells; a scalar also as its text."""
    assert repr(list(readings(value))) == repr(expected)


def test_an_empty_text_may_be_read_as_absent() -> None:
    """An empty text is wrong only where an absent one is wrong too."""
    request = {"query": {"q": ""}}

    assert misread(request, "/query/q", lambda other: not other["query"])
    assert not misread(request, "/query/q", lambda other: "a" in str(other["query"].get("q")))


def test_what_is_nested_has_no_form_outside_the_body() -> None:
    """OpenAPI defines none for arrays and objects within a parameter's array or object, but for deepObject and JSON."""
    query = {"name": "q", "in": "query"}
    plain = only_operation(asking({**query, "schema": {"type": "array"}}))
    in_json = only_operation(asking({**query, "content": {"application/json": {"schema": {"type": "array"}}}}))

    for value in ([["a"]], [{"a": "b"}], {"a": {"b": "c"}}, {"a": ["b"]}):
        assert not says(plain, {"query": {"q": value}})
        assert says(in_json, {"query": {"q": value}})


def test_what_stands_within_may_be_misread() -> None:
    """The numbers within a form are texts to its reader, wherever they stand; what is a text already stays one."""
    form = {"body": {"tags": [{"n": 1}], "word": "a"}}

    assert misread(form, "/body", lambda other: other["body"]["tags"] == [{"n": "1"}])
    assert not misread(form, "/body", lambda other: other["body"]["word"] != "a")


@pytest.mark.parametrize(
    ("value", "expected"), [("a", True), (0, True), (None, False), ([], False), ({}, False), ("", False), ([""], False)]
)
def test_texts_do_not_say_nothing(value: Any, expected: bool) -> None:
    """Null, nothing and an empty text cannot be told from absence in a URL or a form; in JSON they can."""
    operation = only_operation(asking({"name": "q", "in": "query", "schema": {}}))
    in_json = only_operation(asking({"name": "q", "in": "query", "content": {"application/json": {"schema": {}}}}))

    assert says(operation, {"query": {"q": value}}) is expected
    assert says(in_json, {"query": {"q": value}})


def test_a_parameter_that_may_be_null_is_never_sent_as_null() -> None:
    """Where a parameter is a text or null, as generated documents have it, no text breaks its type."""
    either = {"anyOf": [{"type": "string", "minLength": 3}, {"type": "null"}]}
    contract = read(asking({"name": "q", "in": "query", "schema": either}))
    (operation,) = contract.operations.values()

    cases = derive(Hosts(contract, operation, {}, {}, {}), Plan("standard"))

    sent = [(c.expect, str(c.request["query"]["q"])) for c in cases if "q" in c.request["query"]]
    assert "None" not in [text for _, text in sent]
    assert {len(text) < 3 for expect, text in sent if expect == "refuse"} == {True}
    assert {len(text) < 3 for expect, text in sent if expect == "accept"} == {False}


def test_an_object_among_the_parts_of_a_form_is_json() -> None:
    """Such a part holds any value, wrong ones too; the other parts are texts."""
    meta = {"type": "object", "required": ["author"], "additionalProperties": False}
    meta["properties"] = {"author": {"type": "string"}}
    schema = {"type": "object", "required": ["meta"], "properties": {"meta": meta, "title": {"type": "string"}}}
    form = {"required": True, "content": {"multipart/form-data": {"schema": schema}}}
    contract = read(posting({}, requestBody=form))
    (operation,) = contract.operations.values()

    cases = derive(Hosts(contract, operation, {}, {}, {}), Plan("standard"))

    refused = {case.requirement.removeprefix("make/request/body/") for case in cases if case.expect == "refuse"}
    assert {"meta/author/type", "meta/author/required", "meta/additionalProperties"} <= refused
    assert "title/type" not in refused


@pytest.mark.parametrize(
    ("required", "needed", "said"), [(True, ["a"], True), (True, [], False), (False, ["a"], False)]
)
def test_an_empty_form_is_no_body(required: bool, needed: list[str], said: bool) -> None:
    """Where a body may be left out it says just that, and where one must be there, it may be missed or be that one.

    Only where members must be there as well, an empty form is refused by whoever reads it.
    """
    form = {"application/x-www-form-urlencoded": {"schema": {"type": "object", "required": needed}}}
    operation = only_operation(posting({}, requestBody={"required": required, "content": form}))

    assert says(operation, {"body": {}}) is said
    assert says(operation, {"body": {"a": "b"}})
