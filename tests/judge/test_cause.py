"""Laws of causes of refused acceptances: what they share and nothing accepted has is at fault, and it alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from conformance.judge.step import Step
from tests.judge.steps import SUCCESS, case, failed, given, judged, on_rehearsal, refused, sent
from tests.toy_contracts import JSON, SHELVES, changed, posting, read

NAME = "changeShelf/request/body/name"
BOOKS = "changeShelf/request/body/books"
BODY = ("paths", "/shelves/{shelf}", "put", "requestBody", "content", JSON, "schema")


def test_a_member_that_nobody_may_give() -> None:
    """Where everything with a member is refused and the rest is not, that the member is optional is all that fails."""
    plain = given(SUCCESS, {"books": ["emma"]}, 200)
    named = [
        given(f"{NAME}/optional", {"name": "novels"}),
        given(f"{NAME}/maxLength", {"name": "n" * 8}),
        given(f"{BOOKS}/maxItems", {"name": "novels", "books": ["a", "b", "c"]}),
    ]

    found = judged(plain, *named, refused())

    assert failed(plain, *named, refused()) == [f"{NAME}/optional"]
    assert (found[f"{BOOKS}/maxItems"].verdict, found[f"{BOOKS}/maxItems"].reason) == ("unproven", "twin-refused")


def test_a_member_that_everybody_has_to_give() -> None:
    """Where everything without a member is refused, that it may be left out is all that fails."""
    plain = given(SUCCESS, {"name": "novels", "books": ["emma"]}, 200)
    others = [given(f"{NAME}/optional", {"name": "novels"}), given(f"{NAME}/maxLength", {"name": "n" * 8})]

    assert failed(plain, *others, refused()) == [f"{BOOKS}/optional"]


def test_two_members_that_do_not_go_together() -> None:
    """Where only both at once are refused, the two are at fault, and nobody else."""
    alone = [given(SUCCESS, {"name": "novels"}, 200), given(SUCCESS, {"books": ["emma"]}, 200)]
    both = [
        given(f"{NAME}/maxLength", {"name": "n" * 8, "books": ["emma"]}),
        given(f"{BOOKS}/maxItems", {"name": "novels", "books": ["a", "b", "c"]}),
    ]

    assert failed(*alone, *both, refused()) == [f"{NAME}/optional", f"{BOOKS}/optional"]


def test_two_words_for_one_cause() -> None:
    """Where one member is given whenever another is missing, nobody can tell which of both is at fault: both are."""
    fine = [given(SUCCESS, {"name": "novels"}, 200), given(SUCCESS, {"name": "poems"}, 200)]
    others = [given(f"{BOOKS}/{keyword}", {"books": [keyword[:9]]}) for keyword in ("type", "maxItems")]

    assert failed(*fine, *others, refused()) == [f"{NAME}/optional", f"{BOOKS}/optional"]


def test_a_member_that_one_resource_demands() -> None:
    """Where one resource refuses what lacks a member, and others accept it, that it may be left out is at fault."""
    fine = [
        given(SUCCESS, {"name": "novels"}, 200),
        given(SUCCESS, {"books": ["emma"]}, 200, "b-2"),
        given(SUCCESS, {"name": "poems", "books": ["emma"]}, 200, "b-2"),
    ]
    lacking = [given(f"{NAME}/{keyword}", {"name": keyword[:8]}, 400, "b-2") for keyword in ("type", "pattern")]

    assert failed(*fine, *lacking, refused()) == [f"{BOOKS}/optional"]


def test_an_array_of_one_size() -> None:
    """Where an array of one entry is refused whatever it holds, its size is at fault."""
    fine = [given(SUCCESS, {"books": ["a", "b"]}, 200), given(SUCCESS, {"name": "novels"}, 200)]
    single = [given(f"{BOOKS}/*/maxLength", {"books": ["b" * 9]}), given(f"{NAME}/optional", {"books": ["emma"]})]

    assert failed(*fine, *single, refused()) == [f"{BOOKS}/maxItems"]


def test_a_value_that_stands_in_other_cases_too() -> None:
    """A valid value that is refused fails its own place, also where it stood beside another one."""
    fine = [given(SUCCESS, {"name": "novels", "books": ["emma"]}, 200), given(SUCCESS, {"books": ["a", "b"]}, 200)]
    odd = [
        given(f"{NAME}/pattern", {"name": "a.b", "books": ["emma"]}),
        given(f"{NAME}/maxLength", {"name": "a.b", "books": ["emma"]}),
        given(f"{BOOKS}/maxItems", {"name": "a.b", "books": ["a", "b", "c"]}),
    ]

    assert failed(*fine, *odd, refused()) == [f"{NAME}/maxLength", f"{NAME}/pattern"]


@pytest.mark.parametrize("more", [(), (given(SUCCESS, {"name": "poems"}, 200),)])
def test_what_is_accepted_once_is_no_cause(more: tuple[Any, ...]) -> None:
    """What some accepted request has too explains nothing, and then each refusal speaks for itself."""
    plain = given(SUCCESS, {"books": ["a", "b"]}, 200)
    more = (*more, given(SUCCESS, {"dry_run": False}, 200))
    named = [given(f"{NAME}/maxLength", {"name": "n" * 8}), given(f"{NAME}/pattern", {"name": "abc.d"})]

    expected = [f"{NAME}/maxLength", f"{NAME}/pattern"] if more[1:] else [f"{NAME}/optional"]
    assert failed(plain, *more, *named, refused()) == expected


def test_what_is_contested_is_no_cause() -> None:
    """Where it is contested that a member may be left out or given, each requirement that was tried stands alone."""
    levels = {"levels": {"optional": "contested"}}
    contract = read(changed(SHELVES, levels, *BODY, "properties", "name", "x-conformance"))
    plain = [given(SUCCESS, body, 200) for body in ({"books": ["emma"]}, {"dry_run": False}, {})]
    named = [given(f"{NAME}/{keyword}", {"name": keyword[:8]}) for keyword in ("type", "pattern")]

    found = judged(*plain, *named, refused(), contract=contract)

    assert [name for name, r in found.items() if r.verdict == "fail"] == [f"{NAME}/type", f"{NAME}/pattern"]


def test_what_only_a_rehearsal_demands() -> None:
    """Where a rehearsal refuses what lacks a member, and a real call does not, that it may be left out is at fault."""
    contract = read(changed(SHELVES, ["dry_run"], *BODY, "required"))

    def told(requirement: str, body: Any, status: int = 200) -> Step:
        return given(requirement, {**body, "dry_run": False}, status)

    fine = [
        told(SUCCESS, {"name": "novels"}),
        on_rehearsal(told(SUCCESS, {"books": ["emma"]}), 202),
        on_rehearsal(told(SUCCESS, {"name": "poems", "books": ["emma"]}), 202),
    ]
    lacking = [on_rehearsal(told(f"{NAME}/{word}", {"name": word[:8]}), 400) for word in ("type", "pattern")]

    found = judged(*fine, *lacking, refused(), contract=contract)

    assert [name for name, r in found.items() if r.verdict == "fail"] == [f"{BOOKS}/optional"]


NESTED: dict[str, Any] = {
    "type": "object",
    "properties": {
        "box": {"type": "object", "properties": {"lid": {"type": "integer"}, "size": {"type": "integer"}}},
        "tags": {"type": "array", "items": {"type": "integer"}, "maxItems": 3},
        "ids": {"type": "array", "items": {"type": "integer"}, "maxItems": 3},
    },
}
NESTING = read(posting(NESTED, responses={status: {"description": status} for status in ("200", "400")}))


def making(requirement: str, body: Any, status: int) -> Step:
    """The step of a valid request to make something, sent for this requirement."""
    made = case(f"make/{requirement}", "accept", {"body": body}, id=f"{requirement}#{body}")
    return sent(made, status, {})


def not_made(*steps: Step) -> list[str]:
    """What failed of making things."""
    fine, faulty = making("response/status/success", {}, 200), case("make/request/body/type", request={"body": []})
    found = judged(fine, *steps, sent(replace(faulty, twin={"body": {}}), 400), contract=NESTING)
    return [name.removeprefix("make/request/body/") for name, result in found.items() if result.verdict == "fail"]


def test_a_member_that_is_demanded_inside_another() -> None:
    """What lacks a member lacks it where its object is given; without the object there is nothing to be missing."""
    whole = making("request/body/box/optional", {"box": {"lid": 1, "size": 1}}, 200)
    other = making("request/body/tags/maxItems", {"tags": [1, 2, 3]}, 200)
    lacking = [
        making("request/body/box/type", {"box": {"size": 1}}, 400),
        making("request/body/ids/type", {"box": {"size": 2}, "ids": [1]}, 400),
    ]

    assert not_made(whole, other, *lacking) == ["box/lid/optional"]


def test_a_member_that_is_demanded_of_what_may_be_null() -> None:
    """Where null stands in the place of an object, nothing is missing of it."""
    inner = {"type": ["object", "null"], "properties": {"zip": {"type": "string"}, "city": {"type": "string"}}}
    contract = read(posting({"type": "object", "properties": {"address": inner}}))
    steps = [
        sent(case("make/response/status/success", "accept", {"body": {"address": None}}, id="null"), 200, {}),
        sent(case("make/request/body/address/optional", "accept", {"body": {}}, id="none"), 200, {}),
        *(
            sent(case(f"make/request/body/address/{name}", "accept", {"body": {"address": value}}, id=name), 400, {})
            for name, value in (("type", {"city": "a"}), ("city/type", {"city": "b"}), ("city/optional", {}))
        ),
    ]

    found = judged(*steps, contract=contract)

    assert [name for name, result in found.items() if result.verdict == "fail"] == [
        "make/request/body/address/zip/optional"
    ]


def test_a_member_that_is_demanded_in_one_alternative() -> None:
    """Of an alternative only the requests that take it tell: others may well lack its members."""
    cat, dog = (
        {
            "type": "object",
            "title": kind,
            "required": ["kind"],
            "properties": {"kind": {"const": kind}, "name": {"type": "string"}, trick: {"type": "string"}},
        }
        for kind, trick in (("cat", "lives"), ("dog", "tricks"))
    )
    contract = read(posting({"oneOf": [cat, dog]}))
    asked = [
        ("response/status/success", {"kind": "cat"}, 200),
        ("request/body/name(cat)/type", {"kind": "cat", "name": "a"}, 200),
        ("request/body/tricks(dog)/type", {"kind": "dog", "name": "a", "tricks": "b"}, 200),
        ("request/body/name(dog)/type", {"kind": "dog", "name": "a"}, 400),
        ("request/body/name(dog)/optional", {"kind": "dog"}, 400),
        ("request/body/oneOf", {"kind": "dog", "name": "c"}, 400),
    ]
    steps = [sent(case(f"make/{name}", "accept", {"body": body}, id=name), status, {}) for name, body, status in asked]

    found = judged(*steps, contract=contract)

    assert [name for name, result in found.items() if result.verdict == "fail"] == [
        "make/request/body/tricks(dog)/optional"
    ]


def test_one_array_of_many_that_may_not_have_a_size() -> None:
    """Each array has sizes of its own: that of the one which is always refused is at fault."""
    fine = [
        making("request/body/tags/optional", {"tags": [1, 2], "ids": [1]}, 200),
        making("request/body/ids/optional", {"ids": [1, 2], "tags": [1]}, 200),
        making("request/body/box/type", {"box": {}}, 200),
    ]
    full = [
        making("request/body/box/size/type", {"ids": [1, 2, 3], "box": {"size": 1}}, 400),
        making("request/body/box/lid/type", {"ids": [4, 5, 6], "tags": [1], "box": {"lid": 1}}, 400),
        making("request/body/box/optional", {"ids": [7, 8, 9], "tags": [1]}, 400),
    ]

    assert not_made(*fine, *full) == ["ids/maxItems"]


def test_two_causes_at_once() -> None:
    """Where everything with one member is refused, and everything with another, both are at fault and nobody else."""
    fine = making("request/body/tags/optional", {"tags": [1]}, 200)
    named = [making(f"request/body/{name}/type", {"ids": [number]}, 400) for number, name in enumerate(("ids", "box"))]
    boxed = [
        making(f"request/body/{name}", {"box": box, "tags": [1]}, 400)
        for name, box in (("box/size/type", {"size": 1}), ("box/lid/type", {"lid": 1}), ("tags/maxItems", {}))
    ]

    assert not_made(fine, *named, *boxed) == ["box/optional", "ids/optional"]
