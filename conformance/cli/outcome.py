"""What a run leaves behind: the reports, the text on the terminal, the exit code."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from conformance.cli import console
from conformance.report import Destination, Document, document, write
from conformance.report.terminal import Style, render
from conformance.settings import TargetSettings
from conformance.target.secrets import Secrets
from conformance.verdict import Report


def publish(report: Report, settings: TargetSettings, to: Iterable[Destination], *, strict: bool) -> int:
    """Writes every report, then the text, which a closed pipe may cut; returns the exit code."""
    seen = view(report, settings, strict=strict)
    try:
        for destination in to:
            write(seen, destination)
    finally:
        console.say(render(seen, Style(console.width(sys.stdout), console.in_colour(sys.stdout))))
    return seen["run"]["exit_code"]


def view(report: Report, settings: TargetSettings, *, strict: bool) -> Document:
    """The report as it may be shown: without credentials, with the commands that repeat it."""
    raise NotImplementedError
