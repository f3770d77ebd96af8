"""Laws of media types: what is JSON, and what a range covers."""

from __future__ import annotations

import pytest

from conformance.media import allows, covers, essence, is_json, is_range, may_be_json


@pytest.mark.parametrize(
    ("media_type", "expected"),
    [
        ("application/json", True),
        ("Application/JSON; charset=utf-8", True),
        ("text/json", True),
        ("application/problem+json", True),
        ("application/vnd.github.v3+json", True),
        ("application/json-seq", False),
        ("application/x-ndjson", False),
        ("application/jsonl", False),
        ("text/plain", False),
        ("*/*", False),
        ("", False),
    ],
)
def test_one_json_document(media_type: str, expected: bool) -> None:
    """JSON has its own name, or the suffix of JSON; a sequence of documents is called otherwise."""
    assert is_json(media_type) is expected


def test_ranges() -> None:
    """A range covers what is in it, whatever its parameters and its case."""
    assert is_range("*/*")
    assert is_range("application/*")
    assert not is_range("application/json")
    assert covers("*/*", "image/png")
    assert covers("application/*", "Application/JSON; charset=utf-8")
    assert not covers("application/*", "text/json")
    assert not covers("application/json", "application/json-seq")
    assert may_be_json("*/*")
    assert not may_be_json("text/*")
    assert allows(["image/png", "text/*"], "text/plain")
    assert not allows([], "text/plain")


def test_without_parameters() -> None:
    """Of a media type its name counts."""
    assert essence(" Text/Plain ;charset=utf-8") == "text/plain"
