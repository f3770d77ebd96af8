"""Responses: what is read from the bytes of a head and a body, and that nothing else can come of any bytes."""

from __future__ import annotations

import socket
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conformance.target.response import receive
from conformance.target.stream import Broken, Deadline, Stream
from conformance.wire import Response

LINES = st.sampled_from(
    [
        b"HTTP/1.1 200 OK\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\n",
        b"Content-Length: 3\r\n",
        b"Transfer-Encoding: chunked\r\n",
        b"Content-Encoding: gzip\r\n",
        b"Content-Encoding: deflate\r\n",
        b"Connection: close\r\n",
        b"\r\n",
        b"\n",
        b"3\r\nabc\r\n",
        b"0\r\n",
        zlib.compress(b"abc"),
    ]
)


def read(raw: bytes, method: str = "GET") -> tuple[Response, bool]:
    """What is received when those bytes come over a socket that is closed after them."""
    ours, theirs = socket.socketpair()
    stream = Stream(ours)
    try:
        with theirs:
            theirs.sendall(raw)
        stream.send(b"", Deadline.after(10.0))
        return receive(stream, method, 1000)
    finally:
        stream.close()


@pytest.mark.parametrize(("method", "status"), [("HEAD", "200 OK"), ("GET", "204 No Content"), ("GET", "304 Same")])
def test_without_body(method: str, status: str) -> None:
    """The answer to HEAD, and 204 and 304, end with the head, whatever length they announce."""
    response, persists = read(f"HTTP/1.1 {status}\r\nContent-Length: 5\r\n\r\n".encode(), method)

    assert (response.body, persists) == (b"", True)


def test_interim_responses_are_passed_over() -> None:
    """1xx answers precede the response and are not it."""
    interim = b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n"

    response, _ = read(interim + b"HTTP/1.1 201 Yes\r\n\r\n")

    assert (response.status, response.reason) == (201, "Yes")


def test_head_as_received() -> None:
    """Names keep their case, values lose the space around them, duplicates stay apart, bytes are latin-1."""
    response, _ = read(b"HTTP/1.1 200\r\nX-a:  1 \t\r\nx-A:\xe9\r\nX-Empty:\r\nContent-Length: 0\r\n\r\n")

    assert response.reason == ""
    assert response.headers == (("X-a", "1"), ("x-A", "\xe9"), ("X-Empty", ""), ("Content-Length", "0"))


@pytest.mark.parametrize(
    ("raw", "persists"),
    [
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;a=b\r\n{}\r\n03 \r\n123\r\n0\r\nX: 1\r\n\r\n", True),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\nContent-Length: 1\r\n\r\n5\r\n{}123\r\n0\r\n\r\n", False),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5, 5\r\n\r\n{}123", True),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: x, Close\r\n\r\n{}123", False),
        (b"HTTP/1.1 200 OK\r\n\r\n{}123", False),
        (b"HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\n{}123", False),
        (b"HTTP/1.0 200 OK\r\nContent-Length: 5\r\nConnection: keep-alive\r\n\r\n{}123", True),
    ],
)
def test_framing(raw: bytes, persists: bool) -> None:
    """Chunks, a length or the end of the connection frame a body, and decide whether another may follow."""
    response, kept = read(raw)

    assert (response.body, kept) == (b"{}123", persists)


@pytest.mark.parametrize(
    "line",
    [b"X-A : 1", b": 1", b"X-A", b" X-A: 1", b"X-A: \0", b"X-A: a\rb", b"X-A: a\nX-B: c", b"X A: 1", b"\xe9: 1"],
)
def test_what_is_no_header(line: bytes) -> None:
    """A line that HTTP does not allow in a head spoils the whole response; none is passed over."""
    with pytest.raises(Broken) as caught:
        read(b"HTTP/1.1 200 OK\r\n" + line + b"\r\nContent-Length: 0\r\n\r\n")

    assert caught.value.failure.kind == "malformed"


@settings(derandomize=True, max_examples=500, deadline=None)
@given(pieces=st.lists(LINES | st.binary(max_size=5), max_size=8))
def test_any_bytes(pieces: list[bytes]) -> None:
    """Of whatever bytes, there comes a response or a failure, never anything else."""
    try:
        response, _ = read(b"".join(pieces))
    except Broken:
        return

    assert 200 <= response.status <= 599
    assert len(response.body) <= 1000
