"""The registry of named formats, ours and the standard ones, and the functions that they lend to rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from conformance.formats import address_formats, function, identifier, number, standard, timestamp
from conformance.formats.format import Format
from conformance.formats.strategy import near_miss_strategy, strategy

__all__ = ["REGISTRY", "Format", "checkers", "functions", "near_miss_strategy", "strategy"]

_ALL = (
    *address_formats.FORMATS,
    *identifier.FORMATS,
    *number.FORMATS,
    *standard.FORMATS,
    *timestamp.FORMATS,
)

_BY_NAME = {each.name: each for each in _ALL}
REGISTRY: Mapping[str, Format] = MappingProxyType(dict(sorted(_BY_NAME.items())))


def checkers() -> dict[str, Callable[[str], bool]]:
    """The text formats that the validator library does not know: what its `formats` argument takes."""
    return {each.name: each.check for each in _ALL if each.applies_to == "string" and not each.builtin}


def functions() -> dict[str, Callable[..., Any]]:
    """What rules may call, by name; every function answers for every argument and none raises."""
    offered = [function.FUNCTIONS, *(each.functions for each in _ALL)]
    return {name: call for calls in offered for name, call in calls.items()}
