"""Laws of the requirements that no keyword expresses."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.requirement import Requirement
from conformance.requirements.derive import of_contract
from conformance.requirements.protocol import findings
from tests.toy_contracts import CARDS, JSON, OK, SHELVES, asking, changed, described, posting, read

PUT = ("paths", "/shelves/{shelf}", "put", "x-conformance")


def found(document: dict[str, Any], operation: str) -> dict[str, Requirement]:
    """The requirements of an operation, by what follows its name."""
    return {r.id.removeprefix(f"{operation}/"): r for r in of_contract(read(document)) if r.operation == operation}


def test_state_members() -> None:
    """What is named becomes the given value, what is not free stays; the members are those of the answer."""
    names = {name for name in found(SHELVES, "changeShelf") if name.startswith("state/")}

    assert names == {
        "state/name/becomes",
        "state/name/kept",
        "state/books/becomes",
        "state/books/kept",
        "state/room/kept",
        "state/refusal/unchanged",
        "state/answer/observed",
        "state/other/unchanged",
    }


def test_no_state_without_description() -> None:
    """An operation without a described state, and one that only reads, owe nothing to a state."""
    assert not any(name.startswith("state/") for name in found(CARDS, "addCard"))
    show = ("paths", "/shelves/{shelf}", "get", "x-conformance")
    assert not any(
        name.startswith("state/") for name in found(changed(SHELVES, {"state": "shelf"}, *show), "showShelf")
    )


def test_rehearsals() -> None:
    """An operation that can be rehearsed owes the rehearsal; switched off it is asked only where that can be said."""
    put = SHELVES["paths"]["/shelves/{shelf}"]["put"]["x-conformance"]
    without = {name: value for name, value in put["dry_run"].items() if name != "off"}

    assert {n for n in found(SHELVES, "changeShelf") if n.startswith("rehearsal/")} == {
        "rehearsal/status",
        "rehearsal/refuses",
        "rehearsal/accepts",
        "rehearsal/unchanged",
        "rehearsal/off",
    }
    assert "rehearsal/off" not in found(changed(SHELVES, without, *PUT, "dry_run"), "changeShelf")


def test_authentication_where_it_is_asked() -> None:
    """Authentication is required where a credential is, unless it cannot be given or need not."""
    schemes = {"key": {"type": "apiKey", "in": "query", "name": "key"}, "other": {"type": "mutualTLS"}}
    root = {"components": {"securitySchemes": schemes}}

    cases: list[tuple[Any, bool]] = [
        ([{"key": []}], True),
        ([{}, {"key": []}], False),
        ([{"other": []}], False),
        ([], False),
    ]
    for security, owed in cases:
        names = found({**asking(), **root, "security": security}, "find")
        assert ("authentication/missing" in names) is owed
        assert ("authentication/optional" in names) is ({} in security)


@pytest.mark.parametrize("status", ["415", "400"])
def test_the_medium_of_a_body_that_is_no_json(status: str) -> None:
    """A body of another medium owes nothing but its medium, and that where the contract says how it is refused."""
    body = {"required": True, "content": {"text/csv": {"schema": {"type": "string"}}}}
    owed = found(posting({}, requestBody=body, responses={**OK, status: {"description": "No."}}), "make")

    names = {name for name in owed if name.startswith("protocol/")}
    said = [(each.text, each.pointer) for name, each in owed.items() if name == "protocol/media-type"]
    assert said == [("a body of another media type is refused", "/body")] * (status == "415")
    assert names - {"protocol/media-type"} == {"protocol/header-case", "protocol/method", "protocol/hostile"}


@pytest.mark.parametrize(("extra", "level"), [({}, "contested"), ({"415": {"description": "No."}}, "implied")])
def test_another_medium_is_contested_where_nothing_is_said(extra: Any, level: str) -> None:
    """Many servers never look at the media type: that binds a plain document only where it says how one is refused."""
    owed = found(posting({}, responses={**OK, **extra}), "make")

    assert owed["protocol/media-type"].level == level


def test_unfillable_credentials_are_a_finding() -> None:
    """A security scheme that no token can fill is said once."""
    schemes = {"other": {"type": "mutualTLS"}}
    document = {**asking(), "components": {"securitySchemes": schemes}, "security": [{"other": []}]}

    (said,) = findings(read(document))

    assert "other" in said


def test_statements_about_nothing_are_a_finding() -> None:
    """A statement whose path no requirement has says nothing, and is told; a beginning of a path is one."""
    said = {"authentcation": {"level": "contested"}, "method": {"text": "m"}, "state/name": {"level": "implied"}}
    document = changed(SHELVES, said, "x-conformance", "statements")

    (found,) = findings(read(document))

    assert "'authentcation'" in found


def test_json_statements_need_a_json_body() -> None:
    """What is said of JSON bodies is said of operations that have one."""
    form = {"content": {"application/x-www-form-urlencoded": {"schema": {"type": "object"}}}}

    assert "protocol/malformed-json" in found(posting({}), "make")
    assert "protocol/malformed-json" not in found(posting({}, requestBody=form), "make")
    assert "protocol/malformed-json" not in found(asking(), "find")


def test_statements_reword() -> None:
    """A statement speaks for its path and for what is below it; the nearest one wins."""
    statements = {
        "authentication": {"level": "documented", "text": "a key is needed"},
        "authentication/wrong": {"text": "the right key is needed"},
        "malformed-json": {"reading": "R1"},
        "state": {"level": "implied"},
    }

    names = found(changed(SHELVES, statements, *PUT, "statements"), "changeShelf")

    assert names["authentication/missing"].text == "a key is needed"
    assert names["authentication/wrong"].text == "the right key is needed"
    assert names["authentication/wrong"].level == "implied"
    assert names["protocol/malformed-json"].reading == "R1"
    assert names["state/name/kept"].level == "implied"


def test_rules_have_a_side() -> None:
    """A rule on the request is of the request, one on a state of the state, one on an answer of the response."""
    plain: dict[str, Any] = {"id": "said", "text": "said", "rule": "response.status == 200"}
    plain |= {"satisfied": [{"response": {"status": 200}}], "violated": [{"response": {"status": 201}}]}
    ensures = [*SHELVES["paths"]["/shelves/{shelf}"]["put"]["x-conformance"]["ensures"], plain]

    names = found(changed(SHELVES, ensures, *PUT, "ensures"), "changeShelf")

    assert names["rule/fits"].side == "request"
    assert names["rule/touched-moves"].side == "state"
    assert names["rule/said"].side == "response"


def test_unknown_paths_where_404_is_said() -> None:
    """An unknown resource is not found where the contract knows 404 at all."""
    said = CARDS["paths"]["/boxes/{box}/cards"]["post"]["responses"]
    silent = {key: value for key, value in said.items() if key != "404"}

    assert "path/box/unknown" in found(CARDS, "addCard")
    document = changed(CARDS, silent, "paths", "/boxes/{box}/cards", "post", "responses")
    assert "path/box/unknown" not in found(document, "addCard")


def test_a_put_may_make_what_its_path_names_last() -> None:
    """Of a PUT in a plain document the 404 may speak of the outer thing alone; of a GET it speaks of each."""
    parameters = [{"name": n, "in": "path", "required": True, "schema": {"type": "string"}} for n in ("box", "line")]
    responses = {"200": {"description": "It."}, "404": {"description": "Unknown."}}
    item = {
        method: {"operationId": method, "parameters": parameters, "responses": responses} for method in ("get", "put")
    }

    document = described({"/boxes/{box}/lines/{line}": item})

    assert {"path/box/unknown", "path/line/unknown"} <= set(found(document, "get"))
    assert "path/box/unknown" in found(document, "put")
    assert "path/line/unknown" not in found(document, "put")


def test_unknown_paths_where_their_refusal_is_said() -> None:
    """A contract may say how what is unknown is refused without describing the answer."""
    document = asking({"name": "box", "in": "path", "required": True, "schema": {}}, path="/boxes/{box}")
    refusing = {**document, "x-conformance": {"version": 1, "refusal": {"unknown": [404]}}}

    assert [("path/box/unknown" in found(each, "find")) for each in (document, refusing)] == [False, True]


@pytest.mark.parametrize(("made", "owed"), [({}, True), ({"201": {"description": "Made."}}, False)])
def test_a_put_that_makes_things_knows_them_all(made: Any, owed: bool) -> None:
    """Where a PUT may answer that it made what its path names, nothing is unknown to it."""
    parameter = {"name": "box", "in": "path", "required": True, "schema": {"type": "string"}}
    answers = {**OK, "404": {"description": "Unknown."}, **made}
    put = {"operationId": "put", "parameters": [parameter], "responses": answers}

    assert ("path/box/unknown" in found(described({"/boxes/{box}": {"put": put}}), "put")) is owed


@pytest.mark.parametrize(
    ("method", "effect", "owed"),
    [
        ("get", "reads", True),
        ("head", "reads", True),
        ("put", "changes", True),
        ("put", "disrupts", False),
        ("post", "changes", False),
        ("patch", "changes", False),
        ("delete", "changes", False),
    ],
)
def test_what_can_be_repeated(method: str, effect: str, owed: bool) -> None:
    """The same request is answered alike each time where HTTP says that repeating is the same, and it is harmless."""
    ask = {"operationId": "ask", "responses": OK, "x-conformance": {"effect": effect}}
    extension: dict[str, Any] = {"x-conformance": {"version": 1}}

    assert ("protocol/repeatable" in found(described({"/a": {method: ask}}, **extension), "ask")) is owed


def test_several_statuses_of_success() -> None:
    """Each documented status of success is named."""
    responses = {status: {"description": "x"} for status in ("200", "204", "404")}

    assert found(asking(responses=responses), "find")["response/status/success"].text == (
        "a valid request is answered with 200 or 204"
    )


def test_no_members_of_a_state_that_no_answer_describes() -> None:
    """Where the answer that shows a state has no schema, or none of members, nothing is known of its members."""
    for response in ({"description": "x"}, {"description": "x", "content": {JSON: {"schema": {"type": "object"}}}}):
        document = changed(SHELVES, response, "paths", "/shelves/{shelf}", "put", "responses", "200")
        names = {name for name in found(document, "changeShelf") if name.startswith("state/")}
        assert {name.rsplit("/", 1)[1] for name in names} <= {"unchanged", "observed"}
