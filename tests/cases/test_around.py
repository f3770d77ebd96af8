"""Laws of what no limit value breaks: it is broken by a value of its place or of the body, and nothing else is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from conformance.cases import around
from conformance.cases.around import Around
from conformance.cases.case import Case
from conformance.cases.keyword import Maker
from tests.cases import independent
from tests.toy_contracts import changed, hosts_of, posting

TEXT = {"type": "string"}
OBJECT: dict[str, Any] = {"type": "object"}
ALIKE: dict[str, Any] = {
    "oneOf": [{**OBJECT, "properties": {"a": TEXT}}, {**OBJECT, "properties": {"b": TEXT}, "required": ["b"]}]
}
DEEP: dict[str, Any] = {
    **OBJECT,
    "properties": {
        "name": TEXT,
        "of": {"type": "array", "items": {**OBJECT, "properties": {"kind": ALIKE}, "required": ["kind"]}},
    },
}


def cases_of(body: Any, requirement: str) -> list[Case]:
    """What is made of one requirement of a body, by its place and what is around it."""
    hosts = hosts_of(posting(body))
    placed = hosts.oracle.placed[f"make/request/body{requirement}"]
    return list(Around(hosts, Maker(hosts).case).of(placed))


def only_that(body: Any, requirement: str, case: Case) -> bool:
    """Whether a case breaks its requirement and nothing else, as another validator sees it."""
    schema = hosts_of(posting(body)).operation.request_schema
    placed = hosts_of(posting(body)).oracle.placed[f"make/request/body{requirement}"]
    loose = independent.without(schema, placed.requirement)
    return independent.is_valid(loose, case.request) and not independent.is_valid(schema, case.request)


DATED = {
    "oneOf": [
        {**OBJECT, "properties": {"a": {**TEXT, "format": "date"}}},
        {**OBJECT, "properties": {"b": TEXT}, "required": ["b"]},
    ]
}

FOUND = [
    (DATED, "/a(1)/format"),
    (ALIKE, "/a(1)/type"),
    (ALIKE, "/b(2)/type"),
    (ALIKE, "(1)/type"),
    (DEEP, "/of/*/kind/a(1)/type"),
    (DEEP, "/of/*/kind/b(2)/type"),
    (DEEP, "/of/*/kind/b(2)/required"),
]


@pytest.mark.parametrize(("body", "requirement"), FOUND, ids=[requirement for _, requirement in FOUND])
def test_what_stands_in_alternatives_is_broken(body: Any, requirement: str) -> None:
    """One case is made; it breaks the keyword and nothing else, and its twin nothing at all."""
    (case,) = cases_of(body, requirement)

    assert only_that(body, requirement, case)
    assert independent.is_valid(hosts_of(posting(body)).operation.request_schema, case.twin)


@pytest.mark.parametrize(("levels", "expect"), [({}, "refuse"), ({"required": "contested"}, "contested")])
def test_what_is_contested_is_only_looked_at(levels: Any, expect: str) -> None:
    """A keyword of which the documentation is unsure is broken, too, and nothing is expected of it."""
    body = changed(ALIKE, {"levels": levels}, "oneOf", 1, "x-conformance")

    (case,) = cases_of(body, "/b(2)/required")

    assert case.expect == expect


SAME = {**OBJECT, "properties": {"a": TEXT}}


@pytest.mark.parametrize(
    ("body", "requirement"),
    [
        ({**OBJECT, "properties": {"c": {"enum": ["x"], **TEXT}}}, "/c/type"),
        ({**OBJECT, "properties": {"c": {"anyOf": [SAME, {}]}}}, "/c/a(1)/type"),
        ({**TEXT, "maxLength": 2_147_483_647}, "/maxLength"),
        ({**OBJECT, "properties": {"c": {**TEXT, "format": "made-up"}}}, "/c/format"),
    ],
    ids=["vacuous", "stood in for", "endless", "an opaque text"],
)
def test_what_nothing_breaks(body: Any, requirement: str) -> None:
    """No case is made where no value does it, or none of a size that can be sent."""
    assert cases_of(body, requirement) == []


def test_a_form_is_text() -> None:
    """The members of a form are texts: what breaks only as a number breaks nothing."""
    form = {"required": True, "content": {"application/x-www-form-urlencoded": {"schema": ALIKE}}}
    hosts = hosts_of(posting(SAME, requestBody=form))

    made = [case for placed in hosts.oracle.placed.values() for case in Around(hosts, Maker(hosts).case).of(placed)]

    assert hosts.is_form
    assert [case.requirement for case in made] == ["make/request/body/oneOf"]
    assert all(isinstance(value, str) for case in made for value in case.request["body"].values())


@pytest.mark.parametrize(("pointer", "sought"), [("", False), ("/a", True)])
def test_no_other_type_is_sought_where_none_can_be_said(
    pointer: str, sought: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever a form holds, it is an object: hundreds of values would be looked at for nothing."""
    asked: list[Any] = []

    def nothing(*given: Any) -> Iterator[Any]:
        asked.append(given)
        return iter(())

    monkeypatch.setattr(around, "violations", nothing)
    form = {"application/x-www-form-urlencoded": {"schema": {**OBJECT, "properties": {"a": {"type": "integer"}}}}}
    hosts = hosts_of(posting({}, requestBody={"required": True, "content": form}))

    assert not list(Around(hosts, Maker(hosts).case).of(hosts.oracle.placed[f"make/request/body{pointer}/type"]))
    assert bool(asked) is sought
