"""Laws of refusals: which statuses are right is read from the contract, and from HTTP where it is silent."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.contract import Operation
from conformance.judge.refusal import statuses, unsettled, words
from tests.toy_contracts import SHELVES, asking, changed, only_operation, read


def documented(*known: str, refusal: Any = None) -> Operation:
    """An operation that documents these statuses."""
    extension: dict[str, Any] = {} if refusal is None else {"x-conformance": {"refusal": refusal}}
    return only_operation(asking(responses={status: {"description": "x"} for status in known}, **extension))


@pytest.mark.parametrize(
    ("known", "right", "wrong"),
    [
        (["200", "400"], [400], [401, 403, 404, 422, 429, 500]),
        (["200", "422"], [422], [400, 401, 404, 500]),
        (["200", "400", "422"], [400, 422], [404, 409]),
        (["200", "400", "401", "404", "429"], [400], [401, 404, 429]),
        (["200", "400", "409"], [400, 409], [404, 422]),
        (["200"], [400, 413, 415, 422], [401, 403, 404, 405, 429, 500]),
        (["200", "404"], [400, 422], [404, 401]),
        (["200", "default"], [400, 422], [404, 401, 500]),
        (["200", "4XX"], [400, 422], [404, 401, 500]),
        (["200", "401", "403"], [400, 422], [401, 403]),
        (["200", "405"], [400, 405, 422], [401, 404]),
        (["200", "400", "405"], [400], [405]),
        (["200", "412"], [400, 412, 422], [404, 401]),
        (["200", "413", "default"], [400, 413, 422], [404, 401]),
        (["200", "400", "default"], [400, 422], [404, 413]),
        (["200", "422", "4XX"], [400, 422], [404, 401]),
    ],
)
def test_an_invalid_request(known: list[str], right: list[int], wrong: list[int]) -> None:
    """The documented statuses that can mean `invalid` are right, HTTP's where none is; others never are."""
    found = statuses(documented(*known), "invalid")

    assert set(right) <= set(found)
    assert not set(wrong) & set(found)


def test_what_the_contract_says_goes_first() -> None:
    """A stated refusal is the only right one, a range is every status in it."""
    operation = documented("200", "400", refusal={"invalid": [409], "state": ["4XX"], "authentication": [403, 401]})

    assert statuses(operation, "invalid") == (409,)
    assert {400, 404, 409, 422, 499} <= set(statuses(operation, "state"))
    assert not {401, 405, 429, 500} & set(statuses(operation, "state"))
    assert statuses(operation, "authentication") == (401, 403)


@pytest.mark.parametrize("kind", ["invalid", "state", "authentication", "unknown", "malformed", "media", "method"])
@pytest.mark.parametrize("known", [(), ("400",), ("401", "403", "404"), ("default",), ("4XX",)])
def test_every_refusal_is_a_refusal(kind: str, known: tuple[str, ...]) -> None:
    """Whatever is documented, some status is right, none below 400, and none that asks to try again."""
    found = statuses(documented("200", *known), kind)

    assert found
    assert all(400 <= status < 500 or status == 501 for status in found)
    assert 429 not in found


def test_authentication() -> None:
    """A missing credential is refused with the documented one of 401 and 403."""
    assert statuses(documented("200", "403"), "authentication") == (403,)
    assert statuses(documented("200", "401", "403"), "authentication") == (401,)
    assert 401 in statuses(documented("200"), "authentication")


def test_unknown_resources() -> None:
    """An unknown resource is not found; a path parameter may have statuses of its own."""
    path = ("paths", "/shelves/{shelf}", "parameters", 0, "x-conformance")
    own = read(changed(SHELVES, {"unknown": [403, 404]}, *path)).operations["changeShelf"]

    assert statuses(documented("200"), "unknown") == (404,)
    assert statuses(documented("200", "404", "410"), "unknown") == (404, 410)
    assert statuses(own, "unknown/shelf") == (403, 404)
    assert statuses(own, "unknown/other") == (404,)


def test_what_is_no_json_may_be_called_invalid_or_unsupported() -> None:
    """A body that cannot be read is refused as invalid or as of another media type, whichever the contract has."""
    assert {400, 415} <= set(statuses(documented("200"), "unreadable"))
    assert set(statuses(documented("200", "400"), "unreadable")) == {400, 415}
    assert 404 not in statuses(documented("200", "400", "404"), "unreadable")


def test_words() -> None:
    """A few statuses are named, many are a range."""
    assert words((400,)) == "400"
    assert words((400, 422)) == "400 or 422"
    assert words((400, 411, 413, 415, 422)).endswith("415 or 422")
    assert words(tuple(range(400, 406))) == "4xx"


@pytest.mark.parametrize(
    ("known", "status", "open_"),
    [
        ("404", 404, True),
        ("409", 409, True),
        ("412", 412, True),
        ("402", 402, True),
        ("423", 423, True),
        ("403", 403, True),
        ("401", 401, True),
        ("4XX", 404, True),
        ("default", 409, True),
        ("default", 403, False),
        ("default", 401, False),
        ("400", 404, False),
        ("400", 400, False),
        ("422", 422, False),
    ],
)
def test_what_a_documented_status_leaves_open(known: str, status: int, open_: bool) -> None:
    """Without a described state the documented statuses of states may be right of a valid request; a 400 never is."""
    assert unsettled(documented("200", known), status) is open_


def test_a_described_state_leaves_nothing_open() -> None:
    """Where the contract describes the state, a valid request meets no unknown thing."""
    operation = read(SHELVES).operations["changeShelf"]

    assert not unsettled(operation, 404)
