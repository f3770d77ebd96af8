"""Laws of the JSON report."""

from __future__ import annotations

import json
from dataclasses import replace

from conformance.report.json import render
from tests.report import samples


def test_is_the_document() -> None:
    """What is parsed back is the document."""
    seen = samples.shown()

    content = render(seen)

    assert json.loads(content) == seen
    assert content.endswith(b"}\n")


def test_same_report_same_bytes() -> None:
    """The same report is written alike every time."""
    assert render(samples.shown()) == render(samples.shown())


def test_lone_surrogate() -> None:
    """Text that UTF-8 cannot encode is written as its JSON escape."""
    odd = replace(samples.FAILED, detail="half \ud83d of a pair")

    content = render(samples.shown(samples.report(odd)))

    assert json.loads(content.decode("utf-8"))["requirements"][0]["detail"] == "half \ud83d of a pair"
