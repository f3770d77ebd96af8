"""conformance explain: one requirement, where it comes from, how it is tried and how it fails."""

from __future__ import annotations

import sys
import textwrap
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from conformance.cli import console, contract, values
from conformance.errors import UsageError
from conformance.nearest import did_you_mean
from conformance.report.words import one_line
from conformance.requirement import Level, Requirement, Side

if TYPE_CHECKING:
    from conformance.contract import Contract

_LEVELS: dict[Level, str] = {
    "documented": "the document states it; a violation fails the run",
    "implied": "it follows from the document, or from HTTP or JSON; a violation fails the run",
    "contested": "the document contradicts itself or other documents; reported, and fails the run only with --strict",
}
_FAILURES: dict[Side, str] = {
    "request": "The target accepts a request that breaks this and nothing else, or refuses it for another reason, or "
    "refuses a valid request that stays just within the limit. A refusal counts only where the valid twin of the "
    "request, equal but for the one fault, was accepted.",
    "response": "Any answer of the run, whatever it was sent for, breaks this.",
    "state": "What is seen before and after a request does not agree with it.",
    "protocol": "The target answers such a request otherwise than described.",
}
_CONTESTED = "It does not by itself: the report says which reading the target follows."


def add(parser: ArgumentParser) -> None:
    """Adds the options of explain."""
    parser.add_argument("id", metavar="ID", help="of a requirement, as conformance list shows it")
    contract.add(parser)
    parser.add_argument("--profile", type=values.profile, default="standard", help="whose cases are shown")


def run(arguments: Namespace) -> int:
    """Prints everything that is known of one requirement."""
    from conformance import suite

    loaded = suite.load(arguments.spec)
    requirement = _find(arguments.id, suite.requirements(loaded))
    cases = suite.cases_of(loaded, requirement.id, arguments.profile)
    lines = [*_facts(requirement, loaded), "", *_story(requirement, cases, arguments.profile)]
    console.say("\n".join(lines) + "\n")
    return 0


def _find(name: str, requirements: Sequence[Requirement]) -> Requirement:
    for requirement in requirements:
        if requirement.id == name:
            return requirement
    ids = [requirement.id for requirement in requirements]
    below = sum(known.startswith(f"{name.rstrip('/')}/") for known in ids)
    if below:
        raise UsageError(f"{below} requirements begin with {name!r}", hint=f"conformance list --only {name} shows them")
    raise UsageError(
        f"there is no requirement {name!r}", hint=did_you_mean(name, ids, otherwise="conformance list shows all")
    )


def _facts(requirement: Requirement, loaded: Contract) -> Iterator[str]:
    yield one_line(requirement.id)
    yield from _paragraph(requirement.text, "  ")
    yield ""
    yield from _fact("level", f"{requirement.level}: {_LEVELS[requirement.level]}")
    yield from _fact("source", str(requirement.source))
    yield from _fact("in the contract", requirement.source.place)
    if requirement.reading:
        said = loaded.readings.get(requirement.reading, {}).get("text", "")
        yield from _fact("reading", f"{requirement.reading}: {said}" if said else requirement.reading)


def _fact(name: str, value: str) -> list[str]:
    if not value:
        return []
    first, *more = _paragraph(value, " " * 19)
    return [f"  {name:<17}{first.lstrip()}", *more]


def _story(requirement: Requirement, cases: Sequence[str], profile: str) -> Iterator[str]:
    yield "How it fails"
    failure = _CONTESTED if requirement.level == "contested" else _FAILURES[requirement.side]
    yield from _paragraph(failure, "  ")
    yield ""
    yield f"Cases of profile {profile} ({len(cases)})"
    for case, times in Counter(cases).items():
        first, *more = _paragraph(case if times == 1 else f"{case}, {times} such values", "    ")
        yield from (f"  - {first.lstrip()}", *more)
    if not cases:
        yield "  none of its own: it is judged on the exchanges of all other cases"


def _paragraph(text: str, indent: str) -> list[str]:
    columns = console.width(sys.stdout)
    line = one_line(text)
    if columns is None:
        return [f"{indent}{line}"]
    return textwrap.wrap(
        line,
        max(columns, 60),
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [""]
