"""The command line as argparse sees it: all verbs by name, only the chosen one with its options."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from importlib import import_module
from typing import NoReturn

from conformance.errors import UsageError
from conformance.nearest import did_you_mean

# Each is a module of conformance.cli.verbs, imported only when it is chosen.
VERBS = {
    "check": "run the suite against a target; without one, against the embedded emulator",
    "list": "list the requirements of the contract, and what was found wrong with it",
    "explain": "explain one requirement: its source, its cases, how it fails",
    "prove": "try a server with each of its faults: which requirement catches it",
    "serve": "serve the emulator on a port",
    "compat": "compare two versions of a contract: is what worked still accepted, and promised?",
    "judge": "judge traffic that others make: a recording, or what passes through a proxy",
    "compare": "compare two targets, or one with a recording: what differs between their answers",
    "client": "regenerate the client from the contract",
}

_EPILOG = """exit codes: 0 conformant, 1 a requirement fails, 2 usage or configuration,
3 incomplete, 4 a defect of this program, 130 interrupted"""


class Parser(argparse.ArgumentParser):
    """An argparse parser that raises UsageError and knows no abbreviations."""

    def __init__(self, **settings: object) -> None:
        super().__init__(**{"allow_abbrev": False, **settings})  # type: ignore[arg-type]

    def error(self, message: str) -> NoReturn:
        """The message as a sentence of ours."""
        raise UsageError(message.removeprefix("argument "), hint=f"{self.prog} --help shows the options")


def parse(given: list[str]) -> tuple[Callable[[argparse.Namespace], int], argparse.Namespace]:
    """The verb's `run` and its arguments; raises UsageError, or SystemExit 0 after --help."""
    name = next((word for word in given if not word.startswith("-")), None)
    if name is not None and name not in VERBS:
        raise UsageError(f"there is no verb {name!r}", hint=did_you_mean(name, VERBS, otherwise=_all_verbs()))
    root, chosen = _build(name)
    arguments, unknown = root.parse_known_args(given)
    if unknown:
        raise _unknown(unknown, chosen or root)
    if name is None:
        raise UsageError("no verb given", hint=_all_verbs())
    return import_module(f"conformance.cli.verbs.{name}").run, arguments


def _build(name: str | None) -> tuple[Parser, argparse.ArgumentParser | None]:
    root = Parser(
        prog="conformance",
        description="Tests a server against its documented contract, one verdict per requirement.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verbs = root.add_subparsers(title="verbs", metavar="VERB", parser_class=Parser)
    for verb, summary in VERBS.items():
        parser = verbs.add_parser(verb, help=summary, description=f"{summary[0].upper()}{summary[1:]}.")
        if verb == name:
            import_module(f"conformance.cli.verbs.{verb}").add(parser)
            parser.add_argument("--debug", action="store_true", help="show where an error arose")
    return root, verbs.choices.get(name or "")


def _all_verbs() -> str:
    return f"the verbs are {', '.join(VERBS)}; conformance VERB --help tells more"


def _unknown(words: list[str], parser: argparse.ArgumentParser) -> UsageError:
    """Names the option without its value, which may be a misplaced secret."""
    option = next((word.partition("=")[0] for word in words if word.startswith("-")), None)
    help_hint = f"{parser.prog} --help shows the options"
    if option is None:
        return UsageError(f"{len(words)} argument(s) too many", hint=f"{help_hint}; a target is given with --url")
    known = re.findall(r"--[a-z-]+", parser.format_usage())
    return UsageError(f"there is no option {option}", hint=did_you_mean(option, known, otherwise=help_hint))
