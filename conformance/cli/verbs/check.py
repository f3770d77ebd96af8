"""conformance check: runs the suite against a target and reports."""

from __future__ import annotations

import signal
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from conformance.cli import collector, contract, names, progress, target, values
from conformance.settings import DEFAULT_SEED, Options, TargetSettings

if TYPE_CHECKING:
    from conformance.emulator.server import Embedded
    from conformance.report import Destination


def add(parser: ArgumentParser) -> None:
    """Adds the options of check."""
    target.add(parser)
    contract.add(parser)
    contract.add_selection(parser)
    parser.add_argument("--profile", type=values.profile, default="standard", help="quick, standard or thorough")
    parser.add_argument("--seed", metavar="N", type=values.natural, default=DEFAULT_SEED, help="of what is drawn")
    parser.add_argument("--strict", action="store_true", help="fail on contested readings that the target departs from")
    parser.add_argument("--time-limit", metavar="SECONDS", type=values.seconds, help="for the whole run")
    parser.add_argument(
        "--record", metavar="FILE", type=Path, help="write every exchange to a HAR file, without credentials"
    )
    parser.add_argument(
        "--report",
        metavar="KIND=FILE",
        action="append",
        default=[],
        help="write a report of kind json, junit or html; may be repeated",
    )


def run(arguments: Namespace) -> int:
    """Runs the suite; everything that the user may have got wrong is found before the first request."""
    from conformance.report import destination

    destinations = [destination(text) for text in arguments.report]
    settings = target.settings(arguments)
    collector.calm()
    with ExitStack() as stack:
        return _checked(arguments, settings, destinations, _emulator(settings, stack))


def _emulator(settings: TargetSettings, stack: ExitStack) -> Embedded | None:
    """The emulator, if it is the target: it starts while the suite is imported and the contract read."""
    if settings.url is not None:
        return None
    from conformance.emulator.server import Embedded

    return stack.enter_context(Embedded())


def _checked(
    arguments: Namespace, settings: TargetSettings, destinations: list[Destination], emulator: Embedded | None
) -> int:
    from conformance import suite
    from conformance.cli import outcome
    from conformance.selection import select

    loaded = suite.load(arguments.spec)
    names.check(loaded, settings)
    ids = [requirement.id for requirement in suite.requirements(loaded)]
    with _interruptible():
        if select(ids, arguments.only, arguments.skip):
            with progress.shown(sys.stderr) as show:
                report = suite.check(loaded, settings, _options(arguments), show, emulator)
        else:
            report = outcome.nothing(loaded, _options(arguments))
        secrets = outcome.secrets_of(loaded, settings)
        return outcome.publish(report, secrets, destinations, strict=arguments.strict)


def _options(arguments: Namespace) -> Options:
    return Options(
        only=tuple(arguments.only),
        skip=tuple(arguments.skip),
        profile=arguments.profile,
        seed=arguments.seed,
        time_limit=arguments.time_limit,
        record=arguments.record,
    )


@contextmanager
def _interruptible() -> Iterator[None]:
    """Being asked to end is like Ctrl-C: what was changed is put back, and what is known is reported.

    A second request, sent by somebody impatient or by a parent as well, does not keep it from that; a third does.
    """
    heard: list[int] = []

    def interrupt(number: int, *_: object) -> None:
        heard.append(number)
        if len(heard) != 2:
            raise KeyboardInterrupt

    before = {number: signal.signal(number, interrupt) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
