"""A contract in OpenAPI 3.0, for tools that read nothing newer: the same requests and answers in older words."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

_RAW = {"example", "value", "default", "enum"}  # what stands there is data, whatever its members are called


def downgraded(document: Mapping[str, Any], patterns: Mapping[str, str]) -> dict[str, Any]:
    """The document as 3.0.3 without extensions; a format that has a pattern in `patterns` becomes that pattern."""
    info = {key: value for key, value in document["info"].items() if key != "summary"}
    return {**_walked(document, document, patterns), "openapi": "3.0.3", "info": info}


def _walked(node: Any, root: Mapping[str, Any], patterns: Mapping[str, str]) -> Any:
    if isinstance(node, list):
        return [_walked(item, root, patterns) for item in node]
    if not isinstance(node, dict):
        return node
    kept = {key: value for key, value in node.items() if not str(key).startswith("x-")}
    return {
        key: deepcopy(value) if key in _RAW and not _is_schema(value) else _walked(value, root, patterns)
        for key, value in _older(_whole(kept, root), patterns).items()
    }


def _is_schema(value: Any) -> bool:
    """Whether this is the schema of a member that happens to be called `value` or `default`."""
    return isinstance(value, dict) and ("type" in value or "$ref" in value)


def _whole(node: dict[str, Any], root: Mapping[str, Any]) -> dict[str, Any]:
    """What stands beside a `$ref` is ignored in 3.0, so both are written as one."""
    if not isinstance(node.get("$ref"), str) or len(node) == 1:
        return node
    target: Any = root
    for step in node["$ref"].removeprefix("#/").split("/"):
        target = target[step.replace("~1", "/").replace("~0", "~")]
    return _whole({**target, **{key: value for key, value in node.items() if key != "$ref"}}, root)


def _older(node: dict[str, Any], patterns: Mapping[str, str]) -> dict[str, Any]:
    """One schema in the words of 3.0; whatever is none has none of these words."""
    schema = dict(node)
    if isinstance(schema.get("examples"), list):
        schema["example"] = schema.pop("examples")[0]
    if isinstance(schema.get("type"), list):
        names = [name for name in schema["type"] if name != "null"]
        if len(names) != 1:
            raise ValueError(f"3.0 knows one type and null, not {schema['type']}")
        schema |= {"type": names[0], "nullable": True} if len(schema["type"]) > 1 else {"type": names[0]}
    if "const" in schema and not isinstance(schema["const"], dict):
        schema["enum"] = [schema.pop("const")]
    for word in ("exclusiveMinimum", "exclusiveMaximum"):
        if isinstance(schema.get(word), (int, float)) and not isinstance(schema[word], bool):
            schema[word.replace("exclusiveM", "m")] = schema[word]
            schema[word] = True
    if isinstance(schema.get("format"), str) and schema["format"] in patterns:
        schema["pattern"] = patterns[schema.pop("format")]
    return schema
