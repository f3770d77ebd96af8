"""Laws of the HTML report where a person meets it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement

from conformance.report.html import render
from conformance.verdict import Report
from tests.report import samples


def _open(browser: Chrome, folder: Path, given: Report | None = None, place: str = "") -> None:
    page = folder / "report.html"
    page.write_bytes(render(samples.shown(given)))
    browser.get("about:blank")  # a page that is open already is not opened again for another place in it
    browser.get(page.as_uri() + place)


def _shown(browser: Chrome) -> list[str]:
    """The ids of the requirements that can be seen."""
    rows = browser.find_elements(By.CSS_SELECTOR, "tr.requirement")
    return [row.get_attribute("id") or "" for row in rows if row.is_displayed()]


def _one(browser: Chrome, selector: str) -> WebElement:
    return browser.find_element(By.CSS_SELECTOR, selector)


def test_breaks_no_policy_of_its_own(browser: Chrome, tmp_path: Path) -> None:
    """The style and the script take effect under the page's own policy, and nothing is complained of."""
    _open(browser, tmp_path)

    assert _one(browser, "#filter").is_displayed()
    assert _one(browser, ".tiles").value_of_css_property("display") == "flex"
    assert browser.get_log("browser") == []  # type: ignore[no-untyped-call]


def test_filters_by_text_and_verdict(browser: Chrome, tmp_path: Path) -> None:
    """Typing shows the rows that hold the text; a box that is unticked hides a verdict; the number shown is told."""
    _open(browser, tmp_path)

    _one(browser, "#text").send_keys("64 characters")
    by_text = _shown(browser)
    told = _one(browser, "#shown").text
    _one(browser, "#text").clear()
    _one(browser, "#text").send_keys(" ")
    _one(browser, 'input[value="fail"]').click()

    assert by_text == [samples.NAME.id]
    assert told == "1 of 4 shown"
    assert samples.NAME.id not in _shown(browser)
    assert len(_shown(browser)) == 3


def test_a_link_to_a_requirement_opens_it(browser: Chrome, tmp_path: Path) -> None:
    """A failure can be pointed to: its row is open, its command can be read and copied."""
    _open(browser, tmp_path, place=f"#{samples.NAME.id}")

    assert _one(browser, "pre.curl").is_displayed()
    assert _one(browser, "pre.curl").text.startswith("curl -i -X PUT")
    assert _one(browser, ".evidence button").text == "Copy"


def test_what_fails_is_one_step_away(browser: Chrome, tmp_path: Path) -> None:
    """From the list at the top a person comes to the open row of a failure."""
    _open(browser, tmp_path)

    browser.find_element(By.LINK_TEXT, samples.NAME.id).click()

    assert _one(browser, "pre.curl").is_displayed()


@pytest.mark.parametrize("width", [360, 1280])
def test_fits_the_window(browser: Chrome, tmp_path: Path, width: int) -> None:
    """However long a word of a target is, the page needs no scrolling to the side."""
    long = samples.evidence(samples.exchange(answer=b"x" * 3000), observed="y" * 300)
    browser.set_window_size(width, 800)

    _open(browser, tmp_path, samples.report(replace(samples.FAILED, evidence=(long,))), f"#{samples.NAME.id}")

    wide = browser.execute_script("return document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0


def test_markup_of_a_target_is_shown_and_never_run(browser: Chrome, tmp_path: Path) -> None:
    """What a target answers stays text."""
    attack = "</pre><script>document.title = 'taken'</script><img src=x onerror=\"document.title='taken'\">"
    odd = samples.evidence(samples.exchange(answer=attack.encode()), observed=attack)

    _open(browser, tmp_path, samples.report(replace(samples.FAILED, evidence=(odd,))), f"#{samples.NAME.id}")

    assert browser.title == "Conformance: 1 failed of 1"
    assert attack in _one(browser, ".evidence dl").text
