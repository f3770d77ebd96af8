"""Laws of the JUnit report, read back from the XML."""

from __future__ import annotations

from dataclasses import replace
from xml.etree.ElementTree import Element, fromstring

from conformance.report.junit import render
from conformance.verdict import Report
from tests.report import samples


def parsed(given: Report | None = None, *, strict: bool = False) -> Element:
    """The root of the XML that a report becomes."""
    return fromstring(render(samples.shown(given, strict=strict)))


def outcomes(root: Element) -> dict[str, list[str]]:
    """Elements within each test case, by its name."""
    return {case.get("name", ""): [child.tag for child in case] for case in root.iter("testcase")}


def test_one_case_per_requirement() -> None:
    """Every requirement is one test case of its operation, with the element of its verdict."""
    complete = samples.report(samples.FAILED, samples.PASSED, samples.NOTED, replace(samples.BLOCKED, mendable=False))

    root = parsed(complete)

    assert outcomes(root) == {
        samples.NAME.id: ["failure"],
        samples.IDENTIFIER.id: [],
        samples.BOTH_SETS.id: ["system-out"],
        samples.READY.id: ["skipped"],
    }
    assert [case.get("classname") for case in root.iter("testcase")] == [
        result.requirement.operation for result in complete.results
    ]


def test_counts() -> None:
    """Each suite counts its own cases, the root all of them."""
    root = parsed(samples.report(samples.FAILED, samples.PASSED, samples.BROKEN))

    counted = [
        {name: suite.get(name) for name in ("tests", "failures", "errors", "skipped")} for suite in (root, *root)
    ]

    assert counted == [
        {"tests": "3", "failures": "1", "errors": "1", "skipped": "0"},
        {"tests": "2", "failures": "1", "errors": "0", "skipped": "0"},
        {"tests": "1", "failures": "0", "errors": "1", "skipped": "0"},
    ]


def test_failure_says_what_was_seen() -> None:
    """A failure's text has the sentence, its source, what was sent and seen, and the command."""
    failure = parsed(samples.report(samples.FAILED, samples.PASSED)).find(".//failure")

    assert failure is not None
    assert failure.get("message") == "a name has at most 64 characters"
    assert (failure.text or "").splitlines() == [
        "a name has at most 64 characters   (documented: VPC Table 3, name)",
        "sent 65 characters   expected 4xx   got 200 OK",
        f"{samples.COMMAND}",
        "200 OK",
        '{"token": "***"}',
    ]


def test_skip_says_why() -> None:
    """An unproven requirement is skipped with its reason."""
    skipped = parsed().find(".//skipped")

    assert skipped is not None
    assert skipped.get("message") == "fixture: the fixture instance_id.not_ready is not given"


def test_incomplete_run_is_red() -> None:
    """A run that concluded too little has an error of its own, even if no requirement failed."""
    cut = samples.report(samples.PASSED, run=replace(samples.RUN, incomplete="the target is not reachable"))

    root = parsed(cut)

    assert outcomes(root)["complete"] == ["error"]
    assert root.get("errors") == "1"
    error = root.find(".//error")
    assert error is not None
    assert error.get("message") == "the target is not reachable"


def test_strict_departure_is_a_failure() -> None:
    """What fails the run fails here too."""
    departs = samples.report(samples.PASSED, replace(samples.NOTED, reason="departs"))

    tags = [outcomes(parsed(departs, strict=strict))[samples.BOTH_SETS.id] for strict in (False, True)]

    assert tags == [["system-out"], ["failure"]]


def test_characters_that_xml_forbids() -> None:
    """What XML cannot say stands as its escape; markup stays text."""
    odd = samples.evidence(samples.exchange(answer=b'<![CDATA[\x00]]>"&'), observed="200 \x1b[31mOK \ud800 \uffff")

    failure = parsed(samples.report(replace(samples.FAILED, evidence=(odd,)), samples.PASSED)).find(".//failure")

    assert failure is not None
    assert r"got 200 \x1b[31mOK \ud800 \uffff" in (failure.text or "")
    assert r'<![CDATA[\x00]]>"&' in (failure.text or "")


def test_huge_bodies_are_shortened() -> None:
    """A huge answer does not make a huge report."""
    huge = samples.evidence(samples.exchange(answer=b"x" * 1_000_000))

    content = render(samples.shown(samples.report(replace(samples.FAILED, evidence=(huge,)))))

    assert len(content) < 20_000
