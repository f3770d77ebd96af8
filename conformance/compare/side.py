"""One side of a comparison: its answers by case, and the names of what only it knows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from conformance.traffic.exchange import Recorded
from conformance.verdict import Result, Verdict
from conformance.wire import Exchange, Request

_LONG = 6  # characters: a shorter value occurs by chance, and is named only where it is the whole of a text


@dataclass(frozen=True, slots=True)
class Asked:
    """One case and its exchanges, in order: the first counts, the others are the same request sent again."""

    case: str
    operation: str
    requirement: str
    sent: str
    contested: bool
    exchanges: tuple[Exchange, ...]

    @property
    def exchange(self) -> Exchange:
        """The first."""
        return self.exchanges[0]

    @property
    def status(self) -> int:
        """The status of its answer; 0 if there was none."""
        return self.exchange.response.status if self.exchange.response is not None else 0


@dataclass(frozen=True)
class Side:
    """A target: what it was asked, in order, and the verdicts on it. `incomplete` says why there is not more."""

    name: str
    fixtures: Mapping[str, str]
    cases: Mapping[str, Asked]
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)
    initial: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # states before the first case, by path
    incomplete: str | None = None

    @property
    def hopeless(self) -> bool:
        """Whether it answers errors throughout."""
        return not any(200 <= asked.status < 300 for asked in self.cases.values())

    def normal(self, value: Any) -> Any:
        """A value in which whatever only this side knows is called by its name."""
        if isinstance(value, str):
            return self._named(value)
        if isinstance(value, list):
            return [self.normal(item) for item in value]
        if isinstance(value, dict):
            return {name: self.normal(item) for name, item in value.items()}
        return value

    def _named(self, text: str) -> str:
        for name, value in self.fixtures.items():
            if text == value:
                return f"{{{name}}}"
            if len(value) >= _LONG and value in text:
                text = text.replace(value, f"{{{name}}}")
        return text

    def resource(self, request: Request) -> str:
        """The path of what a request is about, alike on every side."""
        return self._named(request.target.partition("?")[0])

    def request(self, request: Request) -> tuple[str, str, str]:
        """What a request asks, whichever side it went to."""
        body = (request.body or b"").decode("utf-8", "replace")
        return request.method, self._named(request.target), self._named(body)


def cases_of(recorded: Iterable[Recorded]) -> dict[str, Asked]:
    """The cases of a run, from its recording."""
    found: dict[str, Asked] = {}
    for each in recorded:
        note = each.note
        if "case" not in note or note.get("role") != "case":
            continue
        known = found.get(note["case"])
        exchanges = (*known.exchanges, each.exchange) if known is not None else (each.exchange,)
        found[note["case"]] = Asked(
            note["case"],
            note["operation"],
            note["requirement"],
            note.get("sent", ""),
            note.get("expect") == "contested",
            exchanges,
        )
    return found


def verdicts_of(results: Iterable[Result]) -> dict[str, Verdict]:
    """Verdicts by requirement."""
    return {result.requirement.id: result.verdict for result in results}
