"""Secrets: wherever and however a credential is written, it is not shown; the rest is."""

from __future__ import annotations

import html
import json
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conformance.target import Secrets
from conformance.wire import Exchange, Failure, Headers, Request, Response

TOKEN = "conformance-token"
ENCODINGS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "upper": str.upper,
    "percent": quote,
    "percent all": lambda text: "".join(
        f"%{byte:02x}" if byte in b" /+~!'" else quote(bytes([byte])) for byte in text.encode()
    ),
    "form": quote_plus,
    "json": lambda text: json.dumps(text)[1:-1],
    "json unicode": lambda text: json.dumps(text, ensure_ascii=False)[1:-1],
    "json slash": lambda text: json.dumps(text)[1:-1].replace("/", "\\/"),
    "json for html": lambda text: json.dumps(text)[1:-1].replace("<", "\\u003c").replace("&", "\\u0026"),
    "html": html.escape,
    "base64": lambda text: b64encode(text.encode()).decode(),
    "base64 for urls": lambda text: urlsafe_b64encode(text.encode()).decode().rstrip("="),
}
BASE64_WITHIN = st.tuples(st.text("user:", max_size=5), st.text("more ", max_size=5))
ASCII = st.characters(min_codepoint=32, max_codepoint=126)


def shown(secrets: Secrets, request: Request, response: Response | None = None) -> tuple[Request, Response | None]:
    """What may be shown of an exchange."""
    exchange = secrets.redacted(Exchange(request, response, None, 0.0, 0.0))
    return exchange.request, exchange.response


def headers(secrets: Secrets, *given_: tuple[str, str]) -> Headers:
    """What may be shown of the headers of a request."""
    return shown(secrets, Request("GET", "/", given_))[0].headers


@pytest.mark.parametrize("encoding", ENCODINGS)
@settings(derandomize=True, max_examples=100, deadline=None)
@given(secret=st.text(ASCII | st.sampled_from("\u00e9\u20ac\U0001f511"), min_size=4, max_size=30))
def test_every_encoding_is_masked(encoding: str, secret: str) -> None:
    """A secret in an encoding of the wire is masked as a whole, and what stands around it is kept."""
    written = ENCODINGS[encoding](secret)

    redacted = Secrets([secret]).redact(f"\x01{written}\x01")

    assert redacted.rstrip("=\x01") == "\x01***"


@settings(derandomize=True, max_examples=300, deadline=None)
@given(secret=st.text(ASCII, min_size=9, max_size=30), around=BASE64_WITHIN)
def test_base64_of_more_than_the_secret(secret: str, around: tuple[str, str]) -> None:
    """Not a letter of the base64 of something that contains the secret is the secret's alone."""
    before, after = around
    written = b64encode((before + secret + after).encode()).decode()

    redacted = Secrets([secret]).redact(f"Basic {written}.")

    left = redacted.removeprefix("Basic ").removesuffix(".").replace("***", "")
    assert "***" in redacted
    assert len(left) <= len(before) * 4 // 3 + len(after) * 4 // 3 + 4


@settings(derandomize=True, max_examples=100, deadline=None)
@given(secrets=st.lists(st.text("abc", min_size=4, max_size=12), max_size=3), text=st.text("abc", max_size=40))
def test_no_secret_survives(secrets: list[str], text: str) -> None:
    """Secrets that overlap and contain each other are all gone."""
    redacted = Secrets(secrets).redact(text)

    assert not [secret for secret in secrets if secret in redacted]


@pytest.mark.parametrize(
    ("values", "text", "expected"),
    [
        ([], "all is shown", "all is shown"),
        ([""], "all is shown", "all is shown"),
        ([TOKEN], "the token", "the token"),
        ([TOKEN, "other-secret"], f"{TOKEN},other-secret", "***,***"),
        (["abcd", "abcdefgh"], "abcdefgh abcd", "*** ***"),
        (["user:pass-word"], "user gave pass-word", "user gave ***"),
        (["AK"], "MAKE AK", "MAKE AK"),
        (["AK"], "AK", "***"),
        (["AK"], "ak", "ak"),
    ],
)
def test_redact(values: list[str], text: str, expected: str) -> None:
    """Secrets go, the longest first; the rest stays; a short one is masked only where it is the whole text."""
    assert Secrets(values).redact(text) == expected


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("X-Auth-Token", TOKEN, "***"),
        ("x-auth-TOKEN", f"{TOKEN}x", "***"),
        ("X-Auth-Token", TOKEN[:-1], "***"),
        ("X-Auth-Token", "AK", "***"),
        ("X-Auth-Token", "", ""),
        ("X-Auth-Token", " ", " "),
        ("X-My-Key", "anything", "***"),
        ("Authorization", f"Bearer {TOKEN}", "Bearer ***"),
        ("Authorization", "bearer x", "bearer ***"),
        ("Authorization", "Bearer ", "Bearer "),
        ("Authorization", "Basic dXNlcjpwYXNz", "Basic ***"),
        ("Authorization", "SDK-HMAC-SHA256 Access=AK, Signature=0af3", "***"),
        ("X-Zone", "AK", "***"),
        ("X-Zone", "AKL", "AKL"),
        ("X-Note", f"it was {TOKEN}", "it was ***"),
        ("Cookie", "lang=en; session=abc; other=def", "lang=en; session=***; other=def"),
        ("Cookie", f"lang={TOKEN}", "lang=***"),
    ],
)
def test_headers(name: str, value: str, expected: str) -> None:
    """A carrier's value is masked whole, but not an empty one; of other headers only what is secret."""
    secrets = Secrets([TOKEN, "AK"], headers=["x-my-key"], cookies=["session"])

    assert headers(secrets, (name, value)) == ((name, expected),)


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("/a?limit=1", "/a?limit=1"),
        ("/a?", "/a?"),
        ("/a?&b", "/a?&b"),
        (f"/{TOKEN}/b?{TOKEN}", "/***/b?***"),
        ("/a?api_key=tok&limit=1", "/a?api_key=***&limit=1"),
        ("/a?api%5Fkey=tok", "/a?api%5Fkey=***"),
        ("/a?api_key=", "/a?api_key="),
        ("/a?my-key=variation&b=1", "/a?my-key=***&b=1"),
        (f"/a?note={TOKEN}%20x", "/a?note=***%20x"),
    ],
)
def test_target(target: str, expected: str) -> None:
    """Query parameters that carry credentials are masked whole, wherever else a secret stands it alone."""
    request, _ = shown(Secrets([TOKEN], queries=["my-key"]), Request("GET", target))

    assert request.target == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (None, None),
        (b"", b""),
        (b"AK", b"AK"),
        (b'{"password": "conformance-token"}', b'{"password": "***"}'),
        (b"\xff\xfeconformance-token\x00", b"\xff\xfe***\x00"),
    ],
)
def test_request_body(body: bytes | None, expected: bytes | None) -> None:
    """Secrets go from a body, too; every other byte stays, text or not."""
    request, _ = shown(Secrets([TOKEN, "AK"]), Request("PUT", "/", (), body))

    assert request.body == expected


def test_response() -> None:
    """What a target repeats of a credential, or gives out as one, is masked."""
    answer = Response(
        401, f"No {TOKEN}", (("Set-Cookie", "id=abc; Path=/"), ("X-Subject-Token", "new")), TOKEN.encode()
    )

    _, response = shown(Secrets([TOKEN]), Request("GET", "/"), answer)

    assert response == Response(401, "No ***", (("Set-Cookie", "id=***; Path=/"), ("X-Subject-Token", "***")), b"***")


@pytest.mark.parametrize(
    "request_",
    [
        Request("GET", "/", (("X-Auth-Token", "conformance-tokem"),)),
        Request("GET", "/", (("Authorization", "Bearer conformance-tokem"),)),
        Request("GET", "/", (("Authorization", f"Basic {b64encode(b'conformance-tokem').decode()}"),)),
        Request("GET", "/", (("Cookie", "a=b; session=conformance-tokem"),)),
        Request("GET", "/?api_key=conformance%2Dtokem"),
    ],
)
@pytest.mark.parametrize("known", [[], [TOKEN]])
def test_repeated_variation(request_: Request, known: list[str]) -> None:
    """A variation of the token that only this request carried is masked in its response as well."""
    secrets = Secrets(known, cookies=["session"])

    request, response = shown(secrets, request_, Response(401, "", (), b"conformance-tokem is not valid"))

    assert "tokem" not in str(request)
    assert response
    assert response.body == b"*** is not valid"


def test_failure() -> None:
    """A failure's sentence repeats no secret."""
    exchange = Exchange(Request("GET", "/"), None, Failure("malformed", f"it begins with {TOKEN}"), 1.0, 2.0)

    redacted = Secrets([TOKEN]).redacted(exchange)

    assert redacted == Exchange(Request("GET", "/"), None, Failure("malformed", "it begins with ***"), 1.0, 2.0)


def test_exchange_without_secrets_is_equal() -> None:
    """What has no secret in it is shown as it is."""
    exchange = Exchange(
        Request("PUT", "/a?b=c&d", (("X-A", "b"), ("Cookie", "a=b; c")), b'{"a": 1}'),
        Response(200, "OK", (("X-A", "b"),), b"\xff"),
        None,
        1.0,
        2.0,
    )

    assert Secrets([TOKEN]).redacted(exchange) == exchange


def test_token_is_the_first_value() -> None:
    """The token is the first value; where it stands unencoded, a stand-in may take its place."""
    request = Request("GET", f"/{TOKEN}", (("X-Auth-Token", TOKEN), ("X-Api-Key", TOKEN.upper()), ("X-A", "other")))

    concealed = Secrets(["", TOKEN, "other"]).concealed(request, "<token>")

    assert concealed.target == "/<token>"
    assert concealed.headers == (("X-Auth-Token", "<token>"), ("X-Api-Key", "***"), ("X-A", "***"))
