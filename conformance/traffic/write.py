"""Writing a recording: HAR 1.2, exchange by exchange, without credentials, whole or not at all."""

from __future__ import annotations

import json
import os
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any
from urllib.parse import parse_qsl

from conformance.errors import UsageError
from conformance.judge.step import Step
from conformance.target.secrets import Secrets
from conformance.wire import Exchange, Headers, Request, Response

NOTE = "_conformance"  # HAR 1.2: custom fields begin with an underscore
CREATOR = "conformance"


class Recorder:
    """Writes exchanges as they come; a disk that refuses is told at the end, for a run has first to put back."""

    def __init__(self, file: IO[str], secrets: Secrets, origin: str) -> None:
        self.problem: OSError | None = None
        self._file = file
        self._secrets = secrets
        self._origin = origin
        self._separator = "\n"

    def step(self, step: Step) -> None:
        """Writes one step of a run, with what it was made for."""
        self.write(step.exchange, note_of(step))

    def write(self, exchange: Exchange, note: Mapping[str, Any]) -> None:
        """Writes one exchange; its credentials are masked first."""
        made = entry(self._secrets.redacted(exchange), self._origin, note)
        try:
            self._file.write(self._separator + json.dumps(made, separators=(",", ":")))
        except OSError as error:
            self.problem = error
        self._separator = ",\n"


@contextmanager
def recorder(path: Path, secrets: Secrets, origin: str, about: Mapping[str, Any]) -> Iterator[Recorder]:
    """A recorder into a file that takes its name at the end, whole also when the run was cut; UsageError if not."""
    part = path if _is_device(path) else path.with_name(f".{path.name}.{os.getpid()}.part")
    log = {"version": "1.2", "creator": {"name": CREATOR, "version": _version()}, NOTE: dict(about)}
    try:
        with part.open("w", encoding="utf-8") as file:
            file.write(json.dumps({"log": log})[:-2] + ', "entries": [')
            made = Recorder(file, secrets, origin)
            try:
                yield made
            finally:
                _finish(made, file, part, path)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror or error}", hint="choose another file") from error


def _finish(made: Recorder, file: IO[str], part: Path, path: Path) -> None:
    file.write("\n]}}\n")
    file.close()
    if made.problem is not None:
        raise made.problem
    if part != path:
        part.replace(path)


def note_of(step: Step) -> dict[str, Any]:
    """What a reader may want to know of a step: its operation and role, and its case."""
    note: dict[str, Any] = {"operation": step.operation, "role": step.role}
    if step.case is not None:
        case = step.case
        note |= {"case": case.id, "requirement": case.requirement, "expect": case.expect, "sent": case.sent}
        note |= {"rehearsal": case.rehearsal, "credential": case.wire.credential}
    return note


def entry(exchange: Exchange, origin: str, note: Mapping[str, Any]) -> dict[str, Any]:
    """An exchange as an entry of HAR 1.2; one without a response has status 0 and `_error`."""
    milliseconds = round(exchange.seconds * 1000, 3)
    made = {
        "startedDateTime": datetime.fromtimestamp(exchange.started, UTC).isoformat(timespec="microseconds"),
        "time": milliseconds,
        "request": _request(exchange.request, origin),
        "response": _response(exchange.response) if exchange.response is not None else _NO_RESPONSE,
        "cache": {},
        "timings": {"send": 0, "wait": milliseconds, "receive": 0},
        NOTE: dict(note),
    }
    if exchange.failure is not None:
        made["_error"] = f"{exchange.failure.kind}: {exchange.failure.detail}"
    return made


def _request(request: Request, origin: str) -> dict[str, Any]:
    query = request.target.partition("?")[2]
    made: dict[str, Any] = {
        "method": request.method,
        "url": origin + request.target,
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": _headers(request.headers),
        "queryString": [{"name": n, "value": v} for n, v in parse_qsl(query, keep_blank_values=True)],
        "headersSize": -1,
        "bodySize": len(request.body or b""),
    }
    if request.body is not None:
        text, encoding = _text(request.body)
        made["postData"] = {"mimeType": request.header("content-type") or "", "text": text}
        if encoding:
            made["postData"]["_encoding"] = encoding  # HAR 1.2 has no field for it
    return made


_NO_RESPONSE: dict[str, Any] = {
    "status": 0, "statusText": "", "httpVersion": "", "cookies": [], "headers": [], "redirectURL": "",
    "content": {"size": 0, "mimeType": ""}, "headersSize": -1, "bodySize": -1,
}  # fmt: skip


def _response(response: Response) -> dict[str, Any]:
    text, encoding = _text(response.body)
    content: dict[str, Any] = {"size": len(response.body), "mimeType": response.header("content-type") or ""}
    content |= {"text": text, "encoding": encoding} if encoding else {"text": text}
    return {
        "status": response.status,
        "statusText": response.reason,
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": _headers(response.headers),
        "content": content,
        "redirectURL": response.header("location") or "",
        "headersSize": -1,
        "bodySize": -1,
    }


def _headers(headers: Headers) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in headers]


def _text(body: bytes) -> tuple[str, str]:
    """A body as text, and how that is encoded: base64 where it is not UTF-8, else not at all."""
    try:
        return body.decode(), ""
    except UnicodeDecodeError:
        return b64encode(body).decode("ascii"), "base64"


def _is_device(path: Path) -> bool:
    """Such as /dev/stdout: to be written to, never replaced."""
    return path.exists() and not path.is_file() and not path.is_dir()


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("conformance-suite")
    except PackageNotFoundError:
        return "0"
