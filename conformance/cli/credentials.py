"""The secrets that a command line brings along, wherever it keeps them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from conformance.cli import configuration
from conformance.cli.console import Redact
from conformance.errors import ConformanceError

VARIABLE = "CONFORMANCE_TOKEN"
SIDES = ("reference", "candidate")
_OPTIONS = ("--token", *(f"--{side}-token" for side in SIDES))


def variable(side: str) -> str:
    """The environment variable with the token of one side of a comparison."""
    return f"CONFORMANCE_{side.upper()}_TOKEN"


def redaction(given: list[str]) -> Redact:
    """Hides every credential that the arguments, the environment or the configuration name."""
    from conformance.target.secrets import Secrets

    return Secrets(tuple(dict.fromkeys(_known(given)))).redact


def _known(given: list[str]) -> Iterator[str]:
    for index, word in enumerate(given):
        option, mark, value = word.partition("=")
        if option in _OPTIONS:
            yield value if mark else "".join(given[index + 1 : index + 2])
    named = (VARIABLE, *map(variable, SIDES), *_configured())
    yield from (os.environ[name] for name in named if os.environ.get(name))


def _configured() -> tuple[str, ...]:
    try:
        return configuration.token_variables(Path(configuration.FILE))
    except ConformanceError:
        return ()
