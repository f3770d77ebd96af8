"""The suite: contract in, report out. What the command line and the pytest plugin are built on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from time import monotonic, time
from typing import TYPE_CHECKING, Any

from conformance.bundled import bundled_contract
from conformance.cases.derive import derive
from conformance.cases.host import Hosts
from conformance.cases.plan import Plan
from conformance.cases.vacuity import reason
from conformance.contract import Contract, read_contract
from conformance.contract.setting import configured
from conformance.emulator import FIXTURES, TOKEN
from conformance.errors import UsageError
from conformance.judge.outcome import Outcome
from conformance.judge.verdicts import verdicts
from conformance.requirement import Requirement
from conformance.requirements import derive as requirement_list
from conformance.requirements.protocol import findings as protocol_findings
from conformance.run.permission import Permission
from conformance.run.runner import Runner, ahead
from conformance.run.session import Session
from conformance.selection import select
from conformance.settings import Options, Progress, TargetSettings
from conformance.target import Address, Client, Patient
from conformance.traffic.concealment import secrets_of
from conformance.traffic.write import recorder
from conformance.verdict import Report, Run

if TYPE_CHECKING:
    from conformance.emulator.server import Embedded
    from conformance.opinion.survey import Survey

__all__ = ["cases_of", "check", "findings", "load", "requirements"]


TIME_LIMITS = {"quick": 300.0, "standard": 1200.0, "thorough": 7200.0}  # seconds, unless the user says otherwise


def load(path: Path | None = None) -> Contract:
    """The contract at `path`, or the one that comes with this package; ContractError if it cannot be meant."""
    return read_contract(path if path is not None else bundled_contract())


def requirements(contract: Contract) -> tuple[Requirement, ...]:
    """Every requirement of a contract, in the order of the document."""
    return requirement_list.of_contract(contract)


def findings(contract: Contract) -> tuple[str, ...]:
    """What is odd about the contract itself: constraints that nothing can violate, credentials that cannot be given."""
    found = list(protocol_findings(contract))
    for operation in contract.operations.values():
        for placed in requirement_list.request_keywords(operation):
            why = reason(operation.request_schema, placed)
            if why is not None:
                found.append(f"{placed.requirement.id} ({placed.requirement.source}): {why}")
    return tuple(found)


def cases_of(contract: Contract, requirement: str, profile: str = "standard") -> list[str]:
    """The cases of one requirement, a line each, as they would be sent to the embedded emulator."""
    operation = next(o for o in contract.operations.values() if requirement.startswith(f"{o.id}/"))
    declared = {"": dict(contract.fixtures.get(next(iter(contract.fixtures), ""), {}).get("self", {}))}
    hosts = Hosts(contract, operation, FIXTURES, declared, contract.settings)
    made = derive(hosts, Plan(profile=profile, wanted=frozenset([requirement])))
    return [
        f"{case.expect}: {case.sent}{' (rehearsal)' if case.rehearsal else ''}"
        for case in made
        if case.requirement == requirement
    ]


def check(
    contract: Contract,
    target: TargetSettings,
    options: Options,
    progress: Callable[[Progress], None] = lambda _: None,
    emulator: Embedded | None = None,
) -> Report:
    """Run the cases against a target and judge what came back; without a URL, against the emulator, started or not."""
    started, clock = time(), monotonic()
    contract = configured(contract, target.settings)
    wanted = _wanted(requirements(contract), options)
    plan = Plan(options.profile, options.seed, frozenset(r.id for r in wanted) if _narrowed(options) else None)
    with ExitStack() as stack:
        known, url = _known(target, stack, emulator)
        permission = _permission(known, url)
        prepared = ahead(contract, known.fixtures, plan, permission)
        address = Address.parse(url())
        client = stack.enter_context(Client(address, deadline=known.deadline))
        until = clock + (options.time_limit or TIME_LIMITS[options.profile])
        session = Session(contract, Patient(client), known.token, until, direct=client)
        stack.enter_context(_recorded(session, known, options, address.url))
        survey = _survey(session, permission, known, options)
        outcome = Runner(
            session,
            known.fixtures,
            contract.settings,
            plan,
            permission,
            lambda done, total, label: progress(Progress(done, total, label)),
            prepared.hosts,
            prepared.derive,
            options.twice,
            survey,
        ).run()
    run = _run(contract, options, session, outcome, started, clock)
    results = verdicts(contract, wanted, outcome, contract.settings)
    about = _described(known, target, address)
    report = Report(run, about, results, (), tuple(outcome.notices), dict(contract.settings))
    return report if survey is None else _surveyed(report, survey)


def _survey(session: Session, permission: Permission, known: TargetSettings, options: Options) -> Survey | None:
    """Of the thorough profile only: what another tool finds of its own accord; two targets are compared by cases."""
    if options.profile != "thorough" or options.twice:
        return None
    from conformance.opinion.gate import Gate
    from conformance.opinion.survey import Survey

    return Survey(session, requirements(session.contract), Gate(permission, known.fixtures), options.seed)


def _surveyed(report: Report, survey: Survey) -> Report:
    """A report with what a survey adds to it."""
    from conformance.opinion.verdicts import joined

    results = joined(report.results, survey.results())
    return replace(report, results=results, second_opinion=survey.opinion())


def _run(contract: Contract, options: Options, session: Session, outcome: Outcome, started: float, clock: float) -> Run:
    return Run(
        seed=options.seed,
        profile=options.profile,
        started=started,
        seconds=round(monotonic() - clock, 3),
        requests=session.requests,
        contract=contract.path,
        incomplete=outcome.incomplete,
        interrupted=outcome.interrupted,
    )


@contextmanager
def _recorded(session: Session, known: TargetSettings, options: Options, origin: str) -> Iterator[None]:
    """While it lasts, every step of the session is recorded, if that is wanted."""
    if options.record is None:
        yield
        return
    about = {"profile": options.profile, "seed": options.seed, "fixtures": dict(known.fixtures)}
    with recorder(options.record, secrets_of(session.contract, [known.token]), origin, about) as to:
        session.noted = to.step
        yield


def _known(
    target: TargetSettings, stack: ExitStack, emulator: Embedded | None
) -> tuple[TargetSettings, Callable[[], str]]:
    """The target with what is known of it, and its URL; the embedded emulator starts while the cases are derived."""
    if target.url is not None:
        return target, lambda: str(target.url)
    from conformance.emulator.server import Embedded  # late: a target of one's own needs no emulator

    embedded = stack.enter_context(emulator or Embedded())
    fixtures = {**FIXTURES, **target.fixtures}

    def ready() -> str:
        url = embedded.url()
        stack.enter_context(embedded.on_one_core())
        return url

    return replace(target, token=target.token or TOKEN, fixtures=fixtures), ready


def _permission(known: TargetSettings, url: Callable[[], str]) -> Permission:
    free = known.url is None or Address.parse(url()).is_loopback
    return Permission(free or known.allow_changes, free or known.allow_disruption, free)


def _narrowed(options: Options) -> bool:
    return bool(options.only or options.skip)


def _wanted(every: tuple[Requirement, ...], options: Options) -> list[Requirement]:
    chosen = set(select([r.id for r in every], options.only, options.skip))
    if not chosen:
        raise UsageError(
            "no requirement is selected", hint="`conformance list` shows the ids that --only and --skip match"
        )
    return [r for r in every if r.id in chosen]


def _described(known: TargetSettings, asked: TargetSettings, address: Any) -> dict[str, object]:
    kind = "emulator" if asked.url is None else "loopback" if address.is_loopback else "remote"
    return {
        "url": "embedded emulator" if asked.url is None else address.url,
        "kind": kind,
        "fixtures": dict(known.fixtures),
        "allow_changes": kind != "remote" or known.allow_changes,
        "allow_disruption": kind != "remote" or known.allow_disruption,
    }
