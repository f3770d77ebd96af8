"""Gardens with one fault each."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from tests.toys import toy
from tests.toys.fault import everywhere, narrower, on, wider, with_members, without
from tests.toys.garden import CHECKS, CROP, DECISIONS, KEY, SEASONS, slot, start
from tests.toys.toy import Fault, Toy
from tests.toys.wire import Request

_JSON = {"content-type": "application/json"}
_SLOT = {"weekday": "mon", "hour": 6}
_INTERVAL = {"mode": "interval", "minutes": 30, "from": "2024-05-01T06:00:00Z"}


def _get(path: str = "/beds", *, key: str | None = KEY, unit: str | None = None, **query: str) -> Request:
    given = {"limit": "5", **query} if path == "/beds" else dict(query)
    keyed = given if key is None else {**given, "key": key}
    headers = {} if unit is None else {"x-unit": unit}
    return Request("GET", path, {name: [value] for name, value in keyed.items()}, headers)


def _send(method: str, path: str, document: Any) -> Request:
    return Request(method, path, {"key": [KEY]}, _JSON, json.dumps(document).encode())


def _bed(**members: Any) -> dict[str, Any]:
    return {"area": 2.5, "crops": ["kale"], "gardener": "ann@example.org", **members}


def _dig(**members: Any) -> Request:
    return _send("POST", "/beds", _bed(**members))


def _water(**members: Any) -> Request:
    return _send("POST", "/beds/7/watering", members)


def _week(*slots: Any) -> Request:
    return _water(mode="week", slots=list(slots))


def _hour_less(value: Any) -> Any:
    late = isinstance(value, dict) and value.get("hour") == 24
    return {**value, "hour": 23} if late else value


def _lacking(name: str) -> Request:
    return _send("POST", "/beds", {key: value for key, value in _bed().items() if key != name})


_PARAMETERS = (
    Fault(
        "limit-optional",
        "listBeds/request/query/limit/required",
        Request("GET", "/beds", {"key": [KEY]}),
        {"limit_needed": toy.anything},
    ),
    Fault("limit-21", "listBeds/request/query/limit/maximum", _get(limit="21"), {"limit": toy.digits(1, 21)}),
    Fault("limit-19", "listBeds/request/query/limit/maximum", _get(limit="20"), {"limit": toy.digits(1, 19)}),
    Fault("limit-0", "listBeds/request/query/limit/minimum", _get(limit="0"), {"limit": toy.digits(0, 20)}),
    Fault("limit-word", "listBeds/request/query/limit/type", _get(limit="all"), wider(CHECKS, "limit", str.isalpha)),
    Fault("offset-1001", "listBeds/request/query/offset/maximum", _get(offset="1001"), {"offset": toy.digits(0, 1001)}),
    Fault("offset-999", "listBeds/request/query/offset/maximum", _get(offset="1000"), {"offset": toy.digits(0, 999)}),
    Fault("crop-any", "listBeds/request/query/crop/*/enum", _get(crop="moss"), {"crop": toy.anything}),
    Fault(
        "crop-four",
        "listBeds/request/query/crop/maxItems",
        Request("GET", "/beds", {"key": [KEY], "limit": ["5"], "crop": ["rye"] * 4}),
        {"crop": toy.array(CROP, 0, 4)},
    ),
    Fault(
        "crop-single",
        "listBeds/request/query/crop/maxItems",
        Request("GET", "/beds", {"key": [KEY], "limit": ["5"], "crop": ["rye"] * 2}),
        {"crop": toy.array(CROP, 0, 1)},
    ),
    Fault(
        "crop-no-leek",
        "listBeds/request/query/crop/*/enum",
        _get(crop="leek"),
        narrower(CHECKS, "crop", lambda given: "leek" in given),
    ),
    Fault(
        "area-negative",
        "listBeds/request/query/min_area/minimum",
        _get(min_area="-0.5"),
        {"min_area": toy.decimal(-1, 500)},
    ),
    Fault("area-whole", "listBeds/request/query/min_area/type", _get(min_area="0.5"), {"min_area": toy.digits(0, 500)}),
    Fault(
        "area-word",
        "listBeds/request/query/min_area/type",
        _get(min_area="big"),
        wider(CHECKS, "min_area", str.isalpha),
    ),
    Fault("watered-any", "listBeds/request/query/watered/type", _get(watered="yes"), {"watered": toy.anything}),
    Fault(
        "watered-no-true", "listBeds/request/query/watered/type", _get(watered="true"), {"watered": toy.one_of("false")}
    ),
    Fault(
        "unit-any",
        "readBed/request/header/x-unit/enum",
        _get("/beds/7/readings/2024-05-01", unit="feet"),
        {"unit": toy.anything},
    ),
    Fault(
        "unit-no-kelvin",
        "readBed/request/header/x-unit/enum",
        _get("/beds/7/readings/2024-05-01", unit="kelvin"),
        {"unit": toy.one_of("celsius")},
    ),
    Fault(
        "season-any", "showSeason/request/path/season/enum", _get("/seasons/night", key=None), {"season": toy.anything}
    ),
    Fault(
        "season-no-winter",
        "showSeason/request/path/season/enum",
        _get("/seasons/winter", key=None),
        {"season": toy.one_of(*SEASONS[:3])},
    ),
    Fault("day-any", "readBed/request/path/day/format", _get("/beds/7/readings/today"), {"day": toy.anything}),
    Fault(
        "day-thirty",
        "readBed/request/path/day/format",
        _get("/beds/7/readings/2025-02-30"),
        {"day": toy.string(pattern="[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")},
    ),
    Fault("bed-word", "showBed/request/path/bed/type", _get("/beds/first"), {"bed": toy.anything}, {"nowhere": 200}),
)
_BODY = (
    Fault(
        "area-zero",
        "digBed/request/body/area/exclusiveMinimum",
        _dig(area=0),
        {"area": lambda v: toy.number(0, 500)(v) and v < 500},
    ),
    Fault(
        "area-500",
        "digBed/request/body/area/exclusiveMaximum",
        _dig(area=500),
        {"area": lambda v: toy.number(0, 500)(v) and v > 0},
    ),
    Fault("area-integer", "replantBed/request/body/area/type", _dig(area=0.5), {"area": toy.integer(1, 499)}),
    Fault(
        "area-text",
        "digBed/request/body/area/type",
        _dig(area="2"),
        wider(CHECKS, "area", lambda v: isinstance(v, str)),
    ),
    Fault(
        "gardener-optional",
        "digBed/request/body/gardener/required",
        _lacking("gardener"),
        {"bed_needs": lambda names: names >= {"area", "crops"}},
    ),
    Fault(
        "crops-optional",
        "digBed/request/body/crops/required",
        _lacking("crops"),
        {"bed_needs": lambda names: names >= {"area", "gardener"}},
    ),
    Fault(
        "crops-empty",
        "digBed/request/body/crops/minItems",
        _dig(crops=[]),
        {"crops": toy.array(CROP, 0, 3, unique=True)},
    ),
    Fault(
        "crops-four",
        "digBed/request/body/crops/maxItems",
        _dig(crops=["kale", "bean", "rye", "leek"]),
        {"crops": toy.array(CROP, 1, 4, unique=True)},
    ),
    Fault(
        "crops-twins",
        "digBed/request/body/crops/uniqueItems",
        _dig(crops=["rye", "rye"]),
        {"crops": toy.array(CROP, 1, 3)},
    ),
    Fault(
        "crops-any",
        "digBed/request/body/crops/*/enum",
        _dig(crops=["moss"]),
        {"crops": toy.array(toy.string(), 1, 3, unique=True)},
    ),
    Fault("crops-text", "digBed/request/body/crops/type", _dig(crops="rye"), wider(CHECKS, "crops", CROP)),
    Fault(
        "crops-last-free",
        "digBed/request/body/crops/*/enum",
        _dig(crops=["rye", "moss"]),
        wider(
            CHECKS,
            "crops",
            lambda v: isinstance(v, list) and len(v) == 2 and CROP(v[0]) and isinstance(v[1], str) and v[0] != v[1],
        ),
    ),
    Fault(
        "rows-four",
        "digBed/request/body/rows/maxItems",
        _dig(rows=[["rye"]] * 4),
        {"rows": toy.array(toy.array(CROP, 1, 4), 0, 4)},
    ),
    Fault(
        "rows-empty-row",
        "digBed/request/body/rows/*/minItems",
        _dig(rows=[[]]),
        {"rows": toy.array(toy.array(CROP, 0, 4), 0, 3)},
    ),
    Fault(
        "rows-five-plants",
        "digBed/request/body/rows/*/maxItems",
        _dig(rows=[["rye"] * 5]),
        {"rows": toy.array(toy.array(CROP, 1, 5), 0, 3)},
    ),
    Fault(
        "rows-flat", "digBed/request/body/rows/*/type", _dig(rows=["rye"]), wider(CHECKS, "rows", toy.array(CROP, 1, 4))
    ),
    Fault(
        "rows-any-plant",
        "digBed/request/body/rows/*/*/enum",
        _dig(rows=[["moss"]]),
        {"rows": toy.array(toy.array(toy.string(), 1, 4), 0, 3)},
    ),
    Fault("sown-any", "digBed/request/body/sown/format", _dig(sown="spring"), {"sown": toy.nullable(toy.string())}),
    Fault("sown-not-null", "digBed/request/body/sown/type", _dig(sown=None), {"sown": toy.day}),
    Fault(
        "sign-one",
        "digBed/request/body/sign/minLength",
        _dig(sign="a"),
        {"sign": toy.string(1, 12, "[a-z]+(-[a-z]+)*")},
    ),
    Fault(
        "sign-thirteen",
        "digBed/request/body/sign/maxLength",
        _dig(sign="a" * 13),
        {"sign": toy.string(2, 13, "[a-z]+(-[a-z]+)*")},
    ),
    Fault(
        "sign-hyphen-end",
        "digBed/request/body/sign/pattern",
        _dig(sign="ab-"),
        {"sign": toy.string(2, 12, "[a-z]+(-[a-z]*)*")},
    ),
    Fault(
        "sign-digits",
        "digBed/request/body/sign/pattern",
        _dig(sign="ab1"),
        {"sign": toy.string(2, 12, "[a-z0-9]+(-[a-z0-9]+)*")},
    ),
    Fault(
        "harvest-negative",
        "digBed/request/body/harvest/*/minimum",
        _dig(harvest={"rye": -1}),
        {"harvest": toy.table(toy.number(), 0, 2)},
    ),
    Fault(
        "harvest-three",
        "digBed/request/body/harvest/maxProperties",
        _dig(harvest={"a": 1, "b": 1, "c": 1}),
        {"harvest": toy.table(toy.number(0), 0, 3)},
    ),
    Fault(
        "harvest-null",
        "digBed/request/body/harvest/*/type",
        _dig(harvest={"a": None}),
        {"harvest": toy.table(toy.nullable(toy.number(0)), 0, 2)},
    ),
    Fault("gardener-any", "digBed/request/body/gardener/format", _dig(gardener="ann"), {"gardener": toy.string()}),
    Fault("partner-any", "digBed/request/body/partner/format", _dig(partner="bob"), {"partner": toy.string()}),
    Fault(
        "partner-no-hyphens",
        "digBed/request/body/partner/format",
        _dig(partner="5b0d7c3692a44a538f0e1f2f3a4b5c6d"),
        wider(CHECKS, "partner", toy.string(pattern="[0-9a-f]{32}")),
    ),
    Fault(
        "minutes-any-step",
        "planWatering/request/body/minutes(interval)/multipleOf",
        _water(**{**_INTERVAL, "minutes": 31}),
        {"minutes": toy.integer(5, 600)},
    ),
    Fault(
        "minutes-605",
        "planWatering/request/body/minutes(interval)/maximum",
        _water(**{**_INTERVAL, "minutes": 605}),
        wider(CHECKS, "minutes", lambda v: v == 605),
    ),
    Fault(
        "minutes-0",
        "planWatering/request/body/minutes(interval)/minimum",
        _water(**{**_INTERVAL, "minutes": 0}),
        wider(CHECKS, "minutes", toy.one_of(0)),
    ),
    Fault(
        "from-day",
        "planWatering/request/body/from(interval)/format",
        _water(**{**_INTERVAL, "from": "2024-05-01"}),
        wider(CHECKS, "from", toy.day),
    ),
    Fault(
        "from-blank",
        "planWatering/request/body/from(interval)/format",
        _water(**{**_INTERVAL, "from": "soon"}),
        {"from": toy.string()},
    ),
    Fault(
        "interval-open",
        "planWatering/request/body(interval)/additionalProperties",
        _water(**_INTERVAL, pump=1),
        {"interval_members": lambda names: names >= {"mode", "minutes", "from"}},
    ),
    Fault(
        "interval-endless",
        "planWatering/request/body/from(interval)/required",
        _water(mode="interval", minutes=5),
        {"interval_members": lambda names: {"mode", "minutes"} <= names <= {"mode", "minutes", "from"}},
    ),
    Fault(
        "interval-refused",
        "planWatering/request/body/oneOf",
        _water(**_INTERVAL),
        {"mode": toy.one_of("week")},
    ),
    Fault("week-refused", "planWatering/request/body/oneOf", _week(_SLOT), {"mode": toy.one_of("interval")}),
    Fault(
        "slots-four",
        "planWatering/request/body/slots(week)/maxItems",
        _week(*({"weekday": "mon", "hour": h} for h in range(4))),
        {"slots": toy.array(slot, 1, 4, unique=True)},
    ),
    Fault(
        "slots-twins",
        "planWatering/request/body/slots(week)/uniqueItems",
        _week(_SLOT, _SLOT),
        {"slots": toy.array(slot, 1, 3)},
    ),
    Fault(
        "slots-empty",
        "planWatering/request/body/slots(week)/minItems",
        _week(),
        {"slots": toy.array(slot, 0, 3, unique=True)},
    ),
    Fault(
        "hour-24",
        "planWatering/request/body/slots/*/hour(week)/maximum",
        _week({"weekday": "mon", "hour": 24}),
        {"slots": toy.array(lambda v: slot(v) or slot(_hour_less(v)), 1, 3, unique=True)},
    ),
)
_PROTOCOL = (
    Fault(
        "key-missing",
        "listBeds/authentication/missing",
        _get(key=None),
        wider(CHECKS, "key", lambda given: given == []),
    ),
    Fault("key-any", "listBeds/authentication/wrong", _get(key="spade"), {"key": bool}),
    Fault(
        "key-empty", "listBeds/authentication/empty", _get(key=""), wider(CHECKS, "key", lambda given: given == [""])
    ),
    Fault(
        "key-capitals",
        "listBeds/authentication/wrong",
        _get(key=KEY.upper()),
        {"key": lambda given: [value.lower() for value in given] == [KEY]},
    ),
    Fault("locked-404", "listBeds/authentication/missing", _get(key=None), statuses={"locked": 404}),
    Fault("nowhere-500", "showBed/path/bed/unknown", _get("/beds/77"), statuses={"nowhere": 500}),
    Fault(
        "nowhere-json",
        "showBed/response/404/content-type",
        _get("/beds/77"),
        amend=everywhere(lambda r: replace(r, media_type="application/json", document={"code": 404, "text": "x"}), 404),
    ),
    Fault(
        "malformed-500",
        "digBed/protocol/malformed-json",
        Request("POST", "/beds", {"key": [KEY]}, _JSON, b"{"),
        statuses={"malformed": 500},
    ),
    Fault(
        "malformed-201",
        "digBed/protocol/malformed-json",
        Request("POST", "/beds", {"key": [KEY]}, _JSON, b"{"),
        statuses={"malformed": 201},
    ),
    Fault("invalid-500", "showBed/request/path/bed/type", _dig(area=-1), statuses={"invalid": 500}),
)
_ANSWERS = (
    Fault("dug-200", "digBed/response/status/success", _dig(), statuses={"made": 200}),
    Fault("shown-201", "replantBed/response/status/success", _send("PUT", "/beds/7", _bed()), statuses={"shown": 201}),
    Fault(
        "removed-200",
        "fillBed/response/status/success",
        Request("DELETE", "/beds/7", {"key": [KEY]}),
        statuses={"removed": 200},
    ),
    Fault(
        "total-missing",
        "listBeds/response/200/header/x-total/required",
        _get(),
        amend=on("listBeds", lambda r: r.with_header("X-Total", None)),
    ),
    Fault(
        "total-negative",
        "listBeds/response/200/header/x-total/minimum",
        _get(),
        amend=on("listBeds", lambda r: r.with_header("X-Total", "-1")),
    ),
    Fault(
        "number-header-missing",
        "digBed/response/201/header/x-bed/required",
        _dig(),
        amend=on("digBed", lambda r: r.with_header("X-Bed", None)),
    ),
    Fault(
        "unit-header-wrong",
        "readBed/response/200/header/x-unit/enum",
        _get("/beds/7/readings/2024-05-01"),
        amend=on("readBed", lambda r: r.with_header("X-Unit", "Celsius")),
    ),
    Fault("next-text", "listBeds/response/200/body/next/type", _get(), amend=with_members("listBeds", next="8")),
    Fault(
        "list-open",
        "listBeds/response/200/body/additionalProperties",
        _get(),
        amend=with_members("listBeds", more=True),
    ),
    Fault(
        "beds-missing", "listBeds/response/200/body/beds/required", _get(), amend=on("listBeds", without("beds"), 200)
    ),
    Fault(
        "number-missing",
        "showBed/response/200/body/number/required",
        _get("/beds/7"),
        amend=on("showBed", without("number"), 200),
    ),
    Fault("number-zero", "digBed/response/201/body/number/minimum", _dig(), amend=with_members("digBed", number=0)),
    Fault(
        "dug-at-word",
        "showBed/response/200/body/dug_at/format",
        _get("/beds/7"),
        amend=with_members("showBed", dug_at="long ago"),
    ),
    Fault(
        "shown-crops-empty",
        "showBed/response/200/body/crops/minItems",
        _get("/beds/7"),
        amend=with_members("showBed", crops=[]),
    ),
    Fault(
        "shown-crops-twins",
        "showBed/response/200/body/crops/uniqueItems",
        _get("/beds/7"),
        amend=with_members("showBed", crops=["rye", "rye"]),
    ),
    Fault(
        "watered-null",
        "replantBed/response/200/body/watered/type",
        _send("PUT", "/beds/7", _bed()),
        amend=with_members("replantBed", watered=None),
    ),
    Fault(
        "values-text",
        "readBed/response/200/body/values/*/type",
        _get("/beds/7/readings/2024-05-01"),
        amend=with_members("readBed", values={"soil": "x"}),
    ),
    Fault(
        "taken-at-day",
        "readBed/response/200/body/taken_at/format",
        _get("/beds/7/readings/2024-05-01"),
        amend=with_members("readBed", taken_at="2024-05-01"),
    ),
    Fault(
        "plan-wrong",
        "planWatering/response/201/body/plan/oneOf",
        _water(**_INTERVAL),
        amend=with_members("planWatering", plan={"mode": "never"}),
    ),
    Fault(
        "plan-id-short",
        "planWatering/response/201/body/id/format",
        _water(**_INTERVAL),
        amend=with_members("planWatering", id="1"),
    ),
    Fault(
        "season-twins",
        "showSeason/response/200/body/uniqueItems",
        _get("/seasons/spring", key=None),
        amend=on("showSeason", lambda r: replace(r, document=["rye", "rye"]), 200),
    ),
    Fault(
        "season-html",
        "showSeason/response/200/content-type",
        _get("/seasons/spring", key=None),
        amend=on("showSeason", lambda r: replace(r, media_type="text/html"), 200),
    ),
    Fault(
        "complaint-text",
        "listBeds/response/400/body/code/type",
        _dig(area=-1),
        amend=everywhere(lambda r: replace(r, document={**r.document, "code": "invalid"}), 400),
    ),
    Fault(
        "complaint-open",
        "listBeds/response/401/body/additionalProperties",
        _get(key=None),
        amend=everywhere(lambda r: replace(r, document={**r.document, "hint": "x"}), 401),
    ),
)

GARDEN = Toy("garden.yaml", KEY, start, DECISIONS, (*_PARAMETERS, *_BODY, *_PROTOCOL, *_ANSWERS))
