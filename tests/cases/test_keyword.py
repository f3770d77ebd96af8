"""Laws of the cases of keywords, as another validator judges them: one fault each, and twins without any."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conformance.bundled import bundled_contract
from conformance.cases.case import Case
from conformance.cases.derive import derive
from conformance.cases.fallback import vacuous
from conformance.cases.host import Hosts, variant_key
from conformance.cases.plan import Plan
from conformance.contract import Contract, read_contract
from conformance.emulator import FIXTURES
from conformance.requirements.site import values_at
from tests.cases.soundness import check_soundness, plainly
from tests.toy_contracts import CARDS, SHELVES, asking, changed, posting, read

STATE = {"room": 3, "name": "novels", "books": []}


def hosts_of(contract: Contract, operation: str, fixtures: Mapping[str, str], state: Any = None) -> Hosts:
    """The hosts of an operation for a target with these fixtures, in this state."""
    return Hosts(contract, contract.operations[operation], fixtures, {"": state or {}}, contract.settings)


@cache
def toys() -> dict[str, tuple[Hosts, list[Case]]]:
    """The toy operations and their cases."""
    made = {
        "cards": hosts_of(read(CARDS), "addCard", {"box": "b-7"}),
        "shelf": hosts_of(read(SHELVES), "changeShelf", {"shelf": "a-1"}, STATE),
    }
    return {name: (hosts, derive(hosts, Plan("standard"))) for name, hosts in made.items()}


@pytest.mark.parametrize("name", ["cards", "shelf"])
def test_every_case_has_its_one_fault(name: str) -> None:
    """A negative breaks its keyword and nothing else; positives and twins are valid."""
    hosts, cases = toys()[name]

    assert check_soundness(hosts, cases) > 150


def test_every_case_of_the_bundled_contract_has_its_one_fault() -> None:
    """The same holds for the contract that comes with the package, for every operation of it."""
    contract = read_contract(bundled_contract())
    for operation in contract.operations.values():
        if operation.supporting:
            continue
        known = dict(contract.fixtures["address_group_id"]["self"], max_capacity=20, ip_extra_set=[], ready=True)
        hosts = hosts_of(contract, operation.id, FIXTURES, known)

        assert check_soundness(hosts, derive(hosts, Plan("standard"))) > 50


@pytest.mark.parametrize(
    ("name", "vacuous"),
    [("cards", {"addCard/request/body/kind/type"}), ("shelf", {"changeShelf/request/body/name/minLength"})],
)
def test_every_keyword_has_a_negative(name: str, vacuous: set[str]) -> None:
    """Each keyword, and each required member, is broken by some case, unless another keyword says as much."""
    hosts, cases = toys()[name]
    broken = {case.requirement for case in cases if case.expect == "refuse"}

    wanted = {each for each, placed in hosts.oracle.placed.items() if placed.requirement.keyword != "optional"}

    assert wanted - broken == vacuous


@pytest.mark.parametrize("name", ["cards", "shelf"])
def test_a_twin_differs_by_the_one_fault(name: str) -> None:
    """A refused keyword and its twin agree in everything but the place of the keyword, or what lies around it."""
    hosts, cases = toys()[name]

    for case in plainly(cases):
        placed = hosts.oracle.placed.get(case.requirement)
        if case.expect == "refuse" and case.twin is not None and placed is not None:
            part = placed.requirement.pointer.split("/")[1]
            assert {k: v for k, v in case.request.items() if k != part} == {
                k: v for k, v in case.twin.items() if k != part
            }


def test_ids_of_cases_are_distinct() -> None:
    """No two cases of an operation have one id, whatever the profile."""
    for hosts, cases in toys().values():
        for names in ([case.id for case in made] for made in (cases, derive(hosts, Plan("quick")))):
            assert len(names) == len(set(names))


def values_of(requirement: str, pointer: str, expect: str, toy: str = "cards") -> list[Any]:
    """The values at a pointer in the cases of a requirement."""
    _, cases = toys()[toy]
    chosen = [case for case in plainly(cases) if case.requirement.endswith(requirement) and case.expect == expect]
    return [value for case in chosen for _, value in values_at(case.request, pointer)]


def test_limits_of_lengths() -> None:
    """A length is tested exactly at its limit and one step beyond it."""
    refused = {len(text) for text in values_of("/body/title/maxLength", "/body/title", "refuse")}
    accepted = {len(text) for text in values_of("", "/body/title", "accept")}
    short = {len(text) for text in values_of("/body/title/minLength", "/body/title", "refuse")}

    assert 9 in refused
    assert 8 in accepted
    assert 1 in short


def test_limits_of_numbers() -> None:
    """A number is tested at its limit and one step beyond, whether the limit belongs to it or not."""
    assert 0 in values_of("/body/copies/minimum", "/body/copies", "refuse")
    assert 13 in values_of("/body/copies/maximum", "/body/copies", "refuse")
    assert 0 in values_of("/body/weight/exclusiveMinimum", "/body/weight", "refuse")
    assert 10 in values_of("/body/weight/exclusiveMaximum", "/body/weight", "refuse")
    assert {1, 12} <= set(values_of("", "/body/copies", "accept"))


def test_limits_of_counts() -> None:
    """An array is tested with the most and the least entries, and with one more or less."""
    refused = {len(tags) for tags in values_of("/body/tags/maxItems", "/body/tags", "refuse")}
    accepted = {len(tags) for tags in values_of("", "/body/tags", "accept")}

    assert 5 in refused
    assert {1, 4} <= accepted
    assert [] in values_of("/body/tags/minItems", "/body/tags", "refuse")


def test_an_array_is_full_on_each_fixture() -> None:
    """What fits one resource may be of another kind than what fits another: both take as many entries."""
    books = ("paths", "/shelves/{shelf}", "put", "requestBody", "content", "application/json", "schema", "properties")
    contract = read(changed(SHELVES, 3, *books, "books", "maxItems"))
    hosts = hosts_of(contract, "changeShelf", {"shelf": "a-1", "shelf.spare": "b-2"})
    hosts.states = {variant_key(variant): STATE for variant in hosts.variants}
    name = "changeShelf/request/body/books/maxItems"

    made = derive(hosts, Plan("standard", wanted=frozenset([name])))

    accepted = [case.request for case in made if case.requirement == name and case.expect == "accept"]
    assert {r["path"]["shelf"] for r in accepted if len(r["body"]["books"]) == 3} == {"a-1", "b-2"}


def test_faulty_entries_first_middle_last() -> None:
    """A faulty entry stands first, in the middle and last in a full array."""
    arrays = values_of("/body/lines/*/text/maxLength", "/body/lines", "refuse")

    places = {(len(lines), i) for lines in arrays for i, line in enumerate(lines) if len(line["text"]) > 3}

    assert {(1, 0), (6, 0), (6, 3), (6, 5)} <= places
    assert all(sum(len(line["text"]) > 3 for line in lines) == 1 for lines in arrays)


def test_every_enum_value_is_accepted() -> None:
    """Each value of an enumeration is sent and accepted once."""
    assert set(values_of("", "/body/kind", "accept")) == {"plain", "fancy"}


def test_every_alternative_is_accepted() -> None:
    """Each branch of a choice is sent and accepted once."""
    places = values_of("", "/body/place", "accept")

    assert any("row" in place for place in places)
    assert any("box" in place for place in places)


def test_contested_keywords_are_never_refused() -> None:
    """A keyword that is contested has only contested cases, nothing that must be refused."""
    schema = {
        "type": "object",
        "properties": {"a": {"type": "array", "uniqueItems": True, "items": {"type": "string"}}},
    }
    document = posting(changed(schema, {"levels": {"uniqueItems": "contested"}}, "properties", "a", "x-conformance"))
    hosts = hosts_of(read(document), "make", {})

    cases = [case for case in derive(hosts, Plan()) if case.requirement.endswith("/uniqueItems")]

    assert "contested" in {case.expect for case in cases}
    assert "refuse" not in {case.expect for case in cases}


def test_accepted_values_avoid_contested_zones() -> None:
    """Nothing in a contested zone must be accepted or refused, except as what it is: contested."""
    hosts, cases = toys()["shelf"]

    for case in plainly(cases):
        if case.expect in ("accept", "refuse") and "/protocol/" not in case.requirement:
            assert hosts.oracle.zones_of(case.request) == (), case.id


def test_text_parameters() -> None:
    """What is sent in a URL is broken only by what is another text there: no type of a text, but that of a number."""
    document = asking(
        {"name": "word", "in": "query", "schema": {"type": "string", "maxLength": 2}},
        {"name": "count", "in": "query", "schema": {"type": "integer", "minimum": 1}},
    )
    hosts = hosts_of(read(document), "find", {})

    cases = derive(hosts, Plan("standard"))

    check_soundness(hosts, cases)
    counts = [
        c.request["query"]["count"] for c in cases if c.requirement.endswith("/count/type") and c.expect == "refuse"
    ]
    assert counts
    assert not any(isinstance(count, str) and count.strip().lstrip("-").isdigit() for count in counts)


COMPOSED: list[dict[str, Any]] = [
    {
        "allOf": [
            {"properties": {"a": {"type": "integer"}}, "required": ["a"]},
            {"properties": {"b": {"maxLength": 2}}, "required": ["b"]},
        ]
    },
    {
        "oneOf": [
            {"properties": {"a": {"const": 1}}, "required": ["a"]},
            {"properties": {"b": {"const": 2}}, "required": ["b"]},
        ],
        "unevaluatedProperties": False,
    },
    {"if": {"maxLength": 4}, "then": {"const": "yes"}, "else": {"const": "other"}},
    {"prefixItems": [{"type": "boolean"}, {"type": "boolean"}], "items": False, "uniqueItems": True},
    {"type": "object", "properties": {"a": {}}, "unevaluatedProperties": False},
    {
        "type": "array",
        "minItems": 1.0,
        "maxItems": 2.0,
        "items": {"type": "string", "minLength": 2.0, "maxLength": 3.0},
    },
    {"const": False},
]


@pytest.mark.parametrize("schema", COMPOSED)
def test_every_keyword_of_a_composed_body_has_a_negative(schema: Any) -> None:
    """Wherever a keyword stands, some request breaks it and nothing else, unless that is proved impossible."""
    hosts = hosts_of(read(posting(schema)), "make", {})
    cases = derive(hosts, Plan())
    broken = {case.requirement for case in cases if case.expect == "refuse"}

    check_soundness(hosts, cases)
    wanted = [p for p in hosts.oracle.placed.values() if p.is_asserted]
    assert wanted
    for placed in wanted:
        assert placed.requirement.id in broken or vacuous(hosts.oracle.schema, placed.requirement.schema_path)


LEAVES = st.one_of(
    st.fixed_dictionaries(
        {"type": st.just("string")},
        optional={
            "minLength": st.integers(0, 3),
            "maxLength": st.integers(3, 6),
            "pattern": st.sampled_from(["^[a-z]*$", "^[A-Z0-9_-]+$", "[0-9]"]),
        },
    ),
    st.fixed_dictionaries(
        {"type": st.sampled_from(["integer", "number"])},
        optional={
            "minimum": st.integers(-3, 3),
            "exclusiveMaximum": st.integers(5, 9),
            "multipleOf": st.sampled_from([1, 2]),
        },
    ),
    st.fixed_dictionaries(
        {"enum": st.lists(st.sampled_from(["a", "B", 1, None, True]), min_size=1, max_size=3, unique_by=repr)}
    ),
    st.just({"type": "boolean"}),
    st.just({"type": ["string", "null"]}),
    st.sampled_from(["uuid", "date", "ipv4", "ip-address-entry"]).map(lambda name: {"type": "string", "format": name}),
)


def _object(members: dict[str, Any], flags: tuple[bool, bool]) -> dict[str, Any]:
    required = list(members)[: 1 if flags[0] else None]
    closed = {"additionalProperties": False} if flags[1] else {}
    return {"type": "object", "properties": members, "required": required, **closed}


def _array(items: Any, low: int, high: int, unique: bool) -> dict[str, Any]:
    return {"type": "array", "items": items, "minItems": low, "maxItems": low + high, "uniqueItems": unique}


SCHEMAS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(
            _object,
            st.dictionaries(st.sampled_from(["a", "b", "c-d", "required"]), inner, min_size=1, max_size=3),
            st.tuples(st.booleans(), st.booleans()),
        ),
        st.builds(_array, inner, st.integers(0, 1), st.integers(0, 2), st.just(False)),
        st.lists(inner, min_size=2, max_size=2).map(lambda branches: {"anyOf": branches}),
    ),
    max_leaves=5,
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow, HealthCheck.nested_given])
@given(SCHEMAS)
def test_cases_of_drawn_schemas_are_sound(schema: Any) -> None:
    """Whatever a body's schema, negatives have one fault and positives none."""
    hosts = hosts_of(read(posting({"type": "object", "properties": {"it": schema}, "required": ["it"]})), "make", {})

    assert check_soundness(hosts, derive(hosts, Plan("quick"))) > 0


CAGE: dict[str, Any] = {
    "type": "object",
    "required": ["size", "state"],
    "properties": {
        "size": {"type": "integer"},
        "state": {"enum": ["kept", "lost"]},
        "since": {"type": "string", "format": "date"},
    },
    "if": {"properties": {"state": {"const": "lost"}}},
    "then": {"required": ["since"]},
    "else": {"properties": {"since": False}},
}


@pytest.mark.parametrize("state", ["kept", "lost"])
def test_a_condition_is_made_to_hold(state: str) -> None:
    """What `then` asks for is broken where the condition holds, whichever branch the example takes."""
    example = {"size": 1, "state": state} | ({"since": "2024-02-29"} if state == "lost" else {})
    hosts = hosts_of(read(posting({**CAGE, "examples": [example]})), "make", {})

    cases = derive(hosts, Plan("standard"))

    check_soundness(hosts, cases)
    broken = [case.request["body"] for case in cases if case.requirement == "make/request/body/since(then)/required"]
    assert broken
    assert all(body["state"] == "lost" and "since" not in body for body in broken)


CLOSED: dict[str, Any] = {
    "type": "object",
    "allOf": [{"properties": {"id": {"type": "integer"}}}],
    "properties": {"pair": {"type": "array", "prefixItems": [{"type": "integer"}], "items": False}, "gone": False},
    "unevaluatedProperties": False,
}


@pytest.mark.parametrize("name", ["unevaluatedProperties", "pair/items", "gone/absent"])
def test_what_is_closed_is_tried(name: str) -> None:
    """Whatever way a schema shuts something out, a request that brings it is a case."""
    hosts = hosts_of(read(posting(CLOSED)), "make", {})

    cases = derive(hosts, Plan("standard"))

    check_soundness(hosts, cases)
    assert [case for case in cases if case.requirement == f"make/request/body/{name}" and case.expect == "refuse"]


def test_a_list_of_values_says_the_type_as_well() -> None:
    """Null, and what else is of another type, breaks the list of values; the type beside it says nothing more."""
    kind = {"type": "string", "enum": ["plain", "fancy"]}
    hosts = hosts_of(read(posting({"type": "object", "properties": {"kind": kind}})), "make", {})

    cases = derive(hosts, Plan("standard"))

    check_soundness(hosts, cases)
    refused = [c.request["body"]["kind"] for c in cases if c.requirement == "make/request/body/kind/enum" and c.twin]
    assert None in refused
    assert ["plain"] in refused
