"""docs/benchmarks.md: a template filled with a pure view of the trials."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import mean
from string import Template
from typing import Final

from bench.peers.tool import Tool
from bench.peers.trial import Trial

FEW: Final = 30  # faults; with fewer a share may be off by a fifth by chance alone


@dataclass(frozen=True, slots=True)
class Score:
    """What one tool did: faults `tried`, of which so many changed an answer to it, and which it `found`.

    `alarms` are the failures on the faithful server, `noise` what differed there between two runs.
    """

    tool: Tool
    tried: tuple[str, ...]
    told: int
    found: frozenset[str]
    alarms: int
    noise: int
    requests: float
    cpu: float
    seconds: float


def page(
    template: str, trials: Sequence[Trial], tools: Sequence[Tool], families: Mapping[str, str], order: Sequence[str]
) -> str:
    """The template filled with what all tools have tried; `order` is that of the faults."""
    sample = complete(trials, tools, order)
    scores = [score(trials, tool, sample) for tool in tools]
    return Template(template).substitute(
        better="\n".join(_better(scores)), table=_table(scores, len(order)), families=_by_family(scores, families)
    )


def complete(trials: Sequence[Trial], tools: Sequence[Tool], order: Sequence[str]) -> tuple[str, ...]:
    """The longest beginning of the order that every tool has tried."""
    done = {(trial.tool, trial.fault) for trial in trials}
    for number, fault in enumerate(order):
        if any((tool.name, fault) not in done for tool in tools):
            return tuple(order[:number])
    return tuple(order)


def score(trials: Sequence[Trial], tool: Tool, sample: Sequence[str]) -> Score:
    """One tool's figures over the sample; what it needs is the mean of its runs on the faithful server."""
    own = [trial for trial in trials if trial.tool == tool.name]
    faithful = sorted((trial for trial in own if not trial.fault), key=lambda trial: trial.attempt)
    known = {failure for trial in faithful for failure in trial.failures}
    faulty = [trial for trial in own if trial.fault in sample]
    found = frozenset(trial.fault for trial in faulty if set(trial.failures) - known)
    alarms = len(faithful[0].failures)
    needs = [mean(needed) for needed in zip(*((t.requests, t.cpu, t.seconds) for t in faithful), strict=True)]
    told = sum(trial.started for trial in faulty)
    return Score(tool, tuple(sample), told, found, alarms, len(known) - alarms, *needs)


def _better(scores: Sequence[Score]) -> Iterator[str]:
    ours = frozenset[str]().union(*(each.found for each in scores if each.tool.name.startswith("conformance")))
    for each in scores:
        for fault in sorted(each.found - ours):
            yield f"- {each.tool.name} found `{fault}`, and we did not."
    if all(each.found <= ours for each in scores):
        yield "- No fault of this sample was found by another tool and missed by us."
    least = min(scores, key=lambda each: each.requests)
    yield f"- {least.tool.name} needs {least.requests:.0f} requests, our quick profile {scores[0].requests:.0f}."


def _table(scores: Sequence[Score], known: int) -> str:
    tried = len(scores[0].tried)
    lines = [
        f"{tried} of {known} faults, spread evenly over the families.",
        f"Only {tried}: too few to rank by.\n" * (tried < FEW),
        "| tool | version | found | | told | false alarms | noise | requests | CPU | time |",
        "|---|---|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for each in scores:
        share = f"{100 * len(each.found) / tried:.0f} %" if tried else ""
        figures = f"{each.alarms} | {each.noise} | {each.requests:.0f} | {each.cpu:.1f} | {each.seconds:.0f}"
        found = f"{len(each.found)} | {share} | {each.told}"
        lines.append(f"| {each.tool.name} | {each.tool.version} | {found} | {figures} |")
    return "\n".join(lines)


def _by_family(scores: Sequence[Score], families: Mapping[str, str]) -> str:
    lines = [
        "| family | " + " | ".join(each.tool.name for each in scores) + " |",
        "|---|" + "--:|" * len(scores),
    ]
    for family in sorted(set(families.values())):
        cells = []
        for each in scores:
            tried = [fault for fault in each.tried if families[fault] == family]
            cells.append(f"{len(each.found.intersection(tried))}/{len(tried)}" if tried else "")
        lines.append(f"| {family} | " + " | ".join(cells) + " |")
    return "\n".join(lines)
