"""What a comparison finds: a verdict, where, and a witness that anybody can check."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Verdict = Literal["breaking for callers", "breaking for servers", "undecided", "compatible"]

CALLERS: Verdict = "breaking for callers"
SERVERS: Verdict = "breaking for servers"
UNDECIDED: Verdict = "undecided"
COMPATIBLE: Verdict = "compatible"
WORST_FIRST = (CALLERS, UNDECIDED, SERVERS, COMPATIBLE)


@dataclass(frozen=True, slots=True)
class Witness:
    """A request or an answer that one version admits and the other does not; `said` is what that means."""

    kind: Literal["request", "answer"]
    value: Any
    said: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One change that matters: to whom, where, why, shown by a witness where there can be one."""

    verdict: Verdict
    operation: str  # "PUT /beds/{bed_id}", as the old version has it
    place: str  # "request body.name", "answer 200 body.beds.*.area", "security"
    keyword: str  # the keyword, the rule's id or the kind of thing that changed
    text: str
    witness: Witness | None = None
    requirements: tuple[str, ...] = ()  # the ids that the refusing version has for it


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that was found between two versions, and how much was compared."""

    old: str
    new: str
    findings: tuple[Finding, ...]
    operations: int  # of the old version
    added: tuple[str, ...]  # operations that only the new version has
    unchanged: int  # operations that are equal but for their words

    @property
    def verdict(self) -> Verdict:
        """The worst for callers; servers have to follow a contract, so what breaks only them comes last."""
        found = {finding.verdict for finding in self.findings}
        return next((verdict for verdict in WORST_FIRST if verdict in found), COMPATIBLE)

    def counts(self) -> dict[str, int]:
        """How many findings of each verdict."""
        return {v: sum(f.verdict == v for f in self.findings) for v in (CALLERS, SERVERS, UNDECIDED)}
