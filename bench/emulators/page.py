"""docs/emulators.md: a pure view of what `check` and `compare` say of each emulator."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from string import Template
from typing import Any, Final

from bench.emulators.outcome import Outcome

FAMILIES: Final = {
    "request": "requests: types, limits, patterns",
    "rule": "rules that prose states",
    "state": "state: what an update does",
    "rehearsal": "rehearsals",
    "response": "answers: schema, status, media type",
    "authentication": "authentication",
    "path": "unknown ids",
    "protocol": "protocol: JSON, media types, methods",
}
_MOST: Final = 12  # sentences per emulator


def page(template: str, outcomes: Sequence[Outcome]) -> str:
    """The template filled: what each gets wrong first, then the figures."""
    wrong = "\n\n".join(_wrong(each) for each in outcomes if _failed(each))
    return Template(template).substitute(wrong=wrong, figures=_figures(outcomes), families=_by_family(outcomes))


def _failed(each: Outcome) -> list[dict[str, Any]]:
    return [requirement for requirement in each.check["requirements"] if requirement["verdict"] == "fail"]


def _wrong(each: Outcome) -> str:
    failed = _failed(each)
    sentences = list(dict.fromkeys(_sentences(failed)))
    lines = [f"## What {each.mock} gets wrong\n", *(f"- {sentence}" for sentence in sentences[:_MOST])]
    if len(failed) > _MOST:
        lines.append(f"- and more: {len(failed)} requirements fail in all")
    return "\n".join(lines)


def _sentences(failed: Sequence[dict[str, Any]]) -> Iterator[str]:
    """The failing requirements, one of each family in turn: the families are what a reader wants to know of first."""
    families = [[each for each in failed if family(each["id"]) == name] for name in FAMILIES]
    for turn in range(max(map(len, families), default=0)):
        for group in families:
            if turn < len(group):
                yield _sentence(group[turn])


def _sentence(requirement: dict[str, Any]) -> str:
    evidence: dict[str, Any] = next(iter(requirement["evidence"]), {})
    text, observed = requirement["text"], _short(str(evidence.get("observed", "")))
    expected = str(evidence.get("expected", ""))
    wanted = f"expected {expected}, got " if expected != text else "got "
    return f"{requirement['operation']}: {text}; {wanted}`{observed}`" if observed else f"{text}"


def _short(text: str) -> str:
    clean = " ".join(text.replace("`", "'").split())
    return clean if len(clean) <= 80 else f"{clean[:79]}…"


def family(requirement: str) -> str:
    """The family of a requirement, by its id."""
    return requirement.split("/")[1]


def _figures(outcomes: Sequence[Outcome]) -> str:
    lines = [
        "| emulator | version | pass | fail | unproven | statuses as ours | answers as ours | contested as ours |",
        "|---|---|--:|--:|--:|--:|--:|--:|",
    ]
    for each in outcomes:
        summary, fidelity = each.check["summary"], each.compare["fidelity"]
        figures = (fidelity["decisions"], fidelity["answers"], each.compare["contested"])
        cells = " | ".join(_figure(figure) for figure in figures)
        counts = f"{summary['pass']} | {summary['fail']} | {summary['unproven']}"
        lines.append(f"| {each.mock} | {each.version} | {counts} | {cells} |")
    return "\n".join(lines)


def _figure(figure: dict[str, int]) -> str:
    alike, compared = figure["alike"], figure["compared"]
    return f"{alike} of {compared} ({100 * alike / compared:.0f} %)" if compared else "none"


def _by_family(outcomes: Sequence[Outcome]) -> str:
    lines = [
        "| family | " + " | ".join(each.mock for each in outcomes) + " |",
        "|---|" + "--:|" * len(outcomes),
    ]
    counts = [_verdicts(each) for each in outcomes]
    for name, title in FAMILIES.items():
        cells = [_share(count[name, "pass"], count[name, "fail"]) for count in counts]
        lines.append(f"| {title} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _share(passed: int, failed: int) -> str:
    return f"{passed} of {passed + failed}" if passed + failed else ""


def _verdicts(each: Outcome) -> Counter[tuple[str, str]]:
    return Counter((family(requirement["id"]), requirement["verdict"]) for requirement in each.check["requirements"])
