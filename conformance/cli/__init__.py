"""The command line: one verb, one small module, imported only when it is asked for."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from conformance.cli import console
from conformance.errors import ConformanceError, DefectError

__all__ = ["main"]

USAGE, DEFECT, INTERRUPTED = 2, 4, 130
_HOW_TO_REPORT = "please report it with the command that you ran and what --debug adds"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs `conformance VERB …` and returns its exit code; never raises but for --help."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return _run(given)
    except KeyboardInterrupt:
        console.complain("interrupted")
        return INTERRUPTED
    except ConformanceError as error:
        return _refuse(error, given)
    except Exception as error:  # noqa: BLE001  the last net: whatever falls in is our own defect
        return _admit(error, given)


def _run(given: list[str]) -> int:
    from conformance.cli import parser

    verb, arguments = parser.parse(given)
    return verb(arguments)


def _refuse(error: ConformanceError, given: list[str]) -> int:
    """Says in one sentence what is wrong, and what to do about it."""
    redact = _redaction(given)
    console.complain(redact(error.message))
    if error.hint:
        console.hint(redact(error.hint))
    _debug(error, given)
    return DEFECT if isinstance(error, DefectError) else USAGE


def _admit(error: Exception, given: list[str]) -> int:
    """Says that this program is at fault, never the target."""
    redact = _redaction(given)
    console.complain(redact(f"a defect of this program: {type(error).__name__}: {error}"))
    console.hint(_HOW_TO_REPORT)
    _debug(error, given)
    return DEFECT


def _debug(error: Exception, given: list[str]) -> None:
    if "--debug" in given:
        import traceback

        console.complain(_redaction(given)("".join(traceback.format_exception(error))))


def _redaction(given: list[str]) -> console.Redact:
    from conformance.cli import credentials

    return credentials.redaction(given)
