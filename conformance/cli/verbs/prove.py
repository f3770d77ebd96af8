"""conformance prove: a server with each of its faults in turn, and which requirement caught it."""

from __future__ import annotations

import signal
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from conformance.cli import console, contract, names, progress, target, values
from conformance.errors import UsageError
from conformance.settings import Profile, TargetSettings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.contract import Contract
    from conformance.prove import Matrix, Subject
    from conformance.prove.proof import Scope
    from conformance.report import Destination


def add(parser: ArgumentParser) -> None:
    """Adds the options of prove."""
    target.add(parser)
    contract.add(parser)
    parser.add_argument(
        "--only",
        metavar="PATTERN",
        action="append",
        default=[],
        help="try only these faults: an id, a family, or a pattern with * as in a shell; may be repeated",
    )
    parser.add_argument(
        "--profile", type=_profile, default="standard", help="quick, or standard: then harder (default)"
    )
    parser.add_argument("--jobs", metavar="N", type=_jobs, help="processes (default: one for each core)")
    parser.add_argument(
        "--report",
        metavar="KIND=FILE",
        action="append",
        default=[],
        help="write a report of kind json or html; may be repeated",
    )


def run(arguments: Namespace) -> int:
    """Proves, prints the kill matrix, and writes it wherever else it is wanted."""
    from conformance import prove, suite

    destinations = [_destination(text) for text in arguments.report]
    settings = target.settings(arguments)
    loaded = suite.load(arguments.spec)
    names.check(loaded, settings)
    signal.signal(signal.SIGTERM, _interrupt)
    subject = _subject(loaded, settings, arguments.spec)
    scope = _scope(loaded, subject, arguments, remote=settings.url is not None)
    with _left_alone(subject), progress.shown(sys.stderr) as show:
        matrix = prove.prove(subject, scope, show)
    return _publish(matrix, destinations)


def _subject(loaded: Contract, settings: TargetSettings, spec: Path | None) -> Subject:
    if settings.url is not None:
        from conformance.prove.remote import Remote

        return Remote(loaded, settings)
    if settings.fixtures or settings.settings:
        raise UsageError("--fixture and --setting are for a server of your own", hint="give its --url")
    from conformance.prove.embedded import Embedded

    return Embedded(spec)


@contextmanager
def _left_alone(subject: Subject) -> Iterator[None]:
    """However the proof ends, a user's server is left without a fault, or the user is told."""
    try:
        yield
    finally:
        try:
            subject.leave()
        except UsageError as error:
            console.complain(f"a fault may still be active: {error.message}")


def _scope(loaded: Contract, subject: Subject, arguments: Namespace, *, remote: bool) -> Scope:
    from conformance import suite
    from conformance.prove.fault import chosen, proper
    from conformance.prove.proof import Scope
    from conformance.prove.workers import cores

    if remote and arguments.jobs not in (None, 1):
        raise UsageError("--jobs is for the embedded emulator", hint="one server can have one fault at a time")
    every = suite.requirements(loaded)
    listing = subject.listing()
    faults = chosen(listing.faults, arguments.only)
    proper(faults, [requirement.id for requirement in every])
    return Scope(
        contract=loaded.path,
        firm=tuple(requirement.id for requirement in every if requirement.level != "contested"),
        faults=faults,
        beyond=listing.beyond,
        partial=bool(arguments.only),
        profile=arguments.profile,
        jobs=1 if remote else min(arguments.jobs or cores(), len(faults)),
    )


def _publish(matrix: Matrix, to: list[Destination]) -> int:
    import json

    from conformance.prove import page, text
    from conformance.prove.document import document
    from conformance.report.destination import put

    try:
        for destination in to:
            if destination.kind == "html":
                put(page.render(matrix), destination)
            else:
                put(f"{json.dumps(document(matrix), ensure_ascii=False, indent=2)}\n".encode(), destination)
    finally:
        console.say(text.render(matrix))
    return matrix.exit_code


def _destination(text: str) -> Destination:
    from conformance.report import destination

    kind = text.partition("=")[0]
    if kind == "junit":
        raise UsageError("a proof is reported as json or html, not as junit", hint=f"--report json={text[6:]}")
    return destination(text)


def _profile(text: str) -> Profile:
    known = values.profile(text)
    if known == "thorough":
        raise ArgumentTypeError("a proof has the profiles quick and standard")
    return known


def _jobs(text: str) -> int:
    number = values.natural(text)
    if number == 0:
        raise ArgumentTypeError("at least one process is needed")
    return number


def _interrupt(*_: object) -> NoReturn:
    """Being asked to end is like Ctrl-C: workers end, and a user's server is left without a fault."""
    raise KeyboardInterrupt
