"""Whether what a case says is still that once it is text on the wire: in a URL, a header or a form."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from math import isfinite
from typing import Any
from urllib.parse import quote

from conformance.contract.operation import Body, Operation, Parameter
from conformance.contract.schema import validator
from conformance.media import is_json
from conformance.requirements.site import Site, drop, escape, leaves, put, values_at

_OUTSIDE = ("path", "query", "header", "cookie")
ROOM = 6_000  # octets of a value outside the body: a server need take no request line beyond 8,000 (RFC 9112, 3)
_NOTHING: tuple[Any, ...] = (None, "", [], {})
_YES_AND_NO = {"1": True, "0": False, **dict.fromkeys(("true", "t", "yes", "y", "on"), True)} | dict.fromkeys(
    ("false", "f", "no", "n", "off"), False
)


def says(operation: Operation, request: Mapping[str, Any]) -> bool:
    """Whether texts can say what a request holds: none says null, and many readers take an empty one for none."""
    texts = [p for p in operation.parameters if p.where != "path" and not p.as_json]
    outside = [(p, request[p.where][p.name]) for p in texts if p.name in request.get(p.where, {})]
    form = request.get("body") if is_form(operation) else None
    if form == {} and operation.body is not None and _may_be_empty(operation.body):
        return False  # a form without members is no body: one may be left out, or another be missed
    held = form if isinstance(form, dict) else {}
    described = operation.body.members if operation.body is not None else {}
    inside = [(described[name], value) for name, value in held.items() if name in described]
    said = [*outside, *inside]
    deep = [value for parameter, value in said if parameter.style == "deepObject"]
    if any(map(_has_array, deep)) or any(_is_nested(value) for p, value in outside if p.style != "deepObject"):
        return False  # OpenAPI has no form for it
    values = [value for _, value in said]
    members = [v for name, v in held.items() if name not in described and not isinstance(v, dict)]  # an object is JSON
    inner = [each for value in values if isinstance(value, dict) for each in _scalars(value)]
    entries = [each for value in (*values, *members) if isinstance(value, list) for each in value]
    return not any(value in _NOTHING for value in (*values, *inner, *entries, *members))


def _may_be_empty(body: Body) -> bool:
    return not body.required or validator(body.schema).is_valid({})


def _has_array(value: Any) -> bool:
    return isinstance(value, list) or (isinstance(value, dict) and any(map(_has_array, value.values())))


def _is_nested(value: Any) -> bool:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return any(isinstance(each, dict | list) for each in inner)


def _scalars(value: dict[str, Any]) -> Iterator[Any]:
    """What an object holds, objects within it included; an empty one is a value of its own."""
    for each in value.values():
        yield from _scalars(each) if isinstance(each, dict) and each else (each,)


def is_form(operation: Operation) -> bool:
    """Whether the body is not JSON, so that its values are texts on the wire."""
    return operation.body is not None and not is_json(operation.body.media_type)


def parameter_at(operation: Operation, pointer: str) -> Parameter | None:
    """The parameter that a pointer leads to or into, or the member of a form written like one; None elsewhere."""
    parts = pointer.split("/")
    if parts[1:2] == ["body"] and len(parts) > 2 and operation.body is not None:
        return operation.body.members.get(parts[2])
    named = (p for p in operation.parameters if p.where == parts[1] and escape(p.name) == parts[2])
    return next(named, None) if len(parts) > 2 else None


def is_text(operation: Operation, pointer: str) -> bool:
    """Whether what a pointer leads to is sent as text."""
    parameter = parameter_at(operation, pointer)
    if parameter is not None:
        return not parameter.as_json
    return is_form(operation) and f"{pointer}/".startswith("/body/") and not in_json_part(operation, pointer)


def in_json_part(operation: Operation, pointer: str) -> bool:
    """Whether a pointer leads into an object that is a part of a form: such a part is JSON."""
    body, (_, *parts) = operation.body, pointer.split("/")
    if body is None or not body.media_type.lower().startswith("multipart/") or parts[:1] != ["body"] or len(parts) < 3:
        return False
    schema, rest = body.schema.get("properties", {}).get(parts[1]), parts[2:]
    if isinstance(schema, dict) and schema.get("type") == "array":
        schema, rest = schema.get("items"), rest[1:]
    return bool(rest) and isinstance(schema, dict) and schema.get("type") == "object"


def misread(request: Mapping[str, Any], pointer: str, accepted: Callable[[Any], bool]) -> bool:
    """Whether a reader may take a text at or below a pointer for another value, or for none, and so find no fault."""
    return any(map(accepted, otherwise(request, pointer)))


def otherwise(request: Any, pointer: str) -> Iterator[Any]:
    """A request as readers may take it who see another value, or none, in one text at or below a pointer."""
    for path, value in [leaf for place, whole in values_at(request, pointer) for leaf in leaves(whole, place)]:
        yield from (put(request, path, other) for other in readings(value))
        if value == "":
            yield drop(request, path)


def readings(value: Any) -> Iterator[Any]:
    """What else than a scalar a reader may see in its text: the text itself, and whatever that spells."""
    if isinstance(value, dict | list):
        return
    text = value if isinstance(value, str) else json.dumps(value)
    spelt = text.strip().lower()
    if not isinstance(value, str):
        yield text
    if spelt in _YES_AND_NO:
        yield _YES_AND_NO[spelt]
    if spelt in ("", "null", "none"):
        yield None
    try:
        number = float(spelt)
    except ValueError:
        return
    if isfinite(number):
        yield int(number) if number.is_integer() else number


def expressible(site: Site, value: Any, *, form: bool = False, parameter: Parameter | None = None) -> bool:
    """Whether a value can be sent at a site without becoming another, perhaps valid, one.

    A JSON body or parameter carries any value; other parameters, and a body that is a `form`, carry texts.
    """
    part = site.pointer.split("/")[1] if site.pointer.count("/") else ""
    if part in _OUTSIDE and len(quote(str(value))) > ROOM:
        return False
    carried = parameter is not None and _carries(parameter, value)
    if carried or (part not in _OUTSIDE and not form):
        return True
    if form and site.pointer == "/body":
        return _is_body(site, value)
    if not isinstance(value, str):
        return _scalar_fits(site, value)
    if part == "path" and not _one_segment(value):
        return False
    if part in ("header", "cookie") and not _visible(value):
        return False
    return not {"array", "object"} & set(_types(site))


def _is_body(site: Site, value: Any) -> bool:
    """Whether a body that is no JSON can be this value: a form is an object, and whatever a text spells is a text."""
    if "string" in _types(site):
        return isinstance(value, str) and value != ""
    return isinstance(value, dict)


def _carries(parameter: Parameter, value: Any) -> bool:
    """Whether a parameter has a form for this value that no other one has."""
    deep = parameter.style == "deepObject" and isinstance(value, dict) and bool(value)
    return parameter.as_json or (deep and all(isinstance(inner, str) and inner != "" for inner in value.values()))


def _types(site: Site) -> list[str]:
    kind = site.schema.get("type", [])
    return kind if isinstance(kind, list) else [kind]


def _scalar_fits(site: Site, value: Any) -> bool:
    """A number for a text is that text; null and nested values have no form in a URL."""
    if value is None or isinstance(value, dict):
        return False
    if isinstance(value, list):
        simple = all(isinstance(item, str | int) and not isinstance(item, bool) and item != "" for item in value)
        return "array" in _types(site) and bool(value) and simple
    if "array" in _types(site) or "object" in _types(site):
        return False  # a scalar is an array of one, or no object at all
    if isinstance(value, float) and value.is_integer() and "integer" in _types(site):
        return False  # 1.0 is an integer in JSON, but hardly anywhere as a text
    return "string" not in _types(site)


def _one_segment(text: str) -> bool:
    return text not in ("", ".", "..") and not any(mark in text for mark in "/\\\n\r\0")


def _visible(text: str) -> bool:
    return text == text.strip() and text != "" and all(32 <= ord(c) < 127 and c not in ',;="' for c in text)
