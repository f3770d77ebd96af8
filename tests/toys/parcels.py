"""The server of `parcels.yaml`: parcels in memory, a bearer token, statuses as documented."""

from __future__ import annotations

import uuid as uuids
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.toys import toy
from tests.toys.toy import Check, Decisions, RefusalError
from tests.toys.wire import App, Request, Response

TOKEN = "porter"
BASE = "/desk/v1"
EXAMPLE = "5b0d7c36-92a4-4a53-8f0e-1f2f3a4b5c6d"
DEPOTS = ("north", "harbour", "hill", "airport")
STATES = ("waiting", "moving", "delivered")

_POINT = toy.array(toy.number(-180, 180), 2, 2)

CHECKS: Mapping[str, Check] = {
    "token": lambda header: header == f"Bearer {TOKEN}",
    "parcel_id": toy.uuid,
    "depot": toy.one_of(*DEPOTS),
    "language": toy.one_of("de", "en", "fr"),
    "limit": toy.digits(1, 50),
    "offset": toy.digits(0),
    "state": lambda text: toy.array(toy.one_of(*STATES), 1, unique=True)(text.split(",")),
    "filter_fragile": toy.one_of("true", "false"),
    "since": toy.day,
    "kind": toy.one_of("door", "locker"),
    "street": toy.string(3, 60),
    "city": toy.string(1),
    "floor": toy.integer(-2, 40),
    "locker": toy.integer(1, 9999),
    "code": toy.string(pattern="[0-9]{6}"),
    "weight": lambda value: toy.number(0, 31.5)(value) and value > 0 and value * 2 == int(value * 2),
    "labels": toy.array(toy.string(pattern="[A-Z]{2}[0-9]{1,3}"), 1, 4, unique=True),
    "note": toy.nullable(toy.string(0, 40)),
    "fragile": toy.boolean,
    "insurance": toy.table(toy.integer(1), 0, 3),
    "route": toy.array(toy.array(_POINT, 2), 0, 5),
    "draft": lambda names: names >= {"to", "weight"},
    "draft_known": lambda names: names <= {"to", "weight", "labels", "note", "fragile", "insurance", "route"},
    "change": lambda names: len(names) >= 1,
    "change_known": lambda names: names <= {"to", "note", "labels"},
    "door": lambda names: names >= {"kind", "street", "city"},
    "door_known": lambda names: names <= {"kind", "street", "city", "floor"},
    "locker_needs": lambda names: names >= {"kind", "locker"},
    "locker_known": lambda names: names <= {"kind", "locker", "code"},
    "object": lambda value: isinstance(value, dict),
    "destination": lambda value: isinstance(value, dict),
}

STATUSES: Mapping[str, int] = {
    "parameter": 400,
    "malformed": 400,
    "unauthorised": 401,
    "unknown": 404,
    "method": 405,
    "media": 415,
    "invalid": 422,
    "created": 201,
    "shown": 200,
    "removed": 204,
}

DECISIONS = Decisions(CHECKS, STATUSES)


@dataclass
class Desk:
    """The parcels of one server."""

    decisions: Decisions
    parcels: dict[str, dict[str, Any]] = field(default_factory=dict)

    def answer(self, request: Request) -> Response:
        """The response to a request."""
        operation = _operation(request)
        try:
            response = self._dispatch(operation, request)
        except RefusalError as refused:
            response = self._problem(refused, operation)
        return self.decisions.amend(operation, response)

    def _dispatch(self, operation: str, request: Request) -> Response:
        if operation == "none":
            raise RefusalError("unknown", "there is nothing here")
        if operation == "other":
            raise RefusalError("method", "the method is not for this path")
        self.decisions.require("unauthorised", "token", request.headers.get("authorization", ""))
        match operation:
            case "listParcels":
                return self._list(request)
            case "createParcel":
                return self._create(request)
            case "showParcel":
                return self._show(request)
            case "changeParcel":
                return self._change(request)
            case "withdrawParcel":
                del self.parcels[self._parcel(request)["id"]]
                return Response(self.decisions.statuses["removed"])
            case _:
                return self._stock(request)

    def _problem(self, refused: RefusalError, operation: str) -> Response:
        status = self.decisions.statuses[refused.kind]
        if operation == "countStock" and refused.kind == "unknown":
            return Response(status, refused.problem, media_type="text/plain; charset=utf-8")
        headers = {"unauthorised": {"WWW-Authenticate": "Bearer"}, "method": {"Allow": "GET"}}.get(refused.kind, {})
        return Response(status, {"problem": refused.problem}, headers)

    def _list(self, request: Request) -> Response:
        given = {name: values[0] for name, values in request.query.items()}
        named = {"limit": "limit", "offset": "offset", "state": "state", "fragile": "filter_fragile", "since": "since"}
        for name, check in named.items():
            if name in given:
                self.decisions.require("parameter", check, given[name])
        found = [parcel for parcel in self.parcels.values() if _matches(parcel, given)]
        start, count = _whole(given.get("offset"), 0), _whole(given.get("limit"), 10)
        return Response(200, found[start : start + count], {"X-Total-Count": str(len(found))})

    def _create(self, request: Request) -> Response:
        draft = self._body(request)
        for name in ("draft", "draft_known"):
            self.decisions.require("invalid", name, set(draft))
        self._members(draft)
        parcel = {"labels": [], "note": None, "fragile": False, **draft}
        parcel |= {"id": str(uuids.uuid4()), "state": "waiting", "handed_in": toy.now()[:10], "changed_at": toy.now()}
        self.parcels[parcel["id"]] = parcel
        return Response(
            self.decisions.statuses["created"], _shown(parcel), {"Location": f"{BASE}/parcels/{parcel['id']}"}
        )

    def _show(self, request: Request) -> Response:
        language = request.headers.get("x-language")
        if language is not None:
            self.decisions.require("parameter", "language", language)
        parcel = self._parcel(request)
        headers = {"ETag": f'"{parcel["changed_at"]}"', "X-Language": language or "en"}
        return Response(self.decisions.statuses["shown"], _shown(parcel), headers)

    def _change(self, request: Request) -> Response:
        parcel = self._parcel(request)
        change = self._body(request)
        for name in ("change", "change_known"):
            self.decisions.require("invalid", name, set(change))
        self._members(change)
        parcel |= {**change, "changed_at": toy.now()}
        return Response(self.decisions.statuses["shown"], _shown(parcel))

    def _stock(self, request: Request) -> Response:
        depot = request.segments[3]
        self.decisions.require("unknown", "depot", depot)
        return Response(200, {"small": len(depot), "large": 0})

    def _parcel(self, request: Request) -> dict[str, Any]:
        wanted = request.segments[3]
        self.decisions.require("parameter", "parcel_id", wanted)
        if wanted.lower() not in self.parcels:
            raise RefusalError("unknown", "there is no such parcel")
        return self.parcels[wanted.lower()]

    def _body(self, request: Request) -> dict[str, Any]:
        document = toy.parsed(request)
        self.decisions.require("invalid", "object", document)
        return document if isinstance(document, dict) else {}

    def _members(self, document: dict[str, Any]) -> None:
        for name in ("weight", "labels", "note", "fragile", "insurance", "route"):
            if name in document:
                self.decisions.require("invalid", name, document[name])
        if "to" in document:
            self.decisions.require("invalid", "destination", document["to"])
            self._destination(document["to"])

    def _destination(self, to: Any) -> None:
        if not isinstance(to, dict):
            return
        self.decisions.require("invalid", "kind", to.get("kind"))
        rules = ("door", "door_known") if to.get("kind") == "door" else ("locker_needs", "locker_known")
        for name in rules:
            self.decisions.require("invalid", name, set(to))
        for name in {"street", "city", "floor", "locker", "code"} & set(to):
            self.decisions.require("invalid", name, to[name])


def start(decisions: Decisions) -> App:
    """A desk with the parcel of the contract's example and two others."""
    desk = Desk(decisions)
    for number, name in enumerate((EXAMPLE, str(uuids.UUID(int=7)), str(uuids.UUID(int=8)))):
        desk.parcels[name] = {
            "id": name,
            "to": {"kind": "door", "street": "Long Street 1", "city": "Port", "floor": number},
            "weight": 2.5,
            "labels": ["EU1"],
            "note": None,
            "fragile": number == 1,
            "state": STATES[number],
            "handed_in": "2024-02-29",
            "changed_at": "2024-03-01T08:00:00+00:00",
        }
    return desk.answer


def _operation(request: Request) -> str:
    match request.segments:
        case ["desk", "v1", "parcels"]:
            return {"GET": "listParcels", "POST": "createParcel"}.get(request.method, "other")
        case ["desk", "v1", "parcels", _]:
            found = {"GET": "showParcel", "PATCH": "changeParcel", "DELETE": "withdrawParcel"}
            return found.get(request.method, "other")
        case ["desk", "v1", "depots", _, "stock"]:
            return "countStock" if request.method == "GET" else "other"
        case _:
            return "none"


def _matches(parcel: Mapping[str, Any], given: Mapping[str, str]) -> bool:
    return (
        ("state" not in given or parcel["state"] in given["state"].split(","))
        and ("fragile" not in given or parcel["fragile"] == (given["fragile"] == "true"))
        and ("since" not in given or parcel["handed_in"] >= given["since"])
    )


def _whole(text: str | None, default: int) -> int:
    return int(text[:300]) if text and text.isdigit() else default


def _shown(parcel: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in parcel.items() if name not in ("insurance", "route")}
