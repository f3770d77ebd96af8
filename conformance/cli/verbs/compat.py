"""conformance compat: two versions of a contract, and what changes for callers."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace

from conformance.cli import console
from conformance.nearest import did_you_mean

_FORMATS = ("text", "json", "markdown")


def add(parser: ArgumentParser) -> None:
    """Adds the options of compat."""
    what = "an OpenAPI document: a file, or REV:path of git"
    parser.add_argument("old", metavar="OLD", help=what)
    parser.add_argument("new", metavar="NEW", help=f"the version that is to take its place: {what}")
    parser.add_argument("--format", type=_format, default="text", help="text (default), json or markdown")
    parser.epilog = "exit codes: 0 compatible, 1 breaking for callers, 2 bad input, 3 undecided"


def run(arguments: Namespace) -> int:
    """Prints what was found; 1 if callers break, 3 if that is not known."""
    from conformance.compat import compare, read_revision
    from conformance.compat.words import EXIT, FORMATS

    found = compare(read_revision(arguments.old), read_revision(arguments.new))
    console.say(FORMATS[arguments.format](found))
    return EXIT[found.verdict]


def _format(text: str) -> str:
    if text not in _FORMATS:
        advice = did_you_mean(text, _FORMATS, otherwise="text, json or markdown")
        raise ArgumentTypeError(f"there is no format {text!r}; {advice}")
    return text
