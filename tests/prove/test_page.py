"""Laws of the matrix as a page."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser

from conformance.prove.page import render
from tests.prove.toys import CAUGHT, LENGTH, PATTERN, TYPE, matrix


class _Balance(HTMLParser):
    """Which elements are open."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag not in ("meta", "link", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_everything_is_told() -> None:
    """Every fault and every requirement is on the page, which is well-formed."""
    page = render(matrix()).decode()
    parser = _Balance()

    parser.feed(page)

    assert parser.open == []
    assert all(trial.fault.id in page and trial.fault.breaks in page for trial in matrix().trials)
    assert all(name in page for name in (TYPE, LENGTH, PATTERN))
    assert "Requirements without a fault (1)" in page


def test_nothing_but_its_own_style() -> None:
    """The page runs no script, asks no server, and its policy admits exactly its style."""
    page = render(matrix()).decode()

    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert style is not None
    assert f"sha256-{b64encode(sha256(style[1].encode()).digest()).decode()}" in page
    assert "<script" not in page
    assert "http:" not in page
    assert "https:" not in page


def test_words_of_a_server_are_text() -> None:
    """What a server says of its faults is never markup."""
    nasty = replace(CAUGHT, breaks="<script>alert(1)</script>", family='"><b>')
    trial = replace(matrix().trials[0], fault=nasty)

    page = render(replace(matrix(), trials=(trial,))).decode()

    assert "<script" not in page
    assert "<b>" not in page.replace("<b>1</b>", "").replace("<b>0</b>", "").replace("<b>2</b>", "")
