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
    Fault("limit-51", ("query/limit",), _get(limit="51"), {"limit": toy.digits(1, 51)}),
    Fault("limit-49", ("query/limit",), _get(limit="50"), {"limit": toy.digits(1, 49)}),
    Fault("limit-0", ("query/limit",), _get(limit="0"), {"limit": toy.digits(0, 50)}),
    Fault("limit-word", ("query/limit",), _get(limit="abc"), wider(CHECKS, "limit", lambda text: text.isalpha())),
    Fault("limit-fraction", ("query/limit",), _get(limit="1.5"), {"limit": toy.decimal(1, 50)}),
    Fault("offset-negative", ("query/offset",), _get(offset="-1"), {"offset": toy.digits(-1)}),
    Fault("offset-from-one", ("query/offset",), _get(offset="0"), {"offset": toy.digits(1)}),
    Fault("state-any", ("query/state",), _get(state="lost"), {"state": lambda text: text != ""}),
    Fault(
        "state-single",
        ("query/state",),
        _get(state="waiting,moving"),
        narrower(CHECKS, "state", lambda text: "," in text),
    ),
    Fault(
        "state-no-delivered",
        ("query/state",),
        _get(state="delivered"),
        narrower(CHECKS, "state", lambda t: "delivered" in t),
    ),
    Fault("fragile-any", ("query/fragile",), _get(fragile="maybe"), {"filter_fragile": lambda text: text != ""}),
    Fault("fragile-no-false", ("query/fragile",), _get(fragile="false"), {"filter_fragile": toy.one_of("true")}),
    Fault("since-any", ("query/since",), _get(since="yesterday"), {"since": toy.anything}),
    Fault("language-any", ("x-language",), _get(_ONE, {**_AUTHORISED, "x-language": "xx"}), {"language": bool}),
    Fault(
        "language-no-fr",
        ("x-language",),
        _get(_ONE, {**_AUTHORISED, "x-language": "fr"}),
        {"language": toy.one_of("de", "en")},
    ),
)
_BODY = (
    Fault("weight-zero", ("weight",), _post(weight=0), {"weight": lambda v: _weight(v) and v * 2 == int(v * 2)}),
    Fault("weight-32", ("weight",), _post(weight=32), wider(CHECKS, "weight", lambda v: v == 32)),
    Fault("weight-below-31.5", ("weight",), _post(weight=31.5), narrower(CHECKS, "weight", lambda v: v == 31.5)),
    Fault("weight-step", ("weight",), _post(weight=0.25), {"weight": lambda v: _weight(v) and v > 0}),
    Fault("weight-text", ("weight",), _post(weight="2"), wider(CHECKS, "weight", lambda v: isinstance(v, str))),
    Fault(
        "weight-optional",
        ("weight",),
        _send("POST", f"{BASE}/parcels", {"to": _DOOR}),
        {"draft": lambda names: "to" in names},
    ),
    Fault("draft-open", ("additionalProperties",), _post(colour=1), {"draft_known": toy.anything}),
    Fault("labels-empty", ("labels",), _post(labels=[]), {"labels": toy.array(_LABEL, 0, 4, unique=True)}),
    Fault(
        "labels-five",
        ("labels",),
        _post(labels=[f"AB{n}" for n in range(5)]),
        {"labels": toy.array(_LABEL, 1, 5, unique=True)},
    ),
    Fault(
        "labels-three",
        ("labels",),
        _post(labels=[f"AB{n}" for n in range(4)]),
        {"labels": toy.array(_LABEL, 1, 3, unique=True)},
    ),
    Fault("labels-twins", ("labels",), _post(labels=["AB1", "AB1"]), {"labels": toy.array(_LABEL, 1, 4)}),
    Fault(
        "labels-small-letters",
        ("labels",),
        _post(labels=["ab1"]),
        {"labels": toy.array(toy.string(pattern="[A-Za-z]{2}[0-9]{1,3}"), 1, 4, unique=True)},
    ),
    Fault(
        "labels-four-digits",
        ("labels",),
        _post(labels=["AB1234"]),
        {"labels": toy.array(toy.string(pattern="[A-Z]{2}[0-9]{1,4}"), 1, 4, unique=True)},
    ),
    Fault(
        "labels-first-only",
        ("labels",),
        _post(labels=["AB1", "x"]),
        wider(
            CHECKS,
            "labels",
            lambda v: isinstance(v, list) and 1 < len(v) < 5 and _LABEL(v[0]) and isinstance(v[1], str),
        ),
    ),
    Fault("note-41", ("note",), _post(note="n" * 41), {"note": toy.nullable(toy.string(0, 41))}),
    Fault("note-not-null", ("note",), _post(note=None), {"note": toy.string(0, 40)}),
    Fault(
        "fragile-text", ("fragile",), _post(fragile="true"), wider(CHECKS, "fragile", lambda v: v in ("true", "false"))
    ),
    Fault(
        "insurance-free", ("insurance",), _post(insurance={"EUR": 0}), {"insurance": toy.table(toy.integer(0), 0, 3)}
    ),
    Fault(
        "insurance-text", ("insurance",), _post(insurance={"EUR": "x"}), {"insurance": toy.table(toy.anything, 0, 3)}
    ),
    Fault(
        "insurance-four",
        ("insurance",),
        _post(insurance=dict.fromkeys("abcd", 1)),
        {"insurance": toy.table(toy.integer(1))},
    ),
    Fault("route-six", ("route",), _post(route=[[[0, 0], [1, 1]]] * 6), {"route": toy.array(toy.array(_POINT, 2))}),
    Fault("route-short-leg", ("route",), _post(route=[[[0, 0]]]), {"route": toy.array(toy.array(_POINT, 1), 0, 5)}),
    Fault(
        "route-height",
        ("route",),
        _post(route=[[[0, 0, 5], [1, 1, 5]]]),
        {"route": toy.array(toy.array(toy.array(toy.number(-180, 180), 2, 3), 2), 0, 5)},
    ),
    Fault(
        "route-181",
        ("route",),
        _post(route=[[[181, 0], [1, 1]]]),
        {"route": toy.array(toy.array(toy.array(toy.number(-360, 360), 2, 2), 2), 0, 5)},
    ),
    Fault(
        "kind-any", ("kind", "oneOf"), _post(to={"kind": "boat", "locker": 7}), {"kind": lambda v: isinstance(v, str)}
    ),
    Fault(
        "door-without-street",
        ("street",),
        _post(to={"kind": "door", "city": "Port"}),
        {"door": lambda names: names >= {"kind", "city"}},
    ),
    Fault(
        "door-open",
        ("additionalProperties", "oneOf"),
        _post(to={**_DOOR, "bell": 1}),
        {"door_known": toy.anything},
    ),
    Fault("door-refused", ("to", "oneOf"), _post(), {"kind": toy.one_of("locker")}),
    Fault("street-short", ("street",), _post(to={**_DOOR, "street": "ab"}), {"street": toy.string(2, 60)}),
    Fault("floor-fraction", ("floor",), _post(to={**_DOOR, "floor": 1.5}), {"floor": toy.number(-2, 40)}),
    Fault("locker-refused", ("to", "oneOf", "locker"), _post(to=_LOCKER), {"kind": toy.one_of("door")}),
    Fault("locker-10000", ("locker",), _post(to={**_LOCKER, "locker": 10000}), {"locker": toy.integer(1, 10000)}),
    Fault(
        "code-newline",
        ("code",),
        _post(to={**_LOCKER, "code": "123456\n"}),
        {"code": toy.string(pattern="[0-9]{6}\n?")},
    ),
    Fault("change-nothing", ("minProperties",), _patch(), {"change": toy.anything}),
    Fault("change-anything", ("additionalProperties",), _patch(weight=3), {"change_known": toy.anything}),
)
_PROTOCOL = (
    Fault("token-missing", ("authentication",), _get(headers={}), wider(CHECKS, "token", lambda header: header == "")),
    Fault(
        "token-any",
        ("authentication",),
        _get(headers={"authorization": "Bearer x"}),
        {"token": lambda header: header.startswith("Bearer ")},
    ),
    Fault(
        "token-longer",
        ("authentication",),
        _get(headers={"authorization": f"Bearer {TOKEN}x"}),
        {"token": lambda header: header.startswith(f"Bearer {TOKEN}")},
    ),
    Fault("unauthorised-403", ("authentication", "401"), _get(headers={}), statuses={"unauthorised": 403}),
    Fault(
        "unauthorised-silent",
        ("www-authenticate",),
        _get(headers={}),
        amend=everywhere(lambda r: r.with_header("WWW-Authenticate", None), 401),
    ),
    Fault("unknown-500", ("parcel_id", "depot"), _get(_ONE.replace("5b", "6b")), statuses={"unknown": 500}),
    Fault("depot-any", ("depot",), _get(f"{BASE}/depots/moon/stock"), {"depot": toy.anything}),
    Fault(
        "depot-json",
        ("content-type",),
        _get(f"{BASE}/depots/moon/stock"),
        amend=on("countStock", lambda r: replace(r, document={"problem": "x"}, media_type="application/json"), 404),
    ),
    Fault(
        "malformed-500",
        ("protocol", "json"),
        Request("POST", f"{BASE}/parcels", {}, {**_AUTHORISED, "content-type": "application/json"}, b"{"),
        statuses={"malformed": 500},
    ),
    Fault(
        "media-500",
        ("media-type",),
        Request("POST", f"{BASE}/parcels", {}, _AUTHORISED, b"{}"),
        statuses={"media": 500},
    ),
    Fault("invalid-500", ("createParcel/request", "changeParcel/request"), _post(weight=-1), statuses={"invalid": 500}),
    Fault(
        "parameter-200",
        ("limit", "offset", "state", "since", "fragile", "parcel_id", "x-language"),
        _get(limit="0"),
        statuses={"parameter": 200},
    ),
)
_ANSWERS = (
    Fault("created-200", ("createParcel/response/status",), _post(), statuses={"created": 200}),
    Fault(
        "removed-202",
        ("withdrawParcel/response/status",),
        Request("DELETE", _ONE, {}, _AUTHORISED),
        statuses={"removed": 202},
    ),
    Fault(
        "total-missing",
        ("x-total-count",),
        _get(),
        amend=on("listParcels", lambda r: r.with_header("X-Total-Count", None)),
    ),
    Fault(
        "total-word",
        ("x-total-count",),
        _get(),
        amend=on("listParcels", lambda r: r.with_header("X-Total-Count", "all")),
    ),
    Fault(
        "location-missing", ("location",), _post(), amend=on("createParcel", lambda r: r.with_header("Location", None))
    ),
    Fault(
        "location-elsewhere",
        ("location",),
        _post(),
        amend=on("createParcel", lambda r: r.with_header("Location", "/")),
    ),
    Fault("etag-missing", ("etag",), _get(_ONE), amend=on("showParcel", lambda r: r.with_header("ETag", None))),
    Fault("id-missing", ("id",), _get(_ONE), amend=on("showParcel", without("id"), 200)),
    Fault("id-word", ("id",), _post(), amend=with_members("createParcel", id="first")),
    Fault("state-lost", ("state",), _get(_ONE), amend=with_members("showParcel", state="lost")),
    Fault(
        "handed-in-time", ("handed_in",), _get(_ONE), amend=with_members("showParcel", handed_in="2024-02-29T08:00:00Z")
    ),
    Fault(
        "changed-at-local",
        ("changed_at",),
        _patch(note="a"),
        amend=with_members("changeParcel", changed_at="2024-03-01T08:00:00"),
    ),
    Fault("shown-weight-text", ("weight",), _get(_ONE), amend=with_members("showParcel", weight="2.5")),
    Fault("shown-labels-null", ("labels",), _get(_ONE), amend=with_members("showParcel", labels=None)),
    Fault(
        "list-wrapped",
        ("listParcels/response/200",),
        _get(),
        amend=on("listParcels", lambda r: replace(r, document={"parcels": r.document}), 200),
    ),
    Fault(
        "list-without-to",
        ("listParcels/response/200",),
        _get(),
        amend=on(
            "listParcels",
            lambda r: replace(r, document=[{k: v for k, v in parcel.items() if k != "to"} for parcel in r.document]),
            200,
        ),
    ),
    Fault(
        "stock-negative",
        ("countStock/response/200",),
        _get(f"{BASE}/depots/hill/stock"),
        amend=with_members("countStock", large=-1),
    ),
    Fault(
        "stock-empty",
        ("countStock/response/200",),
        _get(f"{BASE}/depots/hill/stock"),
        amend=on("countStock", lambda r: replace(r, document={}), 200),
    ),
    Fault(
        "shown-as-html",
        ("content-type",),
        _get(_ONE),
        amend=on("showParcel", lambda r: replace(r, media_type="text/html"), 200),
    ),
    Fault(
        "shown-broken",
        ("json",),
        _get(_ONE),
        amend=on("showParcel", lambda r: replace(r, document=json.dumps(r.document).encode()[:-1]), 200),
    ),
    Fault(
        "problem-missing",
        ("problem", "404", "401"),
        _get(_ONE.replace("5b", "6b")),
        amend=everywhere(lambda r: replace(r, document={}), 404),
    ),
)

PARCELS = Toy("parcels.yaml", TOKEN, start, DECISIONS, (*_QUERY, *_BODY, *_PROTOCOL, *_ANSWERS))
