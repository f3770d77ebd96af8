"""Laws of how bodies are written: what is no JSON, what is named otherwise, and other spellings of the same."""

from __future__ import annotations

import json
from typing import Any

import pytest

from conformance.cases.case import Case
from conformance.cases.derive import derive
from conformance.cases.host import Hosts
from conformance.cases.plan import Plan
from conformance.strict_json import NOT_JSON, parsed
from tests.toy_contracts import SHELVES, posting, read

CONTRACT = read(SHELVES)


def all_cases() -> list[Case]:
    """The cases of the shelf that is changed."""
    hosts = Hosts(CONTRACT, CONTRACT.operations["changeShelf"], {"shelf": "a-1"}, {"": {"room": 3}}, {})
    return derive(hosts, Plan())


def cases(requirement: str) -> list[Case]:
    """Those of one requirement."""
    return [case for case in all_cases() if case.requirement == f"changeShelf/{requirement}"]


def spelling(schema: dict[str, Any]) -> tuple[bytes, Any]:
    """The body in another spelling, and the document that it is of."""
    contract = read(posting(schema))
    found = derive(Hosts(contract, contract.operations["make"], {}, {}, {}), Plan())
    (case,) = [case for case in found if case.requirement == "make/protocol/spelling"]
    assert case.expect == "accept"
    return case.wire.body or b"", case.request["body"]


def test_broken_bodies_are_broken() -> None:
    """A body that must be refused as no JSON is no JSON; one that must be accepted is the plain document."""
    for case in all_cases():
        if case.wire.body is None:
            continue
        name = case.requirement.rsplit("/", 1)[-1]
        if name in ("malformed-json", "truncated-json", "trailing-data", "encoding"):
            with pytest.raises(ValueError):  # noqa: PT011 - JSON and Unicode errors alike
                json.loads(case.wire.body.decode("utf-8"), parse_constant=_none)
        elif name in ("whitespace", "charset", "spelling"):
            assert json.loads(case.wire.body) == case.request["body"]


def _none(constant: str) -> Any:
    raise ValueError(constant)


def test_white_space_of_every_sort() -> None:
    """Tabs and both sorts of line ends between tokens, none at all between them, and some around the document."""
    spaced, tight = (case.wire.body or b"" for case in cases("protocol/whitespace"))

    assert all(sign in spaced for sign in (b"\t", b"\r\n", b"\n  "))
    assert spaced[:1].isspace()
    assert spaced[-1:].isspace()
    assert tight == json.dumps(json.loads(tight), separators=(",", ":"), ensure_ascii=False).encode()


def test_the_same_in_another_spelling() -> None:
    """All characters are escaped, a slash with a backslash, what is beyond 16 bits in two; the last member is first."""
    members = {"type": "object", "required": ["a", "b", "c"], "properties": {n: {"type": "string"} for n in "abc"}}

    body, document = spelling(members)

    assert json.loads(body) == document
    assert list(json.loads(body)) == ["c", "b", "a"]
    assert b"\\/" in body
    assert b"\\ud83d\\ude00" in body


def test_a_spelling_needs_no_text_of_our_own() -> None:
    """Where no slash is admitted, and where there is no text at all, the document is what it was."""
    for schema in (
        {"type": "string", "pattern": "^[a-z]+$"},
        {"type": "array", "items": {"type": "integer"}, "minItems": 2},
    ):
        body, document = spelling(schema)

        assert json.loads(body) == document


def test_nan_where_it_does_not_matter() -> None:
    """What is no JSON is sent in a member, too, whose value nobody reads."""
    bodies = [case.wire.body or b"" for case in cases("protocol/malformed-json")]

    assert [body for body in bodies if b'"unexpected": NaN' in body]


def test_other_media_types() -> None:
    """Text, bytes, a form and XML are no JSON."""
    kinds = {case.wire.content_type for case in cases("protocol/media-type")}

    assert kinds == {"text/plain", "application/octet-stream", "application/x-www-form-urlencoded", "application/xml"}


def test_a_form_under_other_names() -> None:
    """A body that is no JSON is refused as another media type where the contract has a status for that."""
    form = {"content": {"multipart/form-data": {"schema": {"type": "object", "properties": {"a": {"type": "string"}}}}}}
    answers = {"200": {"description": "It."}, "415": {"description": "Another."}}
    contract = read(posting({}, requestBody=form, responses=answers))

    found = derive(Hosts(contract, contract.operations["make"], {}, {}, {}), Plan())
    named = {case.wire.content_type for case in found if case.requirement == "make/protocol/media-type"}

    assert named == {"text/plain", "application/octet-stream", "application/x-www-form-urlencoded", "application/xml"}


@pytest.mark.parametrize(("required", "expect"), [(True, "refuse"), (False, "survive")])
def test_an_empty_body(required: bool, expect: str) -> None:
    """Nothing under the name of JSON is no JSON where a body is wanted; elsewhere it may stand for none."""
    document = posting({"type": "object"})
    document["paths"]["/things"]["post"]["requestBody"]["required"] = required
    contract = read(document)

    found = derive(Hosts(contract, contract.operations["make"], {}, {}, {}), Plan())

    assert {case.expect for case in found if case.wire.body == b"" and case.wire.content_type is None} == {expect}


def test_nothing_is_no_broken_body_where_it_may_be_left_out() -> None:
    """The half of a digit is nothing at all: that is refused only where there has to be a body."""
    for required in (True, False):
        body = {"required": required, "content": {"application/json": {"schema": {"enum": [7]}}}}
        contract = read(posting({}, requestBody=body))
        made = derive(Hosts(contract, contract.operations["make"], {}, {}, {}), Plan())

        empty = {case.requirement for case in made if case.wire.body == b""}

        assert ("make/protocol/truncated-json" in empty) is required


def test_what_follows_a_document() -> None:
    """A letter, the document again, one bracket too many and a byte that is no text follow it."""
    ends = {(case.wire.body or b"")[-1:] for case in cases("protocol/trailing-data")}

    assert {b"x", b"}", b"\0"} <= ends


@pytest.mark.parametrize("example", [{}, [], 12, "a", {"a": 1}])
def test_what_is_called_no_json_is_none(example: Any) -> None:
    """Of a short document little can be spoilt: what is still JSON is not sent as malformed."""
    contract = read(posting({"example": example, "type": ["object", "array", "integer", "string"]}))
    (operation,) = contract.operations.values()
    names = ("malformed-json", "truncated-json", "trailing-data", "encoding")

    found = derive(Hosts(contract, operation, {}, {}, {}), Plan("standard"))
    bodies = [case.wire.body for case in found if case.requirement.endswith(names) and case.expect == "refuse"]

    assert bodies
    assert [body for body in bodies if parsed(body or b"") is not NOT_JSON] == []
