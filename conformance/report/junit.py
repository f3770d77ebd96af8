"""The report as JUnit XML: one test case per requirement, one more where the run is incomplete."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from conformance.report.document import Document, EvidenceEntry, RequirementEntry, SecondOpinionEntry
from conformance.report.opinion import heading, sentence, unexplained
from conformance.report.words import by_operation, comparison, fails, legible, origin

_BODY_LIMIT = 4_000  # characters: CI servers show a failure's text whole, the JSON report has all of it


def render(document: Document) -> bytes:
    """UTF-8 XML of one <testsuite> per operation, within <testsuites>."""
    root = Element("testsuites", name="conformance", time=f"{document['run']['seconds']:.3f}")
    for operation, entries in by_operation(document["requirements"]).items():
        suite = SubElement(root, "testsuite", name=legible(operation), timestamp=document["run"]["started"])
        for entry in entries:
            _case(suite, entry, strict=document["run"]["strict"])
        _second_opinion(suite, operation, document["second_opinion"])
    if not document["run"]["complete"]:
        _incomplete(root, document)
    for suite in root:
        _count(suite)
    _total(root)
    indent(root)
    content: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return content + b"\n"


def _case(suite: Element, entry: RequirementEntry, *, strict: bool) -> None:
    case = SubElement(suite, "testcase", classname=legible(entry["operation"]), name=legible(entry["id"]), time="0")
    if fails(entry, strict=strict):
        _outcome(case, "failure", entry["text"], _account(entry))
        return
    match entry["verdict"]:
        case "error":
            _outcome(case, "error", entry["detail"] or "a defect of this program", _account(entry))
        case "unproven":
            SubElement(case, "skipped", message=legible(_why(entry)))
        case "noted":
            SubElement(case, "system-out").text = legible(_account(entry))


def _second_opinion(suite: Element, operation: str, opinion: SecondOpinionEntry | None) -> None:
    """What no requirement explains is written down, and is no test."""
    findings = [finding for finding in unexplained(opinion) if finding["operation"] == operation]
    if opinion is not None and findings:
        said = [line for finding in findings for line in (sentence(finding), finding["curl"][:_BODY_LIMIT])]
        SubElement(suite, "system-out").text = legible("\n".join([heading(opinion), *said]))


def _outcome(case: Element, tag: str, message: str, text: str) -> None:
    SubElement(case, tag, message=legible(message), type=tag).text = legible(text)


def _incomplete(root: Element, document: Document) -> None:
    """A run that concluded too little is green nowhere, not even where only this file is read."""
    suite = SubElement(root, "testsuite", name="run", timestamp=document["run"]["started"])
    case = SubElement(suite, "testcase", classname="run", name="complete", time="0")
    sentence = document["run"]["incomplete"] or "the run is incomplete"
    _outcome(case, "error", sentence, "\n".join([sentence, *document["run"]["notices"]]))


def _why(entry: RequirementEntry) -> str:
    return ": ".join(part for part in (entry["reason"], entry["detail"]) if part)


def _account(entry: RequirementEntry) -> str:
    heading = f"{entry['text']}   ({entry['level']}: {origin(entry['source'])})"
    why = [_why(entry)] if _why(entry) else []
    return "\n".join([heading, *why, *(line for item in entry["evidence"] for line in _evidence(item))])


def _evidence(item: EvidenceEntry) -> list[str]:
    lines = ["   ".join(comparison(item))]
    lines += [item["curl"]] if item["curl"] else []
    lines += [item["failure"]] if item["failure"] else []
    if item["response"] is not None:
        lines.append(f"{item['response']['status']} {item['response']['reason']}".rstrip())
        lines.append(item["response"]["body"] or "")
    return [line if len(line) <= _BODY_LIMIT else f"{line[:_BODY_LIMIT]}…" for line in lines if line]


def _count(suite: Element) -> None:
    suite.set("tests", str(len(suite.findall("testcase"))))
    for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(name, str(sum(case.find(tag) is not None for case in suite)))


def _total(root: Element) -> None:
    for name in ("tests", "failures", "errors", "skipped"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in root)))
