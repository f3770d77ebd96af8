"""Laws of the records of an operation and of a contract."""

from __future__ import annotations

from typing import Any

from tests.toy_contracts import SHELVES, asking, changed, only_operation, read


def test_success_is_what_is_documented() -> None:
    """The documented exact 2xx statuses are success; where there is none, all of 200 to 299 are."""
    documented: dict[str, Any] = {"200": {}, "204": {}, "2XX": {}, "404": {}}

    assert only_operation(asking(responses=documented)).success == (200, 204)
    assert only_operation(asking(responses={"default": {}})).success == tuple(range(200, 300))


def test_success_is_no_rehearsal() -> None:
    """The status of a rehearsal is not that of a real call, unless it is the only one."""
    alone = changed(SHELVES, {"202": {"description": "Yes."}}, "paths", "/shelves/{shelf}", "put", "responses")

    assert read(SHELVES).operations["changeShelf"].success == (200,)
    assert read(alone).operations["changeShelf"].success == (202,)


def test_variants_of_a_fixture() -> None:
    """A fixture is plain first, then each of its named variants; a name that only begins alike is another."""
    contract = read(
        changed(SHELVES, {"shelf": {}, "shelf.b": {}, "shelf.a": {}, "shelves.c": {}}, "x-conformance", "fixtures")
    )

    assert contract.variants("shelf") == ("", "b", "a")
    assert contract.variants("unknown") == ("",)
