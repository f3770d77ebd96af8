"""Laws of derived cases as a whole: what is sent for each requirement is on record, so that no change goes unseen.

A line holds a requirement, how many of its cases expect what, and a digest of them. Where a change is meant, the record
is written anew (`pytest --snapshot-update`), and its difference says which requirements it touched.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import astuple
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from conformance import bundled
from conformance.cases import fallback
from conformance.cases.candidate import candidates
from conformance.cases.case import Case
from conformance.cases.derive import derive
from conformance.cases.host import Hosts, variant_key
from conformance.cases.plan import Plan
from conformance.cases.sample import sample, samples
from conformance.cases.small import small
from conformance.contract import Contract, Operation, read_contract
from conformance.run.ahead import declared
from tests.toy_contracts import CARDS, SHELVES, described, read

TOYS = Path(__file__).parent.parent / "toys"
TEXT = {"type": "string"}
WORDS: dict[str, Any] = {
    "const": {"const": "one"},
    "choice": {"enum": ["red", "Green", 3]},
    "price": {"type": "number", "exclusiveMinimum": 0, "maximum": 9.5, "multipleOf": 0.5},
    "count": {"type": "integer", "minimum": -3, "exclusiveMaximum": 40, "multipleOf": 4},
    "code": {"type": "string", "pattern": "^[A-Z]{2}-[0-9]{3}$"},
    "plain": {"type": "string", "minLength": 2, "maxLength": 5, "pattern": "^[^<>]*$"},
    "day": {"type": "string", "format": "date"},
    "mail": {"type": "string", "format": "email"},
    "host": {"type": "string", "format": "ipv4"},
    "maybe": {"type": ["boolean", "null"]},
    "pair": {"type": "array", "prefixItems": [TEXT, {"type": "integer"}], "items": False},
    "tags": {
        "type": "array",
        "items": {"type": "string", "maxLength": 4},
        "minItems": 1,
        "maxItems": 3,
        "uniqueItems": True,
    },
    "grid": {"type": "array", "items": {"type": "array", "items": {"type": "integer"}, "minItems": 2}},
    "held": {
        "type": "array",
        "contains": {"const": 7},
        "minContains": 1,
        "maxContains": 2,
        "items": {"type": "integer"},
    },
    "map": {"type": "object", "patternProperties": {"^x-": {"type": "integer"}}, "additionalProperties": False},
    "names": {"type": "object", "propertyNames": {"maxLength": 3}, "minProperties": 1, "maxProperties": 2},
    "either": {"oneOf": [{"type": "integer"}, {"type": "object", "required": ["a"], "properties": {"a": TEXT}}]},
    "any": {"anyOf": [{"type": "string", "maxLength": 2}, {"type": "null"}]},
    "all": {"allOf": [{"type": "integer"}, {"minimum": 2}]},
    "never": {"not": {"type": "string"}},
    "if": {
        "type": "object",
        "properties": {"kind": {"enum": ["a", "b"]}, "size": {"type": "integer"}},
        "required": ["kind"],
        "if": {"properties": {"kind": {"const": "a"}}},
        "then": {"required": ["size"]},
        "else": {"properties": {"size": False}},
    },
    "when": {
        "type": "object",
        "properties": {"a": {"type": "integer"}, "b": {"type": "string"}},
        "if": {"required": ["a"]},
        "then": {"properties": {"b": {"minLength": 3}}, "required": ["b"]},
        "else": {"properties": {"b": {"maxLength": 2, "pattern": "^[xy]*$"}}},
    },
    "mix": {
        "type": "array",
        "prefixItems": [
            {"type": "object", "required": ["x"], "properties": {"x": {"type": "integer", "minimum": 1}}},
            TEXT,
        ],
        "items": {"type": "boolean"},
        "maxItems": 4,
    },
    "some": {"type": "array", "items": {"type": "object"}, "contains": {"required": ["id"]}, "minItems": 2},
    "closed": {
        "allOf": [{"properties": {"a": TEXT}}, {"properties": {"b": {"type": "integer"}}}],
        "unevaluatedProperties": False,
    },
    "upper": {"type": "string", "minLength": 3, "maxLength": 3, "pattern": "^[A-Z]+$"},
    "card": {"type": "object", "dependentRequired": {"number": ["name"]}, "properties": {"number": TEXT, "name": TEXT}},
    "read": {"type": "string", "readOnly": True},
    "old": {"$ref": "#/components/schemas/Tree"},
}
CODE = {"type": "string", "pattern": "^[0-9]{3}-[A-Z]{2}$"}
ODD: dict[str, Any] = {
    "none": {"type": "array", "maxItems": 0},
    "four": {"type": "array", "minItems": 4, "items": {"type": "integer", "minimum": 1}},
    "few": {"type": "array", "items": {"enum": ["x", "y", "z"]}, "uniqueItems": True, "minItems": 1},
    "slots": {"type": "array", "prefixItems": [{"type": "integer"}, TEXT], "unevaluatedItems": False, "minItems": 1},
    "ways": {
        "type": "array",
        "maxItems": 3,
        "items": {
            "oneOf": [
                {
                    "title": "n",
                    "type": "object",
                    "required": ["n"],
                    "properties": {"n": {"type": "integer", "minimum": 2}},
                },
                {"title": "t", "type": "string", "minLength": 2},
            ]
        },
    },
    "chain": {
        "type": "object",
        "required": ["a"],
        "properties": {"c": CODE},
        "dependentRequired": {"a": ["b"], "b": ["c"]},
    },
    "others": {"type": "object", "required": ["x"], "additionalProperties": CODE},
    "truths": {"type": "object", "minProperties": 2, "additionalProperties": {"type": "boolean"}},
    "deep": {
        "type": "object",
        "properties": {
            "er": {
                "type": "object",
                "required": ["est"],
                "properties": {"est": {**TEXT, "maxLength": 3}, "or": {"type": "integer"}},
            }
        },
    },
    "so": {
        "type": "object",
        "properties": {"a": TEXT, "b": {"type": "integer"}},
        "dependentSchemas": {"a": {"required": ["b"], "properties": {"b": {"minimum": 3}}}},
    },
    "unlike": {"anyOf": [{"type": "object", "required": ["a"], "not": {"required": ["b"]}}, {"const": "none"}]},
    "digits": {"type": "string", "pattern": "^[0-9]{3,5}$"},
    "two": {"type": "string", "minLength": 2, "maxLength": 2},
    "alike": {"type": "string", "pattern": "^(a+|b+|c+)$", "maxLength": 5},
    "marks": {"type": "string", "pattern": "^[^&<>]{1,6}$"},
    "perhaps": {"type": ["string", "null"], "maxLength": 3},
    "id": {"type": "string", "format": "uuid"},
    "at": {"type": "string", "format": "date-time", "maxLength": 30},
    "net": {"type": "string", "format": "ipv6"},
    "link": {"type": "string", "format": "uri", "maxLength": 40},
    "ratio": {"type": "number", "minimum": 0, "exclusiveMaximum": 1},
    "steps": {"type": "number", "multipleOf": 0.25},
    "above": {"type": "integer", "exclusiveMinimum": 5},
    "below": {"type": "integer", "maximum": -2},
    "numbers": {"enum": [1, 2.5, 10]},
    "mixed": {"enum": ["a", 1, None, True]},
}
TREE = {
    "type": "object",
    "required": ["name"],
    "additionalProperties": False,
    "properties": {
        "name": {"type": "string", "minLength": 1},
        "below": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}},
    },
}
PARAMETERS: list[dict[str, Any]] = [
    {"name": "thing", "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}},
    {"name": "q", "in": "query", "schema": {"anyOf": [{"type": "string", "minLength": 3}, {"type": "null"}]}},
    {"name": "page", "in": "query", "required": True, "schema": {"type": "integer", "minimum": 1, "maximum": 50}},
    {
        "name": "ids",
        "in": "query",
        "explode": False,
        "schema": {"type": "array", "items": {"type": "integer"}, "maxItems": 2},
    },
    {
        "name": "filter",
        "in": "query",
        "style": "deepObject",
        "schema": {"type": "object", "required": ["a"], "properties": {"a": TEXT, "b": TEXT}},
    },
    {"name": "near", "in": "query", "content": {"application/json": {"schema": {"type": "object", "required": ["x"]}}}},
    {"name": "X-Trace", "in": "header", "schema": {"type": "string", "pattern": "^[a-f]+$"}},
    {"name": "seen", "in": "cookie", "schema": {"enum": ["yes", "no"]}},
]
FORM = {
    "type": "object",
    "required": ["user", "meta"],
    "properties": {
        "user": {"type": "string", "minLength": 1, "maxLength": 8},
        "age": {"type": "integer", "minimum": 0},
        "meta": {
            "type": "object",
            "required": ["a"],
            "properties": {"a": {"type": "integer"}},
            "additionalProperties": False,
        },
        "file": {"type": "string", "format": "binary"},
    },
}
ANSWERS = {name: {"description": name} for name in ("200", "400", "401", "404", "415")}


def body(media: str, schema: Any) -> dict[str, Any]:
    """A request body of one media type."""
    return {"required": True, "content": {media: {"schema": schema}}}


WIDE = described(
    {
        "/things/{thing}": {
            "parameters": PARAMETERS[:1],
            "get": {"operationId": "look", "parameters": PARAMETERS[1:], "responses": ANSWERS},
            "put": {
                "operationId": "change",
                "requestBody": body("application/json", {"type": "object", "required": ["code"], "properties": WORDS}),
                "responses": ANSWERS,
            },
            "delete": {"operationId": "drop", "responses": ANSWERS},
        },
        "/forms": {
            "post": {
                "operationId": "send",
                "requestBody": body("application/x-www-form-urlencoded", FORM),
                "responses": ANSWERS,
            },
            "put": {"operationId": "attach", "requestBody": body("multipart/form-data", FORM), "responses": ANSWERS},
            "patch": {
                "operationId": "write",
                "requestBody": body("text/plain", {**TEXT, "maxLength": 5}),
                "responses": ANSWERS,
            },
        },
    },
    components={
        "schemas": {"Tree": TREE},
        "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
    },
    security=[{"bearer": []}],
)
ODDITIES = described(
    {
        "/odd": {
            "put": {
                "operationId": "turn",
                "requestBody": body("application/json", {"type": "object", "required": ["id"], "properties": ODD}),
                "responses": ANSWERS,
            },
            "post": {
                "operationId": "add",
                "requestBody": body("application/json", {**ODD["ways"], "minItems": 1}),
                "responses": ANSWERS,
            },
        },
    },
)
CONTRACTS = {
    "bundled": lambda: read_contract(bundled.bundled_contract()),
    "garden": lambda: read_contract(TOYS / "garden.yaml"),
    "parcels": lambda: read_contract(TOYS / "parcels.yaml"),
    "shelves": lambda: read(SHELVES),
    "cards": lambda: read(CARDS),
    "wide": lambda: read(WIDE),
    "oddities": lambda: read(ODDITIES),
}


def hosts_of(contract: Contract, operation: Operation) -> Hosts:
    """The hosts of an operation: any fixture will do, each is in the state that the contract declares."""
    own = {str(p.fixture): str(next(iter(p.examples), sample(p.schema))) for p in operation.parameters if p.fixture}
    variants = {name: own[name.partition(".")[0]] for name in contract.fixtures if name.partition(".")[0] in own}
    hosts = Hosts(contract, operation, {**own, **variants}, {}, contract.settings)
    hosts.states = {variant_key(variant): declared(contract, operation, variant) for variant in hosts.variants}
    return hosts


@pytest.fixture(autouse=True)
def _nothing_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hypothesis also draws constants of whatever modules are loaded: only what is computed is on record."""
    monkeypatch.setattr(fallback, "_drawn", lambda schema: iter(()))


def lines(contract: Contract, plan: Plan) -> Iterator[str]:
    """The record of all operations of a contract."""
    for operation in contract.operations.values():
        cases = derive(hosts_of(contract, operation), plan)
        yield f"{operation.id}: {len(cases)} cases, in the order {_digest([case.id for case in cases])}"
        for requirement in sorted({case.requirement for case in cases}):
            own = [case for case in cases if case.requirement == requirement]
            counts = ", ".join(f"{count} {expect}" for expect, count in sorted(Counter(c.expect for c in own).items()))
            yield f"  {requirement}: {counts} {_digest([_told(case) for case in own])}"


def _told(case: Case) -> str:
    return repr((*astuple(case)[:-1], [part.id for part in case.parts]))


def _digest(value: Any) -> str:
    return sha256(repr(value).encode("utf-8", "surrogatepass")).hexdigest()[:8]


@pytest.mark.parametrize("name", CONTRACTS)
@pytest.mark.parametrize("profile", ["quick", "standard"])
def test_what_is_derived_is_on_record(name: str, profile: str, snapshot: SnapshotAssertion) -> None:
    """The cases of every requirement are those of the record, in its order."""
    assert "\n".join(lines(CONTRACTS[name](), Plan(profile))) == snapshot


@pytest.mark.parametrize("plan", [Plan(real=False), Plan(rehearsals=False), Plan(foreign_methods=False)], ids=repr)
def test_what_is_derived_under_other_plans(plan: Plan, snapshot: SnapshotAssertion) -> None:
    """So are those of a run that may change nothing, that knows no rehearsal, or that keeps to the methods."""
    assert "\n".join(lines(read(SHELVES), plan)) == snapshot


def _values(schema: Any) -> Iterator[str]:
    """What is computed for one schema: valid values, small ones, and for each keyword those about it."""
    yield f"samples {_digest([list(islice(samples(schema, full=full), 40)) for full in (False, True)])}"
    yield f"small {_digest(list(islice(small(schema), 400)))}"
    current = next(iter(samples(schema)), None)
    for keyword in schema:
        made = [(repr(each.value), each.sent, each.rank) for each in candidates(schema, keyword, current)]
        yield f"{keyword}: {len(made)} candidates {_digest(made)}"
        if keyword not in ("$ref", "properties", "items"):
            yield f"{keyword}: violations {_digest(list(islice(fallback.violations(schema, (keyword,)) or (), 4)))}"


@pytest.mark.parametrize("name", [name for name in {**WORDS, **ODD} if name != "old"])
def test_what_is_computed_is_on_record(name: str, snapshot: SnapshotAssertion) -> None:
    """The values of a schema, and about each of its keywords, are those of the record, with their words and ranks."""
    assert "\n".join(_values({**WORDS, **ODD}[name])) == snapshot
