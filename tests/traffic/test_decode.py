"""Laws of reading a request's document back from the wire."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from conformance import suite
from conformance.cases.derive import derive
from conformance.cases.host import Hosts
from conformance.cases.plan import Plan
from conformance.contract.operation import Body, Operation, Parameter
from conformance.contract.router import Router
from conformance.emulator import FIXTURES
from conformance.run.compose import compose
from conformance.traffic.decode import decoded
from conformance.wire import Request

BUNDLED = suite.load()
TOYS = [suite.load(Path(__file__).parents[1] / "toys" / "parcels.yaml")]
UPDATE = BUNDLED.operations["updateAddressGroup"]
BODY = Body("application/json", required=False, schema={})


def operation(parameter: Parameter, body: Body | None = None) -> Operation:
    """An operation with one parameter."""
    path = "/x/{p}" if parameter.where == "path" else "/x"
    return replace(UPDATE, method="GET", path=path, parameters=(parameter,), body=body, security=())


def parameter(where: Any, schema: dict[str, Any], **more: Any) -> Parameter:
    """A parameter named p in OpenAPI's default style."""
    style = {"query": "form", "cookie": "form"}.get(where, "simple")
    return Parameter("p", where, required=False, schema=schema, **{"style": style, "explode": style == "form", **more})


@pytest.mark.parametrize("contract", [BUNDLED, *TOYS], ids=lambda contract: contract.title)
def test_reverse_of_composing(contract: Any) -> None:
    """Every request that can be made of a contract's accepted cases leads to its operation and its document."""
    router = Router(contract.operations.values())
    tried = 0

    for described in contract.operations.values():
        hosts = Hosts(contract, described, FIXTURES, {}, contract.settings)
        for case in derive(hosts, Plan(profile="quick")):
            if case.wire.body is None and case.wire.method is None and case.expect == "accept":
                request = compose(described, case.request, None, case.wire)
                found = router.match(request.method, request.target)
                assert found is not None
                assert found.operation is described
                document = {name: part for name, part in case.request.items() if part != {}}
                read = decoded(described, found.path, request)
                assert {name: part for name, part in read.document.items() if part != {}} == document
                tried += 1

    assert tried > 10


INTEGERS = {"type": "array", "items": {"type": "integer"}}
POINT = {"type": "object", "properties": {"x": {"type": "integer"}, "y": {"type": "string"}}}


@pytest.mark.parametrize(
    ("made", "value"),
    [
        (parameter("path", {"type": "integer"}), -5),
        (parameter("path", {"type": "string"}), "5"),
        (parameter("path", {"type": "string"}), "a/b c"),
        (parameter("path", INTEGERS), [1, 2]),
        (parameter("path", POINT), {"x": 1, "y": "b"}),
        (parameter("path", POINT, explode=True), {"x": 1, "y": "b"}),
        (parameter("query", {"type": "boolean"}), True),
        (parameter("query", {"type": "number"}), 2.5),
        (parameter("query", {"enum": [1, 2]}), 2),
        (parameter("query", INTEGERS), [1, 2]),
        (parameter("query", INTEGERS, explode=False), [1, 2]),
        (parameter("query", INTEGERS, explode=False, style="pipeDelimited"), [1, 2]),
        (parameter("query", POINT), {"x": 1, "y": "b"}),
        (parameter("query", POINT, explode=False), {"x": 1, "y": "b"}),
        (parameter("query", POINT, style="deepObject"), {"x": 1, "y": "b"}),
        (parameter("query", POINT, as_json=True), {"x": 1, "y": "b"}),
        (parameter("header", {"type": "integer"}), 7),
        (parameter("header", {"type": "string"}), "true"),
        (parameter("cookie", {"anyOf": [{"type": "integer"}, {"type": "boolean"}]}), False),
    ],
)
def test_parameters(made: Parameter, value: Any) -> None:
    """A parameter of any style has its value back, and its type."""
    described = operation(made)
    request = compose(described, {made.where: {"p": value}}, None)
    found = Router([described]).match("GET", request.target)

    assert found is not None
    assert decoded(described, found.path, request).document == {made.where: {"p": value}}


@pytest.mark.parametrize("text", ["1.0", "x", "", "01", "+1", "1e3", "٣"])
def test_texts_that_are_no_integers(text: str) -> None:
    """What cannot be read as the type that is wanted stays a text, so that it breaks the type."""
    described = operation(parameter("query", {"type": "integer"}))
    request = compose(described, {"query": {"p": text}}, None)

    assert decoded(described, {}, request).document == {"query": {"p": text}}


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (b"{", "truncated-json"),
        (b'{"a": "', "truncated-json"),
        (b"{} {}", "trailing-data"),
        (b"{'a': 1}", "malformed-json"),
        (b'{"a": "\xff"}', "encoding"),
    ],
)
def test_bodies_that_are_no_json(body: bytes, fault: str) -> None:
    """A body that is no JSON is told by what is wrong with it."""
    read = decoded(operation(parameter("query", {}), BODY), {}, Request("GET", "/x", (), body))

    assert (read.fault, read.known) == (fault, True)


@pytest.mark.parametrize(
    ("headers", "body", "recorded"),
    [
        ((("Content-Type", "text/csv"),), b"{}", True),
        ((("Content-Encoding", "gzip"),), b"{}", True),
        ((), b"{}", False),
        ((), b'{"a": 1, "a": 2}', True),
    ],
)
def test_bodies_that_are_not_read(headers: Any, body: bytes, recorded: bool) -> None:
    """Another media type, a coding, a body that is not recorded and a member twice: nothing is said of them."""
    read = decoded(operation(parameter("query", {}), BODY), {}, Request("GET", "/x", headers, body), recorded=recorded)

    assert (read.fault, read.known) == (None, False)


def test_forms() -> None:
    """A form is an object, typed as its schema says."""
    schema = {"properties": {"n": {"type": "integer"}, "l": {"type": "array", "items": {"type": "boolean"}}}}
    described = operation(
        parameter("query", {}), Body("application/x-www-form-urlencoded", required=True, schema=schema)
    )
    request = Request("GET", "/x", (("Content-Type", "application/x-www-form-urlencoded"),), b"n=5&l=true&l=false&s=")

    assert decoded(described, {}, request).document["body"] == {"n": 5, "l": [True, False], "s": ""}
