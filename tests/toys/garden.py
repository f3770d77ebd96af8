"""The server of `garden.yaml`: beds in memory, a key in the query, everything invalid is 400."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.toys import toy
from tests.toys.toy import Check, Decisions, RefusalError
from tests.toys.wire import App, Request, Response

KEY = "trowel"
CROPS = ("kale", "bean", "rye", "leek")
SEASONS = ("spring", "summer", "autumn", "winter")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

CROP = toy.one_of(*CROPS)


def slot(value: Any) -> bool:
    """A weekday and an hour, and nothing else."""
    return (
        isinstance(value, dict)
        and set(value) == {"weekday", "hour"}
        and toy.one_of(*WEEKDAYS)(value["weekday"])
        and toy.integer(0, 23)(value["hour"])
    )


CHECKS: Mapping[str, Check] = {
    "key": lambda given: given == [KEY],
    "bed": toy.digits(1, 9999),
    "day": toy.day,
    "season": toy.one_of(*SEASONS),
    "unit": toy.one_of("celsius", "kelvin"),
    "limit_needed": lambda given: given is not None,
    "limit": toy.digits(1, 20),
    "offset": toy.digits(0, 1000),
    "crop": toy.array(CROP, 0, 3),
    "min_area": toy.decimal(0, 500),
    "watered": toy.one_of("true", "false"),
    "object": lambda value: isinstance(value, dict),
    "wrapped": lambda value: False,  # whether an array of one is taken for that one
    "bed_needs": lambda names: names >= {"area", "crops", "gardener"},
    "area": lambda value: toy.number(0, 500)(value) and 0 < value < 500,
    "crops": toy.array(CROP, 1, 3, unique=True),
    "rows": toy.array(toy.array(CROP, 1, 4), 0, 3),
    "sown": toy.nullable(toy.day),
    "sign": toy.string(2, 12, "[a-z]+(-[a-z]+)*"),
    "harvest": toy.table(toy.number(0), 0, 2),
    "gardener": toy.address,
    "partner": toy.uuid,
    "mode": toy.one_of("interval", "week"),
    "interval_members": lambda names: names == {"mode", "minutes", "from"},
    "week_members": lambda names: names == {"mode", "slots"},
    "minutes": lambda value: toy.integer(5, 600)(value) and value % 5 == 0,
    "from": toy.moment,
    "slots": toy.array(slot, 1, 3, unique=True),
}

STATUSES: Mapping[str, int] = {
    "invalid": 400,
    "media": 400,
    "malformed": 400,
    "locked": 401,
    "nowhere": 404,
    "method": 405,
    "made": 201,
    "shown": 200,
    "removed": 204,
}

DECISIONS = Decisions(CHECKS, STATUSES)


@dataclass
class Garden:
    """The beds of one server, by number."""

    decisions: Decisions
    beds: dict[int, dict[str, Any]] = field(default_factory=dict)

    def answer(self, request: Request) -> Response:
        """The response to a request."""
        operation = _operation(request)
        try:
            response = self._dispatch(operation, request)
        except RefusalError as refused:
            response = self._complaint(refused)
        return self.decisions.amend(operation, response)

    def _dispatch(self, operation: str, request: Request) -> Response:
        if operation == "none":
            raise RefusalError("nowhere", "there is nothing here")
        if operation == "other":
            raise RefusalError("method", "the method is not for this path")
        if operation == "showSeason":
            return self._season(request.segments[1])
        self.decisions.require("locked", "key", request.query.get("key", []))
        if operation == "listBeds":
            return self._list(request)
        if operation == "digBed":
            return self._dig(request)
        return self._on_bed(operation, request)

    def _on_bed(self, operation: str, request: Request) -> Response:
        number = self._number(request.segments[1])
        match operation:
            case "showBed":
                return Response(200, _shown(self._bed(number)))
            case "replantBed":
                return self._replant(number, request)
            case "fillBed":
                del self.beds[self._bed(number)["number"]]
                return Response(self.decisions.statuses["removed"])
            case "readBed":
                return self._read(number, request)
            case _:
                return self._water(number, request)

    def _complaint(self, refused: RefusalError) -> Response:
        status = self.decisions.statuses[refused.kind]
        if refused.kind == "nowhere":
            return Response(status, refused.problem, media_type="text/plain")
        return Response(status, {"code": status, "text": refused.problem})

    def _list(self, request: Request) -> Response:
        given = {name: values[0] for name, values in request.query.items()}
        self.decisions.require("invalid", "limit_needed", given.get("limit"))
        for name in {"limit", "offset", "min_area", "watered"} & set(given):
            self.decisions.require("invalid", name, given[name])
        crops = request.query.get("crop", [])
        self.decisions.require("invalid", "crop", crops)
        found = [bed for bed in self.beds.values() if _matches(bed, given, crops)]
        start, count = _whole(given.get("offset")), _whole(given.get("limit"))
        page = [_shown(bed) for bed in found[start : start + count]]
        following = start + count if start + count < len(found) else None
        return Response(200, {"beds": page, "next": following or None}, {"X-Total": str(len(found))})

    def _dig(self, request: Request) -> Response:
        number = max(self.beds, default=0) + 1
        self.beds[number] = {**self._planting(request), "number": number, "dug_at": toy.now(), "watered": False}
        return Response(self.decisions.statuses["made"], _shown(self.beds[number]), {"X-Bed": str(number)})

    def _replant(self, number: int, request: Request) -> Response:
        bed = self._bed(number)
        kept = {name: bed[name] for name in ("number", "dug_at", "watered")}
        self.beds[bed["number"]] = {**self._planting(request), **kept}
        return Response(self.decisions.statuses["shown"], _shown(self.beds[bed["number"]]))

    def _read(self, number: int, request: Request) -> Response:
        self.decisions.require("invalid", "day", request.segments[3])
        unit = request.headers.get("x-unit", "celsius")
        self.decisions.require("invalid", "unit", unit)
        if self._bed(number)["dug_at"][:10] > request.segments[3]:
            raise RefusalError("nowhere", "the bed was not there on that day")
        values = {"soil": 12.5, "air": None}
        return Response(200, {"taken_at": f"{request.segments[3]}T12:00:00Z", "values": values}, {"X-Unit": unit})

    def _water(self, number: int, request: Request) -> Response:
        self._bed(number)
        plan = self._object(request)
        self.decisions.require("invalid", "mode", plan.get("mode"))
        kind = "interval_members" if plan.get("mode") == "interval" else "week_members"
        self.decisions.require("invalid", kind, set(plan))
        for name in {"minutes", "from", "slots"} & set(plan):
            self.decisions.require("invalid", name, plan[name])
        return Response(self.decisions.statuses["made"], {"id": str(uuid.uuid4()), "plan": plan, "state": "planned"})

    def _season(self, season: str) -> Response:
        self.decisions.require("invalid", "season", season)
        return Response(200, list(CROPS[: 1 + len(season) % 4]))

    def _planting(self, request: Request) -> dict[str, Any]:
        bed = self._object(request)
        self.decisions.require("invalid", "bed_needs", set(bed))
        for name in {"area", "crops", "rows", "sown", "sign", "harvest", "gardener", "partner"} & set(bed):
            self.decisions.require("invalid", name, bed[name])
        return bed

    def _object(self, request: Request) -> dict[str, Any]:
        document = toy.parsed(request)
        if isinstance(document, list) and len(document) == 1 and self.decisions.checks["wrapped"](document):
            document = document[0]
        self.decisions.require("invalid", "object", document)
        return document if isinstance(document, dict) else {}

    def _number(self, text: str) -> int:
        self.decisions.require("invalid", "bed", text)
        return int(text) if text.lstrip("-").isdigit() else 0

    def _bed(self, number: int) -> dict[str, Any]:
        if number not in self.beds:
            raise RefusalError("nowhere", "there is no such bed")
        return self.beds[number]


def start(decisions: Decisions) -> App:
    """A garden with the bed of the contract's example and two others."""
    garden = Garden(decisions)
    for number in (7, 8, 9):
        garden.beds[number] = {
            "area": 2.5 * number,
            "crops": ["kale", "rye"],
            "sown": None if number == 8 else "2024-04-01",
            "gardener": "ann@example.org",
            "number": number,
            "dug_at": "1999-03-01T08:00:00+00:00",
            "watered": number == 9,
        }
    return garden.answer


def _operation(request: Request) -> str:
    match request.segments:
        case ["beds"]:
            found = {"GET": "listBeds", "POST": "digBed"}
        case ["beds", _]:
            found = {"GET": "showBed", "PUT": "replantBed", "DELETE": "fillBed"}
        case ["beds", _, "readings", _]:
            found = {"GET": "readBed"}
        case ["beds", _, "watering"]:
            found = {"POST": "planWatering"}
        case ["seasons", _]:
            found = {"GET": "showSeason"}
        case _:
            return "none"
    return found.get(request.method, "other")


def _matches(bed: Mapping[str, Any], given: Mapping[str, str], crops: list[str]) -> bool:
    area = given.get("min_area", "0")
    return (
        (not crops or bool(set(crops) & set(bed["crops"])))
        and bed["area"] >= (float(area) if toy.decimal()(area) else 0)
        and ("watered" not in given or bed["watered"] == (given["watered"] == "true"))
    )


def _whole(text: str | None) -> int:
    return int(text[:300]) if text and text.isdigit() else 0


def _shown(bed: Mapping[str, Any]) -> dict[str, Any]:
    return {"sown": None, **{name: value for name, value in bed.items() if name not in ("gardener", "partner")}}
