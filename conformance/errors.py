"""Errors: our own faults and the operator's; what is wrong with a target is a value, not an exception.

ConformanceError
├── UsageError            the command line or the configuration is off          exit 2
│   └── ContractError     the document is broken; says file, line and reason    exit 2
└── DefectError           an inconsistency of our own                           exit 4
"""

from __future__ import annotations


class ConformanceError(Exception):
    """Something the caller must know; `hint` says what to do about it."""

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(ConformanceError):
    """The command line, the configuration or an input file cannot be used as given."""


class ContractError(UsageError):
    """The contract cannot be loaded: where (`file`, 1-based `line`) and why."""

    def __init__(self, message: str, *, file: str, line: int | None = None, hint: str | None = None) -> None:
        place = f"{file}:{line}" if line else file
        super().__init__(f"{place}: {message}", hint=hint)
        self.file = file
        self.line = line
        self.reason = message


class DefectError(ConformanceError):
    """An inconsistency of this program itself, never of the target."""
