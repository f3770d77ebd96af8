"""The options that choose a contract and some of its requirements."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path


def add(parser: ArgumentParser) -> None:
    """Adds --spec."""
    parser.add_argument(
        "--spec", metavar="FILE", type=Path, help="an OpenAPI document (default: the contract that comes along)"
    )


def add_selection(parser: ArgumentParser) -> None:
    """Adds --only and --skip."""
    what = "an id, its beginning up to a '/' (so an operation too), or a pattern with * as in a shell"
    for option, effect in (("--only", "take only these requirements"), ("--skip", "leave these out")):
        parser.add_argument(
            option, metavar="PATTERN", action="append", default=[], help=f"{effect}: {what}; may be repeated"
        )
