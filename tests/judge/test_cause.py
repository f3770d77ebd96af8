"""Laws of causes of refused acceptances: what they share and nothing accepted has is at fault, and it alone."""

from __future__ import annotations

from typing import Any

import pytest

from tests.judge.steps import SUCCESS, failed, given, judged, refused

NAME = "changeShelf/request/body/name"
BOOKS = "changeShelf/request/body/books"


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
    assert found[f"{BOOKS}/maxItems"].verdict == "unproven"


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
