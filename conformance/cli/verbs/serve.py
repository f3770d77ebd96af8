"""conformance serve: the emulator, on a port, until it is stopped."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from conformance.cli import console, values


def add(parser: ArgumentParser) -> None:
    """Adds the options of serve."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)")
    parser.add_argument("--port", metavar="N", type=values.natural, default=0, help="(default: a free one)")


def run(arguments: Namespace) -> int:
    """Serves until it is interrupted or terminated."""
    from conformance.emulator.server import serve

    serve(arguments.host, arguments.port, ready=_announce)
    return 0


def _announce(url: str) -> None:
    """Says where the emulator is, and the command that checks it."""
    from conformance.emulator import FIXTURES, TOKEN

    fixtures = [f"--fixture {name}={value}" for name, value in FIXTURES.items()]
    command = " \\\n    ".join([f"conformance check --url {url} --token {TOKEN}", *fixtures])
    console.say(f"url    {url}\ntoken  {TOKEN}\n\n{command}\n")
