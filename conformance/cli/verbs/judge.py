"""conformance judge: verdicts on traffic that somebody else makes, recorded in a file or passing through a proxy."""

from __future__ import annotations

import os
import signal
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from conformance.cli import collector, console, contract, credentials, progress, values
from conformance.errors import UsageError

if TYPE_CHECKING:
    from conformance.contract import Contract
    from conformance.requirement import Requirement
    from conformance.verdict import Report


def add(parser: ArgumentParser) -> None:
    """Adds the options of judge."""
    parser.add_argument("file", metavar="FILE.har", nargs="?", type=Path, help="a recording, whoever made it")
    parser.add_argument(
        "--origin", metavar="URL", help="judge only what went to this server, e.g. https://api.example.com"
    )
    parser.add_argument(
        "--proxy", metavar="PORT", type=values.natural, help="instead of a file: forward this port to --url (0: any)"
    )
    parser.add_argument("--url", help="where the proxy forwards to: scheme, host and port")
    contract.add(parser)
    contract.add_selection(parser)
    parser.add_argument(
        "--setting",
        metavar="NAME=VALUE",
        type=values.setting,
        action="append",
        default=[],
        help="a limit of the server, e.g. address_quota=50; may be repeated",
    )
    parser.add_argument("--strict", action="store_true", help="fail on contested readings that the server departs from")
    parser.add_argument(
        "--report",
        metavar="KIND=FILE",
        action="append",
        default=[],
        help="write a report of kind json, junit or html; may be repeated",
    )


def run(arguments: Namespace) -> int:
    """Judges; everything that the user may have got wrong is found before the first exchange."""
    from conformance import suite
    from conformance.cli import names, outcome
    from conformance.contract.setting import configured
    from conformance.report import destination
    from conformance.selection import select
    from conformance.settings import TargetSettings
    from conformance.traffic.concealment import carriers, secrets_of

    _check(arguments)
    destinations = [destination(text) for text in arguments.report]
    loaded = suite.load(arguments.spec)
    limits = dict(arguments.setting)
    names.check(loaded, TargetSettings(settings=limits))
    loaded = configured(loaded, limits)
    every = suite.requirements(loaded)
    chosen = set(select([each.id for each in every], arguments.only, arguments.skip))
    collector.calm()
    source = _recorded if arguments.proxy is None else _passing
    report = source(arguments, loaded, [each for each in every if each.id in chosen])
    secrets = secrets_of(loaded, [os.environ.get(credentials.VARIABLE)], carriers(loaded, report))
    return outcome.publish(report, secrets, destinations, strict=arguments.strict)


def _check(arguments: Namespace) -> None:
    """Raises UsageError unless there is one source of exchanges."""
    if arguments.file is None and arguments.proxy is None:
        raise UsageError("no recording is given", hint="conformance judge FILE.har, or --proxy PORT --url TARGET")
    if arguments.file is not None and (arguments.proxy is not None or arguments.url is not None):
        raise UsageError("a recording needs no proxy and no target", hint="give either the file or --proxy and --url")
    if (arguments.proxy is None) is not (arguments.url is None) or (arguments.proxy is not None and arguments.origin):
        raise UsageError("a proxy forwards to one --url", hint="conformance judge --proxy PORT --url TARGET")


def _recorded(arguments: Namespace, loaded: Contract, requirements: list[Requirement]) -> Report:
    from conformance.target.address import Address
    from conformance.traffic.read import Recording
    from conformance.traffic.report import judge_recording

    origin = None if arguments.origin is None else Address.parse(arguments.origin).url
    with progress.shown(sys.stderr) as show:
        return judge_recording(loaded, requirements, Recording(arguments.file), origin, show)


def _passing(arguments: Namespace, loaded: Contract, requirements: list[Requirement]) -> Report:
    from conformance.target.address import Address
    from conformance.traffic.forward import Forwarder
    from conformance.traffic.report import judge_passing

    target = Address.parse(arguments.url)
    with Forwarder(target, arguments.proxy) as forwarder:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: forwarder.stop())
        console.say(f"forwarding {forwarder.url} to {target.url}; Ctrl-C ends and reports\n")
        with progress.shown(sys.stderr) as show:
            return judge_passing(loaded, requirements, forwarder, target.url, show)
