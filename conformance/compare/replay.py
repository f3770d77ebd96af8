"""Asking a candidate what was recorded elsewhere: with its own fixtures, credential and identities."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from conformance.cases.case import PLAIN
from conformance.compare.names import Names
from conformance.contract.operation import Operation
from conformance.requirements.site import escape
from conformance.run.credential import Placed, placed
from conformance.settings import TargetSettings
from conformance.strict_json import NOT_JSON, parsed
from conformance.wire import Request, Response

_NOT_REPLAYED = frozenset((
    "host", "content-length", "transfer-encoding", "connection", "accept-encoding", "cookie", "upgrade", "te", "expect",
    "keep-alive", "proxy-connection", "proxy-authorization", "if-none-match", "if-modified-since",
))  # fmt: skip
_LONG = 8  # characters: a shorter text may stand in a longer one by chance
_CARRIED = re.compile(r"[\x01-\x09\x0b\x0c\x0e-\xff]*")
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")


def allowed(operation: Operation, target: TargetSettings, *, local: bool) -> bool:
    """Whether an operation may be sent to a target."""
    permitted = {"reads": True, "changes": target.allow_changes, "disrupts": target.allow_disruption}
    return local or permitted[operation.effect]


@dataclass
class Translator:
    """From what the recorded server calls things to what the candidate calls them; learns from its answers."""

    reference: Names
    candidate: TargetSettings
    _identities: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        known = self.candidate.fixtures
        self._identities |= {value: known[n] for n, value in self.reference.fixtures.items() if n in known}

    def learn(self, recorded: Response | None, answered: Response | None) -> None:
        """What stands where the recorded server gave an identity is the candidate's name for it."""
        if recorded is None or answered is None:
            return
        mine, theirs = dict(_texts(recorded)), dict(_texts(answered))
        for pointer, text in mine.items():
            if pointer in theirs and theirs[pointer] != text and text:
                self._identities.setdefault(text, theirs[pointer])

    def request(self, request: Request, operation: Operation) -> Request:
        """The request as the candidate is to get it."""
        target, body = self._target(request.target), request.body
        if body is not None:
            body = self._body(body)
        carriers = {(scheme.where, scheme.parameter.lower()) for scheme in operation.security}
        headers = [pair for pair in request.headers if _kept(pair) and ("header", pair[0].lower()) not in carriers]
        made = (placed(scheme, self.candidate.token, PLAIN.credential) for scheme in operation.security)
        credentials = [each for each in made if each is not None]
        headers += [(each.name, each.value) for each in credentials if each.where == "header"]
        headers += [("Cookie", f"{each.name}={each.value}") for each in credentials if each.where == "cookie"]
        return Request(request.method, _with_query(target, credentials), tuple(headers), body)

    def _text(self, text: str) -> str:
        if text in self._identities:
            return self._identities[text]
        for old, new in self._identities.items():
            if len(old) >= _LONG and old in text:
                text = text.replace(old, new)
        return text

    def _target(self, target: str) -> str:
        path, mark, query = target.partition("?")
        pairs = [pair.partition("=") for pair in query.split("&")]
        made = "&".join(f"{name}{equals}{self._text(value)}" for name, equals, value in pairs)
        whole = "/".join(self._text(segment) for segment in path.split("/")) + mark + made
        return quote(whole, safe="/?#[]@!$&'()*+,;=:%-._~")

    def _body(self, body: bytes) -> bytes:
        text = body.decode("utf-8", "surrogateescape")
        for old, new in self._identities.items():
            text = text.replace(json.dumps(old), json.dumps(new))
            if len(old) >= _LONG:
                text = text.replace(old, new)
        return text.encode("utf-8", "surrogateescape")


def _kept(header: tuple[str, str]) -> bool:
    name, value = header
    return name.lower() not in _NOT_REPLAYED and bool(_NAME.fullmatch(name)) and bool(_CARRIED.fullmatch(value))


def _with_query(target: str, credentials: list[Placed]) -> str:
    """The target with the credentials that travel in a query in the place of those that were recorded there."""
    given = {each.name: each.value for each in credentials if each.where == "query"}
    if not given:
        return target
    path, _, query = target.partition("?")
    kept = [pair for pair in query.split("&") if pair and pair.partition("=")[0] not in given]
    kept += [f"{quote(name)}={quote(value)}" for name, value in given.items()]
    return f"{path}?{'&'.join(kept)}"


def _texts(response: Response) -> Iterator[tuple[str, str]]:
    """What of an answer may be an identity: texts without a blank, and whole numbers, by their pointers."""
    location = response.header("location")
    if location is not None:
        yield "/header/location", location.partition("?")[0].rstrip("/").rpartition("/")[2]
    body = parsed(response.body)
    if body is not NOT_JSON:
        yield from _leaves(body, "/body")


def _leaves(value: Any, pointer: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _leaves(inner, f"{pointer}/{escape(name)}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _leaves(inner, f"{pointer}/{index}")
    elif isinstance(value, str) and value and " " not in value:
        yield pointer, value
    elif isinstance(value, int) and not isinstance(value, bool):
        yield pointer, str(value)
