"""The gate: what of a request that somebody else made up may be sent to this target, and with which credential."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote

from conformance.contract.operation import Operation
from conformance.contract.router import Match
from conformance.requirements.site import rehearses
from conformance.run.credential import Placed, placed
from conformance.run.permission import Permission
from conformance.traffic.decode import Decoded
from conformance.wire import Request


@dataclass(frozen=True, slots=True)
class Gate:
    """The rules of a run: a real target is only read and rehearsed, and changed only in what the user has named."""

    permission: Permission
    fixtures: Mapping[str, str]

    def lets(self, match: Match | None, decoded: Decoded | None) -> bool:
        """Whether a request may be sent; `decoded` is its document."""
        if self.permission.foreign_methods:  # only where everything may be tried
            return True
        if match is None or decoded is None:
            return False
        operation = match.operation
        if operation.effect == "reads":
            return True
        return self._named(match) and (self.permission.allows(operation) or _is_rehearsal(operation, decoded))

    def _named(self, match: Match) -> bool:
        """Whether the path names what the user has named, and no instance of somebody else's."""
        parameters = (p for p in match.operation.parameters if p.where == "path")
        return all(match.path[p.name] == self.fixtures.get(p.fixture or p.name) for p in parameters)


def _is_rehearsal(operation: Operation, decoded: Decoded) -> bool:
    return decoded.fault is None and decoded.known and rehearses(operation, decoded.document)


def credentialed(operation: Operation, request: Request, token: str | None) -> Request:
    """The request with the right credential wherever the operation takes one, in the place of any other."""
    for scheme in operation.security:
        credential = placed(scheme, token, "given")
        if credential is not None:
            request = _with(request, credential)
    return request


def _with(request: Request, credential: Placed) -> Request:
    name, value = credential.name, credential.value
    match credential.where:
        case "query":
            path, _, query = request.target.partition("?")
            pairs = [pair for pair in query.split("&") if pair and pair.partition("=")[0] != quote(name, safe="")]
            pairs.append(f"{quote(name, safe='')}={quote(value, safe='')}")
            return replace(request, target=f"{path}?{'&'.join(pairs)}")
        case "cookie":
            given = [text.strip() for text in (request.header("cookie") or "").split(";")]
            kept = [text for text in given if text and text.partition("=")[0] != name]
            return _headed(request, "Cookie", "; ".join([*kept, f"{name}={value}"]))
        case _:
            return _headed(request, name, value)


def _headed(request: Request, name: str, value: str) -> Request:
    others = tuple(each for each in request.headers if each[0].lower() != name.lower())
    return replace(request, headers=(*others, (name, value)))
