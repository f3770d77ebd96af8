"""How a second opinion is said to people, alike in every view: what no requirement explains, and the rest counted."""

from __future__ import annotations

from conformance.report.document import OpinionEntry, SecondOpinionEntry
from conformance.report.words import one_line

_LONGEST = 200  # characters of what the tool says; the JSON report has all of it


def heading(opinion: SecondOpinionEntry) -> str:
    """Whose opinion it is, and what it is based on."""
    return f"Second opinion ({opinion['tool']}, {opinion['requests']} requests); it fails nothing by itself"


def unexplained(opinion: SecondOpinionEntry | None) -> list[OpinionEntry]:
    """The findings about which the contract says nothing."""
    return [] if opinion is None else [finding for finding in opinion["findings"] if not finding["requirements"]]


def sentence(finding: OpinionEntry) -> str:
    """A finding in one line."""
    times = f", {finding['times']} times" if finding["times"] > 1 else ""
    answer = finding["response"]
    got = f" (got {answer['status']} {answer['reason']}".rstrip() + ")" if answer is not None else ""
    said = one_line(" ".join(finding["message"].split()))
    said = said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…"
    return f"{one_line(finding['operation'])}: {one_line(finding['check'])}{times}{got}" + (f": {said}" if said else "")


def remainder(opinion: SecondOpinionEntry) -> str:
    """What becomes of the findings that are not listed."""
    others = len(opinion["findings"]) - len(unexplained(opinion))
    if others:
        return f"{others} more are about requirements, and counted there"
    return "" if opinion["findings"] else "nothing that the requirements do not say"
