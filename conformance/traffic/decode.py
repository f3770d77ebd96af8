"""From a request on the wire back to the document of a request: the reverse of composing it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from http.cookies import CookieError, SimpleCookie
from typing import Any, Literal
from urllib.parse import parse_qsl

from conformance.cases.case import Document
from conformance.contract.operation import Operation, Parameter
from conformance.contract.router import Match, Texts
from conformance.contract.schema import Schema
from conformance.media import FORM, essence, is_json
from conformance.strict_json import NOT_JSON, parsed
from conformance.traffic.exchange import Recorded
from conformance.wire import Request

Fault = Literal["malformed-json", "truncated-json", "trailing-data", "encoding"]
REMEMBERED = 4_000  # requests
_LONGEST = 8_000  # bytes of a body that is remembered
_DELIMITERS = {"spaceDelimited": " ", "pipeDelimited": "|"}


@dataclass(frozen=True, slots=True)
class Decoded:
    """A request's document; `fault` is what is wrong with a body that is no JSON.

    `known` is False for a body that is not to be read: not recorded, of another media type, or in a coding.
    """

    document: Document
    fault: Fault | None = None
    known: bool = True
    remembered: bool = False  # whether equal requests are read as this very one


class Reader:
    """Reads requests, and remembers those of late: much traffic asks the same again and again."""

    def __init__(self) -> None:
        self._read: dict[tuple[Any, ...], Decoded] = {}

    def read(self, match: Match, recorded: Recorded) -> Decoded:
        """What `decoded` says; equal requests have one and the same document."""
        request, operation = recorded.exchange.request, match.operation
        if len(request.body or b"") > _LONGEST or any(p.where in ("header", "cookie") for p in operation.parameters):
            return decoded(operation, match.path, request, recorded=recorded.asked)
        media = (request.header("content-type"), request.header("content-encoding"))
        key = (operation.id, request.target, request.body, media, recorded.asked)
        found = self._read.get(key)
        if found is None:
            if len(self._read) >= REMEMBERED:
                self._read.clear()
            read = decoded(operation, match.path, request, recorded=recorded.asked)
            found = self._read[key] = replace(read, remembered=True)
        return found


def decoded(operation: Operation, path: Texts, request: Request, *, recorded: bool = True) -> Decoded:
    """The document that a request sends; `recorded` tells whether its body is what was sent."""
    document: dict[str, Any] = {}
    query = headers = cookies = None
    for parameter in operation.parameters:
        part: dict[str, Any] = document.setdefault(parameter.where, {})
        match parameter.where:
            case "path":
                value: Any = typed(path[parameter.name], parameter)
            case "query":
                query = _query(request) if query is None else query
                value = _queried(parameter, query)
            case "header":
                headers = _headers(request) if headers is None else headers
                value = _simple(parameter, headers)
            case _:
                cookies = _cookies(request) if cookies is None else cookies
                value = _simple(parameter, cookies)
        if value is not _ABSENT:
            part[parameter.name] = value
    if operation.body is None:
        return Decoded(document)
    if not recorded or request.header("content-encoding") not in (None, "identity"):
        return Decoded(document, known=False)
    return _with_body(operation.body.media_type.lower(), operation.body.schema, request, document)


def _with_body(media_type: str, schema: Schema, request: Request, document: dict[str, Any]) -> Decoded:
    if not request.body:
        return Decoded(document)
    given = essence(request.header("content-type") or media_type)
    if is_json(media_type) and is_json(given):
        return _with_json(request.body, document)
    text = request.body.decode("utf-8", "replace")
    known = given == essence(media_type) and "\ufffd" not in text
    if known and given == FORM:
        return Decoded({**document, "body": _form(text, schema)})
    return Decoded({**document, "body": text}, known=known and given.startswith("text/"))


def _with_json(data: bytes, document: dict[str, Any]) -> Decoded:
    body = parsed(data)
    if body is not NOT_JSON:
        return Decoded({**document, "body": body})
    fault = _fault(data)
    return Decoded(document, fault, known=fault is not None)


def _fault(body: bytes) -> Fault | None:
    """What is wrong with a body that is not JSON; None where lenient readers take it for JSON."""
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return "encoding"
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        if error.msg.startswith("Extra data"):
            return "trailing-data"
        at_the_end = error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated")
        return "truncated-json" if at_the_end else "malformed-json"
    except (RecursionError, ValueError):  # nested too deeply; a number of thousands of digits
        return None
    return None


def _query(request: Request) -> list[tuple[str, str]]:
    return parse_qsl(request.target.partition("?")[2], keep_blank_values=True)


def _headers(request: Request) -> dict[str, str]:
    return {name.lower(): value for name, value in request.headers}


def _cookies(request: Request) -> dict[str, str]:
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(request.header("cookie") or "").items()}
    except CookieError:
        return {}


def _simple(parameter: Parameter, texts: Mapping[str, str]) -> Any:
    return typed(texts[parameter.name], parameter) if parameter.name in texts else _ABSENT


def _queried(parameter: Parameter, pairs: list[tuple[str, str]]) -> Any:
    kinds, schema = _kinds(parameter.schema), parameter.schema
    if "object" in kinds and not parameter.as_json:
        return _object(parameter, pairs)
    values = [value for name, value in pairs if name == parameter.name]
    if not values:
        return _ABSENT
    if "array" in kinds and not parameter.as_json and parameter.style == "form" and parameter.explode:
        return [scalar(value, schema.get("items", {})) for value in values]
    return typed(values[-1], parameter)


def _object(parameter: Parameter, pairs: list[tuple[str, str]]) -> Any:
    members = parameter.schema.get("properties", {})
    if parameter.style == "deepObject":
        start = f"{parameter.name}["
        found = {n[len(start) : -1]: v for n, v in pairs if n.startswith(start) and n.endswith("]")}
    elif parameter.explode:
        found = {name: value for name, value in pairs if name in members}
    else:
        text = next((value for name, value in pairs if name == parameter.name), None)
        return _ABSENT if text is None else typed(text, parameter)
    return {name: scalar(value, members.get(name, {})) for name, value in found.items()} if found else _ABSENT


def typed(text: str, parameter: Parameter) -> Any:
    """A parameter's text as the type that its schema wants; the text itself if it cannot be read so."""
    schema = parameter.schema
    if parameter.as_json:
        value = parsed(text.encode("utf-8", "surrogatepass"))
        return text if value is NOT_JSON else value
    kinds = _kinds(schema)
    if "array" in kinds:
        parts = text.split(_DELIMITERS.get(parameter.style, ","))
        return [scalar(part, schema.get("items", {})) for part in parts]
    if "object" in kinds:
        return _members(text, schema, explode=parameter.explode)
    return scalar(text, schema)


def _members(text: str, schema: Schema, *, explode: bool) -> Any:
    parts = text.split(",")
    if not explode and len(parts) % 2:
        return text
    pairs = [part.partition("=")[::2] for part in parts] if explode else zip(parts[::2], parts[1::2], strict=True)
    return {name: scalar(value, schema.get("properties", {}).get(name, {})) for name, value in pairs}


def _form(text: str, schema: Schema) -> Any:
    """The object that a form spells; a member whose schema is an array takes all its values."""
    found: dict[str, Any] = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        member = schema.get("properties", {}).get(name, {})
        if isinstance(member, dict) and "array" in _kinds(member):
            found.setdefault(name, []).append(scalar(value, member.get("items", {})))
        else:
            found[name] = scalar(value, member)
    return found


def scalar(text: str, schema: Schema | bool) -> Any:
    """A text as the integer, number, boolean or null that a schema wants; the text where it fits none."""
    kinds = _kinds(schema) if isinstance(schema, dict) else ()
    for kind in kinds:
        if kind in _READERS and (value := _READERS[kind](text)) is not _ABSENT:
            return value
    return text


def _kinds(schema: Schema) -> tuple[str, ...]:
    """The types that a schema allows, as far as it names them; alternatives count together."""
    named = schema.get("type", ())
    if named:
        return (named,) if isinstance(named, str) else tuple(named)
    branches = [branch for key in ("allOf", "anyOf", "oneOf") for branch in schema.get(key, ())]
    found = [kind for branch in branches if isinstance(branch, dict) for kind in _kinds(branch)]
    listed = [*schema.get("enum", ()), *([schema["const"]] if "const" in schema else ())]
    return tuple(dict.fromkeys([*found, *(_NAMES.get(type(value), "string") for value in listed)]))


def _integer(text: str) -> Any:
    return int(text) if _INTEGER.fullmatch(text) else _ABSENT


def _number(text: str) -> Any:
    value = parsed(text.encode("utf-8", "surrogatepass"))
    return value if isinstance(value, int | float) and not isinstance(value, bool) else _ABSENT


def _boolean(text: str) -> Any:
    return {"true": True, "false": False}.get(text, _ABSENT)


def _null(text: str) -> Any:
    return _ABSENT if text else None


_ABSENT: Any = object()
_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,400})")
_NAMES: dict[type, str] = {int: "integer", float: "number", bool: "boolean", type(None): "null"}
_READERS: dict[str, Callable[[str], Any]] = {
    "integer": _integer, "number": _number, "boolean": _boolean, "null": _null,
}  # fmt: skip
