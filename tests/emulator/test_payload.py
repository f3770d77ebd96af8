"""Bodies: what is JSON, and what says so."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.emulator.payload import decoded, encoded, is_json


@pytest.mark.parametrize(
    "content_type",
    [
        None,
        "application/json",
        "Application/JSON",
        "application/json;charset=utf-8",
        "application/json; charset=UTF-8",
        'application/json; charset="utf-8"',
        "application/json ; version=1",
    ],
)
def test_json_is_announced(content_type: str | None) -> None:
    """JSON in UTF-8 may be announced in all forms of HTTP, or not at all."""
    assert is_json(content_type)


@pytest.mark.parametrize(
    "content_type",
    [
        *("", "text/plain", "application/xml", "application/jsonp", "application/json-patch+json", "json", "text/json"),
        *("application/json; charset=utf-16", "application/json; charset=iso-8859-1", "multipart/form-data"),
    ],
)
def test_something_else_is_announced(content_type: str) -> None:
    """Whatever else is announced is not read as JSON."""
    assert not is_json(content_type)


@pytest.mark.parametrize(
    ("raw", "document"),
    [
        (b'{"a": 1}', {"a": 1}),
        (b' \t\r\n{ "a" : [ ] } \n', {"a": []}),
        (b'{"a": 1, "a": 2}', {"a": 2}),
        ('"中😀"'.encode(), "中😀"),
        (b'"\\ud83d\\ude00"', "😀"),
        (b"12345678901234567890123", 12345678901234567890123),
        (b"1e2", 100.0),
    ],
)
def test_one_document(raw: bytes, document: Any) -> None:
    """One JSON document with white space around it is read; of a repeated member the last one counts."""
    assert decoded(raw) == document


NO_DOCUMENTS = [
    *(b"", b" ", b"{", b'{"a": 1', b'{"a" 1}', b"{'a': 1}", b'{"a": 1,}', b"[1,]", b"{} {}", b"{}x", b"{}]", b"nul"),
    *(b"NaN", b"Infinity", b"-Infinity", b'{"a": NaN}', b"01", b"+1", b".5", b"1.", b"0x10", b"// c\n{}"),
    *(b"\xef\xbb\xbf{}", b'"\xff"', b'"\xc3"', b'"\n"', b'"\\x"', b'"\\ud800"', b'{"\\udc00": 1}'),
    *("{}".encode("utf-16"), b"[" * 100_000, b"[" * 100_000 + b"]" * 100_000, b'{"a":' * 100_000, b"1" * 5000),
]


@pytest.mark.parametrize("raw", NO_DOCUMENTS)
def test_no_document(raw: bytes) -> None:
    """Whatever is not JSON in UTF-8 is a ValueError, however large and deep."""
    with pytest.raises(ValueError, match=r".*"):
        decoded(raw)


@pytest.mark.parametrize("document", [{"a": [1, "中😀\u2028\x7f\0<&\"'"]}, None, True, "x" * 100_000])
def test_written_and_read(document: Any) -> None:
    """What is written is read again as it was, and is ASCII on the wire."""
    raw = encoded(document)

    assert raw.isascii()
    assert decoded(raw) == document
