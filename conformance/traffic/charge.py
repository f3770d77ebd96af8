"""What a request is charged with: the requirements that it breaks, and how it should be refused for them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from conformance.cases.case import Document, described
from conformance.cases.wire_form import is_text, otherwise
from conformance.contract.operation import Operation
from conformance.judge.refusal import statuses
from conformance.judge.step import State
from conformance.requirements.oracle import Oracle
from conformance.requirements.site import values_at
from conformance.traffic.decode import REMEMBERED, Decoded
from conformance.wire import Request

Credential = Literal["given", "missing", "empty", "wrong", "unknown"]

# Of an invalid request these say something else than that it is invalid, which may be true as well.
OTHER_REASONS = frozenset((401, 403, 404, 407, 408, 409, 410, 412, 413, 421, 423, 425, 426, 428, 429, 431, 451))


@dataclass(frozen=True, slots=True)
class Charge:
    """`firm` must be refused with one of `allowed`; `contested` may be; with neither the request is valid."""

    firm: tuple[str, ...] = ()
    contested: tuple[str, ...] = ()
    allowed: tuple[int, ...] = ()

    @property
    def single(self) -> str | None:
        """The one requirement that the request breaks, if it touches nothing else."""
        return self.firm[0] if len(self.firm) == 1 and not self.contested else None


@dataclass
class Charges:
    """Charges the requests of one operation."""

    operation: Operation
    oracle: Oracle

    def __post_init__(self) -> None:
        self._kinds = {f"{self.operation.id}/rule/{rule.id}": rule.refusal for rule in self.operation.requires}
        self._refusals: dict[tuple[str, ...], tuple[int, ...]] = {}
        self._valid = Charge()
        self._charges: dict[tuple[int, str, str], tuple[Decoded, Charge | None]] = {}
        texts = " ".join(f"{r.rule.text} {r.when.text if r.when else ''}" for r in self.operation.requires)
        named = dict.fromkeys(re.findall(r"\bself\.(\w+)", texts))
        self._asked = tuple(name for name in named if name not in self.operation.free)

    def known(self, decoded: Decoded, credential: Credential, before: State | None) -> Charge | None:
        """What `of` says of a request on the state shown before it, remembered while the request is.

        What may move by itself may have moved since it was shown, and says nothing.
        """
        state = {name: before[name] for name in self._asked if name in before} if before is not None else {}
        if not decoded.remembered:
            return self.of(decoded, credential, state)
        key = (id(decoded), credential, repr(state))
        found = self._charges.get(key)
        if found is None or found[0] is not decoded:
            if len(self._charges) >= REMEMBERED:
                self._charges.clear()
            found = self._charges[key] = (decoded, self.of(decoded, credential, state))
        return found[1]

    def of(self, decoded: Decoded, credential: Credential, state: Mapping[str, Any]) -> Charge | None:
        """What a request breaks on a state; None where that cannot be said."""
        if not decoded.known:
            return None
        if decoded.fault is not None:
            firm: tuple[str, ...] = (f"{self.operation.id}/protocol/{decoded.fault}",)
            return Charge(firm, (), self._allowed(firm)) if credential in ("given", "unknown") else None
        try:
            judged = self.oracle.judge(decoded.document, state)
        except ValueError:  # half a character, or nested beyond what can be validated
            return None
        if judged.acceptable:
            return self._valid if credential in ("given", "unknown") else self._unauthorised(credential)
        if "?" in judged.firm or credential not in ("given", "unknown"):
            return None
        firm = tuple(name for name in judged.firm if not self._excused(name, judged.contested))
        if len(firm) == 1:
            firm = (self._inner(firm[0], decoded.document),)
        if firm and self._may_be_misread(firm, decoded.document, state):
            return None
        return Charge(firm, judged.contested, self._allowed(firm))

    def _inner(self, requirement: str, document: Document) -> str:
        """Of a broken choice between alternatives, the one keyword inside it without which all would be well."""
        placed = self.oracle.placed.get(requirement)
        if placed is None or placed.requirement.keyword not in ("oneOf", "anyOf"):
            return requirement
        path = placed.requirement.schema_path
        for name, each in self.oracle.placed.items():
            below = each.requirement.schema_path
            inside = below[: len(path)] == path != below and each.requirement.level != "contested"
            if inside and each.requirement.keyword != "optional" and self.oracle.relaxed(name).is_valid(document):
                return name
        return requirement

    def _may_be_misread(self, firm: tuple[str, ...], document: Document, state: Mapping[str, Any]) -> bool:
        """Whether all that is at fault is text on the wire, in which a lenient reader may find no fault."""
        pointers = [self.pointer(name) for name in firm]
        if not all(pointer and is_text(self.operation, pointer) for pointer in pointers):
            return False
        for name, pointer in zip(firm, pointers, strict=True):
            read = (each for each in otherwise(document, pointer) if name not in self.oracle.judge(each, state).firm)
            document = next(read, document)
        return not self.oracle.judge(document, state).firm

    def _excused(self, requirement: str, contested: tuple[str, ...]) -> bool:
        """Whether the value at fault lies in a contested zone, which may be accepted whatever its keywords say."""
        if not contested:
            return False
        pointer = self.pointer(requirement)
        zones = [name.partition("/contested")[2].rpartition("/")[0] for name in contested if "/contested/" in name]
        return any(pointer == zone or pointer.startswith(f"{zone}/") for zone in zones)

    def _unauthorised(self, credential: Credential) -> Charge:
        firm = (f"{self.operation.id}/authentication/{credential}",)
        return Charge(firm, (), statuses(self.operation, "authentication"))

    def _allowed(self, firm: tuple[str, ...]) -> tuple[int, ...]:
        kinds = tuple(dict.fromkeys(self._kind(name) for name in firm))
        if kinds not in self._refusals:
            found = dict.fromkeys(status for kind in kinds for status in statuses(self.operation, kind))
            self._refusals[kinds] = tuple(found)
        return self._refusals[kinds]

    def _kind(self, requirement: str) -> str:
        placed = self.oracle.placed.get(requirement)
        if placed is not None:
            return placed.requirement.refusal
        if "/protocol/" in requirement:
            return "media" if requirement.endswith("/media-type") else "unreadable"
        return self._kinds.get(requirement, "invalid")

    def pointer(self, requirement: str) -> str:
        """Where a request breaks a requirement."""
        placed = self.oracle.placed.get(requirement)
        if placed is not None:
            return placed.requirement.pointer
        rule = next((r for r in self.operation.requires if requirement.endswith(f"/rule/{r.id}")), None)
        return rule.pointer if rule is not None else "/body" if "/protocol/" in requirement else ""

    def sent(self, requirement: str, decoded: Decoded) -> str:
        """What was sent at the place that a requirement speaks of, in words."""
        if decoded.fault is not None or "/authentication/" in requirement:
            return requirement.rsplit("/", 1)[1]
        values = [value for _, value in values_at(decoded.document, self.pointer(requirement))]
        return described(values[0]) if values else "nothing there"


def credential(operation: Operation, request: Request, note: Mapping[str, Any], *, whole: bool) -> Credential:
    """Which credential a request carries; only where requests are recorded `whole` is one that is not there missing."""
    usable = [scheme for scheme in operation.security if scheme.kind != "other"]
    if operation.anonymous or not usable:
        return "given"
    noted = note.get("credential")
    if noted is not None:
        return noted if noted in ("given", "missing", "empty") else "wrong"
    scheme = usable[0]
    if scheme.where != "header":
        return "unknown"
    value = request.header(scheme.parameter)
    if value is None:  # whoever sends another one, such as a signature, is not without
        return "missing" if whole and request.header("authorization") is None else "unknown"
    return "given" if value.strip() else "empty"
