"""conformance compare: the same cases to two targets, and what differs between their answers."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from conformance.cli import console, contract, credentials, names, progress, values
from conformance.errors import UsageError
from conformance.settings import DEFAULT_SEED, Options, TargetSettings

if TYPE_CHECKING:
    from conformance.compare.comparison import Comparison
    from conformance.contract import Contract

_SIDES = ("reference", "candidate")


def add(parser: ArgumentParser) -> None:
    """Adds the options of compare."""
    parser.add_argument("--reference", metavar="URL|FILE.har", required=True, help="a target, or a recording of one")
    parser.add_argument("--candidate", metavar="URL", required=True, help="the target that is compared with it")
    for side in _SIDES:
        variable = credentials.variable(side)
        parser.add_argument(f"--{side}-token", help=f"its credential; better: the environment variable {variable}")
        parser.add_argument(
            f"--{side}-fixture", metavar="NAME=VALUE", type=values.pair, action="append", default=[],
            help="something that exists there; may be repeated",
        )  # fmt: skip
    parser.add_argument(
        "--setting", metavar="NAME=VALUE", type=values.setting, action="append", default=[], help="a limit of both"
    )
    parser.add_argument("--timeout", metavar="SECONDS", type=values.seconds, default=10.0, help="per request (10)")
    parser.add_argument("--allow-changes", action="store_true", help="let targets that are not local be changed")
    parser.add_argument("--allow-disruption", action="store_true", help="let them be disrupted too")
    contract.add(parser)
    contract.add_selection(parser)
    parser.add_argument("--profile", type=values.profile, default="standard", help="quick, standard or thorough")
    parser.add_argument("--seed", metavar="N", type=values.natural, default=DEFAULT_SEED, help="of what is drawn")
    parser.add_argument("--report", metavar="json=FILE", action="append", default=[], help="write it as JSON")


def run(arguments: Namespace) -> int:
    """Compares; everything that the user may have got wrong is found before the first request."""
    from conformance import suite
    from conformance.compare import document
    from conformance.selection import select
    from conformance.traffic.concealment import secrets_of

    files = [_file(text) for text in arguments.report]
    reference, candidate = _settings(arguments, "reference"), _settings(arguments, "candidate")
    loaded = suite.load(arguments.spec)
    for side in (reference, candidate):
        names.check(loaded, side)
    select([each.id for each in suite.requirements(loaded)], arguments.only, arguments.skip)
    comparison = _compared(loaded, arguments, reference, candidate)
    made = document.document(comparison, secrets_of(loaded, [candidate.token, reference.token]))
    console.say(document.as_text(made))
    for path in files:
        path.write_bytes(document.as_json(made))
    code: int = made["run"]["exit_code"]
    return code


def _compared(
    loaded: Contract, arguments: Namespace, reference: TargetSettings, candidate: TargetSettings
) -> Comparison:
    from conformance.compare.run import compare_recording, compare_targets

    options = Options(tuple(arguments.only), tuple(arguments.skip), arguments.profile, arguments.seed)
    with progress.shown(sys.stderr) as show:
        if reference.url is None:
            path = Path(arguments.reference)
            return compare_recording(loaded, path, reference.fixtures, candidate, options, show)
        return compare_targets(loaded, reference, candidate, options, show)


def _settings(arguments: Namespace, side: str) -> TargetSettings:
    """What is known of one side; a recording has no URL."""
    given: Mapping[str, object] = vars(arguments)
    url = str(given[side])
    if side == "candidate" or "://" in url:
        from conformance.target.address import Address

        url = Address.parse(url).url
    token = given[f"{side}_token"] or os.environ.get(credentials.variable(side)) or os.environ.get(credentials.VARIABLE)
    return TargetSettings(
        url=url if "://" in url else None,
        token=str(token) if token else None,
        fixtures=dict(getattr(arguments, f"{side}_fixture")),
        settings=dict(arguments.setting),
        allow_changes=arguments.allow_changes,
        allow_disruption=arguments.allow_disruption,
        deadline=arguments.timeout,
    )


def _file(text: str) -> Path:
    from conformance.report import destination

    found = destination(text)
    if found.kind != "json":
        hint = f"--report json={found.path.name}"
        raise UsageError(f"a comparison is written as json, not as {found.kind}", hint=hint)
    return found.path
