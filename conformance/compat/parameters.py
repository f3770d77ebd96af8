"""Parameters of two versions: their names in the path, how they are written, what their texts can mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from conformance.compat.finding import CALLERS, Finding
from conformance.contract.operation import Operation, Parameter
from conformance.contract.schema import Schema

_TEXTUAL = ("path", "query", "header", "cookie")
_WORDS = ("number", "boolean", "null")
_WRITTEN = ("array", "object")  # what `style` and `explode` make a difference for


def align(old: Operation, new: Operation) -> Operation:
    """The new operation with the old names of path parameters: by position, they are the same."""
    mine, theirs = _names(old.path), _names(new.path)
    renamed = {there: here for here, there in zip(mine, theirs, strict=False) if here != there}
    if not renamed:
        return new
    schema = new.request_schema
    path = schema["properties"].get("path", {})
    members = {renamed.get(name, name): value for name, value in path.get("properties", {}).items()}
    moved = {**path, "properties": members, "required": [renamed.get(n, n) for n in path.get("required", [])]}
    parameters = tuple(replace(p, name=renamed.get(p.name, p.name)) if p.where == "path" else p for p in new.parameters)
    properties = {**schema["properties"], "path": moved}
    return replace(new, parameters=parameters, request_schema={**schema, "properties": properties})


def _names(template: str) -> list[str]:
    return re.findall(r"{([^{}]*)}", template)


def rewritten(name: str, old: Operation, new: Operation) -> Iterator[Finding]:
    """Parameters that are written otherwise on the wire: the same value is another text."""
    theirs = {(p.where, p.name): p for p in new.parameters}
    for mine in old.parameters:
        other = theirs.get((mine.where, mine.name))
        if other is None or _wire(mine) == _wire(other) or _wire(mine) is None or _wire(other) is None:
            continue
        text = f"{mine.name} is written otherwise: {_said(mine)} before, {_said(other)} now"
        yield Finding(CALLERS, name, f"request {mine.where}.{mine.name}", "style", text)


def _wire(parameter: Parameter) -> tuple[object, ...] | None:
    """What decides how a parameter is written; None for a plain value, which is written the same in every style."""
    if parameter.as_json:
        return ("json",)
    kinds = parameter.schema.get("type", [])
    if not set(_WRITTEN) & set(kinds if isinstance(kinds, list) else [kinds]):
        return None
    explode = parameter.explode
    return parameter.style, explode


def _said(parameter: Parameter) -> str:
    return "as JSON" if parameter.as_json else f"{parameter.style}, explode {str(parameter.explode).lower()}"


def textual(wide: Schema, narrow: Schema) -> Schema:
    """The request schema `wide`, whose parameters take every value of `narrow` that is written as one of their own.

    A parameter is a text on the wire: 7 is also the text "7", and one text is also a list of one.
    """
    parts = dict(wide.get("properties", {}))
    for where in _TEXTUAL:
        mine = narrow.get("properties", {}).get(where, {}).get("properties", {})
        theirs = parts.get(where, {}).get("properties", {})
        read = {name: _readings(schema, mine[name]) if name in mine else schema for name, schema in theirs.items()}
        if read != theirs:
            parts[where] = {**parts[where], "properties": read}
    return {**wide, "properties": parts}


def _readings(wide: Any, narrow: Any) -> Any:
    if not isinstance(wide, dict) or not isinstance(narrow, dict) or wide.get("type") == narrow.get("type"):
        return wide
    kinds = wide.get("type", [])
    kinds = kinds if isinstance(kinds, list) else [kinds]
    readings = [wide]
    if "array" in kinds and wide.get("minItems", 0) <= 1 and "items" in wide:
        readings += [wide["items"], _readings(wide["items"], narrow)]
    if "string" in kinds and not {"enum", "const", "pattern", "format", "maxLength", "minLength"} & set(wide):
        readings.append({"type": list(_WORDS)})
    return {"anyOf": readings} if len(readings) > 1 else wide
