"""Laws of requests on the wire: styles, media types and credentials as OpenAPI writes them."""

from __future__ import annotations

import json
from email import message_from_bytes
from email.policy import HTTP
from typing import Any, get_args
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.cases.case import Credential, Wire
from conformance.run.compose import compose, json_text
from conformance.wire import Request
from tests.toy_contracts import JSON, asking, only_operation, posting

LIST = [3, 4, 5]
MAP = {"R": 100, "G": 200}


def sent(value: Any, where: str = "query", *, path: str = "/things", **node: Any) -> Request:
    """The request with one parameter, `color`."""
    parameter = {"name": "color", "in": where, "schema": {}, **node}
    return compose(only_operation(asking(parameter, path=path)), {where: {"color": value}}, None)


@pytest.mark.parametrize(
    ("value", "node", "expected"),
    [
        ("blue", {}, "color=blue"),
        ("a b&c=d/é", {}, "color=a%20b%26c%3Dd/%C3%A9"),
        ("", {}, "color="),
        (True, {}, "color=true"),
        (False, {}, "color=false"),
        (7, {}, "color=7"),
        (1.5, {}, "color=1.5"),
        (LIST, {}, "color=3&color=4&color=5"),
        (LIST, {"explode": False}, "color=3,4,5"),
        (LIST, {"style": "spaceDelimited"}, "color=3%204%205"),
        (LIST, {"style": "pipeDelimited"}, "color=3|4|5"),
        (MAP, {}, "R=100&G=200"),
        (MAP, {"explode": False}, "color=R,100,G,200"),
        (MAP, {"style": "deepObject"}, "color[R]=100&color[G]=200"),
        ({"a": [1]}, {"content": {JSON: {"schema": {}}}}, 'color={"a":[1]}'),
    ],
)
def test_query_styles(value: Any, node: Any, expected: str) -> None:
    """Every style of a query parameter is written as the table of OpenAPI has it; what may be escaped is escaped."""
    target = sent(value, **node).target

    query = target.partition("?")[2]
    assert unquote(query).replace(" ", "") == unquote(expected).replace(" ", "")
    assert query.isascii()
    assert " " not in query


def test_a_delimiter_is_none_of_the_characters_of_an_entry() -> None:
    """Between entries a comma stands as it is, inside one it is escaped; a server may split before it decodes."""
    assert sent(["a,b", "c"], explode=False).target.endswith("?color=a%2Cb,c")
    assert sent({"a": "b,c"}, explode=False).target.endswith("?color=a,b%2Cc")
    assert sent("a,b").target.endswith("?color=a%2Cb")
    assert sent(["a|b", "c"], style="pipeDelimited").target.endswith("?color=a%7Cb%7Cc")
    assert sent(LIST, "path", path="/things/{color}", required=True).target == "/things/3,4,5"


@pytest.mark.parametrize(
    ("value", "node", "expected"),
    [
        ("blue", {}, "blue"),
        ("a/b?c#d é%", {}, "a%2Fb%3Fc%23d%20%C3%A9%25"),
        (LIST, {}, "3,4,5"),
        (MAP, {}, "R,100,G,200"),
        (MAP, {"explode": True}, "R=100,G=200"),
        ("blue", {"style": "label"}, ".blue"),
        (LIST, {"style": "label"}, ".3,4,5"),
        (LIST, {"style": "label", "explode": True}, ".3.4.5"),
        ("blue", {"style": "matrix"}, ";color=blue"),
        (LIST, {"style": "matrix"}, ";color=3,4,5"),
        (LIST, {"style": "matrix", "explode": True}, ";color=3;color=4;color=5"),
    ],
)
def test_path_styles(value: Any, node: Any, expected: str) -> None:
    """Every style of a path parameter is written as the table of OpenAPI has it, as one segment."""
    target = sent(value, "path", path="/things/{color}/rest", **node).target

    segment = target.removeprefix("/things/").removesuffix("/rest")
    assert unquote(segment) == unquote(expected)
    assert "/" not in segment


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/größe/{id}", "/gr%C3%B6%C3%9Fe/1"),
        ("/a b/{id}", "/a%20b/1"),
        ("/a%20b/{id}.json", "/a%20b/1.json"),
        ("/{id}?kind=x", "/1?kind=x&b=2"),
        ("/{id}#part", "/1"),
        ("/{id}/{b", "/1/{b"),
    ],
)
def test_what_stands_in_a_path_itself(path: str, target: str) -> None:
    """What HTTP cannot carry is escaped, once; what follows the path is sent as far as HTTP sends it."""
    parameters: list[dict[str, Any]] = [{"name": "id", "in": "path", "schema": {}}, {"name": "b", "in": "query"}]
    operation = only_operation(asking(*parameters, path=path))
    query = {"query": {"b": "2"}} if "?" in path else {}

    assert compose(operation, {"path": {"id": "1"}, **query}, None).target == target


def test_two_path_parameters() -> None:
    """A value that looks like another placeholder is only a value."""
    parameters: list[dict[str, Any]] = [{"name": name, "in": "path", "schema": {}} for name in ("a", "b")]
    operation = only_operation(asking(*parameters, path="/{a}/{b}"))

    assert compose(operation, {"path": {"a": "{b}", "b": "x"}}, None).target == "/%7Bb%7D/x"


@pytest.mark.parametrize(
    ("value", "node", "expected"),
    [(LIST, {}, "3,4,5"), (MAP, {}, "R,100,G,200"), (MAP, {"explode": True}, "R=100,G=200"), (True, {}, "true")],
)
def test_header_styles(value: Any, node: Any, expected: str) -> None:
    """A header parameter is one header, written simply."""
    parameter = {"name": "X-Color", "in": "header", "schema": {}, **node}

    request = compose(only_operation(asking(parameter)), {"header": {"x-color": value}}, None)

    assert request.header("x-color") == expected


def test_cookies_share_one_header() -> None:
    """Cookie parameters and cookie credentials stand in one Cookie header."""
    scheme = {"key": {"type": "apiKey", "in": "cookie", "name": "session"}}
    parameters: list[dict[str, Any]] = [{"name": name, "in": "cookie", "schema": {}} for name in ("a", "b")]
    document = {**asking(*parameters), "components": {"securitySchemes": scheme}, "security": [{"key": []}]}

    request = compose(only_operation(document), {"cookie": {"a": 1, "b": "x"}}, "secret")

    assert [value for name, value in request.headers if name == "Cookie"] == ["a=1; b=x; session=secret"]


WRONG = [form for form in get_args(Credential) if form not in ("given", "missing", "empty", "bare")]
SCHEMES: dict[str, tuple[dict[str, Any], str]] = {
    "header": ({"type": "apiKey", "in": "header", "name": "X-Key"}, "X-Key: {}"),
    "bearer": ({"type": "http", "scheme": "bearer"}, "Authorization: Bearer {}"),
    "oauth": ({"type": "oauth2", "flows": {}}, "Authorization: Bearer {}"),
    "query": ({"type": "apiKey", "in": "query", "name": "key"}, "?key={}"),
    "cookie": ({"type": "apiKey", "in": "cookie", "name": "key"}, "Cookie: key={}"),
}


def secured(scheme: dict[str, Any], wire: Wire, token: str | None = "Token-7z") -> str:
    """What is sent under a security scheme, as one text."""
    document = {**asking(), "components": {"securitySchemes": {"it": scheme}}, "security": [{"it": []}]}
    request = compose(only_operation(document), {}, token, wire)
    return "\n".join([request.target, *(f"{name}: {value}" for name, value in request.headers)])


@pytest.mark.parametrize("name", SCHEMES)
def test_credentials_in_their_place(name: str) -> None:
    """The right credential stands where the scheme says, and nowhere when it is to be missing or there is none."""
    scheme, form = SCHEMES[name]
    place = form.format("")

    assert form.format("Token-7z") in secured(scheme, Wire())
    assert place not in secured(scheme, Wire(credential="missing"))
    assert place not in secured(scheme, Wire(), None)
    assert place in secured(scheme, Wire(credential="empty"))


@pytest.mark.parametrize("name", SCHEMES)
@pytest.mark.parametrize("form", ["empty", *WRONG])
def test_wrong_credentials_differ(name: str, form: Any) -> None:
    """Each wrong form is sent in the right place, and is another credential."""
    scheme, place = SCHEMES[name]

    said = secured(scheme, Wire(credential=form))

    assert place.format("").replace("Bearer ", "Token " if form == "scheme" else "Bearer ") in said
    assert place.format("Token-7z") not in said.replace("&", "\n").splitlines()
    assert said != secured(scheme, Wire())


@pytest.mark.parametrize("token", ["a", "7", "AK:SK", "user:", "ümlaut", "----", "x" * 500])
@pytest.mark.parametrize("form", WRONG)
def test_no_wrong_form_is_the_right_token(token: str, form: Any) -> None:
    """Whatever the token, a wrong form of it is another text."""
    scheme = SCHEMES["header"][0]

    assert secured(scheme, Wire(credential=form), token) != secured(scheme, Wire(), token)


def test_a_scheme_by_another_name() -> None:
    """What is right after another name, or after none, is wrong: the name of the scheme is part of the credential."""
    for name, secret in (("bearer", "a:b"), ("basic", "YTpi")):
        scheme = {"type": "http", "scheme": name}
        assert f"Authorization: Token {secret}" in secured(scheme, Wire(credential="scheme"), "a:b")
        assert f"Authorization: {secret}" in secured(scheme, Wire(credential="bare"), "a:b")


def test_basic_credentials() -> None:
    """A token of basic authentication is `user:password`, encoded; a wrong one has the same user."""
    from base64 import b64decode

    right, wrong = (secured({"type": "http", "scheme": "basic"}, Wire(credential=f)) for f in ("given", "wrong"))

    assert b64decode(right.partition("Basic ")[2]) == b"Token-7z"
    pair = secured({"type": "http", "scheme": "basic"}, Wire(credential="wrong"), "ann:secret")
    assert b64decode(pair.partition("Basic ")[2]).startswith(b"ann:")
    assert b"secret" not in b64decode(pair.partition("Basic ")[2])
    assert wrong != right
    nobody = secured({"type": "http", "scheme": "basic"}, Wire(credential="passwordless"), "ann:secret")
    assert b64decode(nobody.partition("Basic ")[2]) == b"ann:"


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@given(JSON_VALUES)
def test_json_bodies_come_back(value: Any) -> None:
    """What is sent as JSON is read back as the same value, by UTF-8."""
    request = compose(only_operation(posting({})), {"body": value}, None)

    assert request.body is not None
    assert json.loads(request.body.decode("utf-8")) == value
    assert request.header("Content-Type") == "application/json"


def test_json_is_sent_as_it_is() -> None:
    """Text beyond ASCII is not escaped, a lone surrogate has to be."""
    assert json_text({"a": "é"}) == '{"a": "é"}'
    assert json.loads(json_text({"a": "é\ud800"}).encode()) == {"a": "é\ud800"}


def test_forms() -> None:
    """A form is percent-encoded, a list is its name repeated."""
    body = {"content": {"application/x-www-form-urlencoded": {"schema": {"type": "object"}}}}

    request = compose(only_operation(posting({}, requestBody=body)), {"body": {"a": "x y&", "b": [1, True]}}, None)

    assert request.body == b"a=x+y%26&b=1&b=true"
    assert request.header("Content-Type") == "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("encoding", "value", "expected"),
    [
        ({"style": "deepObject", "explode": True}, {"x": "1", "y": {"z": "2 3"}}, "a%5Bx%5D=1&a%5By%5D%5Bz%5D=2%203"),
        ({"style": "form", "explode": False}, ["x", "y,z"], "a=x,y%2Cz"),
        ({"explode": False}, ["x", "y"], "a=x,y"),
        ({"style": "spaceDelimited"}, ["x", "y"], "a=x%20y"),
        ({"contentType": "application/json"}, {"x": 1}, "a=%7B%22x%22%3A+1%7D"),
    ],
)
def test_forms_as_the_contract_writes_them(encoding: Any, value: Any, expected: str) -> None:
    """A member of a form is written in the style that the contract gives it."""
    media = {"schema": {"type": "object"}, "encoding": {"a": encoding}}
    body = {"content": {"application/x-www-form-urlencoded": media}}

    request = compose(only_operation(posting({}, requestBody=body)), {"body": {"a": value}}, None)

    assert (request.body or b"").decode() == expected


def test_a_part_of_its_own_media_type() -> None:
    """A part is called what the contract calls it; of several names the first, and no range."""
    names = {"a": "image/png", "b": "image/png, image/jpeg", "c": "image/*"}
    media = {"schema": {"type": "object"}, "encoding": {name: {"contentType": kind} for name, kind in names.items()}}
    operation = only_operation(posting({}, requestBody={"content": {"multipart/form-data": media}}))

    body = compose(operation, {"body": {"a": "1", "b": "2", "c": "3"}}, None).body or b""

    kinds = [line.partition(": ")[2] for line in body.decode().splitlines() if line.startswith("Content-Type")]
    assert kinds == ["image/png", "image/png", "text/plain"]


def test_a_range_is_no_media_type() -> None:
    """Where a contract takes any media type, JSON is sent."""
    operation = only_operation(posting({}, requestBody={"content": {"*/*": {"schema": {"type": "object"}}}}))

    request = compose(operation, {"body": {"a": 1}}, None)

    assert (request.header("Content-Type"), request.body) == (JSON, b'{"a": 1}')


def test_no_body_no_media_type() -> None:
    """A request without a body has no Content-Type."""
    request = compose(only_operation(posting({})), {}, None)

    assert request.body is None
    assert request.header("Content-Type") is None


def test_departures() -> None:
    """Raw bytes, another media type, another method, another case of header names: each is sent as it is said."""
    operation = only_operation(posting({}))
    wire = Wire(body=b"{", content_type="text/plain", method="PATCH", header_case="upper")

    request = compose(operation, {"body": {}}, None, wire)

    assert (request.method, request.body) == ("PATCH", b"{")
    assert ("CONTENT-TYPE", "text/plain") in request.headers
    assert all(name == name.upper() for name, _ in request.headers)


def test_a_form_of_parts() -> None:
    """A multipart form has a part for each member: texts, each entry of an array, objects as JSON, binary as a file."""
    members = {"file": {"type": "string", "format": "binary"}, "title": {"type": "string"}}
    content = {"multipart/form-data": {"schema": {"type": "object", "properties": members}}}
    operation = only_operation(posting({}, requestBody={"required": True, "content": content}))

    body = {"file": "b\r\nin", "title": "\u4e2d", "tags": ["a", "b"], "meta": {"n": 1}, "stars": 3}
    request = compose(operation, {"body": body}, None)

    head = f"Content-Type: {request.header('Content-Type')}\r\n\r\n".encode()
    parts = list(message_from_bytes(head + (request.body or b""), policy=HTTP).iter_parts())
    told = [
        (p.get_param("name", header="content-disposition"), p.get_content_type(), p.get_payload(decode=True))
        for p in parts
    ]
    assert told == [
        ("file", "application/octet-stream", b"b\r\nin"),
        ("title", "text/plain", "\u4e2d".encode()),
        ("tags", "text/plain", b"a"),
        ("tags", "text/plain", b"b"),
        ("meta", "application/json", b'{"n": 1}'),
        ("stars", "text/plain", b"3"),
    ]
    assert [p.get_filename() for p in parts if p.get_filename()] == ["file"]
