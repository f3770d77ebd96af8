"""Laws of hosts: where the values of path parameters come from."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.cases.case import Case
from conformance.cases.derive import derive
from conformance.cases.host import BODY, Hosts, listed, typed
from conformance.cases.plan import Plan
from tests.cases import independent
from tests.toy_contracts import SHELVES, asking, hosts_of, posting, read


def hosts_with(schema: Any, fixtures: dict[str, str]) -> Hosts:
    """The hosts of an operation with one path parameter, `kind`."""
    parameter = {"name": "kind", "in": "path", "required": True, "schema": schema}
    responses = {"200": {"description": "It."}, "404": {"description": "Unknown."}}
    contract = read(asking(parameter, path="/things/{kind}", responses=responses))
    return Hosts(contract, contract.operations["find"], fixtures, {}, {})


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"enum": ["oil", "tyres"]}, "oil"),
        ({"type": "boolean"}, True),
        ({"type": "array", "minItems": 2, "items": {"enum": ["EUR", "USD"]}}, ["EUR", "USD"]),
    ],
)
def test_a_parameter_whose_values_are_listed_needs_no_fixture(schema: Any, value: Any) -> None:
    """Where the document names all values there are, one of them is taken, and no other is called unknown."""
    hosts = hosts_with(schema, {})

    assert listed(schema)
    assert hosts.missing() == []
    assert hosts.frame({})["path"] == {"kind": value}
    assert not [c for c in derive(hosts, Plan("standard")) if c.requirement == "find/path/kind/unknown"]


def test_a_name_is_a_fixture() -> None:
    """A text of which the document lists no values names a thing that only the user knows."""
    assert hosts_with({"type": "string"}, {}).missing() == ["kind"]


@pytest.mark.parametrize(
    ("schema", "text", "value"),
    [
        ({"type": "array", "items": {"type": "string"}}, "EUR,USD", ["EUR", "USD"]),
        ({"type": "array", "items": {"type": "integer"}}, "1,2", [1, 2]),
        ({"type": "integer"}, "7", 7),
        ({"type": "number"}, "0.5", 0.5),
        ({"type": "string"}, "7", "7"),
    ],
)
def test_a_fixture_has_the_type_of_its_parameter(schema: Any, text: str, value: Any) -> None:
    """The text of a fixture is read as its parameter wants it, and cases are made of whatever it is."""
    hosts = hosts_with(schema, {"kind": text})

    assert typed(text, schema) == value
    assert hosts.frame({})["path"] == {"kind": value}
    assert derive(hosts, Plan("standard"))


WAYS = (("way", "integer"), ("other", "string"))


def faulty(requirement: str, case: Case) -> bool:
    """Whether a case is a refusal of a keyword, named by the end of its id."""
    return case.expect == "refuse" and case.requirement.endswith(requirement) and not case.rehearsal


PARCEL: dict[str, Any] = {
    "type": "object",
    "properties": {
        "label": {"type": "string", "maxLength": 4},
        "note": {"type": "string"},
        "stamps": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["code"],
                "properties": {"code": {"type": "string"}, "text": {"type": "string", "pattern": "^[^<]*$"}},
            },
        },
    },
    "examples": [{"label": "a", "note": "b", "stamps": [{"code": "c1", "text": "d"}]}],
}


def parcels() -> Hosts:
    """The hosts of an operation that takes a parcel."""
    contract = read(posting(PARCEL))
    return Hosts(contract, contract.operations["make"], {}, {}, {})


def test_faults_also_stand_in_larger_requests() -> None:
    """The first fault of a keyword stands alone, the second one among all that the document's example holds."""
    hosts = parcels()
    bodies = [c.request["body"] for c in derive(hosts, Plan("standard")) if faulty("/body/label/maxLength", c)]

    assert set(bodies[0]) == {"label"}
    assert set(bodies[1]) == {"label", "note", "stamps"}


def test_a_fault_in_an_entry_leaves_the_rest_of_the_entry_its_own() -> None:
    """A faulty entry among others is like the good one in its place, but for the fault: no entry stands twice."""
    hosts = parcels()
    arrays = [c.request["body"]["stamps"] for c in derive(hosts, Plan("standard")) if faulty("/text/pattern", c)]

    assert any(len(stamps) == 3 for stamps in arrays)
    for stamps in arrays:
        assert len({stamp["code"] for stamp in stamps}) == len(stamps)


def test_a_missing_member_is_missing_in_one_entry_of_many() -> None:
    """A required member is left out of one entry: the first, one in the middle, the last."""
    hosts = parcels()
    cases = [c for c in derive(hosts, Plan("standard")) if faulty("/code/required", c)]

    gaps = {tuple("code" in stamp for stamp in case.request["body"]["stamps"]) for case in cases}

    assert {(False,), (False, True, True), (True, False, True), (True, True, False)} <= gaps


def test_a_wrong_type_stays_the_same_type_in_a_larger_request() -> None:
    """Every wrong type is tried, a fraction too, wherever it stands."""
    bounded = {"type": "integer", "minimum": 4, "maximum": 9}
    schema = {"type": "object", "properties": {"size": bounded, "note": {"type": "string"}}}
    contract = read(posting({**schema, "examples": [{"size": 8, "note": "b"}, {"size": 9, "note": "c"}]}))
    cases = derive(Hosts(contract, contract.operations["make"], {}, {}, {}), Plan("standard"))

    kinds = {type(c.request["body"]["size"]) for c in cases if faulty("/size/type", c)}

    assert {str, list, float, bool, type(None)} <= kinds


@pytest.mark.parametrize(("branch", "needed"), [("then", {"k", "a"}), ("else", {"a"})])
def test_the_first_fault_of_a_branch_stands_with_its_condition_alone(branch: str, needed: set[str]) -> None:
    """A fault in a branch of a condition needs what takes the branch, though that is optional, and nothing else."""
    text = {"type": "string"}
    schema = {
        "type": "object",
        "properties": {"k": text, "note": text, "a": text},
        "if": {"required": ["k"]},
        branch: {"properties": {"a": {"maxLength": 3}}},
        "examples": [{"note": "b", "a": "c", **({"k": "x"} if branch == "then" else {})}],
    }
    contract = read(posting(schema))
    hosts = Hosts(contract, contract.operations["make"], {}, {}, {})

    host = hosts.at(("properties", "body", branch, "properties", "a"))
    cases = derive(hosts, Plan("standard"))
    bodies = [set(c.request["body"]) for c in cases if faulty(f"/body/a({branch})/maxLength", c)]

    assert host is not None
    assert set(host.request["body"]) == bodies[0] == needed
    assert all(needed <= body and ("k" in body) is (branch == "then") for body in bodies)


def test_the_other_ways_at_choices() -> None:
    """Where a contract leaves a choice there are requests for each way, and for each place below, all acceptable."""
    ways = [{"title": name, "required": [name], "properties": {name: {"type": kind}}} for name, kind in WAYS]
    note = {"type": "object", "properties": {"deep": {"type": "object", "properties": {"er": {"type": "integer"}}}}}
    contract = read(posting({**note, "oneOf": ways}))
    hosts = Hosts(contract, contract.operations["make"], {}, {}, {})

    found = hosts.alternatives()

    assert {name for host in found for name in host.request["body"]} == {"way", "other", "deep"}
    assert any("er" in host.request["body"].get("deep", {}) for host in found)
    assert all(hosts.accepts(host.request, host.variant) for host in found)


def test_hosts_of_another_run() -> None:
    """Another run knows of no states yet, whatever it learns later is its own; what was compiled serves both."""
    contract = read(SHELVES)
    hosts = Hosts(contract, contract.operations["changeShelf"], {"shelf": "a-1"}, {"": {"room": 3}}, contract.settings)
    full = {"path": {"shelf": "a-1"}, "body": {"books": ["a", "b"]}}

    other = hosts.again()
    assert (hosts.accepts(full, {}), other.state({}), other.oracle is hosts.oracle) == (True, {}, True)

    other.believe({"": {"room": 1}})
    assert (hosts.accepts(full, {}), other.accepts(full, {})) == (True, False)


def test_a_parameter_that_no_value_fits() -> None:
    """Where nothing is valid at a required place there is no request to start from, and no case."""
    nothing = {"type": "string", "minLength": 9, "maxLength": 3}
    contract = read(asking({"name": "q", "in": "query", "required": True, "schema": nothing}))
    hosts = Hosts(contract, contract.operations["find"], {}, {}, {})

    assert hosts.plain({}) is None
    assert derive(hosts, Plan("standard")) == []


TEXT = {"type": "string"}
ALIKE: dict[str, Any] = {
    "oneOf": [
        {"type": "object", "properties": {"a": TEXT, "more": TEXT}},
        {"type": "object", "properties": {"b": TEXT}},
    ]
}


@pytest.mark.parametrize(("branch", "name", "other"), [(0, "a", "b"), (1, "b", "a")])
@pytest.mark.parametrize("below", [(), ("of",)])
def test_a_place_in_alternatives_that_overlap(branch: int, name: str, other: str, below: tuple[str, ...]) -> None:
    """What is not required stands where the other alternative is broken, in a body that is sought; no more is there."""
    body = {"type": "object", "required": ["of"], "properties": {"of": ALIKE}} if below else ALIKE
    hosts = hosts_of(posting(body))
    above = [part for each in below for part in ("properties", each)]

    host = hosts.at((*BODY, *above, "oneOf", branch, "properties", name))

    assert host is not None
    assert host.path == ("body", *below, name)
    assert independent.is_valid(hosts.operation.request_schema, host.request)
    assert set(host.request["body"]["of"] if below else host.request["body"]) == {name, other}


def test_no_form_is_sought() -> None:
    """A form has no body but that of its members, each a text that fits both alternatives."""
    form = {"required": True, "content": {"application/x-www-form-urlencoded": {"schema": ALIKE}}}
    hosts = hosts_of(posting(ALIKE, requestBody=form))

    assert hosts.at((*BODY, "oneOf", 0, "properties", "a")) is None
