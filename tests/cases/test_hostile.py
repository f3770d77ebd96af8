"""Laws of odd requests: where what is odd stands."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pytest

from conformance.cases.case import Case
from conformance.cases.derive import derive
from conformance.cases.host import Hosts
from conformance.cases.plan import Plan
from conformance.contract import Contract
from tests.toy_contracts import SHELVES, asking, posting, read

_OK = {"200": {"description": "It."}}


def odd(contract: Contract, name: str, fixtures: Mapping[str, str] = MappingProxyType({"shelf": "a-1"})) -> list[Case]:
    """The cases of an operation that only have to be survived."""
    hosts = Hosts(contract, contract.operations[name], fixtures, {"": {"room": 3}}, {})
    return [case for case in derive(hosts, Plan()) if case.requirement.endswith("/protocol/hostile")]


def test_odd_texts_in_every_text_of_a_body() -> None:
    """A text that is no name stands in the name, and in the entries of an array: each may be read by other code."""
    bodies = [case.wire.body or b"" for case in odd(read(SHELVES), "changeShelf")]
    documents = [json.loads(body) for body in bodies if b"jndi" in body]

    assert [body for body in documents if "jndi" in str(body.get("name"))]
    assert [body for body in documents if "jndi" in str(body.get("books"))]


def test_half_a_character() -> None:
    """Half of a surrogate pair is escaped as JSON admits it; where nothing is promised it is not sent."""
    plain = posting({"type": "object", "properties": {"a": {"type": "string"}}})

    assert [case for case in odd(read(SHELVES), "changeShelf") if b"\\ud800" in (case.wire.body or b"")]
    assert not [case for case in odd(read(plain), "make") if b"\\ud800" in (case.wire.body or b"")]


def test_a_zero_byte_in_every_text() -> None:
    """In one text a zero byte stands alone, in the others after what else is odd."""
    texts = [case.wire.body or b"" for case in odd(read(SHELVES), "changeShelf")]
    zeros = [text for text in texts if b"\\u0000" in text]

    assert sorted(b"jndi" in text for text in zeros) == [False, True]


def test_odd_texts_in_a_query() -> None:
    """Each parameter of a query gets texts that nobody expects; no answer may be a failure of the server."""
    parameters = [{"name": name, "in": "query", "schema": {"type": "integer"}} for name in ("a", "b")]
    contract = read(asking(*parameters))

    found = derive(Hosts(contract, contract.operations["find"], {}, {}, {}), Plan())
    odd = [case for case in found if case.expect == "survive" and case.request.get("query")]

    assert {name for case in odd for name in case.request["query"]} == {"a", "b"}
    assert max(len(text) for case in odd for text in case.request["query"].values()) > 1000


@pytest.mark.parametrize(("schema", "fixture"), [({"type": "integer"}, "7"), ({"type": "string"}, "abcdef")])
def test_what_nobody_has_where_nothing_is_said_of_it(schema: dict[str, Any], fixture: str) -> None:
    """An unknown id, and one beyond the usual integers, are asked for even where no 404 is documented."""
    parameter = {"name": "id", "in": "path", "required": True, "schema": schema}
    known = [asking(parameter, path="/things/{id}", responses=answers) for answers in (_OK, {**_OK, "404": _OK["200"]})]

    silent, said = (
        {c.request["path"]["id"] for c in odd(read(document), "find", {"id": fixture}) if "path" in c.request}
        for document in known
    )

    assert len(silent) > len(said)
    assert {2**31, 2**63} <= silent or schema["type"] == "string"
