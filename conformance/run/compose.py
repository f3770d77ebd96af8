"""From a request document to the request on the wire (OpenAPI: parameter styles, media types, security)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlencode

from conformance.cases.case import PLAIN, Document, Wire
from conformance.contract.operation import Body, Operation, Parameter
from conformance.media import FORM, JSON, essence, is_json, is_range
from conformance.run.credential import Placed, placed
from conformance.wire import Request

BOUNDARY = "part-of-a-conformance-case"
_IN_PATHS = "%/?&=+$,;:@!'()*~[]|\\^`{}"  # of a contract's own text: what is escaped there, or passes as it is
_DELIMITERS = {"spaceDelimited": "%20", "pipeDelimited": "%7C"}  # as a URL holds them


def compose(operation: Operation, document: Document, token: str | None, wire: Wire = PLAIN) -> Request:
    """The request that sends a document, departing from the plain way as `wire` says."""
    query = list(_query(operation, document.get("query", {})))
    headers = [("Accept", "application/json, */*;q=0.1")]
    cookies = []
    for parameter in operation.parameters:
        value = document.get(parameter.where, {}).get(parameter.name, _ABSENT)
        if value is _ABSENT:
            continue
        if parameter.where == "header":
            headers.append((_header_name(parameter.name), _simple(parameter, value)))
        elif parameter.where == "cookie":
            cookies.append((parameter.name, _simple(parameter, value)))
    for credential in _credentials(operation, token, wire):
        if credential.where == "query":
            query.append(_pair(credential.name, credential.value))
        else:
            (cookies if credential.where == "cookie" else headers).append((credential.name, credential.value))
    if cookies:
        headers.append(("Cookie", "; ".join(f"{name}={value}" for name, value in cookies)))
    body = _body(operation, document) if wire.body is None else wire.body
    if body is not None and operation.body is not None:
        own = operation.body.media_type
        headers.append(("Content-Type", wire.content_type or (f"{own}; boundary={BOUNDARY}" if _parted(own) else own)))
    target = _target(_path(operation, document.get("path", {})), query)
    if wire.header_case is not None:
        headers = [(_cased(name, wire.header_case), value) for name, value in headers]
    return Request(wire.method or operation.method, target, tuple(headers), body)


def _credentials(operation: Operation, token: str | None, wire: Wire) -> Iterator[Placed]:
    found = (placed(scheme, token, wire.credential) for scheme in operation.security)
    return (credential for credential in found if credential is not None)


def _cased(name: str, form: str) -> str:
    mixed = "".join(c.upper() if i % 2 else c.lower() for i, c in enumerate(name))
    return {"lower": name.lower(), "upper": name.upper(), "mixed": mixed}[form]


def _header_name(name: str) -> str:
    return "-".join(part.capitalize() for part in name.split("-"))


def text_of(value: Any) -> str:
    """A scalar as the text of a parameter."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return ""
    return str(value) if isinstance(value, str | int | float) else json.dumps(value)


def _target(path: str, query: Sequence[str]) -> str:
    """A path and its query; the path of an operation may have a beginning of one."""
    return path + ("&" if "?" in path else "?") + "&".join(query) if query else path


def _path(operation: Operation, values: Mapping[str, Any]) -> str:
    path = _template(operation.path)
    for parameter in operation.parameters:
        if parameter.where == "path":
            path = path.replace("{" + parameter.name + "}", _segment(parameter, values[parameter.name]))
    return path


@lru_cache(maxsize=1024)
def _template(path: str) -> str:
    """A path as HTTP carries it: what cannot stand there is escaped, save the names of parameters; no fragment."""
    parts = re.split(r"({[^{}]+})", path.partition("#")[0])
    return "".join(part if index % 2 else quote(part, safe=_IN_PATHS) for index, part in enumerate(parts))


def _segment(parameter: Parameter, value: Any) -> str:
    """A path parameter in its style: simple, .label or ;matrix."""
    if parameter.style not in ("label", "matrix"):
        return quote(_simple(parameter, value), safe="," if isinstance(value, list | dict) else "")
    mark = "." if parameter.style == "label" else ";"
    named = "" if parameter.style == "label" else f"{quote(parameter.name)}="
    if not parameter.explode or not isinstance(value, list | dict):
        return f"{mark}{named}{quote(_simple(parameter, value), safe=',')}"
    pairs = (
        [f"{quote(name)}={quote(text_of(inner))}" for name, inner in value.items()] if isinstance(value, dict) else []
    )
    items = [f"{named}{quote(text_of(item))}" for item in value] if isinstance(value, list) else []
    return "".join(f"{mark}{part}" for part in (*pairs, *items))


def _simple(parameter: Parameter, value: Any) -> str:
    if parameter.as_json:
        return json.dumps(value)
    if isinstance(value, list):
        return ",".join(map(text_of, value))
    if isinstance(value, dict):
        pairs = [(name, text_of(inner)) for name, inner in value.items()]
        return ",".join(f"{n}={v}" if parameter.explode else f"{n},{v}" for n, v in pairs)
    return text_of(value)


def _query(operation: Operation, values: Mapping[str, Any]) -> Iterator[str]:
    for parameter in operation.parameters:
        if parameter.where == "query" and parameter.name in values:
            yield from _pairs(parameter, values[parameter.name])


def _pairs(parameter: Parameter, value: Any) -> Iterator[str]:
    """What a query says of a parameter; a delimiter is told from the same character inside an entry (RFC 6570)."""
    name = parameter.name
    if parameter.as_json:
        yield _pair(name, json.dumps(value))
    elif isinstance(value, list) and parameter.explode and parameter.style == "form":
        yield from (_pair(name, text_of(item)) for item in value)
    elif isinstance(value, list):
        yield f"{_quoted(name)}={_DELIMITERS.get(parameter.style, ',').join(_quoted(text_of(item)) for item in value)}"
    elif isinstance(value, dict) and parameter.style == "deepObject":
        yield from _deep(name, value)
    elif isinstance(value, dict) and parameter.explode:
        yield from (_pair(key, text_of(inner)) for key, inner in value.items())
    elif isinstance(value, dict):
        texts = (text for key, inner in value.items() for text in (key, text_of(inner)))
        yield f"{_quoted(name)}={','.join(map(_quoted, texts))}"
    else:
        yield _pair(name, text_of(value))


def _deep(name: str, value: Any) -> Iterator[str]:
    """A pair for each scalar within an object, with the names that lead to it in brackets."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _deep(f"{name}[{key}]", inner)
    else:
        yield _pair(name, text_of(value))


def _pair(name: str, text: str) -> str:
    return f"{_quoted(name)}={_quoted(text)}"


def _quoted(text: str) -> str:
    return quote(text, safe="")


def _body(operation: Operation, document: Document) -> bytes | None:
    if "body" not in document or operation.body is None:
        return None
    value, media = document["body"], operation.body.media_type.lower()
    if is_json(media):
        return json_text(value).encode()
    if essence(media) == FORM and isinstance(value, dict):
        return "&".join(text for name, inner in value.items() for text in _form(operation.body, name, inner)).encode()
    if _parted(media) and isinstance(value, dict):
        parts = [_part(operation.body, name, each) for name, inner in value.items() for each in _each(inner)]
        return b"".join([*parts, f"--{BOUNDARY}--\r\n".encode()])
    return text_of(value).encode()


def composable(media_type: str) -> bool:
    """Whether a body can be written: of parts only a form, no XML, whose form no schema says, no sequence of JSON."""
    media = media_type.lower()
    opaque = "xml" in media or ("json" in media and not is_json(media))
    return (_parted(media) or not media.startswith("multipart/")) and not opaque


def _parted(media_type: str) -> bool:
    return media_type.lower().startswith("multipart/form-data")


def _each(value: Any) -> list[Any]:
    """An array is a part for each of its entries (OpenAPI, Special Considerations for multipart Content)."""
    return value if isinstance(value, list) else [value]


def _part(body: Body, name: str, value: Any) -> bytes:
    """A member as a part: an object as JSON, what is binary as a file, the rest as text, unless the contract says."""
    schema = body.schema.get("properties", {}).get(name)
    binary = isinstance(schema, dict) and schema.get("format") == "binary"
    usual = "application/octet-stream" if binary else JSON if isinstance(value, dict) else "text/plain"
    kind = body.parts.get(name, usual).partition(",")[0].strip()
    said = f'form-data; name="{name}"' + ('; filename="file"' if binary else "")
    text = json_text(value) if isinstance(value, dict) else text_of(value)
    head = f"--{BOUNDARY}\r\nContent-Disposition: {said}\r\nContent-Type: {usual if is_range(kind) else kind}\r\n\r\n"
    return f"{head}{text}\r\n".encode()


def json_text(value: Any) -> str:
    """JSON in UTF-8 as it is, escaped only where a lone surrogate leaves no other way."""
    text = _ENCODER.encode(value)
    return text if text.isascii() or _encodes(text) else json.dumps(value)


def _encodes(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _form(body: Body, name: str, value: Any) -> Iterator[str]:
    """What a form says of a member: of an array a pair for each entry, of an object JSON, unless the contract says."""
    if name in body.members:
        yield from _pairs(body.members[name], value)
    else:
        yield from (urlencode([(name, text_of(each))]) for each in _each(value))


_ABSENT: Any = object()
_ENCODER = json.JSONEncoder(ensure_ascii=False)
