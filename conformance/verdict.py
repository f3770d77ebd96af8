"""Verdicts, the evidence that they rest on, and how they combine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from conformance.requirement import Requirement
from conformance.wire import Exchange


class Verdict(StrEnum):
    """Ordered from best to worst by `severity`."""

    PASS = "pass"  # noqa: S105 - a verdict
    NOTED = "noted"
    UNPROVEN = "unproven"
    FAIL = "fail"
    ERROR = "error"

    @property
    def severity(self) -> int:
        """0 (best) to 4 (worst)."""
        return list(Verdict).index(self)


def worst(verdicts: Iterable[Verdict]) -> Verdict | None:
    """The worst of some verdicts; None of none."""
    return max(verdicts, key=lambda verdict: verdict.severity, default=None)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One exchange that a verdict rests on: what was sent (in words), what was expected, what was seen."""

    sent: str
    expected: str
    observed: str
    exchange: Exchange | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """The verdict on one requirement; `reason` is a code for unproven and error, `detail` its sentence."""

    requirement: Requirement
    verdict: Verdict
    cases: int = 0
    reason: str | None = None
    detail: str = ""
    mendable: bool = False  # unproven for something that the user can mend
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """How the run went; `incomplete` says why it was cut or concluded nothing, in one sentence."""

    seed: int
    profile: str
    started: float
    seconds: float
    requests: int
    contract: str
    incomplete: str | None = None
    interrupted: bool = False


@dataclass(frozen=True, slots=True)
class Opinion:
    """What another tool has against an exchange: `requirements` are those that it breaks, often none.

    Of findings that are alike the exchange is the smallest one; `times` counts them.
    """

    check: str
    operation: str
    message: str
    exchange: Exchange
    requirements: tuple[str, ...] = ()
    times: int = 1


@dataclass(frozen=True, slots=True)
class SecondOpinion:
    """What another tool found of its own accord, and how many requests it took."""

    tool: str
    requests: int
    findings: tuple[Opinion, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a run found; reports in all formats are views of this."""

    run: Run
    target: dict[str, object]  # url, kind (emulator | loopback | remote), fixtures, allowed effects
    results: tuple[Result, ...]
    findings: tuple[str, ...] = ()  # about the contract itself, e.g. a constraint nothing can violate
    notices: tuple[str, ...] = ()  # what was left out, what was put back, what must be put back by hand
    settings: dict[str, object] = field(default_factory=dict)
    second_opinion: SecondOpinion | None = None

    def summary(self) -> dict[str, int]:
        """How many requirements got each verdict."""
        counts = {
            str(verdict): 0 for verdict in (Verdict.PASS, Verdict.FAIL, Verdict.NOTED, Verdict.UNPROVEN, Verdict.ERROR)
        }
        for result in self.results:
            counts[result.verdict] += 1
        return counts


def exit_code(report: Report, *, strict: bool = False) -> int:
    """0 conformant, 1 a fail, 3 incomplete, 4 our own defect, 130 interrupted."""
    verdicts = {result.verdict for result in report.results}
    if Verdict.ERROR in verdicts:
        return 4
    if report.run.interrupted:
        return 130
    if Verdict.FAIL in verdicts or (strict and _broken_reading(report)):
        return 1
    return 0 if shortfall(report) is None else 3


def shortfall(report: Report) -> str | None:
    """Why the run concluded less than it should have, in one sentence; None if it is complete."""
    if report.run.incomplete is not None:
        return report.run.incomplete
    if report.run.interrupted:
        return "the run was interrupted"
    firm = [r for r in report.results if r.requirement.level != "contested"]
    blocked = Counter(r.detail for r in firm if r.verdict is Verdict.UNPROVEN and r.mendable)
    if blocked:
        (most, _), *others = blocked.most_common()
        said = f"documented or implied requirements blocked by something that you can mend: {blocked.total()}"
        return f"{said}; {'among them: ' if others else ''}{most}"
    return None if any(r.verdict is Verdict.PASS for r in firm) else "nothing was proved"


def _broken_reading(report: Report) -> bool:
    return any(r.verdict is Verdict.NOTED and r.reason == "departs" for r in report.results)
