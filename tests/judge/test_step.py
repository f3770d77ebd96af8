"""Laws of steps: what is read of an exchange."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from conformance.judge.step import NOT_JSON, Step, parsed
from tests.judge.steps import exchange


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


def test_an_exchange_without_an_answer() -> None:
    """A step without an answer has status 0, no headers and no body."""
    step = Step("show", {}, exchange(0))

    assert (step.status, step.headers, step.body) == (0, {}, NOT_JSON)


def test_headers_in_any_case() -> None:
    """Headers are found by their lower-cased names."""
    assert Step("show", {}, exchange(200, {}, {"X-Total": "2"})).headers["x-total"] == "2"


def test_a_step_that_knows_more() -> None:
    """What is learnt later stands in a new step; the rest, and what was read of the answer, is the old one's."""
    step = Step("show", {"path": {}}, exchange(200, {"a": 1}), "probe")
    body = step.body

    later = step.knowing(seen={"a": 1}, culprit=True)

    assert later == replace(step, seen={"a": 1}, culprit=True)
    assert later.body is body
    assert (step.seen, step.culprit) == (None, False)


def test_half_a_surrogate_pair_is_no_character() -> None:
    """What no character stands for is read as the replacement character; a whole pair stays what it is."""
    assert parsed(rb'{"a\ud800": ["\uDC00b", "\ud83d\ude00"]}') == {"a�": ["�b", "\U0001f600"]}


def test_what_stands_beside_half_a_pair_stays_what_it_is() -> None:
    """Numbers, truths and nothing beside a text that has to be mended are the same as elsewhere."""
    assert parsed(rb'["\uDC00"]') == ["�"]
    assert parsed(rb'{"a": "\ud800", "b": [1, 2.5, true, null, {}]}') == {"a": "�", "b": [1, 2.5, True, None, {}]}
