"""A comparison as one document, format 1, redacted; and as text for people."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from conformance.compare.comparison import Comparison, Figure
from conformance.compare.difference import Difference, Group
from conformance.compare.run import exit_code
from conformance.compare.side import Side
from conformance.report.words import one_line
from conformance.target.curl import curl
from conformance.target.secrets import MASK, Secrets
from conformance.wire import Request

_MEANINGS = {0: "alike", 1: "they differ", 3: "inconclusive"}


def document(comparison: Comparison, secrets: Secrets) -> dict[str, Any]:
    """Everything that was found, as plain values."""
    return {
        "format": 1,
        "run": {"exit_code": exit_code(comparison), "incomplete": _told(comparison.incomplete, secrets)},
        "reference": _side(comparison.reference, secrets),
        "candidate": _side(comparison.candidate, secrets),
        "fidelity": {
            "decisions": _figure(comparison.decisions),
            "answers": _figure(comparison.answers),
            "verdicts": _figure(comparison.verdicts),
            "operations": {name: _figure(each) for name, each in comparison.operations.items()},
        },
        "contested": _figure(comparison.contested),
        "differences": [_group(group, comparison, secrets) for group in comparison.groups],
        "reworded": comparison.wording,
        "left_out": dict(comparison.left_out),
        "volatile": list(comparison.volatile),
    }


def _told(text: str | None, secrets: Secrets) -> str | None:
    return None if text is None else secrets.redact(text)


def _side(side: Side, secrets: Secrets) -> dict[str, Any]:
    return {"name": secrets.redact(side.name), "fixtures": dict(side.fixtures), "cases": len(side.cases)}


def _figure(figure: Figure) -> dict[str, int]:
    return {"alike": figure.alike, "compared": figure.compared}


def _group(group: Group, comparison: Comparison, secrets: Secrets) -> dict[str, Any]:
    first = group.first
    one, other = group.verdicts
    made = {
        "kind": first.kind,
        "operation": first.operation,
        "requirement": first.requirement,
        "contested": first.contested,
        "cases": group.cases,
        "sent": secrets.redact(first.sent),
        "reference": {"says": secrets.redact(first.reference), "verdict": None if one is None else str(one)},
        "candidate": {"says": secrets.redact(first.candidate), "verdict": None if other is None else str(other)},
        "request": None,
        "curl": None,
    }
    side = comparison.reference if first.of_reference else comparison.candidate
    return made if first.request is None else made | _shown(first, first.request, side.name, secrets)


def _shown(first: Difference, request: Request, url: str, secrets: Secrets) -> dict[str, Any]:
    concealed = secrets.concealed(request)
    return {
        "request": {
            "method": concealed.method,
            "target": concealed.target,
            "body": None if concealed.body is None else concealed.body.decode("utf-8", "replace"),
        },
        "curl": curl(url, _repeatable(first, request, secrets), secrets) if "://" in url else None,
    }


def _repeatable(first: Difference, request: Request, secrets: Secrets) -> Request:
    """The request with the credential that its recording lacks, for whoever repeats it."""
    if secrets.token is None or "/authentication/" in first.requirement:
        return request
    headers = tuple((name, value.replace(MASK, str(secrets.token))) for name, value in request.headers)
    return replace(request, headers=headers)


def as_json(made: dict[str, Any]) -> bytes:
    """UTF-8, indented, ending in a newline."""
    return f"{json.dumps(made, ensure_ascii=False, indent=2)}\n".encode("utf-8", "backslashreplace")


def as_text(made: dict[str, Any]) -> str:
    """The differences by operation, then what they add up to."""
    blocks = [*_differences(made), list(_remarks(made)), list(_closing(made))]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _differences(made: dict[str, Any]) -> Iterator[list[str]]:
    for each in sorted(made["differences"], key=_rank):
        cases = f"{each['cases']} case{'' if each['cases'] == 1 else 's'}"
        contested = ", contested" if each["contested"] else ""
        place = each["requirement"].removeprefix(f"{each['operation']}/")
        yield [
            one_line(f"≠ {each['operation']}  {place}   ({cases}{contested})"),
            *(["      sent " + one_line(each["sent"])] if each["sent"] else []),
            f"      reference  {_said(each['reference'])}",
            f"      candidate  {_said(each['candidate'])}",
            *([f"      {one_line(each['curl'])[:2000]}"] if each["curl"] else []),
        ]


def _rank(difference: dict[str, Any]) -> tuple[str, bool, int]:
    """By operation; first what the verdicts tell apart, then statuses before answers."""
    alike = difference["reference"]["verdict"] == difference["candidate"]["verdict"]
    return difference["operation"], alike, ("decision", "answer", "verdict").index(difference["kind"])


def _said(side: dict[str, Any]) -> str:
    verdict = f"   ({side['verdict']})" if side["verdict"] else ""
    return one_line(f"{side['says']}{verdict}")


def _remarks(made: dict[str, Any]) -> Iterator[str]:
    for reason, count in made["left_out"].items():
        yield f"{count} cases are not compared: {reason}"
    if made["reworded"]:
        yield f"{made['reworded']} refusals say the same in other words"
    if made["volatile"]:
        yield f"{len(made['volatile'])} places differ between two answers of one target, and are not compared"


def _closing(made: dict[str, Any]) -> Iterator[str]:
    decisions, answers, verdicts = (made["fidelity"][name] for name in ("decisions", "answers", "verdicts"))
    contested = made["contested"]
    if decisions["compared"]:
        yield f"statuses  {_share(decisions)}"
        yield f"answers   {_share(answers)}"
    if verdicts["compared"]:
        yield f"verdicts  {_share(verdicts)}"
    if contested["compared"]:
        yield f"contested {_share(contested)}"
    code, missing = made["run"]["exit_code"], made["run"]["incomplete"]
    yield one_line(f"exit {code}: {_MEANINGS[code]}" + (f": {missing}" if missing else ""))


def _share(figure: dict[str, int]) -> str:
    alike, compared = figure["alike"], figure["compared"]
    share = f" ({100 * alike / compared:.1f} %)" if compared else ""
    return f"{alike} of {compared} alike{share}"
