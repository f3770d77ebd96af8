"""A recorded exchange: what a recording holds of it, and what it leaves out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from conformance.wire import Exchange


@dataclass(frozen=True, slots=True)
class Recorded:
    """An exchange with `origin` (scheme, host and port); `asked` and `answered`: whether the bodies are recorded.

    `note` is what this program wrote beside it: operation, role, case, requirement, expect, rehearsal, credential.
    """

    origin: str
    exchange: Exchange
    asked: bool = True
    answered: bool = True
    cached: bool = False  # whether the answer came out of a browser's cache
    note: Mapping[str, Any] = field(default_factory=dict)
