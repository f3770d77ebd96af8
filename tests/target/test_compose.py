"""The bytes of a request: what is added, what is kept, what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conformance.errors import DefectError
from conformance.target.compose import compose, frames_itself
from conformance.wire import Request
from tests.target.exchanging import client, send
from tests.target.hostile import serving


def head(request: Request) -> list[bytes]:
    """The lines of the head that would be sent to h:1."""
    return compose(request, "h:1").partition(b"\r\n\r\n")[0].split(b"\r\n")


def test_sent_as_given() -> None:
    """Case, order and duplicates of headers and the bytes of the body go out as given, with what HTTP needs."""
    request = Request("PUT", "/a%20b?x=%00", (("x-B", "1"), ("X-a", "\xe9"), ("x-b", "")), b"\x00\xff\r\n")

    with serving("null-200") as server, client(server) as sender:
        send(sender, request)

    host = server.url.removeprefix("http://")
    assert list(server.requests) == [
        f"PUT /a%20b?x=%00 HTTP/1.1\r\nHost: {host}\r\nx-B: 1\r\nX-a: \xe9\r\nx-b: \r\n".encode("latin-1")
        + b"Accept-Encoding: identity\r\nContent-Length: 4\r\n\r\n\x00\xff\r\n"
    ]


@pytest.mark.parametrize("name", ["hOST", "accept-encoding", "content-LENGTH"])
def test_given_header_replaces_ours(name: str) -> None:
    """A header that the caller gives, in whatever case, is not added again."""
    lines = head(Request("POST", "/", ((name, "2"),), b"{}"))

    assert [line for line in lines if line.lower().startswith(name.lower().encode())] == [f"{name}: 2".encode()]


@pytest.mark.parametrize(("body", "lengths"), [(None, 0), (b"", 1)])
def test_no_body_and_empty_body_differ(body: bytes | None, lengths: int) -> None:
    """No body sends no Content-Length, an empty one sends 0."""
    assert head(Request("POST", "/", (), body)).count(b"Content-Length: 0") == lengths


@pytest.mark.parametrize(
    ("name", "own"), [("Content-length", True), ("transfer-encoding", True), ("Content-Type", False)]
)
def test_own_framing(name: str, own: bool) -> None:
    """A request with framing of its own gets none of ours."""
    request = Request("POST", "/", ((name, "2"),), b"{}")

    assert frames_itself(request) is own
    assert (b"Content-Length: 2" in head(request)) is not own


@pytest.mark.parametrize(
    "request_",
    [
        Request("GET", "/", (("X-A", "secret\r\nX-B: c"),)),
        Request("GET", "/", (("X-A", "secret\n"),)),
        Request("GET", "/", (("X-A", "secret\0"),)),
        Request("GET", "/", (("X-A", "secret\u0100"),)),
        Request("GET", "/", (("X-A: secret\r\nX-B", "c"),)),
        Request("GET", "/", (("X A", "secret"),)),
        Request("GET", "/", (("", "secret"),)),
        Request("GET", "secret"),
        Request("GET", "/secret path"),
        Request("GET", "/\xe9secret"),
        Request("GET", "/secret\r\nX-B: c"),
        Request("GET secret", "/"),
        Request("", "/secret"),
    ],
)
def test_what_http_cannot_carry_is_our_defect(request_: Request) -> None:
    """A request that would smuggle a line or break the head is refused, its text unrepeated."""
    with pytest.raises(DefectError) as caught:
        compose(request_, "h:1")

    assert "secret" not in str(caught.value)


@settings(derandomize=True, max_examples=300, deadline=None)
@given(names=st.lists(st.text(max_size=4), max_size=3), value=st.text(max_size=6), target=st.text(max_size=6))
def test_a_line_is_a_header(names: list[str], value: str, target: str) -> None:
    """Whatever is asked for, the head has the lines that belong to it and no other, or is refused."""
    request = Request("GET", f"/{target}", tuple((name, value) for name in names))

    try:
        lines = head(request)
    except DefectError:
        return

    given_ = [f"{name}: {value}".encode("latin-1") for name in names]
    assert lines == [f"GET /{target} HTTP/1.1".encode(), b"Host: h:1", *given_, b"Accept-Encoding: identity"]
