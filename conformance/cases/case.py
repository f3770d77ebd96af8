"""A case: a request, what is expected of it, which requirement it exercises, and its twin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

Expectation = Literal["accept", "refuse", "contested", "survive"]
Credential = Literal[
    "given",
    "missing",
    "empty",
    "wrong",
    "prefix",
    "suffix",
    "case",
    "longer",
    "shorter",
    "headless",
    "scheme",
    "first",
    "last",
    "null",
    "listed",
    "bare",
    "quoted",
    "passwordless",
]
Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Wire:
    """How a case departs from the plain way to send its document; None means plainly."""

    body: bytes | None = None
    content_type: str | None = None
    method: str | None = None
    credential: Credential = "given"
    header_case: Literal["lower", "upper", "mixed"] | None = None


PLAIN = Wire()


@dataclass(frozen=True)
class Case:
    """One request to send. `kind` names the sort of refusal expected; `variant` the fixtures, by their variants."""

    id: str
    requirement: str
    operation: str
    request: Document
    expect: Expectation
    sent: str  # in words, e.g. "65 characters"
    kind: str = "invalid"
    twin: Document | None = None  # the request that differs by the one thing only, and must be accepted for it to tell
    variant: Mapping[str, str] = field(default_factory=dict)
    rehearsal: bool = False
    wire: Wire = PLAIN
    given: Document | None = None
    rank: int = 1  # 0: in every profile; 1: standard; 2: thorough
    repeat: int = 1
    group: str = ""  # where its value stands: acceptances of other groups may be sent together with it
    parts: tuple[Case, ...] = ()  # of a joint acceptance: what is sent instead, one by one, where it is refused

    @cached_property
    def key(self) -> str:
        """What is sent, as one text: cases with one key are the same request."""
        return repr(self.request)

    @cached_property
    def twin_key(self) -> str | None:
        """The key of the twin."""
        return None if self.twin is None else repr(self.twin)

    @property
    def real_id(self) -> str:
        """The id of the case of which this one is the rehearsal; its own if it is none."""
        return self.id.removesuffix(REHEARSED)

    @property
    def safe(self) -> bool:
        """Whether it is sent by a method that changes nothing, whatever it is answered (RFC 9110, 9.2.1)."""
        return self.wire.method in ("HEAD", "OPTIONS")

    @property
    def firm(self) -> bool:
        """Whether a departure breaks the contract."""
        return self.expect in ("accept", "refuse")


REHEARSED = " (rehearsal)"  # ends the id of a case that is sent once more as a rehearsal


@dataclass(frozen=True, slots=True)
class Candidate:
    """A value that may break or keep a keyword; which of both, the oracle says."""

    value: Any
    sent: str
    rank: int = 1


def described(value: Any) -> str:
    """A value in a few words, for people."""
    import json

    if isinstance(value, str) and len(value) > 40:
        return f"{len(value)} characters"
    if isinstance(value, list) and len(value) > 3:
        return f"{len(value)} entries"
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:57]}..."
