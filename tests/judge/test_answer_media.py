"""Laws of the media types of answers: what is read as JSON, as text, and not at all."""

from __future__ import annotations

import pytest

from tests.judge.test_answer import broken
from tests.toy_contracts import JSON, asking, only_operation


def test_other_documented_media_types() -> None:
    """A body of another documented media type is not read as JSON; a range allows every type in it."""
    content = {JSON: {"schema": {"type": "object"}}, "text/*": {"schema": {}}}
    operation = only_operation(asking(responses={"200": {"description": "x", "content": content}}))

    assert broken(b"hello", headers={"Content-Type": "text/plain"}, operation=operation) == []
    assert broken(b"hello", headers={"Content-Type": "image/png"}, operation=operation) != []


@pytest.mark.parametrize(("media", "named"), [("application/json", ["200/body/a/type"]), ("text/plain", [])])
def test_any_media_type_may_be_json(media: str, named: list[str]) -> None:
    """Where a contract gives one schema for every media type, an answer in JSON is judged by it; another is not."""
    schema = {"type": "object", "properties": {"a": {"type": "integer"}}}
    made = {"200": {"description": "It.", "content": {"*/*": {"schema": schema}}}}
    operation = only_operation(asking(responses=made))

    assert broken({"a": "b"}, operation=operation, headers={"Content-Type": media}) == named


def test_a_sequence_of_documents_is_no_document() -> None:
    """Lines of JSON are not read as one document."""
    made = {"200": {"description": "It.", "content": {"application/x-ndjson": {"schema": {"type": "object"}}}}}
    operation = only_operation(asking(responses=made))

    assert broken(b'{"a": 1}\n{"a": 2}\n', operation=operation, headers={"Content-Type": "application/x-ndjson"}) == []


def test_a_text_that_is_a_number() -> None:
    """An answer in plain text is read as the type that its schema wants."""
    made = {"200": {"description": "It.", "content": {"text/plain": {"schema": {"type": "integer", "minimum": 1}}}}}
    operation, plain = only_operation(asking(responses=made)), {"Content-Type": "text/plain"}

    assert broken(b"7", operation=operation, headers=plain) == []
    assert broken(b"0", operation=operation, headers=plain) == ["200/body/minimum"]
    assert broken(b"seven", operation=operation, headers=plain) == ["200/body/type"]
