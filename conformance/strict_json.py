"""JSON read strictly (RFC 8259): what any parser takes, and all read alike."""

from __future__ import annotations

import json
from typing import Any

NOT_JSON: Any = object()


def parsed(body: bytes) -> Any:
    """A body as JSON, read strictly: UTF-8, no NaN, nothing after the document, no member twice.

    Half a surrogate pair can be escaped in JSON but is no character: it is read as the replacement character.
    """
    try:
        value = _DECODER.decode(body.decode("utf-8"))
        return _mended(value) if b"\\ud" in body or b"\\uD" in body else value
    except (ValueError, RecursionError):
        return NOT_JSON


def _mended(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, dict):
        return {_mended(name): _mended(inner) for name, inner in value.items()}
    return [_mended(inner) for inner in value] if isinstance(value, list) else value


def _refuse(constant: str) -> Any:
    raise ValueError(constant)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found


_DECODER = json.JSONDecoder(parse_constant=_refuse, object_pairs_hook=_once)
