"""Parcel desks with one fault each."""

from __future__ import annotations

from dataclasses import replace

from tests.toys import toy
from tests.toys.fault import everywhere, narrower, on, wider
from tests.toys.parcels import BASE, CHECKS, DECISIONS, TOKEN, start
from tests.toys.parcels_answers import ANSWERS
from tests.toys.parcels_calls import AUTHORISED, DOOR, LABEL, LOCKER, ONE, POINT, get, patch, post, send, weight
from tests.toys.toy import Fault, Toy
from tests.toys.wire import Request

_QUERY = (
    Fault("limit-51", "listParcels/request/query/limit/maximum", get(limit="51"), {"limit": toy.digits(1, 51)}),
    Fault("limit-49", "listParcels/request/query/limit/maximum", get(limit="50"), {"limit": toy.digits(1, 49)}),
    Fault("limit-0", "listParcels/request/query/limit/minimum", get(limit="0"), {"limit": toy.digits(0, 50)}),
    Fault(
        "limit-word",
        "listParcels/request/query/limit/type",
        get(limit="abc"),
        wider(CHECKS, "limit", lambda text: text.isalpha()),
    ),
    Fault("limit-fraction", "listParcels/request/query/limit/type", get(limit="1.5"), {"limit": toy.decimal(1, 50)}),
    Fault("offset-negative", "listParcels/request/query/offset/minimum", get(offset="-1"), {"offset": toy.digits(-1)}),
    Fault("offset-from-one", "listParcels/request/query/offset/minimum", get(offset="0"), {"offset": toy.digits(1)}),
    Fault("state-any", "listParcels/request/query/state/*/enum", get(state="lost"), {"state": lambda text: text != ""}),
    Fault(
        "state-single",
        "listParcels/request/query/state/uniqueItems",
        get(state="waiting,moving"),
        narrower(CHECKS, "state", lambda text: "," in text),
    ),
    Fault(
        "state-no-delivered",
        "listParcels/request/query/state/*/enum",
        get(state="delivered"),
        narrower(CHECKS, "state", lambda t: "delivered" in t),
    ),
    Fault(
        "fragile-any",
        "listParcels/request/query/fragile/type",
        get(fragile="maybe"),
        {"filter_fragile": lambda text: text != ""},
    ),
    Fault(
        "fragile-no-false",
        "listParcels/request/query/fragile/type",
        get(fragile="false"),
        {"filter_fragile": toy.one_of("true")},
    ),
    Fault("since-any", "listParcels/request/query/since/format", get(since="yesterday"), {"since": toy.anything}),
    Fault(
        "language-any",
        "showParcel/request/header/x-language/enum",
        get(ONE, {**AUTHORISED, "x-language": "xx"}),
        {"language": bool},
    ),
    Fault(
        "language-no-fr",
        "showParcel/request/header/x-language/enum",
        get(ONE, {**AUTHORISED, "x-language": "fr"}),
        {"language": toy.one_of("de", "en")},
    ),
)
_BODY = (
    Fault(
        "weight-zero",
        "createParcel/request/body/weight/exclusiveMinimum",
        post(weight=0),
        {"weight": lambda v: weight(v) and v * 2 == int(v * 2)},
    ),
    Fault(
        "weight-32",
        "createParcel/request/body/weight/maximum",
        post(weight=32),
        wider(CHECKS, "weight", lambda v: v == 32),
    ),
    Fault(
        "weight-below-31.5",
        "createParcel/request/body/weight/maximum",
        post(weight=31.5),
        narrower(CHECKS, "weight", lambda v: v == 31.5),
    ),
    Fault(
        "weight-step",
        "createParcel/request/body/weight/multipleOf",
        post(weight=0.25),
        {"weight": lambda v: weight(v) and v > 0},
    ),
    Fault(
        "weight-text",
        "createParcel/request/body/weight/type",
        post(weight="2"),
        wider(CHECKS, "weight", lambda v: isinstance(v, str)),
    ),
    Fault(
        "weight-optional",
        "createParcel/request/body/weight/required",
        send("POST", f"{BASE}/parcels", {"to": DOOR}),
        {"draft": lambda names: "to" in names},
    ),
    Fault(
        "draft-open", "createParcel/request/body/additionalProperties", post(colour=1), {"draft_known": toy.anything}
    ),
    Fault(
        "labels-empty",
        "createParcel/request/body/labels/minItems",
        post(labels=[]),
        {"labels": toy.array(LABEL, 0, 4, unique=True)},
    ),
    Fault(
        "labels-five",
        "createParcel/request/body/labels/maxItems",
        post(labels=[f"AB{n}" for n in range(5)]),
        {"labels": toy.array(LABEL, 1, 5, unique=True)},
    ),
    Fault(
        "labels-three",
        "createParcel/request/body/labels/maxItems",
        post(labels=[f"AB{n}" for n in range(4)]),
        {"labels": toy.array(LABEL, 1, 3, unique=True)},
    ),
    Fault(
        "labels-twins",
        "createParcel/request/body/labels/uniqueItems",
        post(labels=["AB1", "AB1"]),
        {"labels": toy.array(LABEL, 1, 4)},
    ),
    Fault(
        "labels-small-letters",
        "createParcel/request/body/labels/*/pattern",
        post(labels=["ab1"]),
        {"labels": toy.array(toy.string(pattern="[A-Za-z]{2}[0-9]{1,3}"), 1, 4, unique=True)},
    ),
    Fault(
        "labels-four-digits",
        "createParcel/request/body/labels/*/pattern",
        post(labels=["AB1234"]),
        {"labels": toy.array(toy.string(pattern="[A-Z]{2}[0-9]{1,4}"), 1, 4, unique=True)},
    ),
    Fault(
        "labels-first-only",
        "createParcel/request/body/labels/*/pattern",
        post(labels=["AB1", "x"]),
        wider(
            CHECKS,
            "labels",
            lambda v: isinstance(v, list) and 1 < len(v) < 5 and LABEL(v[0]) and isinstance(v[1], str),
        ),
    ),
    Fault(
        "note-41",
        "createParcel/request/body/note/maxLength",
        post(note="n" * 41),
        {"note": toy.nullable(toy.string(0, 41))},
    ),
    Fault("note-not-null", "createParcel/request/body/note/type", post(note=None), {"note": toy.string(0, 40)}),
    Fault(
        "fragile-text",
        "createParcel/request/body/fragile/type",
        post(fragile="true"),
        wider(CHECKS, "fragile", lambda v: v in ("true", "false")),
    ),
    Fault(
        "insurance-free",
        "createParcel/request/body/insurance/*/minimum",
        post(insurance={"EUR": 0}),
        {"insurance": toy.table(toy.integer(0), 0, 3)},
    ),
    Fault(
        "insurance-text",
        "createParcel/request/body/insurance/*/type",
        post(insurance={"EUR": "x"}),
        {"insurance": toy.table(toy.anything, 0, 3)},
    ),
    Fault(
        "insurance-four",
        "createParcel/request/body/insurance/maxProperties",
        post(insurance=dict.fromkeys("abcd", 1)),
        {"insurance": toy.table(toy.integer(1))},
    ),
    Fault(
        "route-six",
        "createParcel/request/body/route/maxItems",
        post(route=[[[0, 0], [1, 1]]] * 6),
        {"route": toy.array(toy.array(POINT, 2))},
    ),
    Fault(
        "route-short-leg",
        "createParcel/request/body/route/*/minItems",
        post(route=[[[0, 0]]]),
        {"route": toy.array(toy.array(POINT, 1), 0, 5)},
    ),
    Fault(
        "route-height",
        "createParcel/request/body/route/*/*/maxItems",
        post(route=[[[0, 0, 5], [1, 1, 5]]]),
        {"route": toy.array(toy.array(toy.array(toy.number(-180, 180), 2, 3), 2), 0, 5)},
    ),
    Fault(
        "route-181",
        "createParcel/request/body/route/*/*/*/maximum",
        post(route=[[[181, 0], [1, 1]]]),
        {"route": toy.array(toy.array(toy.array(toy.number(-360, 360), 2, 2), 2), 0, 5)},
    ),
    Fault(
        "kind-any",
        "createParcel/request/body/to/kind(locker)/enum",
        post(to={"kind": "boat", "locker": 7}),
        {"kind": lambda v: isinstance(v, str)},
    ),
    Fault(
        "door-without-street",
        "createParcel/request/body/to/street(door)/required",
        post(to={"kind": "door", "city": "Port"}),
        {"door": lambda names: names >= {"kind", "city"}},
    ),
    Fault(
        "door-open",
        "createParcel/request/body/to(door)/additionalProperties",
        post(to={**DOOR, "bell": 1}),
        {"door_known": toy.anything},
    ),
    Fault("door-refused", "createParcel/request/body/to/oneOf", post(), {"kind": toy.one_of("locker")}),
    Fault(
        "street-short",
        "createParcel/request/body/to/street(door)/minLength",
        post(to={**DOOR, "street": "ab"}),
        {"street": toy.string(2, 60)},
    ),
    Fault(
        "floor-fraction",
        "createParcel/request/body/to/floor(door)/type",
        post(to={**DOOR, "floor": 1.5}),
        {"floor": toy.number(-2, 40)},
    ),
    Fault("locker-refused", "createParcel/request/body/to(locker)/type", post(to=LOCKER), {"kind": toy.one_of("door")}),
    Fault(
        "locker-10000",
        "createParcel/request/body/to/locker(locker)/maximum",
        post(to={**LOCKER, "locker": 10000}),
        {"locker": toy.integer(1, 10000)},
    ),
    Fault(
        "code-newline",
        "createParcel/request/body/to/code(locker)/pattern",
        post(to={**LOCKER, "code": "123456\n"}),
        {"code": toy.string(pattern="[0-9]{6}\n?")},
    ),
    Fault("change-nothing", "changeParcel/request/body/minProperties", patch(), {"change": toy.anything}),
    Fault(
        "change-anything",
        "changeParcel/request/body/additionalProperties",
        patch(weight=3),
        {"change_known": toy.anything},
    ),
)
_PROTOCOL = (
    Fault(
        "token-missing",
        "listParcels/authentication/missing",
        get(headers={}),
        wider(CHECKS, "token", lambda header: header == ""),
    ),
    Fault(
        "token-any",
        "listParcels/authentication/wrong",
        get(headers={"authorization": "Bearer x"}),
        {"token": lambda header: header.startswith("Bearer ")},
    ),
    Fault(
        "token-longer",
        "listParcels/authentication/wrong",
        get(headers={"authorization": f"Bearer {TOKEN}x"}),
        {"token": lambda header: header.startswith(f"Bearer {TOKEN}")},
    ),
    Fault("unauthorised-403", "listParcels/authentication/missing", get(headers={}), statuses={"unauthorised": 403}),
    Fault(
        "unauthorised-silent",
        "listParcels/response/401/header/www-authenticate/required",
        get(headers={}),
        amend=everywhere(lambda r: r.with_header("WWW-Authenticate", None), 401),
    ),
    Fault("unknown-500", "showParcel/path/parcel_id/unknown", get(ONE.replace("5b", "6b")), statuses={"unknown": 500}),
    Fault("depot-any", "countStock/request/path/depot/enum", get(f"{BASE}/depots/moon/stock"), {"depot": toy.anything}),
    Fault(
        "depot-json",
        "countStock/response/404/content-type",
        get(f"{BASE}/depots/moon/stock"),
        amend=on("countStock", lambda r: replace(r, document={"problem": "x"}, media_type="application/json"), 404),
    ),
    Fault(
        "malformed-500",
        "createParcel/protocol/malformed-json",
        Request("POST", f"{BASE}/parcels", {}, {**AUTHORISED, "content-type": "application/json"}, b"{"),
        statuses={"malformed": 500},
    ),
    Fault(
        "media-500",
        "createParcel/protocol/media-type",
        Request("POST", f"{BASE}/parcels", {}, AUTHORISED, b"{}"),
        statuses={"media": 500},
    ),
    Fault("invalid-500", "createParcel/response/status/refusal", post(weight=-1), statuses={"invalid": 500}),
    Fault(
        "parameter-200",
        "listParcels/request/query/limit/type",
        get(limit="0"),
        statuses={"parameter": 200},
    ),
)

PARCELS = Toy("parcels.yaml", TOKEN, start, DECISIONS, (*_QUERY, *_BODY, *_PROTOCOL, *ANSWERS))
