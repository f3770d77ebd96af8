"""Laws of the cases of a whole operation: profiles, seeds, wishes, permissions, twins, rehearsals."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest

from conformance.cases.build import build
from conformance.cases.case import PLAIN, Case
from conformance.cases.derive import derive
from conformance.cases.host import Hosts, typed
from conformance.cases.plan import Plan
from conformance.contract import Contract
from conformance.contract.schema import validator
from conformance.requirements.site import merged
from tests.toy_contracts import CARDS, SHELVES, asking, described, posting, read

SHELF = {"shelf": "a-1"}
STATE = {"room": 3, "name": "novels", "books": []}


def hosts_of(contract: Contract, operation: str, fixtures: Mapping[str, str]) -> Hosts:
    """The hosts of an operation."""
    return Hosts(contract, contract.operations[operation], fixtures, {"": STATE}, contract.settings)


@cache
def shelf(**plan: Any) -> list[Case]:
    """The cases of the operation that changes a shelf."""
    return derive(hosts_of(read(SHELVES), "changeShelf", SHELF), Plan(**plan))


def test_the_same_plan_makes_the_same_cases() -> None:
    """Deriving is a pure function: read and derived anew, all cases are the same, in the same order."""
    assert derive(hosts_of(read(SHELVES), "changeShelf", SHELF), Plan()) == shelf()


def test_seeds_change_only_combinations() -> None:
    """Another seed combines other accepted values; what is refused or contested is the same."""
    one, two = ([case for case in shelf(seed=seed) if case.expect != "accept"] for seed in (1, 2))

    assert one == two
    assert shelf(seed=1) != shelf(seed=2)


def test_profiles_grow() -> None:
    """A larger profile tries more, and leaves out no requirement that a smaller one tries."""
    quick, standard = shelf(profile="quick"), shelf()

    assert len(quick) < len(standard)
    assert {case.requirement for case in quick} <= {case.requirement for case in standard}


@pytest.mark.parametrize(
    "wanted",
    [
        "changeShelf/response/200/body/name/type",
        "changeShelf/state/name/becomes",
        "changeShelf/rule/touched-moves",
        "changeShelf/rehearsal/accepts",
    ],
)
def test_answers_and_states_are_judged_on_what_may_be_accepted(wanted: str) -> None:
    """Who asks for an answer, a state, a rule of one or a rehearsal gets what may be accepted, and no refusals."""
    cases = shelf(wanted=frozenset([wanted]))

    assert {case.expect for case in cases} == {"accept", "contested"}
    contested = {case.id for case in shelf() if case.expect == "contested" and not case.rehearsal}
    assert contested <= {case.id for case in cases}
    assert {case.requirement for case in cases} >= {"changeShelf/request/body/name/optional"}


def test_only_what_is_wanted() -> None:
    """With a wish, refusals are of the wanted requirement only, and their twins come along."""
    wanted = "changeShelf/request/body/name/maxLength"

    cases = shelf(wanted=frozenset([wanted]))

    assert {case.requirement for case in cases if case.expect == "refuse"} == {wanted}
    assert any(case.expect == "accept" for case in cases)


def test_every_twin_is_sent() -> None:
    """The twin of every refusal is itself among the accepted cases, as it is, before the first refusal."""
    cases = shelf()
    first = next(index for index, case in enumerate(cases) if case.expect == "refuse")
    twins = {case.twin_key for case in cases if case.twin is not None}
    sent = {case.key for case in cases if case.expect == "accept" and case.wire == PLAIN}

    assert all(case.twin_key in sent for case in cases if case.twin is not None)
    assert twins <= {case.key for case in cases[:first] if case.expect == "accept"}


def test_reads_need_no_permission() -> None:
    """An operation that reads sends the same cases with and without permission, but for foreign methods."""
    hosts = hosts_of(read(SHELVES), "showShelf", SHELF)

    free = derive(hosts, Plan(foreign_methods=False))

    assert derive(hosts, Plan(foreign_methods=False, real=False)) == free
    assert all(case.wire.method is None for case in free)


def test_foreign_methods_are_not_those_of_the_contract() -> None:
    """A method that the contract lists at the same path is none that must be refused."""
    cases = shelf(taken_methods=frozenset({"GET", "PUT"}))

    methods = {case.wire.method for case in cases if case.requirement.endswith("/method")}

    assert methods
    assert not methods & {"GET", "PUT"}


def test_authentication_in_every_way() -> None:
    """No credential, an empty one, another one, and the right one altered: each is refused."""
    cases = [case for case in shelf() if "/authentication/" in case.requirement and not case.rehearsal]

    assert {case.wire.credential for case in cases} >= {"missing", "empty", "wrong", "prefix", "suffix"}
    assert {case.kind for case in cases} == {"authentication"}


def test_missing_fixtures_make_no_cases() -> None:
    """Without a fixture and without an example there is nothing to send; with an example there is."""
    assert derive(hosts_of(read(SHELVES), "changeShelf", {}), Plan()) == []
    assert hosts_of(read(SHELVES), "changeShelf", {}).missing() == ["shelf"]
    assert derive(hosts_of(read(CARDS), "addCard", {}), Plan("quick"))


def test_variants_are_used_where_they_are_given() -> None:
    """A variant of a fixture is tried if the target was given one, with its own path."""
    hosts = hosts_of(read(SHELVES), "changeShelf", {**SHELF, "shelf.spare": "b-2"})

    paths = {case.request["path"]["shelf"] for case in derive(hosts, Plan("quick")) if case.expect == "accept"}

    assert {"a-1", "b-2"} <= paths
    assert hosts.variants == [{}, {"shelf": "spare"}]


@pytest.mark.parametrize(
    ("text", "schema", "expected"),
    [
        ("7", {"type": "integer"}, 7),
        ("-7", {"type": "integer"}, -7),
        ("7", {"type": "string"}, "7"),
        ("seven", {"type": "integer"}, "seven"),
        ("1.5", {"type": "number"}, 1.5),
        ("true", {"type": "boolean"}, True),
        ("7", {"type": ["integer", "null"]}, 7),
    ],
)
def test_fixtures_are_typed(text: str, schema: Any, expected: Any) -> None:
    """A fixture is given as a text and is the value that its parameter describes."""
    found = typed(text, schema)

    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(
    ("schema", "path"),
    [
        (
            {"properties": {"a": {"items": {"properties": {"b": {"type": "integer"}}}}}},
            "properties a items properties b",
        ),
        ({"type": "object", "additionalProperties": {"type": "integer"}}, "additionalProperties"),
        ({"patternProperties": {"^x-": {"type": "integer"}}}, "patternProperties ^x-"),
        ({"prefixItems": [{"type": "string"}, {"type": "integer"}]}, "prefixItems 1"),
        ({"oneOf": [{"type": "string"}, {"type": "object", "properties": {"b": {}}}]}, "oneOf 1 properties b"),
        ({"allOf": [{"properties": {"b": {}}}]}, "allOf 0 properties b"),
    ],
)
def test_hosts_contain_their_place(schema: Any, path: str) -> None:
    """What is built for the place of a schema path is valid and has a value there."""
    parts = tuple(int(part) if part.isdigit() else part for part in path.split())

    value, place = build(schema, parts, {})

    assert validator(schema).is_valid(value)
    reached = value
    for part in place:
        reached = reached[part]
    assert place


def test_patches_merge() -> None:
    """A patch replaces what it names, at any depth, null included, and leaves the rest and the base as they were."""
    base = {"a": {"b": 1, "c": [1, 2]}, "d": 3}

    found = merged(base, {"a": {"c": [9], "e": None}, "f": 4})

    assert found == {"a": {"b": 1, "c": [9], "e": None}, "d": 3, "f": 4}
    assert base == {"a": {"b": 1, "c": [1, 2]}, "d": 3}


def test_a_delete_takes_effect_once_and_last() -> None:
    """What is deleted is gone: every refusal goes first, then the one call that takes effect."""
    item = {
        "delete": {
            "operationId": "drop",
            "parameters": [
                {"name": "id", "in": "path", "example": "a-1", "schema": {"type": "string", "maxLength": 5}}
            ],
            "responses": {"204": {"description": "Gone."}, "404": {"description": "Unknown."}},
        }
    }
    hosts = hosts_of(read(described({"/things/{id}": item})), "drop", {})

    order = [case.expect for case in derive(hosts, Plan())]

    assert order.count("accept") == 1
    assert order[-1] == "accept"


@pytest.mark.parametrize("document", [asking(), posting({}), posting(True), posting({"type": "null"})])
def test_bare_operations_have_cases(document: Any) -> None:
    """An operation that describes next to nothing is called all the same."""
    contract = read(document)
    (name,) = contract.operations

    cases = derive(hosts_of(contract, name, {}), Plan("quick"))

    assert any(case.expect == "accept" for case in cases)


def test_rules_are_sent_as_their_examples_say() -> None:
    """Each violated example of a rule must be refused, each satisfied one accepted."""
    cases = [case for case in shelf() if case.requirement.endswith("/rule/fits") and not case.rehearsal]

    assert {(case.expect, len(case.request["body"]["books"])) for case in cases} == {("accept", 3), ("refuse", 4)}


def test_contested_zones_are_only_noted() -> None:
    """The examples of a zone are sent as contested."""
    cases = [case for case in shelf() if "/contested/" in case.requirement]

    assert {(case.expect, case.request["body"]["name"]) for case in cases} == {("contested", "a.b")}


UUID = "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"


@pytest.mark.parametrize(
    ("schema", "broken"),
    [
        ({"type": "integer", "minimum": 1, "exclusiveMinimum": 0}, {0}),
        ({"type": "integer", "maximum": 9, "exclusiveMaximum": 10}, {10}),
        ({"type": "string", "format": "uuid", "pattern": UUID}, {"dd18a501-fcd5-4adc-acfe-b0e2384baf08 "}),
        ({"type": "string", "minLength": 1, "maxLength": 3, "pattern": r"^[\s\S]{1,3}$"}, {"", "aaaa"}),
        ({"type": "string", "format": "date", "pattern": r"^\d{4}-\d\d-\d\d$"}, {"2019/06/28", "2019-13-01"}),
        ({"const": "a", "enum": ["a"]}, {"A", 7}),
        ({"type": "string", "enum": ["a", "b"], "pattern": "^[ab]$"}, {"A", 7}),
    ],
)
def test_what_is_said_in_two_ways_is_tried(schema: Any, broken: set[Any]) -> None:
    """Where two keywords say as much as each other, nothing breaks one alone; somebody still has to check it."""
    contract = read(posting(schema))
    hosts = Hosts(contract, contract.operations["make"], {}, {}, {})
    cases = derive(hosts, Plan())

    assert derive(hosts.again(), Plan()) == cases
    refused = [case.request.get("body") for case in cases if case.expect == "refuse" and case.wire == PLAIN]

    assert broken <= {body for body in refused if isinstance(body, str | int)}
    assert not any(validator(schema).is_valid(body) for body in refused if body is not None)
