"""A named format: which texts belong to it, and which lie just outside."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal


def _same(value: Any) -> Any:
    return value


@dataclass(frozen=True, slots=True)
class Format:
    """A set of texts (or numbers), known by examples on both sides of its border.

    `valid` shows every form, the simplest first; each of `near_misses` is one small step away from a valid
    value and fails `check`. Values with one `canonical` form are the same value. `check` and `canonical`
    are meant for values of the type that the format applies to and never raise; `functions` are offered
    to rules under their names.
    """

    name: str
    check: Callable[[Any], bool]
    valid: tuple[Any, ...]
    near_misses: tuple[Any, ...] = ()
    canonical: Callable[[Any], Any] = _same
    functions: Mapping[str, Callable[..., Any]] = field(default_factory=lambda: MappingProxyType({}))
    applies_to: Literal["string", "number"] = "string"
    builtin: bool = False  # the validator library checks it without our help
