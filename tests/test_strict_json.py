"""Laws of strict JSON: what is read, and what is not."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.strict_json import NOT_JSON, parsed


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"{}", {}),
        (b" [1, 2.5, null]\r\n", [1, 2.5, None]),
        ('"é"'.encode(), "é"),
        (b"0", 0),
    ],
)
def test_json(body: bytes, expected: Any) -> None:
    """One JSON document in UTF-8 is its value."""
    assert parsed(body) == expected


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"{}x",
        b"{} {}",
        b"NaN",
        b"[Infinity]",
        b"-Infinity",
        b'{"a": 1, "a": 1}',
        b'[{"a": 1, "a": 2}]',
        b'"\xe9"',
        b"\xef\xbb\xbf{}",
        "{}".encode("utf-16"),
        b"[" * 100_000,
        b"'a'",
        b"01",
    ],
)
def test_what_is_no_json(body: bytes) -> None:
    """Whatever is not exactly one JSON document is none: not cut short, not doubled, not in another encoding."""
    assert parsed(body) is NOT_JSON


def test_half_a_surrogate_pair_is_no_character() -> None:
    """What no character stands for is read as the replacement character; a whole pair stays what it is."""
    assert parsed(rb'{"a\ud800": ["\uDC00b", "\ud83d\ude00"]}') == {"a�": ["�b", "\U0001f600"]}


def test_what_stands_beside_half_a_pair_stays_what_it_is() -> None:
    """Numbers, truths and nothing beside a text that has to be mended are the same as elsewhere."""
    assert parsed(rb'["\uDC00"]') == ["�"]
    assert parsed(rb'{"a": "\ud800", "b": [1, 2.5, true, null, {}]}') == {"a": "�", "b": [1, 2.5, True, None, {}]}
