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


# The library would check these, by grammars that hardly any server follows. Here they are annotations.
_ANNOTATIONS = ("idn-email", "idn-hostname", "iri", "iri-reference", "relative-json-pointer", "uri-template")


def checkers() -> dict[str, Callable[[str], bool]]:
    """What the validator library takes as `formats`: those of texts that it has no, or no fair, check of."""
    own = {each.name: each.check for each in _ALL if each.applies_to == "string" and not each.builtin}
    return {**dict.fromkeys(_ANNOTATIONS, lambda text: True), **own}


def functions() -> dict[str, Callable[..., Any]]:
    """What rules may call, by name; every function answers for every argument and none raises."""
    offered = [function.FUNCTIONS, *(each.functions for each in _ALL)]
    return {name: call for calls in offered for name, call in calls.items()}
