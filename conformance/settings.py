"""What a user settles before a run: which target, what may happen to it, and how much is tried."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

from conformance.verdict import Result

Profile = Literal["quick", "standard", "thorough"]
PROFILES: tuple[Profile, ...] = get_args(Profile)
DEFAULT_SEED = 1  # the same cases for everybody until somebody asks for others


@dataclass(frozen=True, slots=True)
class TargetSettings:
    """A target and what is known of it; `url` None is the embedded emulator, `deadline` is seconds per request."""

    url: str | None = None
    token: str | None = field(default=None, repr=False)
    fixtures: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, object] = field(default_factory=dict)
    allow_changes: bool = False
    allow_disruption: bool = False
    deadline: float = 10.0


@dataclass(frozen=True, slots=True)
class Options:
    """How much is tried; `time_limit` is seconds for the whole run, `only` and `skip` are patterns on ids.

    `record` is the file into which every exchange is written; `twice` sends each case a second time at once, to see
    what of its answer moves by itself.
    """

    only: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    profile: Profile = "standard"
    seed: int = DEFAULT_SEED
    time_limit: float | None = None
    record: Path | None = None
    twice: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has come: `done` of `total`, what is at work (`label`), and the verdict just reached."""

    done: int
    total: int
    label: str
    result: Result | None = None
