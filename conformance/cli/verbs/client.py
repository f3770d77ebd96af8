"""conformance client: writes the typed client that follows a contract, or says that it no longer does."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from conformance.cli import console, contract

STALE = 1


def add(parser: ArgumentParser) -> None:
    """Adds the options of client."""
    contract.add(parser)
    parser.add_argument("--output", metavar="FOLDER", type=Path, default=Path("generated"), help="(default: generated)")
    parser.add_argument("--check", action="store_true", help="change nothing; fail if the client is stale")


def run(arguments: Namespace) -> int:
    """Regenerates the client, or compares it: 0 in step with the contract, 1 stale."""
    from conformance.bundled import bundled_contract
    from conformance.client import regenerate, stale

    spec = arguments.spec or bundled_contract()
    if not arguments.check:
        regenerate(spec, arguments.output)
        console.say(f"the client in {arguments.output} follows {spec}\n")
        return 0
    files = stale(spec, arguments.output)
    if not files:
        console.say(f"the client in {arguments.output} follows {spec}\n")
        return 0
    console.complain(f"{len(files)} file(s) in {arguments.output} do not follow {spec}: {', '.join(files)}")
    console.hint("run conformance client")
    return STALE
