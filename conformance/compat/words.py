"""A comparison for people: on a terminal, as JSON, and as Markdown for a pull request."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from conformance.compat.attribute import brief
from conformance.compat.finding import CALLERS, COMPATIBLE, SERVERS, UNDECIDED, Comparison, Finding, Verdict

_MARKS = {CALLERS: "✗", SERVERS: "!", UNDECIDED: "?"}
_ORDER: tuple[Verdict, ...] = (CALLERS, UNDECIDED, SERVERS)
_HEADINGS = {
    CALLERS: "Breaking for callers",
    UNDECIDED: "Undecided",
    SERVERS: "Breaking for servers (callers are safe)",
}
WIDEST = 200  # characters of a witness in one line


def text(found: Comparison) -> str:
    """For a terminal: what breaks callers first, each finding with its witness."""
    lines = [f"{found.old} → {found.new}", ""]
    for verdict in _ORDER:
        findings = [each for each in found.findings if each.verdict == verdict]
        lines += [f"{_HEADINGS[verdict]} ({len(findings)})", *(_in_lines(findings)), ""] if findings else []
    return "\n".join([*lines, *_summary(found)]) + "\n"


def _in_lines(findings: list[Finding]) -> Iterator[str]:
    for each in findings:
        yield f"  {_MARKS[each.verdict]} {each.operation}  {each.place}  {each.keyword}"
        yield f"      {_line(each.text)}"
        if each.witness is not None:
            yield f"      {each.witness.kind}: {brief(each.witness.value, WIDEST)}"
            yield f"      {each.witness.said}"
        if each.requirements:
            yield f"      requirement: {', '.join(each.requirements)}"


def _line(words: str) -> str:
    return " ".join(words.split())


def _summary(found: Comparison) -> list[str]:
    counts = found.counts()
    said = [f"{number} {verdict}" for verdict, number in counts.items() if number]
    lines = [f"{found.verdict}: {', '.join(said) or 'no difference that matters'}"]
    more = f", {len(found.added)} new" if found.added else ""
    return [*lines, f"{found.operations} operations compared, {found.unchanged} without a finding{more}"]


def as_json(found: Comparison) -> str:
    """One JSON document; `format` says which form it has."""
    content = {
        "format": 1,
        "old": found.old,
        "new": found.new,
        "verdict": found.verdict,
        "summary": found.counts(),
        "operations": {"compared": found.operations, "unchanged": found.unchanged, "added": list(found.added)},
        "findings": [_entry(each) for each in found.findings],
    }
    return json.dumps(content, ensure_ascii=False, indent=2, default=str) + "\n"


def _entry(each: Finding) -> dict[str, object]:
    witness = each.witness
    return {
        "verdict": each.verdict,
        "operation": each.operation,
        "place": each.place,
        "keyword": each.keyword,
        "text": _line(each.text),
        "requirements": list(each.requirements),
        "witness": witness and {"kind": witness.kind, "value": witness.value, "said": witness.said},
    }


def markdown(found: Comparison) -> str:
    """For a pull request: the verdict, a table for each kind of finding, witnesses folded away."""
    lines = [f"### Contract: {found.verdict}", "", f"`{found.old}` → `{found.new}`", ""]
    for verdict in _ORDER:
        findings = [each for each in found.findings if each.verdict == verdict]
        lines += _table(verdict, findings) if findings else []
    return "\n".join([*lines, *_summary(found)[1:]]) + "\n"


def _table(verdict: Verdict, findings: list[Finding]) -> list[str]:
    lines = [f"**{_HEADINGS[verdict]}** ({len(findings)})", "", "| operation | place | what |", "|---|---|---|"]
    lines += [f"| `{_cell(each.operation)}` | `{_cell(each.place)}` | {_cell(each.text)} |" for each in findings]
    shown = [line for each in findings for line in _witness(each)]
    if shown:
        lines += ["", "<details><summary>Witnesses</summary>", "", *shown, "</details>"]
    return [*lines, ""]


def _witness(each: Finding) -> list[str]:
    if each.witness is None:
        return []
    value = json.dumps(each.witness.value, ensure_ascii=False, indent=2, default=str).replace("```", "`` `")
    return [f"`{each.operation}` {each.place}: {each.witness.said}", "", "```json", value, "```", ""]


def _cell(words: str) -> str:
    return _line(words).replace("|", "\\|")


FORMATS: dict[str, Callable[[Comparison], str]] = {"text": text, "json": as_json, "markdown": markdown}
EXIT: dict[Verdict, int] = {COMPATIBLE: 0, SERVERS: 0, CALLERS: 1, UNDECIDED: 3}
