"""Faults of answers: what comes back is wrong, whatever was asked."""

from __future__ import annotations

import json
from dataclasses import replace

from tests.toys.fault import on, with_members, without
from tests.toys.parcels import BASE
from tests.toys.parcels_calls import AUTHORISED, ONE, get, patch, post
from tests.toys.toy import Fault
from tests.toys.wire import Request

ANSWERS = (
    Fault("created-200", "createParcel/response/status/success", post(), statuses={"created": 200}),
    Fault(
        "removed-202",
        "withdrawParcel/response/status/success",
        Request("DELETE", ONE, {}, AUTHORISED),
        statuses={"removed": 202},
    ),
    Fault(
        "total-missing",
        "listParcels/response/200/header/x-total-count/required",
        get(),
        amend=on("listParcels", lambda r: r.with_header("X-Total-Count", None)),
    ),
    Fault(
        "total-word",
        "listParcels/response/200/header/x-total-count/type",
        get(),
        amend=on("listParcels", lambda r: r.with_header("X-Total-Count", "all")),
    ),
    Fault(
        "location-missing",
        "createParcel/response/201/header/location/required",
        post(),
        amend=on("createParcel", lambda r: r.with_header("Location", None)),
    ),
    Fault(
        "location-elsewhere",
        "createParcel/response/201/header/location/pattern",
        post(),
        amend=on("createParcel", lambda r: r.with_header("Location", "/")),
    ),
    Fault(
        "etag-missing",
        "showParcel/response/200/header/etag/required",
        get(ONE),
        amend=on("showParcel", lambda r: r.with_header("ETag", None)),
    ),
    Fault(
        "id-missing", "showParcel/response/200/body/id/required", get(ONE), amend=on("showParcel", without("id"), 200)
    ),
    Fault(
        "id-word", "createParcel/response/201/body/id/format", post(), amend=with_members("createParcel", id="first")
    ),
    Fault(
        "state-lost",
        "showParcel/response/200/body/state/enum",
        get(ONE),
        amend=with_members("showParcel", state="lost"),
    ),
    Fault(
        "handed-in-time",
        "showParcel/response/200/body/handed_in/format",
        get(ONE),
        amend=with_members("showParcel", handed_in="2024-02-29T08:00:00Z"),
    ),
    Fault(
        "changed-at-local",
        "changeParcel/response/200/body/changed_at/format",
        patch(note="a"),
        amend=with_members("changeParcel", changed_at="2024-03-01T08:00:00"),
    ),
    Fault(
        "shown-weight-text",
        "showParcel/response/200/body/weight/type",
        get(ONE),
        amend=with_members("showParcel", weight="2.5"),
    ),
    Fault(
        "shown-labels-null",
        "showParcel/response/200/body/labels/type",
        get(ONE),
        amend=with_members("showParcel", labels=None),
    ),
    Fault(
        "list-wrapped",
        "listParcels/response/200/body/type",
        get(),
        amend=on("listParcels", lambda r: replace(r, document={"parcels": r.document}), 200),
    ),
    Fault(
        "list-without-to",
        "listParcels/response/200/body/*/to/required",
        get(),
        amend=on(
            "listParcels",
            lambda r: replace(r, document=[{k: v for k, v in parcel.items() if k != "to"} for parcel in r.document]),
            200,
        ),
    ),
    Fault(
        "stock-negative",
        "countStock/response/200/body/*/minimum",
        get(f"{BASE}/depots/hill/stock"),
        amend=with_members("countStock", large=-1),
    ),
    Fault(
        "stock-empty",
        "countStock/response/200/body/minProperties",
        get(f"{BASE}/depots/hill/stock"),
        amend=on("countStock", lambda r: replace(r, document={}), 200),
    ),
    Fault(
        "shown-as-html",
        "showParcel/response/200/content-type",
        get(ONE),
        amend=on("showParcel", lambda r: replace(r, media_type="text/html"), 200),
    ),
    Fault(
        "shown-broken",
        "showParcel/response/200/body/json",
        get(ONE),
        amend=on("showParcel", lambda r: replace(r, document=json.dumps(r.document).encode()[:-1]), 200),
    ),
    Fault(
        "problem-missing",
        "showParcel/response/404/body/problem/required",
        get(ONE.replace("5b", "6b")),
        amend=on("showParcel", lambda r: replace(r, document={}), 404),
    ),
)
