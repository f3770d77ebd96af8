"""Laws of borders: a limit that nothing firm reaches is tried beside what is contested, and due where that goes."""

from __future__ import annotations

from typing import Any

from conformance.cases.case import Case
from conformance.cases.derive import derive
from conformance.cases.host import Hosts
from conformance.cases.plan import Plan
from tests.toy_contracts import SHELVES, changed, read

BODY = ("paths", "/shelves/{shelf}", "put", "requestBody", "content", "application/json", "schema", "properties")
RULES = ("paths", "/shelves/{shelf}", "put", "x-conformance", "requires")
SOURCE = {"document": "manual", "table": "Table 1", "field": "books"}
EMPTY = {"id": "empty", "text": "no books", "schema": {"maxItems": 0, "type": "array"}, "examples": [[]]}


def cases(*, contested: bool) -> list[Case]:
    """Those accepted with a room of 0, which holds no books: that may be contested, or ruled out."""
    books: dict[str, Any] = {"type": "array", "items": {"type": "string"}, "minItems": 0 if contested else 1}
    if contested:
        books["x-conformance"] = {"source": SOURCE, "contested": [EMPTY]}
    holds = "!has(request.body.room) || has(request.body.books) && size(request.body.books) <= request.body.room"
    room = {
        "id": "holds",
        "text": "as much room as books",
        "source": SOURCE,
        "rule": holds,
        "satisfied": [{"request": {"body": {"room": 1, "books": ["a"]}}}],
        "violated": [{"request": {"body": {"room": 1, "books": ["a", "b"]}}}],
    }
    made = changed(SHELVES, books, *BODY, "books")
    made = changed(made, {"type": "integer", "minimum": 0, "maximum": 5}, *BODY, "room")
    contract = read(changed(made, [room], *RULES))
    hosts = Hosts(contract, contract.operations["changeShelf"], {"shelf": "a-1"}, {"": {"room": 3}}, {})
    sent = derive(hosts, Plan())
    return [case for case in sent if case.expect == "accept" and case.request.get("body", {}).get("room") == 0]


def test_a_limit_beside_something_contested() -> None:
    """The least room is due beside no books, with that alone as its twin; it is not rehearsed."""
    found = [
        case for case in cases(contested=True) if case.request["body"].get("room") == 0 and case.expect == "accept"
    ]

    (border,) = found
    assert border.requirement == "changeShelf/request/body/room/minimum"
    assert border.request["body"]["books"] == []
    assert border.twin is not None
    assert border.twin["body"]["books"] == []
    assert border.twin["body"].get("room") is None


def test_where_nothing_is_contested_nothing_is_due() -> None:
    """Without a zone that makes room for it, a limit that nothing reaches is not sent."""
    assert cases(contested=False) == []
