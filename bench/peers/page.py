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
    """What one tool did: faults `tried`, faults `found`, failures on the faithful server and what differed there."""

    tool: Tool
    tried: tuple[str, ...]
    found: frozenset[str]
    alarms: int
    noise: int
    requests: float
    cpu: float
    seconds: float


def page(
    template: str, trials: Sequence[Trial], tools: Sequence[Tool], families: Mapping[str, str], order: Sequence[str]
) -> str:
    """The template filled with what all tools have tried whose turn it was; `order` is that of the faults."""
    sample = complete(trials, tools, order)
    scores = [score(trials, tool, sample) for tool in tools]
    return Template(template).substitute(
        better="\n".join(_better(scores)), table=_table(scores, len(order)), families=_by_family(scores, families)
    )


def complete(trials: Sequence[Trial], tools: Sequence[Tool], order: Sequence[str]) -> tuple[str, ...]:
    """The longest beginning of the order in which every tool has had its turns."""
    done = {(trial.tool, trial.fault) for trial in trials}
    for number, fault in enumerate(order):
        if any((tool.name, fault) not in done for tool in tools if number % tool.stride == 0):
            return tuple(order[:number])
    return tuple(order)


def score(trials: Sequence[Trial], tool: Tool, sample: Sequence[str]) -> Score:
    """One tool's figures over the sample; what it needs is the mean of its runs on the faithful server."""
    own = [trial for trial in trials if trial.tool == tool.name]
    faithful = sorted((trial for trial in own if not trial.fault), key=lambda trial: trial.attempt)
    known = {failure for trial in faithful for failure in trial.failures}
    turns = set(sample[:: tool.stride])
    found = frozenset(trial.fault for trial in own if trial.fault in turns and set(trial.failures) - known)
    alarms = len(faithful[0].failures)
    needs = [mean(needed) for needed in zip(*((t.requests, t.cpu, t.seconds) for t in faithful), strict=True)]
    return Score(tool, tuple(sample[:: tool.stride]), found, alarms, len(known) - alarms, *needs)


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
    common = set(scores[0].tried).intersection(*(each.tried for each in scores))
    tried, stride = len(scores[0].tried), max(each.tool.stride for each in scores)
    lines = [
        f"{tried} of {known} faults, spread evenly over the families; the slow tools had every {stride}th of these.",
        f"Only {len(common)} were tried by all tools: too few to rank by.\n" * (len(common) < FEW),
        "| tool | version | found | of | | of the common | false alarms | noise | requests | CPU | time |",
        "|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]  # fmt: skip
    for each in scores:
        share = f"{100 * len(each.found) / len(each.tried):.0f} %" if each.tried else ""
        figures = f"{each.alarms} | {each.noise} | {each.requests:.0f} | {each.cpu:.1f} | {each.seconds:.0f}"
        both = f"{len(each.found & common)} of {len(common)}"
        found = f"{len(each.found)} | {len(each.tried)} | {share}"
        lines.append(f"| {each.tool.name} | {each.tool.version} | {found} | {both} | {figures} |")
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
