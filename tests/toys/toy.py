"""What both toys are made of: decisions that a fault may replace, and small checks of JSON values."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from tests.toys.wire import App, Request, Response

Check = Callable[[Any], bool]
Amend = Callable[[str, Response], Response]  # an operation and its response to what is sent

_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_TIME = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?")
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?"
_ADDRESS = re.compile(rf'({_ATOM}(\.{_ATOM})*|"([^"\\]|\\.)*")@({_LABEL}(\.{_LABEL})*|\[[0-9A-Za-z.:]+\])', re.ASCII)


class RefusalError(Exception):
    """The request is answered with an error: which decision names the status, and what is wrong."""

    def __init__(self, kind: str, problem: str) -> None:
        super().__init__(problem)
        self.kind = kind
        self.problem = problem


def unchanged(operation: str, response: Response) -> Response:
    """What is sent is what was answered."""
    del operation
    return response


@dataclass(frozen=True, slots=True)
class Decisions:
    """Everything that a server decides: which values are valid, which status says what, what is sent at last."""

    checks: Mapping[str, Check]
    statuses: Mapping[str, int]
    amend: Amend = unchanged

    def require(self, kind: str, name: str, value: Any) -> None:
        """Refuses a value that its check does not hold for."""
        if not self.checks[name](value):
            raise RefusalError(kind, f"{name} is not as described")

    def replaced(self, fault: Fault) -> Decisions:
        """The same decisions but for those of a fault."""
        return Decisions({**self.checks, **fault.checks}, {**self.statuses, **fault.statuses}, fault.amend)


@dataclass(frozen=True, slots=True)
class Fault:
    """One defect: the requirement that it breaks, and a `witness`, which is answered otherwise than it should be."""

    name: str
    requirement: str
    witness: Request
    checks: Mapping[str, Check] = field(default_factory=dict)
    statuses: Mapping[str, int] = field(default_factory=dict)
    amend: Amend = unchanged


@dataclass(frozen=True, slots=True)
class Toy:
    """A contract (a file beside this one), the server that keeps it, and its faults; `token` fits its security."""

    contract: str
    token: str
    start: Callable[[Decisions], App]
    decisions: Decisions
    faults: tuple[Fault, ...]


def anything(value: Any) -> bool:
    """Every value."""
    del value
    return True


def parsed(request: Request) -> Any:
    """The JSON document of a request; refused if it is none, or of another media type."""
    if request.media_type != "application/json" or not _utf8(request.headers["content-type"]):
        raise RefusalError("media", "the body is not application/json in UTF-8")
    try:
        return json.loads(request.body.decode(), parse_constant=_constant)
    except (ValueError, RecursionError):
        raise RefusalError("malformed", "the body is not a JSON document") from None


def _utf8(content_type: str) -> bool:
    charset = re.search(r'charset\s*=\s*"?([^";\s]+)', content_type, re.IGNORECASE)
    return charset is None or charset[1].lower() == "utf-8"


def _constant(name: str) -> Any:
    raise ValueError(name)


def integer(low: float | None = None, high: float | None = None) -> Check:
    """Whole numbers between two limits, both included."""
    return lambda value: number(low, high)(value) and float(value).is_integer()


def number(low: float | None = None, high: float | None = None) -> Check:
    """Numbers between two limits, both included."""
    return lambda value: (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and (low is None or value >= low)
        and (high is None or value <= high)
        and abs(value) <= 1e300
    )


def digits(low: int | None = None, high: int | None = None) -> Check:
    """Whole numbers between two limits, written in a path, a query or a header."""
    return lambda text: bool(re.fullmatch(r"-?(0|[1-9][0-9]*)", text)) and _between(int(text[:300]), low, high)


def decimal(low: float | None = None, high: float | None = None) -> Check:
    """Numbers between two limits, written in a path, a query or a header."""
    return lambda text: bool(_NUMBER.fullmatch(text)) and _between(float(text), low, high)


def _between(value: float, low: float | None, high: float | None) -> bool:
    return (low is None or value >= low) and (high is None or value <= high)


def string(low: int = 0, high: int | None = None, pattern: str = "") -> Check:
    """Texts between two lengths, which a pattern describes from end to end."""
    return lambda value: (
        isinstance(value, str)
        and _between(len(value), low, high)
        and (not pattern or re.fullmatch(pattern, value) is not None)
    )


def one_of(*values: Any) -> Check:
    """These values and no others."""
    return lambda value: any(value == other and type(value) is type(other) for other in values)


def boolean(value: Any) -> bool:
    """True and false."""
    return isinstance(value, bool)


def array(item: Check, low: int = 0, high: int | None = None, *, unique: bool = False) -> Check:
    """Arrays between two lengths, of valid items that differ from each other if so asked."""
    return lambda value: (
        isinstance(value, list)
        and _between(len(value), low, high)
        and all(item(entry) for entry in value)
        and (not unique or len({json.dumps(entry, sort_keys=True) for entry in value}) == len(value))
    )


def table(value_check: Check, low: int = 0, high: int | None = None) -> Check:
    """Objects of any names, whose values are valid."""
    return lambda value: (
        isinstance(value, dict) and _between(len(value), low, high) and all(value_check(v) for v in value.values())
    )


def nullable(check: Check) -> Check:
    """The same values, and null."""
    return lambda value: value is None or check(value)


def uuid(text: Any) -> bool:
    """UUIDs with hyphens, in small or capital letters."""
    return isinstance(text, str) and _UUID.fullmatch(text) is not None


def day(text: Any) -> bool:
    """Days of the calendar, as in 2024-02-29."""
    if not isinstance(text, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return False
    try:
        date.fromisoformat(re.sub("^0000", "2000", text))  # a year that RFC 3339 knows and Python does not
    except ValueError:
        return False
    return True


def moment(text: Any) -> bool:
    """Times as in RFC 3339; a leap second only where there can be one."""
    if not isinstance(text, str) or not _TIME.fullmatch(text) or not day(text[:10]):
        return False
    hour, minute, second = int(text[11:13]), int(text[14:16]), int(text[17:19])
    offset = 0 if text[-1] in "Zz" else (int(text[-5:-3]) * 60 + int(text[-2:])) * (-1 if text[-6] == "-" else 1)
    offset_valid = text[-1] in "Zz" or (int(text[-5:-3]) < 24 and int(text[-2:]) < 60)
    leap = second == 60 and (hour * 60 + minute - offset) % 1440 == 1439
    return offset_valid and hour < 24 and minute < 60 and (second < 60 or leap)


def address(text: Any) -> bool:
    """Addresses of electronic mail as in RFC 5321."""
    return isinstance(text, str) and _ADDRESS.fullmatch(text) is not None


def now() -> str:
    """The present, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")
