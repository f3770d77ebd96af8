"""conformance judge: verdicts on traffic that somebody else makes, recorded in a file or passing through a proxy."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from conformance.cli import contract, credentials, progress, values
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

    if arguments.file is None:
        raise UsageError("no recording is given", hint="conformance judge FILE.har")
    destinations = [destination(text) for text in arguments.report]
    loaded = suite.load(arguments.spec)
    limits = dict(arguments.setting)
    names.check(loaded, TargetSettings(settings=limits))
    loaded = configured(loaded, limits)
    every = suite.requirements(loaded)
    chosen = set(select([each.id for each in every], arguments.only, arguments.skip))
    report = _recorded(arguments, loaded, [each for each in every if each.id in chosen])
    secrets = secrets_of(loaded, [os.environ.get(credentials.VARIABLE)], carriers(loaded, report))
    return outcome.publish(report, secrets, destinations, strict=arguments.strict)


def _recorded(arguments: Namespace, loaded: Contract, requirements: list[Requirement]) -> Report:
    from conformance.target.address import Address
    from conformance.traffic.read import Recording
    from conformance.traffic.report import judge_recording

    origin = None if arguments.origin is None else Address.parse(arguments.origin).url
    with progress.shown(sys.stderr) as show:
        return judge_recording(loaded, requirements, Recording(arguments.file), origin, show)
