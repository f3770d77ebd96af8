"""Who asks: a token in X-Auth-Token, or a request signed with SDK-HMAC-SHA256."""

from __future__ import annotations

import hashlib
import hmac
import re
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, quote

from conformance.emulator import ACCESS_KEY, SECRET_KEY, TOKEN
from conformance.emulator.call import Call

_ALGORITHM = "SDK-HMAC-SHA256"
_AUTHORIZATION = re.compile(_ALGORITHM + r" Access=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})")
_CLOCK_SKEW = timedelta(minutes=15)


def authenticated(call: Call) -> bool:
    """Whether the token is right or, where none was sent, the signature is."""
    token = call.headers.get("x-auth-token")
    return signed(call) if token is None else token == TOKEN


def signed(call: Call, now: datetime | None = None) -> bool:
    """Whether the request carries a fresh signature of its own by the known key."""
    parts = _AUTHORIZATION.fullmatch(call.headers.get("authorization", ""))
    if parts is None or parts[1] != ACCESS_KEY:
        return False
    names = parts[2].split(";")
    date = call.headers.get("x-sdk-date", "")
    if "x-sdk-date" not in names or "host" not in names or not _fresh(date, now or datetime.now(UTC)):
        return False
    digest = hashlib.sha256(_canonical(call, names).encode()).hexdigest()
    expected = hmac.new(SECRET_KEY.encode(), f"{_ALGORITHM}\n{date}\n{digest}".encode(), hashlib.sha256)
    return hmac.compare_digest(expected.hexdigest(), parts[3])


def _fresh(date: str, now: datetime) -> bool:
    try:
        moment = datetime.strptime(date, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return False
    return abs(now - moment) <= _CLOCK_SKEW


def _canonical(call: Call, names: list[str]) -> str:
    path = "/".join(quote(part, safe="~") for part in call.target.split("/"))
    query = "&".join(f"{quote(key, safe='~')}={quote(value, safe='~')}" for key, value in _pairs(call.query))
    headers = "".join(f"{name}:{call.headers.get(name, '').strip()}\n" for name in names)
    return "\n".join((call.method, path.rstrip("/") + "/", query, headers, ";".join(names), _payload(call, names)))


def _pairs(query: str) -> list[tuple[str, str]]:
    return sorted(parse_qsl(query, keep_blank_values=True))


def _payload(call: Call, names: list[str]) -> str:
    if "x-sdk-content-sha256" in names and call.headers.get("x-sdk-content-sha256") == "UNSIGNED-PAYLOAD":
        return "UNSIGNED-PAYLOAD"
    return hashlib.sha256(call.raw).hexdigest()
