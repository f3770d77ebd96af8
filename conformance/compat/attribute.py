"""Which requirements of the refusing version a gap belongs to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from conformance.compat.outcome import Gap
from conformance.requirement import Requirement

MOST = 3


def requirements_of(found: Gap, known: Iterable[Requirement], prefix: str) -> tuple[str, ...]:
    """The ids at the gap's place with its keyword; a number's limit may be stated by its format or its type."""
    pointer = found.pointer
    below = [r for r in known if r.id.startswith(prefix) and r.pointer == pointer]
    exact = [r.id for r in below if r.keyword == found.keyword]
    alike = [r.id for r in below if r.keyword in _ALIKE.get(found.keyword, ())]
    return tuple((exact or alike)[:MOST])


_ALIKE: dict[str, tuple[str, ...]] = {
    "minimum": ("format", "exclusiveMinimum"),
    "maximum": ("format", "exclusiveMaximum"),
    "enum": ("const",),
    "type": ("anyOf", "oneOf", "enum"),
    "anyOf": ("oneOf", "type"),
    "oneOf": ("anyOf",),
    "properties": ("optional", "required"),
}


def shown(pointer: str) -> str:
    """A pointer as people read it: `body.beds.*.area`."""
    parts = [part.replace("~2", "*").replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]
    return ".".join(parts)


def brief(value: Any, longest: int = 80) -> str:
    """A value in one line."""
    import json

    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def at(value: Any, pointer: str) -> tuple[Any, ...]:
    """The value that a pointer leads to, the first item for `*`; an empty tuple if it leads nowhere."""
    for part in pointer.split("/")[1:]:
        if isinstance(value, list):
            index = int(part) if part.isdigit() else 0
            if index >= len(value):
                return ()
            value = value[index]
        elif isinstance(value, dict):
            name = part.replace("~2", "*").replace("~1", "/").replace("~0", "~")
            if name not in value:
                return ()
            value = value[name]
        else:
            return ()
    return (value,)
