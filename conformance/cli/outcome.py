"""What a run leaves behind: the reports, the text on the terminal, the exit code."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from time import time
from typing import TYPE_CHECKING

from conformance.cli import console
from conformance.report import Destination, document, write
from conformance.report.terminal import Style, render
from conformance.settings import Options, TargetSettings
from conformance.target.secrets import Secrets
from conformance.verdict import Report, Run

if TYPE_CHECKING:
    from conformance.contract import Contract


def publish(report: Report, secrets: Secrets, to: Iterable[Destination], *, strict: bool) -> int:
    """Writes every report, then the text, which a closed pipe may cut; returns the exit code."""
    seen = document(report, secrets, strict=strict)
    try:
        for destination in to:
            write(seen, destination)
    finally:
        console.say(render(seen, Style(console.width(sys.stdout), console.in_colour(sys.stdout))))
    return seen["run"]["exit_code"]


def nothing(contract: Contract, options: Options) -> Report:
    """The report of a run in which there was nothing to do: incomplete."""
    run = Run(options.seed, options.profile, time(), 0.0, 0, contract.path, "no requirement is selected")
    return Report(run, target={}, results=())


def secrets_of(contract: Contract, settings: TargetSettings) -> Secrets:
    """The target's credential, and wherever the contract says that credentials travel."""
    from conformance.emulator import TOKEN
    from conformance.traffic import concealment

    return concealment.secrets_of(contract, [TOKEN if settings.url is None else settings.token])
