"""Laws of comparing the rules of `x-conformance`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.compat.contracts import body, compared, document

BED = {
    "type": "object",
    "properties": {"from": {"type": "integer"}, "to": {"type": "integer"}},
    "required": ["from", "to"],
}
ORDER = {
    "id": "from-before-to",
    "text": "a bed begins before it ends",
    "rule": "request.body.from < request.body.to",
    "satisfied": [{"request": {"body": {"from": 1, "to": 2}}}],
    "violated": [{"request": {"body": {"from": 2, "to": 1}}}],
}
ECHO = {
    "id": "begins-there",
    "text": "the answer begins where it was asked to",
    "rule": "response.body.from == request.body.from",
    "satisfied": [{"request": {"body": {"from": 1}}, "response": {"body": {"from": 1}}}],
    "violated": [{"request": {"body": {"from": 1}}, "response": {"body": {"from": 2}}}],
}


def ruled(schema: dict[str, Any] | None = None, /, **rules: list[dict[str, Any]]) -> dict[str, Any]:
    """A contract with rules at its operation."""
    found = document({**body(schema or BED), "x-conformance": rules})
    return {**found, "x-conformance": {"version": 1}}


def test_a_new_requirement_refuses_its_example(tmp_path: Path) -> None:
    """What violates the new rule was within the old contract: it is the witness."""
    (finding,) = compared(tmp_path, ruled(), ruled(requires=[ORDER])).findings

    assert finding.verdict == "breaking for callers"
    assert finding.witness is not None
    assert finding.witness.value["body"] == {"from": 2, "to": 1}
    assert finding.requirements == ("makeBed/rule/from-before-to",)


def test_a_requirement_that_goes_breaks_no_caller(tmp_path: Path) -> None:
    """Fewer refusals are a server's business."""
    assert compared(tmp_path, ruled(requires=[ORDER]), ruled()).verdict == "breaking for servers"


def test_a_rule_under_another_name_is_the_same(tmp_path: Path) -> None:
    """What counts is what a rule says, and neither its name nor its words."""
    renamed = {**ORDER, "id": "ordered", "text": "it ends later"}

    assert compared(tmp_path, ruled(requires=[ORDER]), ruled(requires=[renamed])).verdict == "compatible"


def test_a_requirement_that_the_schema_made_already(tmp_path: Path) -> None:
    """An example that the old schema refused proves nothing: undecided."""
    strict = {**BED, "properties": {"from": {"type": "integer", "maximum": 1}, "to": {"type": "integer", "minimum": 2}}}

    (finding,) = compared(tmp_path, ruled(strict), ruled(strict, requires=[ORDER])).findings

    assert finding.verdict == "undecided"


def test_a_promise_that_goes_breaks_callers(tmp_path: Path) -> None:
    """The answer that the old rule excluded may come now."""
    (finding,) = compared(tmp_path, ruled(ensures=[ECHO]), ruled()).findings

    assert finding.verdict == "breaking for callers"
    assert finding.witness is not None
    assert finding.witness.value["response"] == {"body": {"from": 2}}


def test_a_new_promise_binds_the_server(tmp_path: Path) -> None:
    """Callers lose nothing by it."""
    assert compared(tmp_path, ruled(), ruled(ensures=[ECHO])).verdict == "breaking for servers"


def test_a_weaker_promise_is_shown_by_its_example(tmp_path: Path) -> None:
    """What the new rule calls satisfied and the old one excludes is the witness."""
    weaker = {
        **ECHO,
        "rule": "response.body.from >= request.body.from",
        "satisfied": [{"request": {"body": {"from": 1}}, "response": {"body": {"from": 3}}}],
        "violated": [{"request": {"body": {"from": 1}}, "response": {"body": {"from": 0}}}],
    }

    (finding,) = compared(tmp_path, ruled(ensures=[ECHO]), ruled(ensures=[weaker])).findings

    assert finding.verdict == "breaking for callers"


def test_a_contested_rule_promises_nothing(tmp_path: Path) -> None:
    """Nobody is refused by a rule that is contested."""
    contested = {**ORDER, "level": "contested"}

    assert compared(tmp_path, ruled(), ruled(requires=[contested])).verdict == "compatible"
