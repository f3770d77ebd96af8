"""Values drawn at random, but always the same ones for the same seed."""

from __future__ import annotations

from functools import cache
from typing import Any

from conformance import formats
from conformance.contract.schema import Schema


def draw(schema: Schema | bool, count: int, seed: int = 1) -> list[Any]:
    """Up to `count` values of a schema, smallest first; empty if there are none or they cannot be modelled.

    Hypothesis is imported here and not before: it costs a third of a second, the generator above it as much again.
    """
    from conformance.generation import strategy

    built = strategy(schema, strategies())
    if built is None or built.is_empty:
        return []
    return _run(built, count, seed)


def _run(built: Any, count: int, seed: int) -> list[Any]:
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis import seed as seeded

    found: list[Any] = []

    @seeded(seed)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(built)
    def collect(value: Any) -> None:
        found.append(value)

    try:
        collect()
    except Exception:  # noqa: BLE001 - a strategy that finds nothing raises one of many errors, none public
        return found
    return sorted(found, key=lambda value: len(repr(value)))


@cache
def strategies() -> dict[str, Any]:
    """The strategy of every text format of the registry, by name."""
    found = {}
    for name, known in formats.REGISTRY.items():
        if known.applies_to == "string":
            found[name] = formats.strategy(known)
    return found
