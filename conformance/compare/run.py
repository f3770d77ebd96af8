"""Getting the two sides: by checking a target, out of a recording, or by asking a target what a recording asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from conformance import suite
from conformance.cases.case import PLAIN
from conformance.compare.comparison import Comparison, Figure, compared
from conformance.compare.side import Asked, Side, cases_of, verdicts_of
from conformance.compare.volatile import shown_in
from conformance.contract.operation import Contract, Operation
from conformance.run.credential import placed
from conformance.settings import Options, Progress, TargetSettings
from conformance.target import Address, Client
from conformance.traffic.exchange import Recorded
from conformance.traffic.judge import TrafficJudge
from conformance.traffic.match import Router
from conformance.traffic.read import Recording
from conformance.wire import Request

Progressed = Callable[[Progress], None]
_NOT_REPLAYED = frozenset(("host", "content-length", "transfer-encoding", "connection", "accept-encoding", "cookie"))
_NONE = Figure(0, 0)


@dataclass(frozen=True, slots=True)
class _Source:
    """A recording, read: what it says of itself, and the exchanges that the contract describes, by operation."""

    about: Mapping[str, Any]
    exchanges: tuple[tuple[Operation, Recorded], ...]
    cut: str | None


def compare_targets(
    contract: Contract, reference: TargetSettings, candidate: TargetSettings, options: Options, progress: Progressed
) -> Comparison:
    """Both are checked with the same cases, the reference twice."""
    one = _checked(contract, reference, options, progress)
    if (reason := _why_not(one)) is not None:
        return _nothing(one, candidate, reason)
    two = _checked(contract, reference, options, progress)
    other = _checked(contract, candidate, options, progress)
    return _concluded(compared(contract, one, two, other))


def compare_recording(
    contract: Contract, path: Path, fixtures: Mapping[str, str], candidate: TargetSettings, options: Options,
    progress: Progressed,
) -> Comparison:  # fmt: skip
    """A candidate is asked what was recorded: by the same cases if a check did that, else request by request."""
    source = _source(contract, path)
    known: dict[str, str] = {**source.about.get("fixtures", {}), **fixtures}
    one = _recorded(contract, source, str(path), known)
    if (reason := _why_not(one)) is not None:
        return _nothing(one, candidate, reason)
    if "profile" in source.about:
        options = replace(options, profile=source.about["profile"], seed=int(source.about.get("seed", options.seed)))
        other = _checked(contract, candidate, options, progress)
    else:
        other = _replayed(contract, source, one, candidate, progress)
    return _concluded(compared(contract, one, None, other))


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


def _checked(contract: Contract, target: TargetSettings, options: Options, progress: Progressed) -> Side:
    with TemporaryDirectory(prefix="conformance-") as folder:
        path = Path(folder) / "run.har"
        report = suite.check(contract, target, replace(options, record=path), progress)
        source = _source(contract, path)
    recorded = [each for _, each in source.exchanges]
    if report.run.interrupted:
        raise KeyboardInterrupt
    incomplete = report.run.incomplete or _blocked(report.results)
    side = Side(str(target.url), dict(target.fixtures), cases_of(recorded), verdicts_of(report.results))
    return replace(side, incomplete=incomplete, initial=_initial(side, source))


def _blocked(results: Any) -> str | None:
    """What kept every requirement from being tried, if one thing did."""
    details = {each.detail for each in results if each.reason is not None and each.mendable}
    tried = any(each.cases for each in results)
    return None if tried or not details else min(details)


def _source(contract: Contract, path: Path) -> _Source:
    recording, router = Recording(path), Router(contract.operations.values())
    found: list[tuple[Operation, Recorded]] = []
    for each in recording:
        match = router.match(each.exchange.request.method, each.exchange.request.target)
        noted = contract.operations.get(each.note.get("operation", ""))
        operation = noted or (match.operation if match is not None else None)
        if operation is not None and each.asked and each.answered:
            found.append((operation, each))
    return _Source(recording.about, tuple(found), recording.cut)


def _initial(side: Side, source: _Source) -> dict[str, dict[str, Any]]:
    """The first state that was shown of each resource."""
    states: dict[str, dict[str, Any]] = {}
    for operation, each in source.exchanges:
        response = each.exchange.response
        if response is not None and 200 <= response.status < 300:
            shown = shown_in(operation, response)
            if shown and (operation.effect == "reads" or each.note.get("role") in ("look", "probe")):
                states.setdefault(side.resource(each.exchange.request), shown)
    return states


def _recorded(contract: Contract, source: _Source, name: str, fixtures: Mapping[str, str]) -> Side:
    cases = cases_of(each for _, each in source.exchanges) or dict(_numbered(source))
    side = Side(name, dict(fixtures), cases, _judged(contract, (each for _, each in source.exchanges)))
    return replace(side, incomplete=source.cut, initial=_initial(side, source))


def _judged(contract: Contract, exchanges: Iterator[Recorded]) -> dict[str, Any]:
    judge = TrafficJudge(contract, suite.requirements(contract))
    for each in exchanges:
        judge.enter(each)
    return verdicts_of(judge.results())


def _numbered(source: _Source) -> Iterator[tuple[str, Asked]]:
    """The exchanges of somebody else's recording, as cases."""
    for number, (operation, each) in enumerate(source.exchanges, 1):
        exchange = each.exchange
        if exchange.response is not None:
            accepted = 200 <= exchange.response.status < 300
            requirement = f"{operation.id}/response/status/{'success' if accepted else 'refusal'}"
            name = f"exchange {number}"
            yield name, Asked(name, operation.id, requirement, name, contested=False, exchanges=(exchange,))


def _replayed(
    contract: Contract, source: _Source, reference: Side, candidate: TargetSettings, progress: Progressed
) -> Side:
    """The candidate's answers to what was recorded, in the same order."""
    address = Address.parse(str(candidate.url))
    cases: dict[str, Asked] = {}
    recorded: list[tuple[Operation, Recorded]] = []
    incomplete = None
    with Client(address, deadline=candidate.deadline) as client:
        for number, (name, asked) in enumerate(reference.cases.items()):
            operation = contract.operations[asked.operation]
            if not _allowed(operation, candidate, local=address.is_loopback):
                continue
            exchange = client.send(_mapped(asked.exchange.request, operation, reference, candidate))
            if exchange.failure is not None and not cases:
                incomplete = f"the candidate cannot be reached: {exchange.failure.detail}"
                break
            cases[name] = replace(asked, exchanges=(exchange,))
            recorded.append((operation, Recorded(address.url, exchange)))
            progress(Progress(number, len(reference.cases), asked.operation))
    verdicts = _judged(contract, (each for _, each in recorded))
    fixtures = {name: value for name, value in candidate.fixtures.items() if name in reference.fixtures}
    side = Side(address.url, fixtures, cases, verdicts, incomplete=incomplete)
    return replace(side, initial=_initial(side, _Source({}, tuple(recorded), None)))


def _allowed(operation: Operation, target: TargetSettings, *, local: bool) -> bool:
    return local or {
        "reads": True, "changes": target.allow_changes, "disrupts": target.allow_disruption,
    }[operation.effect]  # fmt: skip


def _mapped(request: Request, operation: Operation, reference: Side, candidate: TargetSettings) -> Request:
    """The request with the candidate's fixtures and credential in the place of the reference's."""
    pairs = [(value, candidate.fixtures[n]) for n, value in reference.fixtures.items() if n in candidate.fixtures]
    target, body = request.target, request.body
    for old, new in pairs:
        target = target.replace(old, new)
        body = body.replace(old.encode(), new.encode()) if body is not None else None
    carriers = {scheme.parameter.lower() for scheme in operation.security if scheme.where == "header"}
    headers = [pair for pair in request.headers if pair[0].lower() not in _NOT_REPLAYED | carriers]
    credentials = (placed(scheme, candidate.token, PLAIN.credential) for scheme in operation.security)
    headers += [(each.name, each.value) for each in credentials if each is not None and each.where == "header"]
    return Request(request.method, target, tuple(headers), body)


def exit_code(comparison: Comparison) -> int:
    """0 alike, 1 differences, 3 inconclusive."""
    if comparison.groups:
        return 1
    return 0 if comparison.incomplete is None else 3
