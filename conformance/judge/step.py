"""A step: an exchange together with what was known around it. Judging is a function of steps alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from conformance.cases.case import Case
from conformance.strict_json import NOT_JSON, parsed
from conformance.wire import Exchange

Role = Literal["probe", "case", "again", "given", "look", "restore", "explored"]
State = Mapping[str, Any]


@dataclass(frozen=True)
class Step:
    """`before` and `after` are the state as observed around the exchange; `seen` what a look afterwards showed."""

    operation: str
    document: Mapping[str, Any]
    exchange: Exchange
    role: Role = "case"
    case: Case | None = None
    before: State | None = None
    seen: State | None = None
    culprit: bool = False  # alone responsible for a change of state that should not be
    changed: tuple[str, ...] = ()  # the members that changed
    flaky: bool = False  # the same request again was answered otherwise
    disturbed: tuple[str, ...] = ()  # members that the look itself may have moved

    @property
    def status(self) -> int:
        """The status of the answer; 0 if there was none."""
        return self.exchange.response.status if self.exchange.response is not None else 0

    @cached_property
    def body(self) -> Any:
        """The parsed body; NOT_JSON if it is none."""
        return parsed(self.exchange.response.body) if self.exchange.response is not None else NOT_JSON

    @cached_property
    def headers(self) -> dict[str, str]:
        """The answer's headers by lower-cased name."""
        response = self.exchange.response
        return {} if response is None else {name.lower(): value for name, value in response.headers}

    def knowing(self, **more: Any) -> Step:
        """The step, with more known around its exchange; what was read of the answer need not be read again."""
        step = object.__new__(Step)
        step.__dict__.update(self.__dict__, **more)
        return step
