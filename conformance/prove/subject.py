"""What the proof needs of a server that can have faults."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from conformance.prove.fault import Listing
from conformance.settings import Profile
from conformance.verdict import Report, Verdict, shortfall


@dataclass(frozen=True, slots=True)
class Examination:
    """What one check of the server found; `trouble` says why it concluded less than it should have."""

    passed: tuple[str, ...]
    failed: tuple[str, ...]  # in the order of the contract
    requests: int
    seconds: float
    trouble: str = ""
    defective: bool = False  # a verdict was `error`: our own fault


class Subject(Protocol):
    """A server whose faults can be listed and switched."""

    @property
    def where(self) -> str:
        """What it is, for the report."""
        ...

    def listing(self) -> Listing:
        """Every fault that it can have."""
        ...

    def examine(self, fault: str | None, profile: Profile, wanted: tuple[str, ...] = ()) -> Examination:
        """The outcome of a check while this fault alone is active; None: while none is.

        If any are `wanted`, only the cases that tell something of these requirements are sent.
        """
        ...

    def leave(self) -> None:
        """Without a fault, as it was found; UsageError if that cannot be done."""
        ...


def examined(report: Report) -> Examination:
    """The examination that a report amounts to."""
    of = {verdict: tuple(r.requirement.id for r in report.results if r.verdict is verdict) for verdict in Verdict}
    return Examination(
        passed=of[Verdict.PASS],
        failed=of[Verdict.FAIL],
        requests=report.run.requests,
        seconds=report.run.seconds,
        trouble=shortfall(report) or "",
        defective=bool(of[Verdict.ERROR]),
    )
