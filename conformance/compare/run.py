"""Getting the two sides: by checking a target, out of a recording, or by asking a target what a recording asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from conformance import suite
from conformance.compare.comparison import Comparison, Figure, compared
from conformance.compare.replay import Translator, allowed
from conformance.compare.side import Asked, Side, Sight, cases_of, results_of
from conformance.contract.operation import Contract, Operation
from conformance.contract.router import Router
from conformance.run.session import MOST_FAILURES
from conformance.settings import Options, Progress, TargetSettings
from conformance.target import Address, Client
from conformance.traffic.decode import Reader
from conformance.traffic.exchange import Recorded
from conformance.traffic.judge import TrafficJudge
from conformance.traffic.read import Recording
from conformance.verdict import Result, Verdict

Progressed = Callable[[Progress], None]
_NONE = Figure(0, 0)


@dataclass(frozen=True, slots=True)
class _Source:
    """A recording, read: what it says of itself, and the exchanges that the contract describes."""

    about: Mapping[str, Any]
    sights: tuple[Sight, ...]
    cut: str | None

    @property
    def checked(self) -> bool:
        """Whether a check recorded it."""
        return isinstance(self.about.get("profile"), str)


def compare_targets(
    contract: Contract, reference: TargetSettings, candidate: TargetSettings, options: Options, progress: Progressed
) -> Comparison:
    """Both are checked with the same cases, and asked each of them twice."""
    options = replace(options, twice=True)
    one = _checked(contract, reference, options, progress)
    if (reason := _why_not(one)) is not None:
        return _nothing(one, candidate, reason)
    return _concluded(compared(contract, one, _checked(contract, candidate, options, progress)))


def compare_recording(
    contract: Contract, path: Path, fixtures: Mapping[str, str], candidate: TargetSettings, options: Options,
    progress: Progressed,
) -> Comparison:  # fmt: skip
    """A candidate is asked what was recorded: by the same cases if a check did that, else request by request."""
    source = _source(contract, path)
    known = source.about.get("fixtures")
    fixtures = {**known, **fixtures} if isinstance(known, dict) else dict(fixtures)
    cases = cases_of(source.sights) if source.checked else _numbered(source)
    one = Side(str(path), fixtures, cases, _judged(contract, source), source.cut)
    if (reason := _why_not(one)) is not None:
        return _nothing(one, candidate, reason)
    if source.checked:
        options = replace(options, profile=source.about["profile"], seed=int(source.about.get("seed", options.seed)))
        other = _checked(contract, candidate, options, progress, from_traffic=True)
    else:
        other = _replayed(contract, source, one, candidate, progress)
    return _concluded(compared(contract, one, other))


def _why_not(reference: Side) -> str | None:
    """Why there is nothing to compare with."""
    if reference.incomplete is not None and not reference.cases:
        return f"the reference: {reference.incomplete}"
    if not reference.cases:
        return "the reference holds nothing that the contract describes, or nothing that could be asked"
    if reference.hopeless:
        return "the reference answers errors throughout: there is nothing to compare with"
    return None


def _nothing(one: Side, candidate: TargetSettings, reason: str) -> Comparison:
    other = Side(str(candidate.url), candidate.fixtures, {})
    return Comparison(one, other, _NONE, _NONE, _NONE, incomplete=reason)


def _concluded(made: Comparison) -> Comparison:
    """The comparison with a reason if it concludes less than it should."""
    for name, side in (("reference", made.reference), ("candidate", made.candidate)):
        if side.incomplete is not None:
            return replace(made, incomplete=f"the {name}: {side.incomplete}")
    return replace(made, incomplete="no case could be compared") if made.decisions.compared == 0 else made


def _checked(
    contract: Contract, target: TargetSettings, options: Options, progress: Progressed, *, from_traffic: bool = False
) -> Side:
    """A target, checked; the verdicts are those of the check, or (`from_traffic`) those that a recording allows."""
    with TemporaryDirectory(prefix="conformance-") as folder:
        path = Path(folder) / "run.har"
        report = suite.check(contract, target, replace(options, record=path), progress)
        source = _source(contract, path)
    if report.run.interrupted:
        raise KeyboardInterrupt
    results = _judged(contract, source) if from_traffic else results_of(report.results)
    incomplete = report.run.incomplete or _blocked(report.results)
    return Side(str(target.url), dict(target.fixtures), cases_of(source.sights), results, incomplete)


def _blocked(results: tuple[Result, ...]) -> str | None:
    """What kept a requirement from being tried that the user can mend."""
    firm = (each for each in results if each.requirement.level != "contested")
    return next((each.detail for each in firm if each.verdict is Verdict.UNPROVEN and each.mendable), None)


def _source(contract: Contract, path: Path) -> _Source:
    recording, router, reader = Recording(path), Router(contract.operations.values()), Reader()
    found: list[Sight] = []
    for each in recording:
        match = router.match(each.exchange.request.method, each.exchange.request.target)
        noted = contract.operations.get(each.note.get("operation", ""))
        if match is not None and match.operation is (noted or match.operation):
            found.append((match.operation, reader.read(match, each), each))
        elif noted is not None:
            found.append((noted, None, each))
    return _Source(
        recording.about, tuple(sight for sight in found if sight[2].asked and sight[2].answered), recording.cut
    )


def _judged(contract: Contract, source: _Source) -> dict[str, Result]:
    judge = TrafficJudge(contract, suite.requirements(contract))
    for _, _, each in source.sights:
        judge.enter(each)
    return results_of(judge.results())


def _numbered(source: _Source) -> dict[str, Asked]:
    """The exchanges of somebody else's recording, as cases."""
    return cases_of((operation, read, _as_case(n, operation, e)) for n, (operation, read, e) in _usable(source))


def _usable(source: _Source) -> Iterator[tuple[int, Sight]]:
    """What may be asked again: where the recorded server refused the credential, another one says nothing."""
    for number, sight in enumerate(source.sights, 1):
        response = sight[2].exchange.response
        if response is not None and response.status != 401 and not sight[2].cached:
            yield number, sight


def _as_case(number: int, operation: Operation, each: Recorded) -> Recorded:
    response = each.exchange.response
    accepted = response is not None and 200 <= response.status < 300
    requirement = f"{operation.id}/response/status/{'success' if accepted else 'refusal'}"
    name = f"exchange {number}"
    return replace(each, note={"case": name, "role": "case", "requirement": requirement, "sent": name})


def _replayed(
    contract: Contract, source: _Source, reference: Side, candidate: TargetSettings, progress: Progressed
) -> Side:
    """The candidate's answers to what was recorded, in the same order."""
    address, translator = Address.parse(str(candidate.url)), Translator(reference.names, candidate)
    sights: list[Sight] = []
    incomplete, failures = None, 0
    with Client(address, deadline=candidate.deadline) as client:
        for number, (operation, read, each) in _usable(source):
            if not allowed(operation, candidate, local=address.is_loopback):
                continue
            exchange = client.send(translator.request(each.exchange.request, operation))
            failures = failures + 1 if exchange.failure is not None else 0
            if exchange.failure is not None and failures == MOST_FAILURES:
                incomplete = f"it stopped answering: {exchange.failure.detail}"
                break
            translator.learn(each.exchange.response, exchange.response)
            sights.append((operation, read, _as_case(number, operation, replace(each, exchange=exchange))))
            progress(Progress(number, len(source.sights), operation.id))
    answered = any(each.exchange.response is not None for _, _, each in sights)
    if sights and not answered:
        failure = sights[0][2].exchange.failure
        incomplete = f"it cannot be reached: {failure.detail if failure is not None else 'no answer'}"
    asked = _Source({}, tuple(sights) if answered else (), None)
    fixtures = {name: value for name, value in candidate.fixtures.items() if name in reference.fixtures}
    return Side(address.url, fixtures, cases_of(asked.sights), _judged(contract, asked), incomplete)


def exit_code(comparison: Comparison) -> int:
    """0 alike, 1 differences, 3 inconclusive."""
    if comparison.groups:
        return 1
    return 0 if comparison.incomplete is None else 3
