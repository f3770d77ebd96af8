"""conformance list: the requirements of a contract, and what was found wrong with it."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Sequence

from conformance.cli import collector, console, contract
from conformance.nearest import did_you_mean
from conformance.report.words import one_line
from conformance.requirement import Requirement

_FORMATS = ("text", "json")


def add(parser: ArgumentParser) -> None:
    """Adds the options of list."""
    contract.add(parser)
    contract.add_selection(parser)
    parser.add_argument("--format", type=_format, default="text", help="text (default) or json")


def run(arguments: Namespace) -> int:
    """Prints the chosen requirements in the contract's order."""
    from conformance import suite
    from conformance.selection import select

    collector.calm()
    loaded = suite.load(arguments.spec)
    everything = suite.requirements(loaded)
    chosen = set(select([requirement.id for requirement in everything], arguments.only, arguments.skip))
    requirements = [requirement for requirement in everything if requirement.id in chosen]
    findings = suite.findings(loaded)
    say = _json if arguments.format == "json" else _table
    console.say(say(requirements, findings))
    return 0


def _table(requirements: Sequence[Requirement], findings: Sequence[str]) -> str:
    """One line each: level, id, sentence; lines stay whole, so that they can be searched."""
    margin = max((len(requirement.id) for requirement in requirements), default=0)
    lines = [f"{item.level:<10}  {one_line(item.id):<{margin}}  {one_line(item.text)}" for item in requirements]
    lines += ["", f"{len(requirements)} in all"]
    lines += ["", "About the contract:", *(f"  - {one_line(finding)}" for finding in findings)] if findings else []
    return "\n".join(lines) + "\n"


def _json(requirements: Sequence[Requirement], findings: Sequence[str]) -> str:
    import json

    content = {"format": 1, "requirements": [_entry(item) for item in requirements], "findings": list(findings)}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _entry(requirement: Requirement) -> dict[str, object]:
    source = requirement.source
    return {
        "id": requirement.id,
        "operation": requirement.operation,
        "side": requirement.side,
        "pointer": requirement.pointer,
        "keyword": requirement.keyword,
        "level": requirement.level,
        "reading": requirement.reading,
        "source": {"document": source.document, "table": source.table, "field": source.field, "place": source.place},
        "text": requirement.text,
    }


def _format(text: str) -> str:
    if text not in _FORMATS:
        raise ArgumentTypeError(
            f"there is no format {text!r}; {did_you_mean(text, _FORMATS, otherwise='text or json')}"
        )
    return text
