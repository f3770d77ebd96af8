"""Laws of steps: what is read of an exchange."""

from __future__ import annotations

from dataclasses import replace

from conformance.judge.step import Step
from conformance.strict_json import NOT_JSON
from tests.judge.steps import exchange


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
