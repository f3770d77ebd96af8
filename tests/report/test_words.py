"""Laws of the words that all views share."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conformance.report.words import legible, one_line, origin, place
from conformance.requirement import Requirement, Source
from tests.report import samples


@pytest.mark.parametrize(
    ("requirement", "expected"),
    [
        (samples.NAME, "body.address_group.name"),
        (samples.IDENTIFIER, "response body.address_group.id"),
        (samples.JSON_BODY, ""),
        (replace(samples.NAME, pointer="/body/ip_set/*"), "body.ip_set.*"),
        (replace(samples.NAME, pointer="/header/a~1b~0c"), "header.a/b~c"),
    ],
)
def test_place(requirement: Requirement, expected: str) -> None:
    """A pointer is shown with dots, unescaped; what is in an answer says so."""
    given = samples.report(replace(samples.PASSED, requirement=requirement))

    assert place(samples.shown(given)["requirements"][0]) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (Source("VPC", "Table 3", "name", "openapi.yaml:1"), "VPC Table 3, name"),
        (Source("VPC"), "VPC"),
        (Source("", place="openapi.yaml:1"), "openapi.yaml:1"),
    ],
)
def test_origin(source: Source, expected: str) -> None:
    """A source is its document, table and field; failing these, the place in the contract."""
    given = samples.report(replace(samples.PASSED, requirement=replace(samples.NAME, source=source)))

    assert origin(samples.shown(given)["requirements"][0]["source"]) == expected


def test_legible() -> None:
    """Letters of all scripts and emoji stay; what steers a reader becomes visible."""
    assert legible("né 中 😀\n\t") == "né 中 😀\n\t"
    assert legible("\x00\x1b\x9b\u202e\ud800\r") == r"\x00\x1b\x9b\u202e\ud800\r"
    assert one_line("a\nb\tc") == r"a\nb\tc"
