"""Laws of the HTML report, read back from the page."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser

from conformance.report.html import render
from conformance.verdict import Report
from tests.report import samples

_VOID = {"meta", "link", "br", "input"}


class Page(HTMLParser):
    """Elements of a page, its text by innermost element, and what was closed out of order."""

    def __init__(self, given: Report | None = None) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text: list[tuple[str, str]] = []
        self.misplaced: list[str] = []
        self._open: list[str] = []
        self.source = render(samples.shown(given)).decode("utf-8")
        self.feed(self.source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes the element."""
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Notes an element that is closed before those within it."""
        if not self._open or self._open.pop() != tag:
            self.misplaced.append(tag)

    def handle_data(self, data: str) -> None:
        """Notes the text."""
        self.text.append((self._open[-1] if self._open else "", data))

    def all(self, tag: str) -> list[dict[str, str]]:
        """Attributes of every element of a tag."""
        return [attributes for name, attributes in self.elements if name == tag]

    def texts(self, tag: str) -> list[str]:
        """Text directly within a tag."""
        return [text for name, text in self.text if name == tag]


def test_is_well_formed() -> None:
    """Every element is closed where it should be."""
    assert Page().misplaced == []


def test_row_per_requirement() -> None:
    """Every requirement is a row with its id and verdict, its sentence, its source and its command."""
    page = Page()

    rows = [row for row in page.all("tr") if row.get("class") == "requirement"]

    assert {row["id"]: row["data-verdict"] for row in rows} == {
        result.requirement.id: result.verdict for result in samples.report().results
    }
    assert "a name has at most 64 characters" in page.texts("td")
    assert "VPC Table 3, name" in page.texts("dd")
    assert any(text.startswith("curl -i -X PUT") for text in page.texts("pre"))


def test_what_fails_stands_first() -> None:
    """Before the table, each failure is linked by its id; where none is, nothing is said."""
    failed = Page(samples.report(samples.FAILED, samples.PASSED))
    passed = Page(samples.report(samples.PASSED))

    assert [link["href"] for link in failed.all("a")] == [f"#{samples.NAME.id}"]
    assert passed.all("a") == []
    assert "What fails" not in passed.texts("h2")


def test_asks_nothing_of_any_server() -> None:
    """No element loads anything, and the page's own policy forbids it."""
    page = Page()

    sources = [
        attributes for tag, attributes in page.elements if tag != "a" and ("src" in attributes or "href" in attributes)
    ]
    policy = page.all("meta")[1]["content"]

    assert sources == [{"rel": "icon", "href": "data:,"}]
    assert policy.startswith("default-src 'none'")
    assert all(link["href"].startswith("#") for link in page.all("a"))
    assert "url(" not in page.texts("style")[0]


def test_policy_admits_its_own_script_and_style() -> None:
    """The policy's digests are those of what the page holds, and nothing is written inline elsewhere."""
    page = Page()

    digests = set(re.findall(r"'sha256-([^']+)'", page.all("meta")[1]["content"]))
    held = (page.texts("style")[0], page.texts("script")[0])

    assert digests == {b64encode(sha256(text.encode()).digest()).decode() for text in held}
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]
    assert not [attributes for _, attributes in page.elements if "style" in attributes]


def test_what_a_target_says_stays_text() -> None:
    """Markup in an answer is shown, never obeyed."""
    attack = "</pre><script>alert(1)</script><img src=x onerror=alert(1)>"
    odd = samples.evidence(samples.exchange(answer=attack.encode(), reason=attack), observed=attack)

    page = Page(samples.report(replace(samples.FAILED, evidence=(odd,), detail=attack)))

    assert len(page.all("script")) == 1
    assert page.all("img") == []
    assert any(attack in text for text in page.texts("pre"))


def test_usable_without_sight_or_script() -> None:
    """The page names its language, headers have scopes, inputs have labels, and the filter waits for its script."""
    page = Page()

    assert page.all("html") == [{"lang": "en"}]
    assert all("scope" in header for header in page.all("th"))
    assert len(page.all("label")) == len(page.all("input"))
    assert "hidden" in page.all("form")[0]
