"""The report on traffic: the same as that of a run, but nobody sent anything."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from time import monotonic, time
from typing import Any

from conformance.contract.operation import Contract
from conformance.requirement import Requirement
from conformance.settings import Progress
from conformance.traffic.exchange import Recorded
from conformance.traffic.judge import TrafficJudge
from conformance.traffic.read import Recording
from conformance.verdict import Report, Run

RECORDED = "recorded"  # in the place of a profile
_EVERY = 100  # exchanges between two signs of life


Progressed = Callable[[Progress], None]


def judge_recording(
    contract: Contract,
    requirements: Sequence[Requirement],
    recording: Recording,
    origin: str | None = None,
    progress: Progressed = lambda _: None,
) -> Report:
    """The verdicts on a recording, or on what of it went to one origin; a cut file is judged as far as it goes."""
    judge = TrafficJudge(contract, requirements)
    chosen = _Chosen(recording, origin)
    run = _run(contract, judge, chosen, progress)
    notices = []
    if chosen.elsewhere:
        notices.append(f"{chosen.elsewhere} exchanges with other servers than {origin} are left out")
    if recording.unreadable:
        notices.append(f"{recording.unreadable} entries of the file are no exchanges")
    run = replace(run, incomplete=recording.cut or run.incomplete)
    return report(judge, run, {"kind": "recording", "recording": str(recording.path)}, notices)


def judge_passing(
    contract: Contract, requirements: Sequence[Requirement], passing: Iterable[Recorded], url: str, progress: Progressed
) -> Report:
    """The verdicts on what passes through a proxy to a target, until it ends."""
    judge = TrafficJudge(contract, requirements, whole=True)
    run = _run(contract, judge, passing, progress)
    return report(judge, run, {"kind": "proxied", "url": url})


@dataclass
class _Chosen:
    """The exchanges of one origin, if one is given."""

    exchanges: Iterable[Recorded]
    origin: str | None
    elsewhere: int = 0

    def __iter__(self) -> Iterator[Recorded]:
        for each in self.exchanges:
            if self.origin is None or each.origin == self.origin:
                yield each
            else:
                self.elsewhere += 1


def _run(contract: Contract, judge: TrafficJudge, exchanges: Iterable[Recorded], progress: Progressed) -> Run:
    """Enter all exchanges; how that went."""
    started, clock, interrupted = time(), monotonic(), False
    try:
        for exchange in exchanges:
            judge.enter(exchange)
            if judge.tally.total % _EVERY == 0:
                progress(Progress(judge.tally.total, 0, "exchanges"))
    except KeyboardInterrupt:
        interrupted = True
    incomplete = None
    if judge.tally.described == 0:
        incomplete = "the contract describes none of the exchanges" if judge.tally.total else "there are no exchanges"
    seconds = round(monotonic() - clock, 3)
    return Run(0, RECORDED, started, seconds, judge.tally.total, contract.path, incomplete, interrupted)


def report(judge: TrafficJudge, run: Run, about: Mapping[str, Any], notices: Sequence[str] = ()) -> Report:
    """What a judge has found so far."""
    tally = judge.tally
    origins = [origin for origin, _ in tally.origins.most_common(1)]
    target = {"url": origins[0] if origins else "", **about, "exchanges": tally.total, "described": tally.described}
    return Report(run, target, judge.results(), (), (*notices, *tally.sentences()))
