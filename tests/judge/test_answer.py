"""Laws of answers: every keyword of a documented answer is judged, each fault by its own name."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from conformance.judge.answer import AnswerJudge, typed_text
from conformance.judge.step import Step
from conformance.wire import Response
from tests.judge.steps import exchange
from tests.toy_contracts import JSON, answering, asking, only_operation

SCHEMA = {
    "type": "object",
    "required": ["id", "pets"],
    "properties": {
        "id": {"type": "string", "format": "uuid"},
        "pets": {
            "type": "array",
            "items": {
                "oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}],
                "discriminator": {"propertyName": "kind"},
            },
        },
        "count": {"type": "integer", "minimum": 0},
    },
}
PETS = {
    "Cat": {
        "type": "object",
        "required": ["lives"],
        "properties": {"kind": {"type": "string"}, "lives": {"type": "integer", "maximum": 9}},
    },
    "Dog": {"type": "object", "properties": {"kind": {"type": "string"}, "tail": {"type": "boolean"}}},
}
HEADERS = {"X-Total": {"required": True, "schema": {"type": "integer", "minimum": 0}}}
OPERATION = only_operation(answering(SCHEMA, components=PETS, headers=HEADERS))
ID = "dd18a501-fcd5-4adc-acfe-b0e2384baf08"
GOOD = {"id": ID, "pets": [{"kind": "Cat", "lives": 9}, {"kind": "Dog", "tail": True}]}


def findings(body: Any, status: int = 200, headers: Any = None, operation: Any = OPERATION) -> dict[str, bool]:
    """What an answer keeps (True) and breaks (False), by the requirement's own part of the id."""
    step = Step(operation.id, {}, exchange(status, body, {"X-Total": "2", **(headers or {})}))
    found: dict[str, bool] = {}
    for each in AnswerJudge(operation).judge(step):
        name = each.requirement.removeprefix(f"{operation.id}/response/")
        found[name] = found.get(name, True) and each.kept
    return found


def broken(body: Any, **more: Any) -> list[str]:
    """The requirements that an answer breaks."""
    return [name for name, kept in findings(body, **more).items() if not kept]


def test_a_good_answer_breaks_nothing() -> None:
    """A valid answer keeps what it exercises."""
    found = findings({**GOOD, "count": 0})

    assert all(found.values())
    assert {"200/body/id/format", "200/body/count/minimum", "200/header/x-total/type", "200/body/json"} <= set(found)


def test_what_is_absent_is_not_exercised() -> None:
    """An optional member that is not there shows nothing of its keywords, nor what is no object of its members."""
    assert "200/body/count/minimum" not in findings(GOOD)
    assert "200/body/id/required" in findings(GOOD)
    assert "200/body/id/required" not in findings([])


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({**GOOD, "id": "x"}, ["200/body/id/format"]),
        ({**GOOD, "id": 7}, ["200/body/id/type"]),
        ({"pets": []}, ["200/body/id/required"]),
        ({**GOOD, "count": -1}, ["200/body/count/minimum"]),
        ([], ["200/body/type"]),
        ({}, ["200/body/id/required", "200/body/pets/required"]),
        ({"id": "x", "pets": [], "count": "1"}, ["200/body/id/format", "200/body/count/type"]),
    ],
)
def test_each_fault_by_its_name(body: Any, expected: list[str]) -> None:
    """Each broken keyword is named, and no other."""
    assert sorted(broken(body)) == sorted(expected)


@pytest.mark.parametrize(
    ("pet", "expected"),
    [
        ({"kind": "Cat", "lives": 10}, "200/body/pets/*/lives(Cat)/maximum"),
        ({"kind": "Cat", "lives": "9"}, "200/body/pets/*/lives(Cat)/type"),
        ({"kind": "Cat"}, "200/body/pets/*/lives(Cat)/required"),
        ({"kind": "Dog", "tail": "yes"}, "200/body/pets/*/tail(Dog)/type"),
    ],
)
def test_faults_inside_alternatives(pet: Any, expected: str) -> None:
    """Of a broken choice the one keyword is blamed without which all would be well."""
    assert broken({**GOOD, "pets": [pet]}) == [expected]


def test_a_value_that_breaks_all_that_is_said_of_it() -> None:
    """What breaks the type of its place inside a choice breaks more of the same place: the type is named."""
    mood = {"type": "string", "enum": ["a", "b"]}
    kind = {"type": "object", "title": "Cat", "required": ["mood"], "properties": {"mood": mood}}
    choice = {"oneOf": [kind, {"type": "string", "title": "Name"}]}
    operation = only_operation(answering({"type": "object", "properties": {"pet": choice}}))

    for wrong in (None, 7, True):
        assert broken({"pet": {"mood": wrong}}, operation=operation) == ["200/body/pet/mood(Cat)/type"]
    assert broken({"pet": {"mood": "c"}}, operation=operation) == ["200/body/pet/mood(Cat)/enum"]


def test_faults_of_a_choice_itself() -> None:
    """When no single keyword inside would mend it, the choice is broken."""
    assert broken({**GOOD, "pets": [{"kind": "Cat", "lives": 10}, {"kind": "Fish", "tail": 1}]}) == [
        "200/body/pets/*/oneOf"
    ]
    assert len(broken({**GOOD, "pets": [7]})) == 1


def test_alternatives_not_taken_are_not_exercised() -> None:
    """An answer that takes one alternative shows nothing of the keywords of another."""
    found = findings({**GOOD, "pets": [{"kind": "Dog", "tail": True}]})

    assert "200/body/pets/*/tail(Dog)/type" in found
    assert not [name for name in found if "(Cat)" in name]


def test_an_absent_media_type_is_said() -> None:
    """A body without a media type is of none of those documented, and that is said."""
    silent = Step("show", {}, replace(exchange(200, GOOD), response=Response(200, "", (("X-Total", "2"),), b"{}")))

    (found,) = [f for f in AnswerJudge(OPERATION).judge(silent) if f.requirement == "show/response/200/content-type"]

    assert (found.kept, found.expected, found.observed) == (False, "application/json", "no Content-Type")


def test_closed_shapes() -> None:
    """A member or an entry that no schema describes breaks the keyword that closes the shape, however it is closed."""
    described_by_parts = {"allOf": [{"type": "object", "properties": {"a": {}}}], "unevaluatedProperties": False}
    closed = {"type": "object", "properties": {"a": {}}, "additionalProperties": False}
    pair = {"type": "array", "prefixItems": [{}, {}], "unevaluatedItems": False}

    cases: list[tuple[Any, Any, str]] = [
        (described_by_parts, {"a": 1, "b": 2}, "unevaluatedProperties"),
        (closed, {"a": 1, "b": 2}, "additionalProperties"),
        (pair, [1, 2, 3], "unevaluatedItems"),
    ]
    for schema, body, keyword in cases:
        assert broken(body, operation=only_operation(answering(schema))) == [f"200/body/{keyword}"]


def test_faults_inside_alternatives_of_default_answers() -> None:
    """The default answer is judged as any other, alternatives included."""
    schema = {"oneOf": [{"type": "string", "maxLength": 2}, {"type": "integer"}]}
    responses = {"default": {"description": "x", "content": {JSON: {"schema": schema}}}}
    operation = only_operation(asking(responses=responses))

    assert broken("abc", status=500, operation=operation) == ["default/body(1)/maxLength"]


def test_operations_with_slashes() -> None:
    """An operation with a slash in its name is judged as any other."""
    document = answering({"oneOf": [{"type": "string", "maxLength": 2}, {"type": "integer"}]})
    document["paths"]["/thing"]["get"]["operationId"] = "things/show"

    assert broken("abc", operation=only_operation(document)) == ["200/body(1)/maxLength"]
    assert findings(7, operation=only_operation(document)).get("200/body(2)/type") is True
    assert "200/body(1)/maxLength" not in findings(7, operation=only_operation(document))


@pytest.mark.parametrize("name", ["then", "oneOf", "else", "items", "required"])
def test_members_of_alternatives_named_like_keywords(name: str) -> None:
    """A member that has a keyword's name is a member, inside an alternative too."""
    member = {"type": "object", "properties": {name: {"type": "string", "minLength": 2}}}
    operation = only_operation(answering({"anyOf": [{"title": "It", **member}, {"type": "null"}]}))

    assert findings({name: "ab"}, operation=operation)[f"200/body/{name}(It)/minLength"]
    assert broken({name: "a"}, operation=operation) == [f"200/body/{name}(It)/minLength"]
    assert f"200/body/{name}(It)/minLength" not in findings(None, operation=operation)


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"X-Total": "-1"}, ["200/header/x-total/minimum"]),
        ({"X-Total": "many"}, ["200/header/x-total/type"]),
        ({"x-total": "3"}, []),
        ({"Content-Type": "application/json; charset=utf-8"}, []),
        ({"Content-Type": "Application/JSON"}, []),
        ({"Content-Type": "text/html"}, ["200/content-type"]),
    ],
)
def test_headers(headers: dict[str, str], expected: list[str]) -> None:
    """Headers are judged as the values that their texts are, whatever the case of their names."""
    given = {"X-Total": "2"} if "x-total" not in {name.lower() for name in headers} else {}
    step = Step("show", {}, exchange(200, GOOD, {**given, **headers}))

    found = [f.requirement.removeprefix("show/response/") for f in AnswerJudge(OPERATION).judge(step) if not f.kept]

    assert found == expected


def test_a_missing_header() -> None:
    """A required header that is not there is missing."""
    step = Step("show", {}, exchange(200, GOOD))

    found = [f.requirement for f in AnswerJudge(OPERATION).judge(step) if not f.kept]

    assert found == ["show/response/200/header/x-total/required"]


@pytest.mark.parametrize("body", [b"{", b"", b"{} {}", b'{"a": NaN}', b'{"id": 1, "id": 2}', b"\xff\xfe", b"<html>"])
def test_what_is_no_json(body: bytes) -> None:
    """A body that is not exactly one JSON document breaks that, and its shape is not judged besides."""
    assert broken(body) == ["200/body/json"]


@pytest.mark.parametrize(("body", "said"), [(b"", "an empty body"), (b"{", "a body that is not one JSON document")])
def test_why_it_is_no_json_is_said(body: bytes, said: str) -> None:
    """An answer without a body is told apart from one whose body is something else."""
    step = Step("show", {}, exchange(200, body, {"X-Total": "2", "Content-Type": JSON}))

    (found,) = [each for each in AnswerJudge(OPERATION).judge(step) if not each.kept]

    assert (found.expected, found.observed) == ("a JSON document", said)


def test_what_was_shown_often_is_still_broken_later() -> None:
    """Three answers that keep a keyword are enough to say so; one that breaks it counts however late it comes."""
    judge = AnswerJudge(OPERATION)
    steps = [
        Step("show", {}, exchange(200, {**GOOD, "count": number}, {"X-Total": "2"})) for number in (4, 3, 2, 1, -1)
    ]

    kept = [
        f.kept for step in steps for f in judge.judge(step) if f.requirement == "show/response/200/body/count/minimum"
    ]

    assert kept == [True, True, True, False]


def test_undocumented_statuses_have_no_shape() -> None:
    """An answer of a status that the contract does not know is judged by its status alone."""
    assert findings({}, status=418) == {}


@pytest.mark.parametrize(
    ("status", "body", "expected"), [(200, GOOD, True), (200, {}, False), (418, GOOD, False), (0, None, False)]
)
def test_what_fits(status: int, body: Any, expected: bool) -> None:
    """An answer fits that has its documented shape; one without a documented status, or none at all, has none."""
    assert AnswerJudge(OPERATION).fits(Step("show", {}, exchange(status, body, {"X-Total": "2"}))) is expected


def test_what_no_requirement_speaks_of_hides_nothing() -> None:
    """A fault that is nobody's is passed over; those beside it are named, however deep in a keyword they stand."""
    shut = {"patternProperties": {"^q": False}, "propertyNames": {"maxLength": 2}, "additionalProperties": {"const": 1}}
    operation = only_operation(answering({"type": "object", **shut}))

    assert broken({"q": 1}, operation=operation) == []
    assert broken({"q": 1, "abc": 1}, operation=operation) == ["200/body/propertyNames"]
    assert broken({"q": 1, "a": 2}, operation=operation) == ["200/body/*/const"]


def test_a_broken_choice_between_shapes_of_which_a_member_differs() -> None:
    """Inside a choice, too, a value may have to differ from all others: that is no keyword that could be left out."""
    number = {"type": "integer", "x-conformance": {"distinct": True}}
    numbered = {"title": "Numbered", "required": ["no"], "properties": {"no": number, "of": {"type": "string"}}}
    choice = {"oneOf": [numbered, {"type": "object", "required": ["a", "b"]}]}
    operation = only_operation(answering({"type": "object", "properties": {"it": choice}}))

    assert broken({"it": {"no": "x"}}, operation=operation) == ["200/body/it/no(Numbered)/type"]
    assert broken({"it": {"no": "x", "of": 1}}, operation=operation) == ["200/body/it/oneOf"]


@pytest.mark.parametrize(
    ("documented", "media", "allowed"),
    [
        ("text/*", "text/plain", True),
        ("text/*", "tiff/plain", False),
        ("text/*", "texts/plain", False),
        ("*/*", "image/png", True),
        ("text/plain", "text/html", False),
    ],
)
def test_ranges_of_media_types(documented: str, media: str, allowed: bool) -> None:
    """A range covers the types in it and no others, and all that is documented is said."""
    content: dict[str, Any] = {documented: {"schema": {}}, "font/ttf": {"schema": {}}}
    operation = only_operation(asking(responses={"200": {"description": "x", "content": content}}))
    step = Step("find", {}, exchange(200, b"hello", {"Content-Type": media}))

    (found,) = [each for each in AnswerJudge(operation).judge(step) if each.requirement.endswith("/content-type")]

    assert (found.kept, found.expected, found.observed) == (allowed, f"{documented} or font/ttf", media)


@pytest.mark.parametrize(
    ("text", "schema", "expected"),
    [
        ("7", {"type": "integer"}, 7),
        ("-7", {"type": "integer"}, -7),
        ("7.5", {"type": "number"}, 7.5),
        ("7", {"type": "string"}, "7"),
        ("true", {"type": "boolean"}, True),
        ("false", {"type": "boolean"}, False),
        ("X7", {"type": "integer"}, "X7"),
        ("7", {"type": ["null", "integer"]}, 7),
        ("yes", {"type": "boolean"}, "yes"),
        ("a,b", {"type": "array"}, ["a", "b"]),
        ("x", {"type": "number"}, "x"),
        ("7", {}, "7"),
    ],
)
def test_texts_of_headers(text: str, schema: Any, expected: Any) -> None:
    """A header's text is the value of the type that is wanted, or remains a text."""
    assert typed_text(text, schema) == expected


CLOSED: dict[str, Any] = {
    "type": "object",
    "allOf": [{"properties": {"id": {"type": "integer"}}}],
    "properties": {
        "pair": {"type": "array", "prefixItems": [{"type": "integer"}], "items": False},
        "secret": {"type": "string", "writeOnly": True},
    },
    "unevaluatedProperties": False,
}


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ({"id": 1, "more": 2}, "200/body/unevaluatedProperties"),
        ({"pair": [1, 2]}, "200/body/pair/items"),
        ({"secret": "s"}, "200/body/secret/absent"),
    ],
)
def test_what_is_closed_stays_closed(body: Any, name: str) -> None:
    """What a schema shuts out is a requirement like any other: kept by an answer without it, broken by one with it."""
    operation = only_operation(answering(CLOSED))

    assert findings({"id": 1, "pair": [1]}, operation=operation)[name]
    assert broken(body, operation=operation) == [name]


def test_what_is_shut_out_of_what_is_not_there() -> None:
    """That a member is absent is shown by the object that lacks it, not by the absence of that object."""
    secret = {"type": "object", "properties": {"secret": {"type": "string", "writeOnly": True}}}
    operation = only_operation(answering({"type": "object", "properties": {"a": secret}}))

    assert findings({"a": {}}, operation=operation)["200/body/a/secret/absent"]
    assert "200/body/a/secret/absent" not in findings({}, operation=operation)
    assert broken({"a": {"secret": "s"}}, operation=operation) == ["200/body/a/secret/absent"]


@pytest.mark.parametrize(
    ("schema", "body", "said"),
    [
        ({"maxLength": 2}, "abc", '"abc" is longer than 2 characters'),
        ({"items": {"properties": {"a": {"type": "null"}}}}, [{"a": 1}], '0.a: 1 is not of type "null"'),
        ({"maxLength": 2}, "a" * 130, f'"{"a" * 130}" is longer than 2 characters'),
        ({"maxLength": 2}, "a" * 131, f'"{"a" * 131}" is longer than 2 characters'[:157] + "..."),
    ],
)
def test_what_was_seen_is_said(schema: Any, body: Any, said: str) -> None:
    """A broken keyword shows where it is broken and by what, cut to 160 characters."""
    operation = only_operation(answering(schema))

    (found,) = [f for f in AnswerJudge(operation).judge(Step("show", {}, exchange(200, body))) if not f.kept]

    assert found.observed == said


def test_a_plain_text_is_judged_by_its_schema() -> None:
    """Where an answer is documented as text and nothing else, what its schema says of the text holds."""
    answer = {"200": {"description": "It.", "content": {"text/plain": {"schema": {"type": "string", "maxLength": 3}}}}}
    operation = only_operation({**asking(), "paths": {"/t": {"get": {"operationId": "read", "responses": answer}}}})
    plain = {"Content-Type": "text/plain; charset=utf-8"}

    assert broken(b"abc", headers=plain, operation=operation) == []
    assert broken("\u4e2d\u6587\u5b57".encode(), headers=plain, operation=operation) == []
    assert broken(b"abcd", headers=plain, operation=operation) == ["200/body/maxLength"]
    assert broken(b'"a"', headers=plain, operation=operation) == []
    assert broken(b"\xff" * 4, headers=plain, operation=operation) == ["200/body/maxLength"]
