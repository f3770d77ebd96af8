"""A request as the emulator sees it, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from conformance.emulator.state import World


@dataclass(frozen=True, slots=True)
class Heard:
    """A request as it came: not yet known to be for anything."""

    method: str
    path: str  # decoded
    query: str
    headers: Mapping[str, str]  # by lower-case name
    raw: bytes | None  # None: more than a gateway takes


@dataclass(slots=True)
class Call:
    """One request on its way through the checks; `document` is set once the body has been read as JSON."""

    operation: str
    world: World
    method: str
    target: str  # decoded path
    query: str
    path: Mapping[str, str]
    headers: Mapping[str, str]  # by lower-case name
    raw: bytes
    number: int  # of the request, counted from 1 since the start
    document: Any = None

    @property
    def option(self) -> dict[str, Any]:
        """The object under `address_group`; an empty one where there is none."""
        option = self.document.get("address_group") if isinstance(self.document, dict) else None
        return option if isinstance(option, dict) else {}

    @property
    def rehearsal(self) -> bool:
        """Whether the body asks for the checks only."""
        return isinstance(self.document, dict) and self.document.get("dry_run") is True


@dataclass(frozen=True, slots=True)
class Refusal:
    """How a broken check is answered."""

    status: int
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A response before it is written down; a body of None is empty, `raw` is sent instead of `body` if set."""

    status: int
    body: Any = None
    media: str = "application/json"
    headers: tuple[tuple[str, str], ...] = ()
    raw: bytes | None = None
