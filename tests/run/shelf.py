"""Shelves in memory, as a function from request to exchange: faithful, or with one named defect."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from conformance.wire import Exchange, Failure, Request, Response

KEY = "the-Key-7"
FIXTURES = {"shelf": "a-1", "shelf.spare": "b-2"}
START: dict[str, Any] = {"name": "novels", "books": ["emma"], "room": 3, "touched": 1}
Answer = tuple[int, Any]


@dataclass
class Shelves:
    """The shelves and the requests that they saw; `defects` are names used in this file."""

    defects: frozenset[str] = frozenset()
    before: Callable[[int, Request], Answer | None] = lambda number, request: None
    after: Callable[[int, Request], None] = lambda number, request: None
    shelves: dict[str, dict[str, Any]] = field(
        default_factory=lambda: {n: copy.deepcopy(START) for n in ("a-1", "b-2")}
    )
    seen: list[Request] = field(default_factory=list)

    def send(self, request: Request) -> Exchange:
        """The exchange of a request."""
        self.seen.append(request)
        number = len(self.seen)
        answer = self.before(number, request) or self._answered(request)
        self.after(number, request)
        if answer[0] == 0:
            return Exchange(request, None, Failure("timeout", "nothing came in time"), 0.0, 0.1)
        status, document = answer
        body = b"" if document is None else json.dumps(document).encode()
        headers = (("Content-Type", "application/json"),) if body else ()
        return Exchange(request, Response(status, "", headers, body), None, 0.0, 0.001)

    def _answered(self, request: Request) -> Answer:
        found = re.fullmatch(r"/v1/shelves/([^/?]+)", urlsplit(request.target).path)
        if request.header("X-Key") != KEY:
            return 401, {"error": "who are you?"}
        if found is None or found[1] not in self.shelves:
            return 404, {"error": "no such shelf"}
        shelf = self.shelves[found[1]]
        if request.method == "GET":
            return 200, copy.deepcopy(shelf)
        if request.method != "PUT":
            return 405, {"error": "no such method"}
        return self._change(found[1], shelf, request)

    def _change(self, name: str, shelf: dict[str, Any], request: Request) -> Answer:
        body = _parsed(request)
        problem = _problem(body, shelf, self.defects)
        if problem:
            self._spoil(shelf, body)
            return 400, {"error": problem}
        if body.get("dry_run") and "rehearsal-changes" not in self.defects:
            return 202, None
        shelf |= {key: value for key, value in body.items() if key != "dry_run"}
        shelf["touched"] += 1
        if "leaks" in self.defects:
            self.shelves["b-2" if name == "a-1" else "a-1"]["books"] = ["leaked"]
        return (202, None) if body.get("dry_run") else (200, copy.deepcopy(shelf))

    def _spoil(self, shelf: dict[str, Any], body: Any) -> None:
        """A refused name that is too long empties the shelf all the same."""
        if "refusal-changes" in self.defects and isinstance(body, dict) and len(str(body.get("name", ""))) > 8:
            shelf["books"] = []


def _parsed(request: Request) -> Any:
    media = (request.header("Content-Type") or "").partition(";")[0].strip().lower()
    try:
        return (
            json.loads((request.body or b"").decode(), parse_constant=_refuse) if media == "application/json" else None
        )
    except (ValueError, RecursionError):
        return None


def _refuse(constant: str) -> Any:
    raise ValueError(constant)


def _text(value: Any, pattern: str) -> bool:
    return isinstance(value, str) and re.fullmatch(pattern, value) is not None


def _problem(body: Any, shelf: Mapping[str, Any], defects: frozenset[str]) -> str:
    """What is wrong with a body; nothing if it may be obeyed."""
    if not isinstance(body, dict) or set(body) - {"name", "books", "dry_run"}:
        return "not an object of name, books and dry_run"
    if "name" in body and not _text(body["name"], "[a-z.]{1,9}" if "name-9" in defects else "[a-z.]{1,8}"):
        return "not a name"
    if "dry_run" in body and not isinstance(body["dry_run"], bool):
        return "dry_run is true or false"
    return _books(body.get("books", []), shelf["room"])


def _books(books: Any, room: int) -> str:
    if not isinstance(books, list) or not all(_text(book, "(?s:.){1,9}") for book in books):
        return "not books"
    return "too many books" if len(books) > min(6, room) or len(set(books)) < len(books) else ""
