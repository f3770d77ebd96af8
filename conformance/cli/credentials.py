"""The secrets that a command line brings along, wherever it keeps them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from conformance.cli import configuration
from conformance.cli.console import Redact
from conformance.errors import ConformanceError

VARIABLE = "CONFORMANCE_TOKEN"


def redaction(given: list[str]) -> Redact:
    """Hides every credential that the arguments, the environment or the configuration name."""
    from conformance.target.secrets import Secrets

    return Secrets(tuple(dict.fromkeys(_known(given)))).redact


def _known(given: list[str]) -> Iterator[str]:
    for index, word in enumerate(given):
        if word == "--token" and index + 1 < len(given):
            yield given[index + 1]
        elif word.startswith("--token="):
            yield word.removeprefix("--token=")
    yield from (os.environ[name] for name in (VARIABLE, *_configured()) if os.environ.get(name))


def _configured() -> tuple[str, ...]:
    try:
        return configuration.token_variables(Path(configuration.FILE))
    except ConformanceError:
        return ()
