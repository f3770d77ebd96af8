"""Laws of sentences: every keyword has one, and the contract's own words go first."""

from __future__ import annotations

import pytest

from conformance.requirement import ASSERTIONS, Source
from conformance.requirements.derive import of_contract
from conformance.requirements.sentence import sentence
from conformance.requirements.site import sites
from tests.toy_contracts import CARDS, SHELVES, posting, read


@pytest.mark.parametrize("document", [CARDS, SHELVES], ids=["cards", "shelves"])
def test_every_requirement_has_one_line(document: dict[str, object]) -> None:
    """A requirement says in one line what it demands."""
    for requirement in of_contract(read(document)):
        assert requirement.text.strip()
        assert "\n" not in requirement.text


@pytest.mark.parametrize("keyword", ASSERTIONS)
def test_every_keyword_has_a_sentence(keyword: str) -> None:
    """A sentence names the member and what is demanded of it."""
    site = next(iter(sites({keyword: 3} if keyword not in ("enum", "oneOf", "anyOf") else {keyword: [3]}, Source("x"))))

    assert sentence(site, keyword, "size").startswith(("size ", "no entry of size"))


@pytest.mark.parametrize(
    ("schema", "ending", "expected"),
    [
        ({"type": "string", "maxLength": 1}, "/body/maxLength", "body has at most 1 character"),
        ({"type": "array", "minItems": 2}, "/body/minItems", "body has at least 2 entries"),
        ({"items": {"maximum": 7}}, "/body/*/maximum", "an entry of body is at most 7"),
        ({"required": ["a"]}, "/body/a/required", "a is present"),
        ({"enum": ["ä", None]}, "/body/enum", 'body is one of "ä", null'),
        ({"const": "ä"}, "/body/const", 'body is "ä"'),
        ({"type": ["array", "string", "null"]}, "/body/type", "body is an array or a string or null"),
        ({"type": "string", "format": "uuid"}, "/body/format", "body has the format uuid"),
        ({"pattern": "^a"}, "/body/pattern", "body matches ^a"),
        ({"x-conformance": {"text": "words"}, "pattern": "^a"}, "/body/pattern", "words"),
        ({"x-conformance": {"text": "words"}, "format": "uuid"}, "/body/format", "words"),
        ({"x-conformance": {"text": "words"}, "maxLength": 2}, "/body/maxLength", "body has at most 2 characters"),
        ({"exclusiveMinimum": 0}, "/body/exclusiveMinimum", "body is greater than 0"),
        ({"exclusiveMaximum": 0}, "/body/exclusiveMaximum", "body is less than 0"),
        ({"multipleOf": 3}, "/body/multipleOf", "body is a multiple of 3"),
        ({"maxItems": 1}, "/body/maxItems", "body has at most 1 entry"),
        ({"uniqueItems": True}, "/body/uniqueItems", "no entry of body stands twice"),
        ({"minProperties": 1}, "/body/minProperties", "body has at least 1 member"),
        ({"maxProperties": 0}, "/body/maxProperties", "body has at most 0 members"),
        ({"unevaluatedProperties": False}, "/unevaluatedProperties", "body has no members but those described"),
        ({"unevaluatedItems": False}, "/body/unevaluatedItems", "body has no entries but those described"),
        ({"anyOf": [{}, {}, {}]}, "/body/anyOf", "body fits one of the 3 alternatives"),
        ({"oneOf": [{}, {}]}, "/body/oneOf", "body fits exactly one of the 2 alternatives"),
        ({"not": {"const": 1}}, "/body/not", "body is none of the excluded values"),
        ({"contains": {"const": 1}}, "/body/contains", 'body satisfies contains: {"const": 1}'),
    ],
)
def test_sentences(schema: dict[str, object], ending: str, expected: str) -> None:
    """Numbers agree with their nouns, and an item is called an entry."""
    texts = [r.text for r in of_contract(read(posting(schema))) if r.id.endswith(ending)]

    assert texts == [expected]
