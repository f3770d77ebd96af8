"""Laws of the cases of HTTP, JSON and identities."""

from __future__ import annotations

import re
from typing import Any

import pytest

from conformance.cases.case import Case
from conformance.cases.derive import Plan, derive
from conformance.cases.host import Hosts
from conformance.judge.step import NOT_JSON, parsed
from tests.toy_contracts import SHELVES, asking, posting, read

CONTRACT = read(SHELVES)


def cases(requirement: str, shelf: str = "a-1") -> list[Case]:
    """The cases of one requirement of the shelf that is changed."""
    state: dict[str, Any] = {"": {"room": 3}}
    hosts = Hosts(CONTRACT, CONTRACT.operations["changeShelf"], {"shelf": shelf}, state, {})
    return [case for case in derive(hosts, Plan()) if case.requirement == f"changeShelf/{requirement}"]


def test_nan_where_it_does_not_matter() -> None:
    """What is no JSON is sent in a member, too, whose value nobody reads."""
    bodies = [case.wire.body or b"" for case in cases("protocol/malformed-json")]

    assert [body for body in bodies if b'"unexpected": NaN' in body]


def test_other_media_types() -> None:
    """Text, bytes, a form and XML are no JSON."""
    kinds = {case.wire.content_type for case in cases("protocol/media-type")}

    assert kinds == {"text/plain", "application/octet-stream", "application/x-www-form-urlencoded", "application/xml"}


def test_the_nearest_neighbour() -> None:
    """An identity that differs in its last character only is unknown; of a short one somebody may have it."""
    long = "shelf-01234567890123"

    near = {case.request["path"]["shelf"] for case in cases("path/shelf/unknown", long)}
    short = {case.request["path"]["shelf"] for case in cases("path/shelf/unknown", "shelf-12")}

    assert [name for name in near if name != long and name[:-1] == long[:-1]]
    assert not [name for name in short if len(name) == 8 and name[:-1] == "shelf-1"]


@pytest.mark.parametrize("pattern", ["^[a-z]{3}-[0-9]{2}$", "^[A-Z]+$", "^[0-9]{4}$"])
def test_a_stranger_has_the_form_of_an_identity(pattern: str) -> None:
    """What names nothing is right in all else, so that it is unknown and not malformed."""
    schema = {"type": "string", "pattern": pattern}
    answers = {"200": {"description": "It."}, "404": {"description": "Unknown."}}
    parameter = {"name": "kind", "in": "path", "required": True, "schema": schema}
    contract = read(asking(parameter, path="/things/{kind}", responses=answers))
    known = next(v for v in ("abc-12", "abcd", "ABCD", "1234") if re.search(pattern, v))
    hosts = Hosts(contract, contract.operations["find"], {"kind": known}, {}, {})

    (unknown,) = [c for c in derive(hosts, Plan()) if c.kind == "unknown/kind"]

    assert re.search(pattern, unknown.request["path"]["kind"])
    assert unknown.request["path"]["kind"] != known


@pytest.mark.parametrize(("pattern", "known"), [("^(one|two)$", "one"), ("^[A-Z]{2}$", "DE")])
def test_what_may_name_something_is_no_stranger(pattern: str, known: str) -> None:
    """Where no identity of the same form is surely unknown, none is asked for."""
    answers = {"200": {"description": "It."}, "404": {"description": "Unknown."}}
    parameter = {"name": "kind", "in": "path", "required": True, "schema": {"type": "string", "pattern": pattern}}
    contract = read(asking(parameter, path="/things/{kind}", responses=answers))
    hosts = Hosts(contract, contract.operations["find"], {"kind": known}, {}, {})

    assert not [c for c in derive(hosts, Plan()) if c.kind == "unknown/kind"]


def test_odd_texts_in_a_query() -> None:
    """Each parameter of a query gets texts that nobody expects; no answer may be a failure of the server."""
    parameters = [{"name": name, "in": "query", "schema": {"type": "integer"}} for name in ("a", "b")]
    contract = read(asking(*parameters))

    found = derive(Hosts(contract, contract.operations["find"], {}, {}, {}), Plan())
    odd = [case for case in found if case.expect == "survive" and case.request.get("query")]

    assert {name for case in odd for name in case.request["query"]} == {"a", "b"}
    assert max(len(text) for case in odd for text in case.request["query"].values()) > 1000


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
