"""The curl line: read by a shell, it sends what was sent, and it shows no secret."""

from __future__ import annotations

import subprocess
from base64 import b64encode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conformance.target import Secrets
from conformance.target.curl import curl
from conformance.wire import Headers, Request

URL = "http://127.0.0.1:8080"
TOKEN = "conformance-token"
# Stands in for curl: prints its arguments, and what it is fed if it asks for that.
PRINTING = r"""curl() { printf '%s\0' "$@"; case "$*" in *'--data-binary @-'*) cat;; esac; }; """


def line(request: Request, *values: str) -> str:
    """The line for that request; the secrets are the token's unless given."""
    return curl(URL, request, Secrets(values or [TOKEN]))


def arguments(text: str) -> list[bytes]:
    """What a POSIX shell makes of the line: curl's arguments, then what it is fed."""
    environment = {"CONFORMANCE_TOKEN": TOKEN, "PATH": "/usr/bin:/bin", "LC_ALL": "C"}
    done = subprocess.run(["sh"], input=(PRINTING + text).encode(), capture_output=True, check=True, env=environment)
    assert done.stderr == b""
    return done.stdout.split(b"\0")


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        (Request("GET", "/v3/groups?limit=1&a=b"), f"curl -i '{URL}/v3/groups?limit=1&a=b'"),
        (Request("DELETE", "/a"), f"curl -i -X DELETE {URL}/a"),
        (Request("HEAD", "/a"), f"curl -i --head {URL}/a"),
        (Request("GET", "/a?b[0]={c}"), f"curl -i --globoff '{URL}/a?b[0]={{c}}'"),
        (Request("GET", "/a/../b"), f"curl -i --path-as-is {URL}/a/../b"),
        (Request("GET", "/a/%2E%2e"), f"curl -i --path-as-is {URL}/a/%2E%2e"),
        (
            Request("PUT", "/a", (("Content-Type", "application/json"), ("X-Auth-Token", TOKEN)), b'{"a": "it\'s"}'),
            "curl -i -X PUT -H 'Content-Type: application/json' -H \"X-Auth-Token: $CONFORMANCE_TOKEN\""  # noqa: ISC004
            f' -d \'{{"a": "it\'"\'"\'s"}}\' {URL}/a',
        ),
        (Request("POST", "/a", (), b""), f"curl -i -X POST -H Content-Type: -d '' {URL}/a"),
        (Request("POST", "/a", (), b"@a"), f"curl -i -X POST -H Content-Type: --data-raw @a {URL}/a"),
        (
            Request("POST", "/a", (), b"a\n\xff100%\\"),
            rf"printf 'a\012\377100%%\\' | curl -i -X POST -H Content-Type: --data-binary @- {URL}/a",
        ),
        (Request("GET", "/a", (("X-Empty", ""),)), f"curl -i -H 'X-Empty;' {URL}/a"),
        (Request("GET", "/a", (("X-A", "\xe9"),)), f"curl -i -H \"$(printf 'X-A: \\351')\" {URL}/a"),
        (
            Request("GET", "/a", (("Authorization", f"Bearer {TOKEN}"),)),
            f'curl -i -H "Authorization: Bearer $CONFORMANCE_TOKEN" {URL}/a',
        ),
        (
            Request("GET", "/a", (("Authorization", "Basic dXNlcjpwYXNz"),)),
            f"curl -i -H 'Authorization: Basic ***' {URL}/a",
        ),
        (Request("GET", "/a", (("X-Auth-Token", f"{TOKEN}x"),)), f"curl -i -H 'X-Auth-Token: ***' {URL}/a"),
        (Request("GET", "/a", (("X-Auth-Token", ""),)), f"curl -i -H 'X-Auth-Token;' {URL}/a"),
        (Request("GET", f"/a?api_key={TOKEN}"), f'curl -i "{URL}/a?api_key=$CONFORMANCE_TOKEN"'),
        (Request("GET", f"/{TOKEN}x!"), f"curl -i {URL}/\"$CONFORMANCE_TOKEN\"'x!'"),
        (
            Request("POST", "/", (("Content-Type", "a/b"),), f'{{"t": "{TOKEN}"}}'.encode()),
            f"curl -i -X POST -H 'Content-Type: a/b' -d '{{\"t\": \"'\"$CONFORMANCE_TOKEN\"'\"}}' {URL}/",
        ),
        (
            Request("POST", "/", (("Content-Type", "a/b"),), f"\0{TOKEN}".encode()),
            f"printf '\\000%s' \"$CONFORMANCE_TOKEN\" | curl -i -X POST -H 'Content-Type: a/b' --data-binary @- {URL}/",
        ),
    ],
)
def test_line(request_: Request, expected: str) -> None:
    """One line that says what curl would not do by itself, and refers to the token."""
    assert line(request_) == expected


@settings(derandomize=True, max_examples=60, deadline=None)
@given(
    body=st.binary(max_size=40) | st.text(max_size=20).map(lambda text: text.encode("utf-8", "replace")),
    value=st.text(
        st.characters(min_codepoint=1, max_codepoint=255, exclude_characters="\r\n"), min_size=1, max_size=20
    ),
)
def test_shell_gives_back_every_byte(body: bytes, value: str) -> None:
    """Whatever header and body were sent, a shell makes the same bytes of the line, which is one line."""
    given_: Headers = (("X-A", f"<{value}>"), ("Content-Type", "a/b"))

    text = line(Request("POST", "/", given_, body))
    words = arguments(text)

    assert "\n" not in text
    assert text.isprintable()
    assert words[4] == f"X-A: <{value}>".encode("latin-1")
    assert body == (words[8] if words[7] in (b"-d", b"--data-raw") else b"\0".join(words[10:]))


@pytest.mark.parametrize("body", [b"z" * 200_000, b"z" * 90_000])
def test_long_body_is_complete(body: bytes) -> None:
    """No body is cut, and none is too long for the shell's arguments."""
    words = arguments(line(Request("POST", "/", (), body)))

    assert body in words


def test_token_reaches_curl() -> None:
    """The shell puts the token where it was sent: header, query and body."""
    request = Request("POST", f"/?api_key={TOKEN}", (("X-Auth-Token", TOKEN),), f'["{TOKEN}$HOME`"]'.encode())

    text = line(request)

    assert TOKEN not in text
    assert f"X-Auth-Token: {TOKEN}".encode() in arguments(text)
    assert f'["{TOKEN}$HOME`"]'.encode() in arguments(text)
    assert f"{URL}/?api_key={TOKEN}".encode() in arguments(text)


def test_basic_credentials() -> None:
    """User and password are encoded by curl, if that is what the token is."""
    request = Request("GET", "/", (("Authorization", f"Basic {b64encode(b'user:pass').decode()}"),))

    assert line(request, "user:pass") == f'curl -i -u "$CONFORMANCE_TOKEN" {URL}/'
    assert line(request, "pass") == f"curl -i -H 'Authorization: Basic ***' {URL}/"


def test_other_secrets_are_masked() -> None:
    """Only the token has a variable; every other secret is three stars."""
    text = line(Request("GET", "/", (("X-Auth-Token", TOKEN), ("X-A", "second-secret"))), TOKEN, "second-secret")

    assert text == f"curl -i -H \"X-Auth-Token: $CONFORMANCE_TOKEN\" -H 'X-A: ***' {URL}/"
