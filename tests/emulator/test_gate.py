"""What is refused before a body is looked at."""

from __future__ import annotations

import pytest

from conformance.emulator import PROJECT_ID, TOKEN
from tests.emulator.talking import GROUP, GROUPS, INSTANCES, JSON, RAW, READY, Caller

OTHER = "11111111-2222-4333-8444-555555555555"
RENAME = b'{"address_group": {"name": "renamed"}}'
ADDRESSES = [(f"{GROUPS}/{GROUP}", RENAME, "APIGW.0301"), (f"{INSTANCES}/{READY}/ip", b"{}", "iMetal.0003")]
WRONG = ["", " ", "x", TOKEN[:-1], TOKEN + "x", TOKEN.upper(), f"Bearer {TOKEN}", "null"]


@pytest.mark.parametrize("headers", [{}, *({"X-Auth-Token": token} for token in WRONG)])
@pytest.mark.parametrize(("path", "body", "code"), ADDRESSES)
def test_token(caller: Caller, path: str, body: bytes, code: str, headers: dict[str, str]) -> None:
    """Without the right token every operation is 401, and nothing is done."""
    before = caller.show(), caller.status()

    reply = caller.send("PUT", path, body, {**JSON, **headers})

    assert (reply.status, reply.body["error_code"]) == (401, code)
    assert isinstance(reply.body["error_msg"], str)
    assert (caller.show(), caller.status()) == before


def test_token_comes_before_everything(caller: Caller) -> None:
    """Who is not known learns nothing of what there is, nor of what is wrong with the request."""
    for path in (f"{GROUPS}/{OTHER}", f"/v3/{OTHER}/vpc/address-groups/{GROUP}"):
        assert caller.send("PUT", path, b"no json").status == 401


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        (f"{GROUPS}/{OTHER}", 404, "VPC.9904"),
        (f"{GROUPS}/{GROUP.upper()}", 404, "VPC.9904"),
        (f"{GROUPS}/nonsense", 400, "VPC.9901"),
        (f"{GROUPS}/{GROUP}%0A", 400, "VPC.9901"),
        (f"/v3/{OTHER}/vpc/address-groups/{GROUP}", 404, "VPC.9904"),
        (f"{INSTANCES}/{OTHER}/ip", 404, "iMetal.0200"),
        (f"{INSTANCES}/nonsense/ip", 404, "iMetal.0200"),
        (f"/v1/{OTHER}/instances/{READY}/ip", 404, "iMetal.0200"),
        (f"{GROUPS}/{GROUP}/", 404, "APIGW.0101"),
        (f"{GROUPS}/{GROUP}/x", 404, "APIGW.0101"),
        (f"{GROUPS}/", 404, "APIGW.0101"),
        (f"/v2/{PROJECT_ID}/vpc/address-groups/{GROUP}", 404, "APIGW.0101"),
        ("/", 404, "APIGW.0101"),
        ("/_conformance/fault", 404, "APIGW.0101"),
    ],
)
def test_unknown(caller: Caller, path: str, status: int, code: str) -> None:
    """What is not there is not found; what cannot be an id is said to be none."""
    reply = caller.put(path, RENAME)

    assert (reply.status, reply.body["error_code"]) == (status, code)


@pytest.mark.parametrize("method", ["POST", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE"])
@pytest.mark.parametrize("path", [f"{GROUPS}/{GROUP}", f"{INSTANCES}/{READY}/ip"])
def test_other_methods(caller: Caller, method: str, path: str) -> None:
    """A path has its own methods; the rest is 405, and says which."""
    reply = caller.send(method, path, RENAME, {"X-Auth-Token": TOKEN, **JSON})

    assert reply.status == 405
    assert "PUT" in reply.headers["allow"]


def test_address_of_an_instance_is_not_read(caller: Caller) -> None:
    """The GET of the page's example is a slip: the path is for PUT."""
    assert caller.get(f"{INSTANCES}/{READY}/ip").status == 405


@pytest.mark.parametrize("media", ["text/plain", "application/xml", "application/x-www-form-urlencoded"])
@pytest.mark.parametrize(("path", "body", "code"), ADDRESSES)
def test_other_media_types(caller: Caller, path: str, body: bytes, code: str, media: str) -> None:
    """A body that does not say that it is JSON is 415."""
    reply = caller.put(path, body, {"Content-Type": media})

    assert reply.status == 415
    assert reply.body["error_code"].split(".")[0] in ("VPC", code.split(".", maxsplit=1)[0])


NO_BODIES = [
    *(b"", b"  ", b"{", RENAME[:-1], RENAME + b"}", RENAME + RENAME, b"\xef\xbb\xbf" + RENAME, b"[" * 50_000),
    *(b"null", b"[]", b'"x"', b"1", b"\x00", RENAME.decode().encode("utf-16")),
]


@pytest.mark.parametrize("body", NO_BODIES)
@pytest.mark.parametrize("path", [f"{GROUPS}/{GROUP}", f"{INSTANCES}/{READY}/ip", f"{INSTANCES}/{RAW}/ip"])
def test_bodies_that_are_none(caller: Caller, path: str, body: bytes) -> None:
    """What is not one JSON object is 400, and nothing is done."""
    before = caller.show(), caller.status(), caller.status(RAW)

    reply = caller.put(path, body)

    assert reply.status == 400
    assert set(reply.body) >= {"error_code", "error_msg"}
    assert (caller.show(), caller.status(), caller.status(RAW)) == before


def test_compressed_body(caller: Caller) -> None:
    """A content coding is not understood."""
    assert caller.body(RENAME, {"Content-Encoding": "gzip"}).status == 415


def test_too_large_a_body(caller: Caller) -> None:
    """More than a gateway takes is 413; what it takes is read."""
    mebibyte = b" " * 1024 * 1024

    assert caller.body(mebibyte + RENAME).status == 200
    assert caller.body(mebibyte * 12 + RENAME).status == 413


def test_header_names_are_of_any_case(caller: Caller) -> None:
    """Header names are compared without case."""
    headers = {"x-AUTH-token": TOKEN, "CONTENT-type": "application/json"}

    assert caller.send("PUT", f"{GROUPS}/{GROUP}", RENAME, headers).status == 200


def test_error_objects(caller: Caller) -> None:
    """The error object of VPC has a request id, that of iMetal has none."""
    group, instance = caller.update({"name": "<"}), caller.modify({"vpc_id": 1})

    assert set(group.body) == {"request_id", "error_code", "error_msg"}
    assert set(instance.body) == {"error_code", "error_msg"}
    assert group.headers["x-request-id"] == group.body["request_id"]
    assert group.headers["content-type"] == instance.headers["content-type"] == "application/json"
