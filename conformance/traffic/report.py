"""The report on traffic: the same as that of a run, but nobody sent anything."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from time import monotonic, time
from typing import Any

from conformance.contract.operation import Contract
from conformance.requirement import Requirement
from conformance.settings import Progress
from conformance.traffic.judge import TrafficJudge
from conformance.traffic.read import Recording
from conformance.verdict import Report, Run

RECORDED = "recorded"  # in the place of a profile
_EVERY = 2_000  # exchanges between two signs of life


def judge_recording(
    contract: Contract,
    requirements: Sequence[Requirement],
    recording: Recording,
    origin: str | None = None,
    progress: Callable[[Progress], None] = lambda _: None,
) -> Report:
    """The verdicts on a recording, or on what of it went to one origin; a cut file is judged as far as it goes."""
    started, clock = time(), monotonic()
    judge = TrafficJudge(contract, requirements)
    elsewhere, interrupted = 0, False
    try:
        for exchange in recording:
            if origin is not None and exchange.origin != origin:
                elsewhere += 1
                continue
            judge.enter(exchange)
            if judge.tally.total % _EVERY == 0:
                progress(Progress(judge.tally.total, 0, f"{judge.tally.total} exchanges"))
    except KeyboardInterrupt:
        interrupted = True
    notices = [f"{elsewhere} exchanges with other servers than {origin} are left out"] if elsewhere else []
    if recording.unreadable:
        notices.append(f"{recording.unreadable} entries of the file are no exchanges")
    about = {"kind": "recording", "recording": str(recording.path)}
    run = _run(contract, judge, started, monotonic() - clock, recording.cut, interrupted=interrupted)
    return report(judge, run, about, notices)


def _run(
    contract: Contract, judge: TrafficJudge, started: float, seconds: float, cut: str | None, *, interrupted: bool
) -> Run:
    incomplete = cut
    if incomplete is None and judge.tally.described == 0:
        incomplete = "the contract describes none of the exchanges" if judge.tally.total else "there are no exchanges"
    return Run(0, RECORDED, started, round(seconds, 3), judge.tally.total, contract.path, incomplete, interrupted)


def report(judge: TrafficJudge, run: Run, about: Mapping[str, Any], notices: Sequence[str] = ()) -> Report:
    """What a judge has found so far."""
    tally = judge.tally
    origins = [origin for origin, _ in tally.origins.most_common(1)]
    target = {"url": origins[0] if origins else "", **about, "exchanges": tally.total, "described": tally.described}
    return Report(run, target, judge.results(), (), (*notices, *tally.sentences()))
