"""The report as text: each failure in three lines and how to repeat it, then what the run adds up to."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from conformance.report.advice import Group, groups
from conformance.report.document import Document, RequirementEntry, SecondOpinionEntry
from conformance.report.opinion import heading, remainder, sentence, unexplained
from conformance.report.words import (
    EXIT_MEANINGS,
    by_operation,
    comparison,
    fails,
    legible,
    one_line,
    origin,
    place,
)
from conformance.settings import PROFILES

Colour = Literal["red", "green", "yellow", "dim", "bold"]

_CODES: dict[Colour, str] = {"red": "31", "green": "32", "yellow": "33", "dim": "2", "bold": "1"}
_CURL_LIMIT = 2_000  # characters of a command that a terminal shows
_SHOWN_IDS = 3  # of requirements that are unproven for the same reason


@dataclass(frozen=True, slots=True)
class Style:
    """How text is laid out: `width` None leaves lines as long as they are."""

    width: int | None = None
    colour: bool = False

    def paint(self, colour: Colour, text: str) -> str:
        """The text in a colour, or as it is."""
        return f"\x1b[{_CODES[colour]}m{text}\x1b[0m" if self.colour and text else text


PLAIN = Style()


def render(document: Document, style: Style = PLAIN) -> str:
    """The whole report, ending in a newline."""
    blocks = [*_failures(document, style), *_sections(document, style), _closing(document, style)]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def failure(entry: RequirementEntry, style: Style = PLAIN) -> list[str]:
    """A failed requirement: where, the sentence, what was sent and seen, and the command that repeats it."""
    heading = "  ".join(part for part in (entry["operation"], place(entry), entry["keyword"]) if part)
    mark = "!" if entry["verdict"] == "error" else "✗"
    first = _wrap(f"{mark} {one_line(heading)}   ({entry['level']}: {one_line(origin(entry['source']))})", 2, style)
    first[0] = style.paint("red", mark) + first[0].removeprefix(mark)
    return [*first, *_wrap(f"      {one_line(entry['text'])}", 6, style), *_seen(entry, style)]


def _seen(entry: RequirementEntry, style: Style) -> list[str]:
    if entry["verdict"] == "error" or not entry["evidence"]:
        return _wrap(f"      {one_line(entry['detail'])}", 6, style) if entry["detail"] else []
    item = entry["evidence"][0]
    return [*_beside(comparison(item), style), *_command(item["curl"], style)]


def _beside(parts: list[str], style: Style) -> list[str]:
    """The parts on one line, or below one another where they do not fit."""
    line = "      " + "   ".join(one_line(part) for part in parts)
    if style.width is None or len(line) <= style.width:
        return [line]
    return [wrapped for part in parts for wrapped in _wrap(f"      {one_line(part)}", 8, style)]


def _command(curl: str | None, style: Style) -> list[str]:
    if curl is None:
        return []
    command = legible(curl)
    if len(command) > _CURL_LIMIT:
        command = f"{command[:_CURL_LIMIT]}… ({len(curl)} characters; whole in --report json=FILE)"
    return [style.paint("dim", f"      {command}")]


def _failures(document: Document, style: Style) -> list[list[str]]:
    strict = document["run"]["strict"]
    return [
        failure(entry, style)
        for entries in by_operation(document["requirements"]).values()
        for entry in entries
        if fails(entry, strict=strict) or entry["verdict"] == "error"
    ]


def _sections(document: Document, style: Style) -> Iterator[list[str]]:
    entries = document["requirements"]
    yield from _titled("Contested readings, and what this target does", _contested(entries, style), style)
    yield from _titled("Unproven", _unproven(entries, style), style)
    yield from _titled("About the contract", _bullets(document["run"]["findings"], style), style)
    yield from _second_opinion(document["second_opinion"], style)
    yield from _titled("Notices", _bullets(document["run"]["notices"], style), style)
    yield from _titled("Failed (conformance explain ID tells more)", _failed(document), style)
    yield from _titled("To repeat a command", _repeating(document), style)
    yield _operations(document, style)


def _titled(title: str, lines: list[str], style: Style) -> Iterator[list[str]]:
    if lines:
        yield [style.paint("bold", f"{title}:"), *lines]


def _contested(entries: Iterable[RequirementEntry], style: Style) -> list[str]:
    """One line per reading: what the target does, and where."""
    readings: dict[str, dict[str, list[str]]] = {}
    for entry in entries:
        if entry["verdict"] == "noted":
            places = readings.setdefault(entry["reading"] or "", {}).setdefault(entry["detail"] or entry["text"], [])
            places.append(_spot(entry))
    return [line for name, does in readings.items() for line in _wrap(f"  {_reading(name, does)}", 6, style)]


def _reading(name: str, does: dict[str, list[str]]) -> str:
    said = "; ".join(
        f"{detail.removeprefix('the target ')}: {', '.join(dict.fromkeys(places))}" for detail, places in does.items()
    )
    return one_line(f"{name}  {said}".strip())


def _spot(entry: RequirementEntry) -> str:
    member = place(entry).rpartition(".")[2]
    return " ".join(part for part in (member, entry["keyword"]) if part not in ("", "*"))


def _unproven(entries: Iterable[RequirementEntry], style: Style) -> list[str]:
    return [line for group in groups(entries) for line in _group(group, style)]


def _group(group: Group, style: Style) -> list[str]:
    lines = _wrap(f"  {len(group.ids)} {one_line(group.sentence)}", 6, style)
    lines += _wrap(f"      {one_line(group.advice)}", 6, style) if group.advice else []
    lines += [f"      {identifier}" for identifier in group.ids[:_SHOWN_IDS]]
    hidden = len(group.ids) - _SHOWN_IDS
    return [*lines, f"      and {hidden} more"] if hidden > 0 else lines


def _bullets(sentences: Iterable[str], style: Style) -> list[str]:
    return [line for sentence in sentences for line in _wrap(f"  - {one_line(sentence)}", 4, style)]


def _second_opinion(opinion: SecondOpinionEntry | None, style: Style) -> Iterator[list[str]]:
    if opinion is None:
        return
    lines: list[str] = []
    for finding in unexplained(opinion):
        lines += [*_bullets([sentence(finding)], style), *_command(finding["curl"], style)]
    yield from _titled(heading(opinion), [*lines, *_bullets(filter(None, [remainder(opinion)]), style)], style)


def _failed(document: Document) -> list[str]:
    strict = document["run"]["strict"]
    return [f"  {one_line(entry['id'])}" for entry in document["requirements"] if fails(entry, strict=strict)]


def _repeating(document: Document) -> list[str]:
    """What the commands above rely on."""
    strict = document["run"]["strict"]
    failed = [entry for entry in document["requirements"] if fails(entry, strict=strict)]
    shown = [item["curl"] or "" for entry in failed for item in entry["evidence"][:1]]
    commands = " ".join([*shown, *(finding["curl"] for finding in unexplained(document["second_opinion"]))])
    lines = ["  export CONFORMANCE_TOKEN=…"] if "$CONFORMANCE_TOKEN" in commands else []
    if commands and document["target"].get("kind") == "emulator":
        lines.append("  conformance serve --port 8080")
    return lines


def _operations(document: Document, style: Style) -> list[str]:
    grouped = by_operation(document["requirements"])
    margin = max((len(operation) for operation in grouped), default=0)
    return [
        f"{operation:<{margin}}   {_counts([entry['verdict'] for entry in entries], style)}"
        for operation, entries in grouped.items()
    ]


def _counts(verdicts: list[str], style: Style) -> str:
    colours: dict[str, Colour] = {
        "pass": "green", "fail": "red", "noted": "yellow", "unproven": "yellow", "error": "red",
    }  # fmt: skip
    said = [(verdict, verdicts.count(verdict), colour) for verdict, colour in colours.items()]
    return ", ".join(style.paint(colour, f"{count} {verdict}") for verdict, count, colour in said if count)


def _closing(document: Document, style: Style) -> list[str]:
    run, requirements = document["run"], document["requirements"]
    counts = _counts([entry["verdict"] for entry in requirements], style) or "nothing"
    effort = f"{run['requests']} exchanges in {run['seconds']:.1f} s"
    if run["profile"] in PROFILES:
        effort = f"{run['requests']} requests in {run['seconds']:.1f} s, profile {run['profile']}, seed {run['seed']}"
    return [f"{len(requirements)} in all: {counts}", effort, *_outcome(document, style)]


def _outcome(document: Document, style: Style) -> list[str]:
    run = document["run"]
    code, missing = run["exit_code"], run["incomplete"]
    meaning = EXIT_MEANINGS[code]
    if missing is not None and code != 130:
        meaning = f"{meaning}: {missing}" if code == 3 else f"{meaning}; and the run is incomplete: {missing}"
    colour: Colour = "green" if code == 0 else "red"
    return [style.paint(colour, line) for line in _wrap(one_line(f"exit {code}: {meaning}"), 2, style)]


def _wrap(line: str, indent: int, style: Style) -> list[str]:
    if style.width is None:
        return [line]
    wrapped = textwrap.wrap(
        line,
        max(style.width, 40),
        subsequent_indent=" " * indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return wrapped or [line]
