"""Whether a value of a parameter is still the same value once it is text on the wire."""

from __future__ import annotations

import json
from typing import Any

from conformance.contract.operation import Parameter
from conformance.requirements.oracle import validator
from conformance.requirements.site import Site


def expressible(site: Site, value: Any, *, form: bool = False, parameter: Parameter | None = None) -> bool:
    """Whether a value can be sent at a site without becoming another, perhaps valid, one.

    A JSON body or parameter carries any value; other parameters, and a body that is a `form`, carry texts.
    """
    part = site.pointer.split("/")[1] if site.pointer.count("/") else ""
    carried = parameter is not None and _carries(parameter, value)
    if carried or (part not in ("path", "query", "header", "cookie") and not form):
        return True
    if form and site.pointer == "/body":
        return _is_body(site, value)
    if value == "":
        return False  # many readers take an empty value for an absent one
    if not isinstance(value, str):
        return _scalar_fits(site, value)
    if part == "path" and not _one_segment(value):
        return False
    if part in ("header", "cookie") and not _visible(value):
        return False
    if "array" in _types(site) or "object" in _types(site):
        return False
    return not _reads_as_valid(site, value)


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
    if _valid(site, value):
        return "string" not in _types(site)
    if "boolean" in _types(site) and value in (0, 1):
        return False  # commonly read as false and true
    if isinstance(value, bool):
        return "string" not in _types(site) and not _reads_as_valid(site, json.dumps(value))
    return "string" not in _types(site) and (_valid(site, value) or not _reads_as_valid(site, json.dumps(value)))


def _reads_as_valid(site: Site, text: str) -> bool:
    """Whether a lenient reader could take the text for a valid value of another type than text."""
    if _valid(site, text):
        return False
    try:
        return _valid(site, json.loads(text)) or _valid(site, json.loads(text.strip()))
    except ValueError:
        return text.strip().lower() in ("true", "false", "") and "boolean" in _types(site)


def _valid(site: Site, value: Any) -> bool:
    return bool(_compiled(site).is_valid(value))


# By identity, the schema kept alive beside its validator; schemas live as long as their contract.
_VALIDATORS: dict[int, tuple[Any, Any]] = {}


def _compiled(site: Site) -> Any:
    known = _VALIDATORS.get(id(site.schema))
    if known is None or known[0] is not site.schema:
        known = _VALIDATORS[id(site.schema)] = (site.schema, validator(site.schema))
    return known[1]


def _one_segment(text: str) -> bool:
    return text not in ("", ".", "..") and not any(mark in text for mark in "/\\\n\r\0")


def _visible(text: str) -> bool:
    return text == text.strip() and text != "" and all(32 <= ord(c) < 127 and c not in ',;="' for c in text)
