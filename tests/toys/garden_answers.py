"""Faults of answers: what comes back is wrong, whatever was asked."""

from __future__ import annotations

from dataclasses import replace

from tests.toys.fault import everywhere, on, with_members, without
from tests.toys.garden import KEY
from tests.toys.garden_calls import INTERVAL, bed, dig, get, send, water
from tests.toys.toy import Fault
from tests.toys.wire import Request

ANSWERS = (
    Fault("dug-200", "digBed/response/status/success", dig(), statuses={"made": 200}),
    Fault("shown-201", "replantBed/response/status/success", send("PUT", "/beds/7", bed()), statuses={"shown": 201}),
    Fault(
        "removed-200",
        "fillBed/response/status/success",
        Request("DELETE", "/beds/7", {"key": [KEY]}),
        statuses={"removed": 200},
    ),
    Fault(
        "total-missing",
        "listBeds/response/200/header/x-total/required",
        get(),
        amend=on("listBeds", lambda r: r.with_header("X-Total", None)),
    ),
    Fault(
        "total-negative",
        "listBeds/response/200/header/x-total/minimum",
        get(),
        amend=on("listBeds", lambda r: r.with_header("X-Total", "-1")),
    ),
    Fault(
        "number-header-missing",
        "digBed/response/201/header/x-bed/required",
        dig(),
        amend=on("digBed", lambda r: r.with_header("X-Bed", None)),
    ),
    Fault(
        "unit-header-wrong",
        "readBed/response/200/header/x-unit/enum",
        get("/beds/7/readings/2024-05-01"),
        amend=on("readBed", lambda r: r.with_header("X-Unit", "Celsius")),
    ),
    Fault("next-text", "listBeds/response/200/body/next/type", get(), amend=with_members("listBeds", next="8")),
    Fault(
        "list-open",
        "listBeds/response/200/body/additionalProperties",
        get(),
        amend=with_members("listBeds", more=True),
    ),
    Fault(
        "beds-missing", "listBeds/response/200/body/beds/required", get(), amend=on("listBeds", without("beds"), 200)
    ),
    Fault(
        "number-missing",
        "showBed/response/200/body/number/required",
        get("/beds/7"),
        amend=on("showBed", without("number"), 200),
    ),
    Fault("number-zero", "digBed/response/201/body/number/minimum", dig(), amend=with_members("digBed", number=0)),
    Fault(
        "dug-at-word",
        "showBed/response/200/body/dug_at/format",
        get("/beds/7"),
        amend=with_members("showBed", dug_at="long ago"),
    ),
    Fault(
        "shown-crops-empty",
        "showBed/response/200/body/crops/minItems",
        get("/beds/7"),
        amend=with_members("showBed", crops=[]),
    ),
    Fault(
        "shown-crops-twins",
        "showBed/response/200/body/crops/uniqueItems",
        get("/beds/7"),
        amend=with_members("showBed", crops=["rye", "rye"]),
    ),
    Fault(
        "watered-null",
        "replantBed/response/200/body/watered/type",
        send("PUT", "/beds/7", bed()),
        amend=with_members("replantBed", watered=None),
    ),
    Fault(
        "values-text",
        "readBed/response/200/body/values/*/type",
        get("/beds/7/readings/2024-05-01"),
        amend=with_members("readBed", values={"soil": "x"}),
    ),
    Fault(
        "taken-at-day",
        "readBed/response/200/body/taken_at/format",
        get("/beds/7/readings/2024-05-01"),
        amend=with_members("readBed", taken_at="2024-05-01"),
    ),
    Fault(
        "plan-wrong",
        "planWatering/response/201/body/plan/oneOf",
        water(**INTERVAL),
        amend=with_members("planWatering", plan={"mode": "never"}),
    ),
    Fault(
        "plan-id-short",
        "planWatering/response/201/body/id/format",
        water(**INTERVAL),
        amend=with_members("planWatering", id="1"),
    ),
    Fault(
        "season-twins",
        "showSeason/response/200/body/uniqueItems",
        get("/seasons/spring", key=None),
        amend=on("showSeason", lambda r: replace(r, document=["rye", "rye"]), 200),
    ),
    Fault(
        "season-html",
        "showSeason/response/200/content-type",
        get("/seasons/spring", key=None),
        amend=on("showSeason", lambda r: replace(r, media_type="text/html"), 200),
    ),
    Fault(
        "complaint-text",
        "listBeds/response/400/body/code/type",
        dig(area=-1),
        amend=everywhere(lambda r: replace(r, document={**r.document, "code": "invalid"}), 400),
    ),
    Fault(
        "complaint-open",
        "listBeds/response/401/body/additionalProperties",
        get(key=None),
        amend=everywhere(lambda r: replace(r, document={**r.document, "hint": "x"}), 401),
    ),
)
