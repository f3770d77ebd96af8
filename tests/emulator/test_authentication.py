"""Signatures: whose they are, what they cover, and for how long."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from conformance.emulator import ACCESS_KEY, SECRET_KEY, TOKEN
from tests.emulator.talking import GROUP, GROUPS, JSON, Caller

BODY = b'{"address_group": {"name": "signed"}}'
EMPTY = hashlib.sha256(b"").hexdigest()


@dataclass(frozen=True)
class Signing:
    """How one signs, by the vendor's description of SDK-HMAC-SHA256; written without the emulator's own code."""

    access: str = ACCESS_KEY
    secret: str = SECRET_KEY
    method: str = "PUT"
    path: str = f"{GROUPS}/{GROUP}/"
    query: str = ""
    body: bytes = BODY
    age: timedelta = timedelta()
    names: tuple[str, ...] = ("content-type", "host", "x-sdk-date")
    algorithm: str = "SDK-HMAC-SHA256"
    extra: Mapping[str, str] = field(default_factory=dict)

    def headers(self, host: str) -> dict[str, str]:
        """The headers of a request that is signed so."""
        date = (datetime.now(UTC) - self.age).strftime("%Y%m%dT%H%M%SZ")
        headers = {"host": host, "x-sdk-date": date, "content-type": "application/json", **self.extra}
        lines = "".join(f"{name}:{headers[name]}\n" for name in self.names)
        payload = self.extra.get("x-sdk-content-sha256", hashlib.sha256(self.body).hexdigest())
        canonical = f"{self.method}\n{self.path}\n{self.query}\n{lines}\n{';'.join(self.names)}\n{payload}"
        told = f"{self.algorithm}\n{date}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
        signature = hmac.new(self.secret.encode(), told.encode(), hashlib.sha256).hexdigest()
        names = ";".join(self.names)
        authorization = f"{self.algorithm} Access={self.access}, SignedHeaders={names}, Signature={signature}"
        return {**headers, "authorization": authorization}


def put(caller: Caller, signing: Signing, target: str = f"{GROUPS}/{GROUP}", body: bytes = BODY) -> int:
    """The status of an update that is signed so."""
    headers = signing.headers(caller.url.removeprefix("http://"))
    return caller.send("PUT", target, body, headers).status


GOOD = Signing()


def test_signed(caller: Caller) -> None:
    """A request that is signed with the known key needs no token."""
    assert put(caller, GOOD) == 200
    assert caller.show()["name"] == "signed"


def test_query_is_signed_in_order(caller: Caller) -> None:
    """The query is covered, its parameters sorted and encoded."""
    target = f"{GROUPS}/{GROUP}?b=2%20x&a=%C3%A9"

    assert put(caller, replace(GOOD, query="a=%C3%A9&b=2%20x"), target) == 200
    assert put(caller, GOOD, target) == 401


def test_unsigned_payload(caller: Caller) -> None:
    """A body may be left out of the signature, if the signature says so."""
    left_out = {"x-sdk-content-sha256": "UNSIGNED-PAYLOAD"}
    said = replace(GOOD, extra=left_out, names=("host", "x-sdk-content-sha256", "x-sdk-date"))

    assert put(caller, said) == 200
    assert put(caller, replace(GOOD, extra=left_out)) == 401


@pytest.mark.parametrize(
    "signing",
    [
        replace(GOOD, access="AK2"),
        replace(GOOD, secret="SK2"),
        replace(GOOD, method="POST"),
        replace(GOOD, path=f"{GROUPS}/x/"),
        replace(GOOD, body=b"{}"),
        replace(GOOD, age=timedelta(minutes=16)),
        replace(GOOD, age=timedelta(minutes=-16)),
        replace(GOOD, names=("content-type", "host")),
        replace(GOOD, names=("content-type", "x-sdk-date")),
        replace(GOOD, algorithm="SDK-HMAC-SHA512"),
        replace(GOOD, extra={"x-auth-token": "wrong"}),
    ],
    ids=repr,
)
def test_signed_wrongly(caller: Caller, signing: Signing) -> None:
    """Another key, another request, an old date or a part left out is 401, as is a wrong token beside a signature."""
    assert put(caller, signing) == 401
    assert caller.show()["name"] != "signed"


@pytest.mark.parametrize("authorization", ["", "x", "SDK-HMAC-SHA256", "SDK-HMAC-SHA256 Access=AK", f"Bearer {TOKEN}"])
def test_no_signature(caller: Caller, authorization: str) -> None:
    """What is no signature is 401."""
    headers = {**JSON, "Authorization": authorization, "X-Sdk-Date": "never"}

    assert caller.send("PUT", f"{GROUPS}/{GROUP}", BODY, headers).status == 401


def test_empty_body_is_signed(caller: Caller) -> None:
    """A request without a body signs the empty one."""
    headers = replace(GOOD, method="GET", body=b"").headers(caller.url.removeprefix("http://"))

    assert hashlib.sha256(b"").hexdigest() == EMPTY
    assert caller.send("GET", f"{GROUPS}/{GROUP}", headers=headers).status == 200
