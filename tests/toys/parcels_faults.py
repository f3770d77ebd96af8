"""Parcel desks with one fault each."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tests.toys import toy
from tests.toys.fault import everywhere, narrower, on, wider, with_members, without
from tests.toys.parcels import BASE, CHECKS, DECISIONS, EXAMPLE, TOKEN, start
from tests.toys.toy import Fault, Toy
from tests.toys.wire import Request

_DOOR = {"kind": "door", "street": "Long Street 1", "city": "Port"}
_LOCKER = {"kind": "locker", "locker": 7}
_ONE = f"{BASE}/parcels/{EXAMPLE}"
_LABEL = toy.string(pattern="[A-Z]{2}[0-9]{1,3}")
_POINT = toy.array(toy.number(-180, 180), 2, 2)
_AUTHORISED = {"authorization": f"Bearer {TOKEN}"}


def _get(path: str = f"{BASE}/parcels", headers: Mapping[str, str] = _AUTHORISED, **query: str) -> Request:
    return Request("GET", path, {name: [value] for name, value in query.items()}, headers)


def _send(method: str, path: str, document: Any) -> Request:
    headers = {**_AUTHORISED, "content-type": "application/json"}
    return Request(method, path, {}, headers, json.dumps(document).encode())


def _post(**members: Any) -> Request:
    return _send("POST", f"{BASE}/parcels", {"to": _DOOR, "weight": 2, **members})


def _patch(**members: Any) -> Request:
    return _send("PATCH", _ONE, members)


def _weight(value: Any) -> bool:
    return toy.number(0, 31.5)(value)


_QUERY = (
    Fault("limit-51", "listParcels/request/query/limit/maximum", _get(limit="51"), {"limit": toy.digits(1, 51)}),
    Fault("limit-49", "listParcels/request/query/limit/maximum", _get(limit="50"), {"limit": toy.digits(1, 49)}),
    Fault("limit-0", "listParcels/request/query/limit/minimum", _get(limit="0"), {"limit": toy.digits(0, 50)}),
    Fault(
        "limit-word",
        "listParcels/request/query/limit/type",
        _get(limit="abc"),
        wider(CHECKS, "limit", lambda text: text.isalpha()),
    ),
    Fault("limit-fraction", "listParcels/request/query/limit/type", _get(limit="1.5"), {"limit": toy.decimal(1, 50)}),
    Fault("offset-negative", "listParcels/request/query/offset/minimum", _get(offset="-1"), {"offset": toy.digits(-1)}),
    Fault("offset-from-one", "listParcels/request/query/offset/minimum", _get(offset="0"), {"offset": toy.digits(1)}),
    Fault(
        "state-any", "listParcels/request/query/state/*/enum", _get(state="lost"), {"state": lambda text: text != ""}
    ),
    Fault(
        "state-single",
        "listParcels/request/query/state/uniqueItems",
        _get(state="waiting,moving"),
        narrower(CHECKS, "state", lambda text: "," in text),
    ),
    Fault(
        "state-no-delivered",
        "listParcels/request/query/state/*/enum",
        _get(state="delivered"),
        narrower(CHECKS, "state", lambda t: "delivered" in t),
    ),
    Fault(
        "fragile-any",
        "listParcels/request/query/fragile/type",
        _get(fragile="maybe"),
        {"filter_fragile": lambda text: text != ""},
    ),
    Fault(
        "fragile-no-false",
        "listParcels/request/query/fragile/type",
        _get(fragile="false"),
        {"filter_fragile": toy.one_of("true")},
    ),
    Fault("since-any", "listParcels/request/query/since/format", _get(since="yesterday"), {"since": toy.anything}),
    Fault(
        "language-any",
        "showParcel/request/header/x-language/enum",
        _get(_ONE, {**_AUTHORISED, "x-language": "xx"}),
        {"language": bool},
    ),
    Fault(
        "language-no-fr",
        "showParcel/request/header/x-language/enum",
        _get(_ONE, {**_AUTHORISED, "x-language": "fr"}),
        {"language": toy.one_of("de", "en")},
    ),
)
_BODY = (
    Fault(
        "weight-zero",
        "createParcel/request/body/weight/exclusiveMinimum",
        _post(weight=0),
        {"weight": lambda v: _weight(v) and v * 2 == int(v * 2)},
    ),
    Fault(
        "weight-32",
        "createParcel/request/body/weight/maximum",
        _post(weight=32),
        wider(CHECKS, "weight", lambda v: v == 32),
    ),
    Fault(
        "weight-below-31.5",
        "createParcel/request/body/weight/maximum",
        _post(weight=31.5),
        narrower(CHECKS, "weight", lambda v: v == 31.5),
    ),
    Fault(
        "weight-step",
        "createParcel/request/body/weight/multipleOf",
        _post(weight=0.25),
        {"weight": lambda v: _weight(v) and v > 0},
    ),
    Fault(
        "weight-text",
        "createParcel/request/body/weight/type",
        _post(weight="2"),
        wider(CHECKS, "weight", lambda v: isinstance(v, str)),
    ),
    Fault(
        "weight-optional",
        "createParcel/request/body/weight/required",
        _send("POST", f"{BASE}/parcels", {"to": _DOOR}),
        {"draft": lambda names: "to" in names},
    ),
    Fault(
        "draft-open", "createParcel/request/body/additionalProperties", _post(colour=1), {"draft_known": toy.anything}
    ),
    Fault(
        "labels-empty",
        "createParcel/request/body/labels/minItems",
        _post(labels=[]),
        {"labels": toy.array(_LABEL, 0, 4, unique=True)},
    ),
    Fault(
        "labels-five",
        "createParcel/request/body/labels/maxItems",
        _post(labels=[f"AB{n}" for n in range(5)]),
        {"labels": toy.array(_LABEL, 1, 5, unique=True)},
    ),
    Fault(
        "labels-three",
        "createParcel/request/body/labels/maxItems",
        _post(labels=[f"AB{n}" for n in range(4)]),
        {"labels": toy.array(_LABEL, 1, 3, unique=True)},
    ),
    Fault(
        "labels-twins",
        "createParcel/request/body/labels/uniqueItems",
        _post(labels=["AB1", "AB1"]),
        {"labels": toy.array(_LABEL, 1, 4)},
    ),
    Fault(
        "labels-small-letters",
        "createParcel/request/body/labels/*/pattern",
        _post(labels=["ab1"]),
        {"labels": toy.array(toy.string(pattern="[A-Za-z]{2}[0-9]{1,3}"), 1, 4, unique=True)},
    ),
    Fault(
        "labels-four-digits",
        "createParcel/request/body/labels/*/pattern",
        _post(labels=["AB1234"]),
        {"labels": toy.array(toy.string(pattern="[A-Z]{2}[0-9]{1,4}"), 1, 4, unique=True)},
    ),
    Fault(
        "labels-first-only",
        "createParcel/request/body/labels/*/pattern",
        _post(labels=["AB1", "x"]),
        wider(
            CHECKS,
            "labels",
            lambda v: isinstance(v, list) and 1 < len(v) < 5 and _LABEL(v[0]) and isinstance(v[1], str),
        ),
    ),
    Fault(
        "note-41",
        "createParcel/request/body/note/maxLength",
        _post(note="n" * 41),
        {"note": toy.nullable(toy.string(0, 41))},
    ),
    Fault("note-not-null", "createParcel/request/body/note/type", _post(note=None), {"note": toy.string(0, 40)}),
    Fault(
        "fragile-text",
        "createParcel/request/body/fragile/type",
        _post(fragile="true"),
        wider(CHECKS, "fragile", lambda v: v in ("true", "false")),
    ),
    Fault(
        "insurance-free",
        "createParcel/request/body/insurance/*/minimum",
        _post(insurance={"EUR": 0}),
        {"insurance": toy.table(toy.integer(0), 0, 3)},
    ),
    Fault(
        "insurance-text",
        "createParcel/request/body/insurance/*/type",
        _post(insurance={"EUR": "x"}),
        {"insurance": toy.table(toy.anything, 0, 3)},
    ),
    Fault(
        "insurance-four",
        "createParcel/request/body/insurance/maxProperties",
        _post(insurance=dict.fromkeys("abcd", 1)),
        {"insurance": toy.table(toy.integer(1))},
    ),
    Fault(
        "route-six",
        "createParcel/request/body/route/maxItems",
        _post(route=[[[0, 0], [1, 1]]] * 6),
        {"route": toy.array(toy.array(_POINT, 2))},
    ),
    Fault(
        "route-short-leg",
        "createParcel/request/body/route/*/minItems",
        _post(route=[[[0, 0]]]),
        {"route": toy.array(toy.array(_POINT, 1), 0, 5)},
    ),
    Fault(
        "route-height",
        "createParcel/request/body/route/*/*/maxItems",
        _post(route=[[[0, 0, 5], [1, 1, 5]]]),
        {"route": toy.array(toy.array(toy.array(toy.number(-180, 180), 2, 3), 2), 0, 5)},
    ),
    Fault(
        "route-181",
        "createParcel/request/body/route/*/*/*/maximum",
        _post(route=[[[181, 0], [1, 1]]]),
        {"route": toy.array(toy.array(toy.array(toy.number(-360, 360), 2, 2), 2), 0, 5)},
    ),
    Fault(
        "kind-any",
        "createParcel/request/body/to/kind(locker)/enum",
        _post(to={"kind": "boat", "locker": 7}),
        {"kind": lambda v: isinstance(v, str)},
    ),
    Fault(
        "door-without-street",
        "createParcel/request/body/to/street(door)/required",
        _post(to={"kind": "door", "city": "Port"}),
        {"door": lambda names: names >= {"kind", "city"}},
    ),
    Fault(
        "door-open",
        "createParcel/request/body/to(door)/additionalProperties",
        _post(to={**_DOOR, "bell": 1}),
        {"door_known": toy.anything},
    ),
    Fault("door-refused", "createParcel/request/body/to/oneOf", _post(), {"kind": toy.one_of("locker")}),
    Fault(
        "street-short",
        "createParcel/request/body/to/street(door)/minLength",
        _post(to={**_DOOR, "street": "ab"}),
        {"street": toy.string(2, 60)},
    ),
    Fault(
        "floor-fraction",
        "createParcel/request/body/to/floor(door)/type",
        _post(to={**_DOOR, "floor": 1.5}),
        {"floor": toy.number(-2, 40)},
    ),
    Fault(
        "locker-refused", "createParcel/request/body/to(locker)/type", _post(to=_LOCKER), {"kind": toy.one_of("door")}
    ),
    Fault(
        "locker-10000",
        "createParcel/request/body/to/locker(locker)/maximum",
        _post(to={**_LOCKER, "locker": 10000}),
        {"locker": toy.integer(1, 10000)},
    ),
    Fault(
        "code-newline",
        "createParcel/request/body/to/code(locker)/pattern",
        _post(to={**_LOCKER, "code": "123456\n"}),
        {"code": toy.string(pattern="[0-9]{6}\n?")},
    ),
    Fault("change-nothing", "changeParcel/request/body/minProperties", _patch(), {"change": toy.anything}),
    Fault(
        "change-anything",
        "changeParcel/request/body/additionalProperties",
        _patch(weight=3),
        {"change_known": toy.anything},
    ),
)
_PROTOCOL = (
    Fault(
        "token-missing",
        "listParcels/authentication/missing",
        _get(headers={}),
        wider(CHECKS, "token", lambda header: header == ""),
    ),
    Fault(
        "token-any",
        "listParcels/authentication/wrong",
        _get(headers={"authorization": "Bearer x"}),
        {"token": lambda header: header.startswith("Bearer ")},
    ),
    Fault(
        "token-longer",
        "listParcels/authentication/wrong",
        _get(headers={"authorization": f"Bearer {TOKEN}x"}),
        {"token": lambda header: header.startswith(f"Bearer {TOKEN}")},
    ),
    Fault("unauthorised-403", "listParcels/authentication/missing", _get(headers={}), statuses={"unauthorised": 403}),
    Fault(
        "unauthorised-silent",
        "listParcels/response/401/header/www-authenticate/required",
        _get(headers={}),
        amend=everywhere(lambda r: r.with_header("WWW-Authenticate", None), 401),
    ),
    Fault(
        "unknown-500", "showParcel/path/parcel_id/unknown", _get(_ONE.replace("5b", "6b")), statuses={"unknown": 500}
    ),
    Fault(
        "depot-any", "countStock/request/path/depot/enum", _get(f"{BASE}/depots/moon/stock"), {"depot": toy.anything}
    ),
    Fault(
        "depot-json",
        "countStock/response/404/content-type",
        _get(f"{BASE}/depots/moon/stock"),
        amend=on("countStock", lambda r: replace(r, document={"problem": "x"}, media_type="application/json"), 404),
    ),
    Fault(
        "malformed-500",
        "createParcel/protocol/malformed-json",
        Request("POST", f"{BASE}/parcels", {}, {**_AUTHORISED, "content-type": "application/json"}, b"{"),
        statuses={"malformed": 500},
    ),
    Fault(
        "media-500",
        "createParcel/protocol/media-type",
        Request("POST", f"{BASE}/parcels", {}, _AUTHORISED, b"{}"),
        statuses={"media": 500},
    ),
    Fault("invalid-500", "createParcel/response/status/refusal", _post(weight=-1), statuses={"invalid": 500}),
    Fault(
        "parameter-200",
        "listParcels/request/query/limit/type",
        _get(limit="0"),
        statuses={"parameter": 200},
    ),
)
_ANSWERS = (
    Fault("created-200", "createParcel/response/status/success", _post(), statuses={"created": 200}),
    Fault(
        "removed-202",
        "withdrawParcel/response/status/success",
        Request("DELETE", _ONE, {}, _AUTHORISED),
        statuses={"removed": 202},
    ),
    Fault(
        "total-missing",
        "listParcels/response/200/header/x-total-count/required",
        _get(),
        amend=on("listParcels", lambda r: r.with_header("X-Total-Count", None)),
    ),
    Fault(
        "total-word",
        "listParcels/response/200/header/x-total-count/type",
        _get(),
        amend=on("listParcels", lambda r: r.with_header("X-Total-Count", "all")),
    ),
    Fault(
        "location-missing",
        "createParcel/response/201/header/location/required",
        _post(),
        amend=on("createParcel", lambda r: r.with_header("Location", None)),
    ),
    Fault(
        "location-elsewhere",
        "createParcel/response/201/header/location/pattern",
        _post(),
        amend=on("createParcel", lambda r: r.with_header("Location", "/")),
    ),
    Fault(
        "etag-missing",
        "showParcel/response/200/header/etag/required",
        _get(_ONE),
        amend=on("showParcel", lambda r: r.with_header("ETag", None)),
    ),
    Fault(
        "id-missing", "showParcel/response/200/body/id/required", _get(_ONE), amend=on("showParcel", without("id"), 200)
    ),
    Fault(
        "id-word", "createParcel/response/201/body/id/format", _post(), amend=with_members("createParcel", id="first")
    ),
    Fault(
        "state-lost",
        "showParcel/response/200/body/state/enum",
        _get(_ONE),
        amend=with_members("showParcel", state="lost"),
    ),
    Fault(
        "handed-in-time",
        "showParcel/response/200/body/handed_in/format",
        _get(_ONE),
        amend=with_members("showParcel", handed_in="2024-02-29T08:00:00Z"),
    ),
    Fault(
        "changed-at-local",
        "changeParcel/response/200/body/changed_at/format",
        _patch(note="a"),
        amend=with_members("changeParcel", changed_at="2024-03-01T08:00:00"),
    ),
    Fault(
        "shown-weight-text",
        "showParcel/response/200/body/weight/type",
        _get(_ONE),
        amend=with_members("showParcel", weight="2.5"),
    ),
    Fault(
        "shown-labels-null",
        "showParcel/response/200/body/labels/type",
        _get(_ONE),
        amend=with_members("showParcel", labels=None),
    ),
    Fault(
        "list-wrapped",
        "listParcels/response/200/body/type",
        _get(),
        amend=on("listParcels", lambda r: replace(r, document={"parcels": r.document}), 200),
    ),
    Fault(
        "list-without-to",
        "listParcels/response/200/body/*/to/required",
        _get(),
        amend=on(
            "listParcels",
            lambda r: replace(r, document=[{k: v for k, v in parcel.items() if k != "to"} for parcel in r.document]),
            200,
        ),
    ),
    Fault(
        "stock-negative",
        "countStock/response/200/body/*/minimum",
        _get(f"{BASE}/depots/hill/stock"),
        amend=with_members("countStock", large=-1),
    ),
    Fault(
        "stock-empty",
        "countStock/response/200/body/minProperties",
        _get(f"{BASE}/depots/hill/stock"),
        amend=on("countStock", lambda r: replace(r, document={}), 200),
    ),
    Fault(
        "shown-as-html",
        "showParcel/response/200/content-type",
        _get(_ONE),
        amend=on("showParcel", lambda r: replace(r, media_type="text/html"), 200),
    ),
    Fault(
        "shown-broken",
        "showParcel/response/200/body/json",
        _get(_ONE),
        amend=on("showParcel", lambda r: replace(r, document=json.dumps(r.document).encode()[:-1]), 200),
    ),
    Fault(
        "problem-missing",
        "showParcel/response/404/body/problem/required",
        _get(_ONE.replace("5b", "6b")),
        amend=on("showParcel", lambda r: replace(r, document={}), 404),
    ),
)

PARCELS = Toy("parcels.yaml", TOKEN, start, DECISIONS, (*_QUERY, *_BODY, *_PROTOCOL, *_ANSWERS))
