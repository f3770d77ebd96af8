"""Content codings: undone, or refused in words."""

from __future__ import annotations

import gzip
import zlib

import pytest

from conformance.target.coding import decoded
from conformance.target.stream import Broken

RAW = zlib.compress(b"{}")[2:-4]


def gzipped(data: bytes) -> bytes:
    """The data in gzip, the same bytes at any time of the day."""
    return gzip.compress(data, mtime=0)


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("", b"{}"),
        ("identity", b"{}"),
        ("gzip", gzipped(b"{}")),
        (" X-GZip", gzipped(b"{}")),
        ("deflate", zlib.compress(b"{}")),
        ("deflate", RAW),
    ],
)
def test_decoded(coding: str, body: bytes) -> None:
    """Gzip and deflate, with zlib's wrapping or without, are undone, up to the limit and no further."""
    assert decoded(body, coding, 2) == b"{}"


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br"])
def test_nothing_is_decoded_to_nothing(coding: str) -> None:
    """An empty body is empty in every coding: it is that of a HEAD, or of a 304."""
    assert decoded(b"", coding, 2) == b""


@pytest.mark.parametrize(
    ("coding", "body", "kind"),
    [
        ("gzip", gzipped(b"{} "), "too-large"),
        ("deflate", zlib.compress(bytes(10**6)), "too-large"),
        ("gzip", b"{}", "malformed"),
        ("deflate", b"{}", "malformed"),
        ("gzip", gzipped(b"{}")[:-1], "malformed"),
        ("gzip", gzipped(b"{}") + b"more", "malformed"),
        ("br", b"{}", "malformed"),
        ("gzip, gzip", gzipped(gzipped(b"{}")), "malformed"),
    ],
)
def test_refused(coding: str, body: bytes, kind: str) -> None:
    """A bomb is too large; a broken coding, one cut or followed by more, and one never asked for are malformed."""
    with pytest.raises(Broken) as caught:
        decoded(body, coding, 2)

    assert caught.value.failure.kind == kind
