"""Gardens with one fault each."""

from __future__ import annotations

from dataclasses import replace

from tests.toys import toy
from tests.toys.fault import everywhere, narrower, wider
from tests.toys.garden import CHECKS, CROP, DECISIONS, KEY, SEASONS, slot, start
from tests.toys.garden_answers import ANSWERS
from tests.toys.garden_calls import (
    INTERVAL,
    JSON,
    SLOT,
    bed,
    dig,
    get,
    hour_less,
    lacking,
    last_free,
    send,
    water,
    week,
)
from tests.toys.toy import Fault, Toy
from tests.toys.wire import Request

_PARAMETERS = (
    Fault(
        "limit-optional",
        "listBeds/request/query/limit/required",
        Request("GET", "/beds", {"key": [KEY]}),
        {"limit_needed": toy.anything},
    ),
    Fault("limit-21", "listBeds/request/query/limit/maximum", get(limit="21"), {"limit": toy.digits(1, 21)}),
    Fault("limit-19", "listBeds/request/query/limit/maximum", get(limit="20"), {"limit": toy.digits(1, 19)}),
    Fault("limit-0", "listBeds/request/query/limit/minimum", get(limit="0"), {"limit": toy.digits(0, 20)}),
    Fault("limit-word", "listBeds/request/query/limit/type", get(limit="all"), wider(CHECKS, "limit", str.isalpha)),
    Fault("offset-1001", "listBeds/request/query/offset/maximum", get(offset="1001"), {"offset": toy.digits(0, 1001)}),
    Fault("offset-999", "listBeds/request/query/offset/maximum", get(offset="1000"), {"offset": toy.digits(0, 999)}),
    Fault("crop-any", "listBeds/request/query/crop/*/enum", get(crop="moss"), {"crop": toy.anything}),
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
        get(crop="leek"),
        narrower(CHECKS, "crop", lambda given: "leek" in given),
    ),
    Fault(
        "area-negative",
        "listBeds/request/query/min_area/minimum",
        get(min_area="-0.5"),
        {"min_area": toy.decimal(-1, 500)},
    ),
    Fault("area-whole", "listBeds/request/query/min_area/type", get(min_area="0.5"), {"min_area": toy.digits(0, 500)}),
    Fault(
        "area-word",
        "listBeds/request/query/min_area/type",
        get(min_area="big"),
        wider(CHECKS, "min_area", str.isalpha),
    ),
    Fault("watered-any", "listBeds/request/query/watered/type", get(watered="yes"), {"watered": toy.anything}),
    Fault(
        "watered-no-true", "listBeds/request/query/watered/type", get(watered="true"), {"watered": toy.one_of("false")}
    ),
    Fault(
        "unit-any",
        "readBed/request/header/x-unit/enum",
        get("/beds/7/readings/2024-05-01", unit="feet"),
        {"unit": toy.anything},
    ),
    Fault(
        "unit-no-kelvin",
        "readBed/request/header/x-unit/enum",
        get("/beds/7/readings/2024-05-01", unit="kelvin"),
        {"unit": toy.one_of("celsius")},
    ),
    Fault(
        "season-any", "showSeason/request/path/season/enum", get("/seasons/night", key=None), {"season": toy.anything}
    ),
    Fault(
        "season-no-winter",
        "showSeason/request/path/season/enum",
        get("/seasons/winter", key=None),
        {"season": toy.one_of(*SEASONS[:3])},
    ),
    Fault("day-any", "readBed/request/path/day/format", get("/beds/7/readings/today"), {"day": toy.anything}),
    Fault(
        "day-thirty",
        "readBed/request/path/day/format",
        get("/beds/7/readings/2025-02-30"),
        {"day": toy.string(pattern="[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")},
    ),
    Fault("bed-word", "showBed/request/path/bed/type", get("/beds/first"), {"bed": toy.anything}, {"nowhere": 200}),
)
_BODY = (
    Fault("bed-wrapped", "digBed/request/body/type", send("POST", "/beds", [bed()]), {"wrapped": toy.anything}),
    Fault(
        "area-zero",
        "digBed/request/body/area/exclusiveMinimum",
        dig(area=0),
        {"area": lambda v: toy.number(0, 500)(v) and v < 500},
    ),
    Fault(
        "area-500",
        "digBed/request/body/area/exclusiveMaximum",
        dig(area=500),
        {"area": lambda v: toy.number(0, 500)(v) and v > 0},
    ),
    Fault("area-integer", "replantBed/request/body/area/type", dig(area=0.5), {"area": toy.integer(1, 499)}),
    Fault(
        "area-text",
        "digBed/request/body/area/type",
        dig(area="2"),
        wider(CHECKS, "area", lambda v: isinstance(v, str)),
    ),
    Fault(
        "gardener-optional",
        "digBed/request/body/gardener/required",
        lacking("gardener"),
        {"bed_needs": lambda names: names >= {"area", "crops"}},
    ),
    Fault(
        "crops-optional",
        "digBed/request/body/crops/required",
        lacking("crops"),
        {"bed_needs": lambda names: names >= {"area", "gardener"}},
    ),
    Fault(
        "crops-empty",
        "digBed/request/body/crops/minItems",
        dig(crops=[]),
        {"crops": toy.array(CROP, 0, 3, unique=True)},
    ),
    Fault(
        "crops-four",
        "digBed/request/body/crops/maxItems",
        dig(crops=["kale", "bean", "rye", "leek"]),
        {"crops": toy.array(CROP, 1, 4, unique=True)},
    ),
    Fault(
        "crops-twins",
        "digBed/request/body/crops/uniqueItems",
        dig(crops=["rye", "rye"]),
        {"crops": toy.array(CROP, 1, 3)},
    ),
    Fault(
        "crops-any",
        "digBed/request/body/crops/*/enum",
        dig(crops=["moss"]),
        {"crops": toy.array(toy.string(), 1, 3, unique=True)},
    ),
    Fault("crops-text", "digBed/request/body/crops/type", dig(crops="rye"), wider(CHECKS, "crops", CROP)),
    Fault(
        "crops-last-free",
        "digBed/request/body/crops/*/enum",
        dig(crops=["rye", "moss"]),
        wider(
            CHECKS,
            "crops",
            last_free,
        ),
    ),
    Fault(
        "rows-four",
        "digBed/request/body/rows/maxItems",
        dig(rows=[["rye"]] * 4),
        {"rows": toy.array(toy.array(CROP, 1, 4), 0, 4)},
    ),
    Fault(
        "rows-empty-row",
        "digBed/request/body/rows/*/minItems",
        dig(rows=[[]]),
        {"rows": toy.array(toy.array(CROP, 0, 4), 0, 3)},
    ),
    Fault(
        "rows-five-plants",
        "digBed/request/body/rows/*/maxItems",
        dig(rows=[["rye"] * 5]),
        {"rows": toy.array(toy.array(CROP, 1, 5), 0, 3)},
    ),
    Fault(
        "rows-flat", "digBed/request/body/rows/*/type", dig(rows=["rye"]), wider(CHECKS, "rows", toy.array(CROP, 1, 4))
    ),
    Fault(
        "rows-any-plant",
        "digBed/request/body/rows/*/*/enum",
        dig(rows=[["moss"]]),
        {"rows": toy.array(toy.array(toy.string(), 1, 4), 0, 3)},
    ),
    Fault("sown-any", "digBed/request/body/sown/format", dig(sown="spring"), {"sown": toy.nullable(toy.string())}),
    Fault("sown-not-null", "digBed/request/body/sown/type", dig(sown=None), {"sown": toy.day}),
    Fault(
        "sign-one",
        "digBed/request/body/sign/minLength",
        dig(sign="a"),
        {"sign": toy.string(1, 12, "[a-z]+(-[a-z]+)*")},
    ),
    Fault(
        "sign-thirteen",
        "digBed/request/body/sign/maxLength",
        dig(sign="a" * 13),
        {"sign": toy.string(2, 13, "[a-z]+(-[a-z]+)*")},
    ),
    Fault(
        "sign-hyphen-end",
        "digBed/request/body/sign/pattern",
        dig(sign="ab-"),
        {"sign": toy.string(2, 12, "[a-z]+(-[a-z]*)*")},
    ),
    Fault(
        "sign-digits",
        "digBed/request/body/sign/pattern",
        dig(sign="ab1"),
        {"sign": toy.string(2, 12, "[a-z0-9]+(-[a-z0-9]+)*")},
    ),
    Fault(
        "harvest-negative",
        "digBed/request/body/harvest/*/minimum",
        dig(harvest={"rye": -1}),
        {"harvest": toy.table(toy.number(), 0, 2)},
    ),
    Fault(
        "harvest-three",
        "digBed/request/body/harvest/maxProperties",
        dig(harvest={"a": 1, "b": 1, "c": 1}),
        {"harvest": toy.table(toy.number(0), 0, 3)},
    ),
    Fault(
        "harvest-null",
        "digBed/request/body/harvest/*/type",
        dig(harvest={"a": None}),
        {"harvest": toy.table(toy.nullable(toy.number(0)), 0, 2)},
    ),
    Fault("gardener-any", "digBed/request/body/gardener/format", dig(gardener="ann"), {"gardener": toy.string()}),
    Fault("partner-any", "digBed/request/body/partner/format", dig(partner="bob"), {"partner": toy.string()}),
    Fault(
        "partner-cut",
        "digBed/request/body/partner/format",
        dig(partner="5b0d7c36-92a4-4a53-8f0e"),
        wider(CHECKS, "partner", toy.string(pattern="[0-9a-f]{8}(-[0-9a-f]{4}){3}")),
    ),
    Fault(
        "minutes-any-step",
        "planWatering/request/body/minutes(interval)/multipleOf",
        water(**{**INTERVAL, "minutes": 31}),
        {"minutes": toy.integer(5, 600)},
    ),
    Fault(
        "minutes-605",
        "planWatering/request/body/minutes(interval)/maximum",
        water(**{**INTERVAL, "minutes": 605}),
        wider(CHECKS, "minutes", lambda v: v == 605),
    ),
    Fault(
        "minutes-0",
        "planWatering/request/body/minutes(interval)/minimum",
        water(**{**INTERVAL, "minutes": 0}),
        wider(CHECKS, "minutes", toy.one_of(0)),
    ),
    Fault(
        "from-hour-25",
        "planWatering/request/body/from(interval)/format",
        water(**{**INTERVAL, "from": "2024-05-01T25:06:38Z"}),
        wider(CHECKS, "from", toy.string(pattern="[0-9-]{10}T25:[0-9:]{5}Z")),
    ),
    Fault(
        "from-blank",
        "planWatering/request/body/from(interval)/format",
        water(**{**INTERVAL, "from": "soon"}),
        {"from": toy.string()},
    ),
    Fault(
        "interval-open",
        "planWatering/request/body(interval)/additionalProperties",
        water(**INTERVAL, pump=1),
        {"interval_members": lambda names: names >= {"mode", "minutes", "from"}},
    ),
    Fault(
        "interval-endless",
        "planWatering/request/body/from(interval)/required",
        water(mode="interval", minutes=5),
        {"interval_members": lambda names: {"mode", "minutes"} <= names <= {"mode", "minutes", "from"}},
    ),
    Fault(
        "interval-refused",
        "planWatering/request/body/oneOf",
        water(**INTERVAL),
        {"mode": toy.one_of("week")},
    ),
    Fault("week-refused", "planWatering/request/body/oneOf", week(SLOT), {"mode": toy.one_of("interval")}),
    Fault(
        "slots-four",
        "planWatering/request/body/slots(week)/maxItems",
        week(*({"weekday": "mon", "hour": h} for h in range(4))),
        {"slots": toy.array(slot, 1, 4, unique=True)},
    ),
    Fault(
        "slots-twins",
        "planWatering/request/body/slots(week)/uniqueItems",
        week(SLOT, SLOT),
        {"slots": toy.array(slot, 1, 3)},
    ),
    Fault(
        "slots-empty",
        "planWatering/request/body/slots(week)/minItems",
        week(),
        {"slots": toy.array(slot, 0, 3, unique=True)},
    ),
    Fault(
        "hour-24",
        "planWatering/request/body/slots/*/hour(week)/maximum",
        week({"weekday": "mon", "hour": 24}),
        {"slots": toy.array(lambda v: slot(v) or slot(hour_less(v)), 1, 3, unique=True)},
    ),
)
_PROTOCOL = (
    Fault(
        "key-missing",
        "listBeds/authentication/missing",
        get(key=None),
        wider(CHECKS, "key", lambda given: given == []),
    ),
    Fault("key-any", "listBeds/authentication/wrong", get(key="spade"), {"key": bool}),
    Fault("key-empty", "listBeds/authentication/empty", get(key=""), wider(CHECKS, "key", lambda given: given == [""])),
    Fault(
        "key-capitals",
        "listBeds/authentication/wrong",
        get(key=KEY.upper()),
        {"key": lambda given: [value.lower() for value in given] == [KEY]},
    ),
    Fault("locked-404", "listBeds/authentication/missing", get(key=None), statuses={"locked": 404}),
    Fault("nowhere-500", "showBed/path/bed/unknown", get("/beds/77"), statuses={"nowhere": 500}),
    Fault(
        "nowhere-json",
        "showBed/response/404/content-type",
        get("/beds/77"),
        amend=everywhere(lambda r: replace(r, media_type="application/json", document={"code": 404, "text": "x"}), 404),
    ),
    Fault(
        "malformed-500",
        "digBed/protocol/malformed-json",
        Request("POST", "/beds", {"key": [KEY]}, JSON, b"{"),
        statuses={"malformed": 500},
    ),
    Fault(
        "malformed-201",
        "digBed/protocol/malformed-json",
        Request("POST", "/beds", {"key": [KEY]}, JSON, b"{"),
        statuses={"malformed": 201},
    ),
    Fault("invalid-500", "showBed/request/path/bed/type", dig(area=-1), statuses={"invalid": 500}),
)

GARDEN = Toy("garden.yaml", KEY, start, DECISIONS, (*_PARAMETERS, *_BODY, *_PROTOCOL, *ANSWERS))
