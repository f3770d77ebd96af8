"""Laws of operations: where they are, what is sent with them, and what may come back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from conformance.contract import read_contract
from conformance.errors import ContractError
from tests.toy_contracts import JSON, OK, asking, described, only_operation, posting, read


@pytest.mark.parametrize(
    ("servers", "expected"),
    [
        (None, "/things"),
        ([{"url": "/"}], "/things"),
        ([{"url": "/v1/"}], "/v1/things"),
        ([{"url": "https://example.com"}], "/things"),
        ([{"url": "https://example.com/api/v2"}, {"url": "/other"}], "/api/v2/things"),
        (
            [{"url": "https://{host}/{base}", "variables": {"host": {"default": "h"}, "base": {"default": "b"}}}],
            "/b/things",
        ),
        ([{"url": "https://{host}:{port}/api"}], "/api/things"),
        ([{"url": "v1"}], "/v1/things"),
    ],
)
def test_base_path(servers: Any, expected: str) -> None:
    """The path of the first server, its variables at their defaults, stands before every path."""
    root = {} if servers is None else {"servers": servers}

    assert only_operation({**asking(), **root}).path == expected


def test_nearest_servers_win() -> None:
    """Servers of an operation are nearer than those of its path, and those nearer than the document's."""
    item = {
        "servers": [{"url": "/item"}],
        "get": {"operationId": "near", "servers": [{"url": "/own"}], "responses": OK},
        "put": {"operationId": "far", "responses": OK},
    }

    contract = read(described({"/a": item}, servers=[{"url": "/root"}]))

    assert contract.operations["near"].path == "/own/a"
    assert contract.operations["far"].path == "/item/a"


def parameter(name: str, where: str = "query", **rest: Any) -> dict[str, Any]:
    """A parameter of texts."""
    return {"name": name, "in": where, "schema": {"type": "string"}, **rest}


def test_parameters_of_path_and_operation() -> None:
    """An operation has the parameters of its path; its own of the same name and place replaces one."""
    item = {
        "parameters": [parameter("a"), parameter("b"), parameter("a", "header")],
        "get": {"operationId": "find", "parameters": [parameter("a", required=True), parameter("c")], "responses": OK},
    }

    found = only_operation(described({"/things": item})).parameters

    assert {(p.where, p.name, p.required) for p in found} == {
        ("query", "a", True),
        ("query", "b", False),
        ("header", "a", False),
        ("query", "c", False),
    }


@pytest.mark.parametrize("where", ["the path", "the operation"])
def test_a_parameter_that_stands_twice(where: str) -> None:
    """In one list it would be left to luck which of both is meant."""
    twice = {"parameters": [parameter("a"), parameter("b"), parameter("a", required=True)]}
    own, shared = (twice, {}) if where == "the operation" else ({}, twice)

    with pytest.raises(ContractError, match="the query parameter 'a' stands twice"):
        read(described({"/things": {**shared, "get": {**own, "responses": OK}}}))


@pytest.mark.parametrize(
    ("paths", "said"),
    [
        ({"things": {"get": {"responses": OK}}}, "a path begins with a slash: /things"),
        ({"": {"get": {"responses": OK}}}, "a path begins with a slash: /"),
        ({404: {"get": {"responses": OK}}}, "a path begins with a slash: /404"),
        ({"/things": {"GET": {"responses": OK}}}, "a method is written in small letters: get"),
    ],
)
def test_paths_that_cannot_be_meant(paths: Any, said: str) -> None:
    """What would be sent somewhere else, or not at all, is said."""
    with pytest.raises(ContractError) as caught:
        read(described(paths))

    assert caught.value.reason == said


def test_an_extension_among_the_paths_is_no_path() -> None:
    """Whatever it holds; a path may refer to it."""
    item = {"get": {"operationId": "find", "responses": OK}}
    paths = {"x-nothing": None, "x-item": item, "/things": {"$ref": "#/paths/x-item"}}

    assert only_operation(described(paths)).path == "/things"


def test_path_parameters_are_required() -> None:
    """A path parameter is required whatever it says, and is its own fixture; its example is known."""
    document = asking(parameter("id", "path", example="i-1"), path="/things/{id}")

    (found,) = only_operation(document).parameters

    assert (found.required, found.fixture, found.examples) == (True, "id", ("i-1",))


def test_undescribed_path_parameters_are_refused() -> None:
    """A template with a name that no path parameter has is refused."""
    with pytest.raises(ContractError, match="id"):
        read(asking(parameter("id"), path="/things/{id}"))


NAMELESS: list[dict[str, Any]] = [{"in": "query"}, {"name": "a"}, {"name": "a", "in": "body"}]


@pytest.mark.parametrize("node", [*NAMELESS, {"name": "parameter", "in": "query", "style": {"type": "form"}}])
def test_parameters_without_name_or_place_are_refused(node: Any) -> None:
    """A parameter has a name, stands in path, query, header or cookie, and its style is a word."""
    with pytest.raises(ContractError, match="parameter"):
        read(asking({**node, "schema": {}}))


@pytest.mark.parametrize("name", ["Accept", "content-type", "AUTHORIZATION"])
def test_headers_that_are_no_parameters(name: str) -> None:
    """Accept, Content-Type and Authorization are ignored as parameters, as OpenAPI wants it."""
    assert only_operation(asking(parameter(name, "header"))).parameters == ()


@pytest.mark.parametrize(
    ("node", "style", "explode"),
    [
        (parameter("a"), "form", True),
        (parameter("a", style="pipeDelimited"), "pipeDelimited", False),
        (parameter("a", style="deepObject"), "deepObject", True),
        (parameter("a", explode=False), "form", False),
        (parameter("a", "header"), "simple", False),
        (parameter("a", "cookie"), "form", True),
    ],
)
def test_styles(node: Any, style: str, explode: bool) -> None:
    """Style and explode have the defaults of their place."""
    (found,) = only_operation(asking(node)).parameters

    assert (found.style, found.explode) == (style, explode)


def test_parameters_with_content() -> None:
    """A parameter may be a JSON document, described under its media type."""
    node = {"name": "filter", "in": "query", "content": {JSON: {"schema": {"type": "object"}}}}

    (found,) = only_operation(asking(node)).parameters

    assert found.as_json
    assert found.schema["type"] == "object"


def test_examples_best_first() -> None:
    """A parameter's examples are its own, its named ones, its schema's, then the default."""
    node = parameter("a", example="e", examples={"x": {"value": "n"}})
    node["schema"] = {"type": "string", "examples": ["s"], "default": "d"}

    (found,) = only_operation(asking(node)).parameters

    assert found.examples == ("e", "n", "s", "d")


@pytest.mark.parametrize(
    ("offered", "chosen"),
    [
        (["text/plain", "application/json"], "application/json"),
        (["application/xml", "application/merge-patch+json"], "application/merge-patch+json"),
        (["application/vnd.api+json", "application/json"], "application/json"),
        (["text/plain", "application/x-www-form-urlencoded"], "application/x-www-form-urlencoded"),
        (["application/xml", "text/plain"], "text/plain"),
        (["Application/JSON; charset=utf-8", "text/plain"], "Application/JSON; charset=utf-8"),
    ],
)
def test_preferred_media_type(offered: list[str], chosen: str) -> None:
    """Of several media types of a body the one is sent that can be composed best."""
    body = {"content": {media: {"schema": {"type": "string"}} for media in offered}}

    found = only_operation(posting({}, requestBody=body)).body

    assert found is not None
    assert found.media_type == chosen


def test_the_request_as_one_schema() -> None:
    """A request is one document: its parts and members are required as the contract says."""
    document = asking(
        parameter("id", "path"),
        parameter("q"),
        parameter("X-Unit", "header", required=True),
        path="/things/{id}",
        requestBody={"content": {JSON: {"schema": {"type": "integer"}}}},
    )

    schema = only_operation(document).request_schema

    assert set(schema["properties"]) == {"path", "query", "header", "body"}
    assert "body" not in schema["required"]
    assert schema["properties"]["header"]["required"] == ["x-unit"]
    assert schema["properties"]["query"]["required"] == []


SCHEMES = {
    "header": {"type": "apiKey", "in": "header", "name": "X-Key"},
    "query": {"type": "apiKey", "in": "query", "name": "key"},
    "cookie": {"type": "apiKey", "in": "cookie", "name": "key"},
    "basic": {"type": "http", "scheme": "Basic"},
    "bearer": {"type": "http", "scheme": "bearer"},
    "oauth": {"type": "oauth2", "flows": {}},
    "connect": {"type": "openIdConnect", "openIdConnectUrl": "https://x"},
    "digest": {"type": "http", "scheme": "digest"},
    "mutual": {"type": "mutualTLS"},
}


@pytest.mark.parametrize(
    ("name", "kind", "where"),
    [
        ("header", "apiKey", "header"),
        ("query", "apiKey", "query"),
        ("cookie", "apiKey", "cookie"),
        ("basic", "basic", "header"),
        ("bearer", "bearer", "header"),
        ("oauth", "bearer", "header"),
        ("connect", "bearer", "header"),
        ("digest", "other", "header"),
        ("mutual", "other", "header"),
    ],
)
def test_security_schemes(name: str, kind: str, where: str) -> None:
    """Every scheme says where the credential goes; what a token cannot fill is another kind."""
    document = {**asking(), "security": [{name: []}], "components": {"securitySchemes": SCHEMES}}

    (found,) = only_operation(document).security

    assert (found.kind, found.where) == (kind, where)


@pytest.mark.parametrize(
    ("root", "own", "names", "anonymous"),
    [
        ([{"header": []}], None, ["header"], False),
        ([{"header": []}], [], [], True),
        ([{"header": []}], [{}, {"query": []}], ["query"], True),
        ([{"header": []}, {"query": []}], None, ["header"], False),
        ([], [{"header": [], "query": []}], ["header", "query"], False),
        (None, None, [], True),
    ],
)
def test_security_of_document_and_operation(root: Any, own: Any, names: list[str], anonymous: bool) -> None:
    """An operation's own security replaces the document's; an empty alternative makes it anonymous."""
    document = asking(**({} if own is None else {"security": own}))
    document |= {"components": {"securitySchemes": SCHEMES}, **({} if root is None else {"security": root})}

    found = only_operation(document)

    assert [scheme.name for scheme in found.security] == names
    assert found.anonymous is anonymous


def test_undescribed_security_schemes_are_refused() -> None:
    """A security scheme that is required is described."""
    with pytest.raises(ContractError, match="lost"):
        read({**asking(), "security": [{"lost": []}]})


def test_a_parameter_that_carries_the_credential_is_none() -> None:
    """A header that a security scheme fills is not a parameter too."""
    document = asking(parameter("X-Key", "header"), security=[{"header": []}])

    assert only_operation({**document, "components": {"securitySchemes": SCHEMES}}).parameters == ()


def test_effects_of_methods() -> None:
    """GET reads, DELETE disrupts, every other method that sends something changes."""
    methods = ("get", "head", "put", "post", "patch", "delete")
    item = {method: {"operationId": method, "responses": OK} for method in methods}

    found = read(described({"/a": item})).operations

    assert [found[method].effect for method in methods] == [
        "reads",
        "reads",
        "changes",
        "changes",
        "changes",
        "disrupts",
    ]


def test_names_of_nameless_operations() -> None:
    """An operation without an id is named after method and path; two of one id are refused."""
    nameless = {"/a/{b-c}": {"get": {"parameters": [parameter("b-c", "path")], "responses": OK}}}
    twice = {path: {"get": {"operationId": "same", "responses": OK}} for path in ("/a", "/b")}

    assert list(read(described(nameless)).operations) == ["get-a-b-c"]
    with pytest.raises(ContractError, match="same"):
        read(described(twice))


def test_answers() -> None:
    """A status is answered by its own response, its range's, or the default's, in this order, under one name."""
    responses = {name: {"description": name} for name in ("200", "4xx", "404", "default")}

    operation = only_operation(asking(responses={**responses, "x-note": {}}))

    found = {status: operation.answer(status) for status in (200, 404, 409, 500)}
    assert {status: answer and answer.status for status, answer in found.items()} == {
        200: "200",
        404: "404",
        409: "4XX",
        500: "default",
    }
    assert list(operation.answers) == [answer.status for answer in operation.answers.values()]


@pytest.mark.parametrize(
    "document",
    [
        described({}),
        {"openapi": "3.1.0"},
        described({"/a": {"get": {}}}, openapi="3.0.3"),
        described({"/a": {"get": {"responses": {}}}}),
        described({"/a": {"get": []}}),
        described({"/a": []}),
        posting({}, requestBody={}),
        described({"/a": {"$ref": "#/paths/~1a"}}),
    ],
)
def test_what_is_no_operation_is_refused(document: Any) -> None:
    """A document without paths, an operation without responses, a body without content: each is refused."""
    with pytest.raises(ContractError):
        read(document)


def test_answers_that_nobody_describes() -> None:
    """Since OpenAPI 3.1 an operation may say nothing of its answers: then any success is one."""
    operation = only_operation(described({"/a": {"get": {}}}))

    assert operation.answers == {}
    assert operation.success == tuple(range(200, 300))


def test_parts_of_other_files(tmp_path: Path) -> None:
    """Path items, parameters, bodies and responses may stand in other files, relative to each other."""
    (tmp_path / "parts").mkdir()
    (tmp_path / "toy.yaml").write_text("openapi: 3.1.0\npaths: {'/a/{id}': {$ref: parts/item.yaml}}\n")
    (tmp_path / "parts" / "item.yaml").write_text(
        "parameters: [{$ref: 'more.yaml#/Id'}]\n"
        "post:\n  operationId: make\n  requestBody: {$ref: 'more.yaml#/Body'}\n"
        "  responses: {'200': {$ref: 'more.yaml#/Ok'}}\n"
    )
    (tmp_path / "parts" / "more.yaml").write_text(
        "Id: {name: id, in: path, schema: {$ref: '#/Word'}}\nWord: {type: string, maxLength: 3}\n"
        "Body: {content: {application/json: {schema: {$ref: '#/Word'}}}}\nOk: {description: Fine.}\n"
    )

    operation = read_contract(tmp_path / "toy.yaml").operations["make"]

    assert operation.parameters[0].schema["maxLength"] == 3
    assert operation.body is not None
    assert operation.body.schema["maxLength"] == 3
    assert list(operation.answers) == ["200"]
