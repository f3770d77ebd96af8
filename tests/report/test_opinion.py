"""Laws of a second opinion in every view: what no requirement explains is shown, fails nothing, and hides the token."""

from __future__ import annotations

import json
from dataclasses import replace
from xml.etree.ElementTree import fromstring

import pytest

from conformance.report import html, junit, terminal
from conformance.report.opinion import remainder, sentence
from conformance.verdict import Report, SecondOpinion
from tests.report import samples

SAID = "updateAddressGroup: Server error, 3 times (got 200 OK): it broke on *** - badly"


def given(opinion: SecondOpinion | None = None) -> Report:
    """A report with a second opinion, and all that passed."""
    return replace(samples.report(samples.PASSED), second_opinion=opinion or samples.opinion())


def test_the_document_has_all_of_it() -> None:
    """Every finding is in the document, with its exchange and the command, and nothing of it fails the run."""
    seen = samples.shown(given())

    assert seen["second_opinion"] is not None
    assert [f["requirements"] for f in seen["second_opinion"]["findings"]] == [[], [samples.NAME.id]]
    first = seen["second_opinion"]["findings"][0]
    assert (first["times"], first["curl"].startswith("curl ")) == (3, True)
    assert seen["run"]["exit_code"] == 0
    assert samples.SECRET not in json.dumps(seen)


def test_without_one_there_is_none() -> None:
    """Where nobody else was asked, nothing is said of it."""
    seen = samples.shown(samples.report(samples.PASSED))

    assert seen["second_opinion"] is None
    assert "econd opinion" not in terminal.render(seen)
    assert b"econd opinion" not in html.render(seen)


def test_every_view_shows_what_is_not_explained() -> None:
    """Terminal, HTML and JUnit show the finding that no requirement explains, and not the other."""
    seen = samples.shown(given())

    views = [terminal.render(seen), html.render(seen).decode(), junit.render(seen).decode()]

    assert all("Second opinion (tool 1.2, 40 requests)" in view for view in views)
    assert all(SAID in view and "Too long" not in view for view in views)
    assert "1 more are about requirements" in views[0]
    assert samples.SECRET not in "".join(views)


def test_junit_has_no_test_of_it() -> None:
    """It is written down beside the tests of its operation, and counted nowhere."""
    suite = fromstring(junit.render(samples.shown(given())))[0]

    assert SAID in (suite.findtext("system-out") or "")
    assert (suite.get("tests"), suite.get("failures")) == ("1", "0")


@pytest.mark.parametrize(
    ("opinion", "said"),
    [
        (samples.opinion(), "1 more are about requirements, and counted there"),
        (replace(samples.opinion(), findings=samples.opinion().findings[:1]), ""),
        (replace(samples.opinion(), findings=()), "nothing that the requirements do not say"),
    ],
)
def test_the_rest_is_counted(opinion: SecondOpinion, said: str) -> None:
    """What is not listed is said in one line."""
    seen = samples.shown(given(opinion))["second_opinion"]

    assert seen is not None
    assert remainder(seen) == said


def test_a_long_message_is_shortened() -> None:
    """A line says the beginning; the document has all of it."""
    long = replace(samples.opinion().findings[0], message="x" * 500, times=1)
    seen = samples.shown(given(SecondOpinion("tool", 1, (long,))))["second_opinion"]

    assert seen is not None
    assert sentence(seen["findings"][0]) == f"updateAddressGroup: Server error (got 200 OK): {'x' * 200}…"
    assert len(seen["findings"][0]["message"]) == 500
