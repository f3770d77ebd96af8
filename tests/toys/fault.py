"""How a fault departs from what is right: checks that hold for more or less, responses that are changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from tests.toys.toy import Amend, Check
from tests.toys.wire import Response

Change = Callable[[Response], Response]


def wider(checks: Mapping[str, Check], name: str, also: Check) -> dict[str, Check]:
    """A check that holds for more than it should."""
    right = checks[name]
    return {name: lambda value: also(value) or right(value)}


def narrower(checks: Mapping[str, Check], name: str, unless: Check) -> dict[str, Check]:
    """A check that holds for less than it should."""
    right = checks[name]
    return {name: lambda value: right(value) and not unless(value)}


def on(operation: str, change: Change, status: int | None = None) -> Amend:
    """The responses of one operation changed, of one status if so asked."""
    return lambda name, response: (
        change(response) if name == operation and status in (None, response.status) else response
    )


def everywhere(change: Change, status: int) -> Amend:
    """The responses of one status changed, whatever the operation."""
    return lambda _, response: change(response) if response.status == status else response


def with_members(operation: str, **members: Any) -> Amend:
    """Success answers of one operation with these members."""
    return on(operation, lambda r: replace(r, document={**r.document, **members}) if r.status < 300 else r)


def without(name: str) -> Change:
    """The document without one member."""
    return lambda response: replace(response, document={k: v for k, v in response.document.items() if k != name})
