"""What kept requirements unproven, grouped by reason, and what to do about each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from conformance.report.document import RequirementEntry

ADVICE = {
    "not-exercised": "only answers that came are judged; --profile thorough provokes more of them",
    "twin-refused": "look why the target refuses the valid request: other fixtures, or its limits with --setting",
}


@dataclass(frozen=True, slots=True)
class Group:
    """Requirements that are unproven for the same reason, in the report's order."""

    sentence: str
    advice: str
    ids: tuple[str, ...]


def groups(entries: Iterable[RequirementEntry]) -> list[Group]:
    """The unproven by reason and sentence, those that the user can mend first, then the largest."""
    gathered: dict[tuple[bool, str, str], list[str]] = {}
    for entry in entries:
        if entry["verdict"] == "unproven":
            key = (entry["mendable"], entry["reason"] or "", entry["detail"])
            gathered.setdefault(key, []).append(entry["id"])
    ordered = sorted(gathered.items(), key=lambda item: (not item[0][0], -len(item[1])))
    return [_group(reason, detail, ids) for (_, reason, detail), ids in ordered]


def _group(reason: str, detail: str, ids: list[str]) -> Group:
    sentence = ": ".join(part for part in (reason, detail) if part)
    return Group(sentence or "without a reason", ADVICE.get(reason, ""), tuple(ids))
