"""The options that name a target, and the settings that they amount to."""

from __future__ import annotations

import os
import re
from argparse import ArgumentParser, Namespace
from pathlib import Path

from conformance.cli import configuration, credentials, values
from conformance.errors import UsageError
from conformance.settings import TargetSettings

_UNSENDABLE = re.compile(r"[^\x01-\x09\x0b\x0c\x0e-\xff]")  # user:password is sent in base64, whatever its letters
_DEADLINE = TargetSettings().deadline


def add(parser: ArgumentParser) -> None:
    """Adds the options of a target."""
    group = parser.add_argument_group("target", "without --url or --target: the embedded emulator")
    group.add_argument("--url", help="scheme, host and port of the target, e.g. http://127.0.0.1:8080")
    group.add_argument("--target", metavar="NAME", help=f"a target of {configuration.FILE} in the current folder")
    group.add_argument("--token", help=f"the credential; better: the environment variable {credentials.VARIABLE}")
    group.add_argument(
        "--fixture",
        metavar="NAME=VALUE",
        type=values.pair,
        action="append",
        default=[],
        help="something that exists on the target, e.g. project_id=…; may be repeated",
    )
    group.add_argument(
        "--setting",
        metavar="NAME=VALUE",
        type=values.setting,
        action="append",
        default=[],
        help="a limit of the target, e.g. address_quota=50; may be repeated",
    )
    group.add_argument("--timeout", metavar="SECONDS", type=values.seconds, help=f"per request (default {_DEADLINE:g})")
    group.add_argument("--allow-changes", action="store_true", help="let a target that is not local be changed")
    group.add_argument("--allow-disruption", action="store_true", help="let it be disrupted too (e.g. powered off)")


def settings(arguments: Namespace) -> TargetSettings:
    """The settings of the chosen target, the command line's before those of the configuration."""
    base = _base(arguments)
    return TargetSettings(
        url=base.url,
        token=_token(arguments.token, base),
        fixtures={**base.fixtures, **dict(arguments.fixture)},
        settings={**base.settings, **dict(arguments.setting)},
        allow_changes=base.allow_changes or arguments.allow_changes,
        allow_disruption=base.allow_disruption or arguments.allow_disruption,
        deadline=arguments.timeout or base.deadline,
    )


def _base(arguments: Namespace) -> TargetSettings:
    if arguments.url is not None and arguments.target is not None:
        raise UsageError("--url and --target both name a target", hint="give one of them")
    if arguments.target is not None:
        base = configuration.target(Path(configuration.FILE), arguments.target)
    else:
        base = TargetSettings(url=arguments.url)
    if base.url is not None:
        from conformance.target.address import Address

        Address.parse(base.url)
    return base


def _token(given: str | None, base: TargetSettings) -> str | None:
    """The embedded emulator has a token of its own: one in the environment is meant for something else."""
    if base.url is None and given is not None:
        raise UsageError("--token is for a target that --url or --target names", hint="give --url")
    if given == "":
        raise UsageError("--token is empty", hint=f"leave it out, or set {credentials.VARIABLE}")
    if base.url is None:
        return None
    token = given or base.token or os.environ.get(credentials.VARIABLE) or None
    basic = token is not None and ":" in token
    if token is not None and _UNSENDABLE.search(token.encode("ascii", "ignore").decode() if basic else token):
        raise UsageError("the token has a character that no header can carry", hint="is there a line break at its end?")
    return token
