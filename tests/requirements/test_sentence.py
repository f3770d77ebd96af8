"""Laws of sentences: every keyword has one, and the contract's own words go first."""

from __future__ import annotations

import pytest

from conformance.requirement import Source
from conformance.requirements.derive import ASSERTIONS, of_contract
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
    ],
)
def test_sentences(schema: dict[str, object], ending: str, expected: str) -> None:
    """Numbers agree with their nouns, and an item is called an entry."""
    texts = [r.text for r in of_contract(read(posting(schema))) if r.id.endswith(ending)]

    assert texts == [expected]
