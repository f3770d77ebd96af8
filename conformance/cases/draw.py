"""Values drawn at random, but always the same ones for the same seed."""

from __future__ import annotations

from functools import cache
from typing import Any

from conformance import formats
from conformance.contract.schema import Schema

TRIES = 1000  # of a strategy that finds few values


class EnoughError(Exception):
    """A strategy was asked often enough."""


def draw(schema: Schema | bool, count: int, seed: int = 1, tries: int = TRIES) -> list[Any]:
    """Up to `count` values of a schema, smallest first; empty if there are none or they cannot be modelled.

    A strategy that finds few is given up after so many `tries`.

    Hypothesis is imported here and not before: it costs a third of a second, the generator above it as much again.
    """
    from conformance.generation import strategy

    built = strategy(schema, strategies())
    if built is None or built.is_empty:
        return []
    return run(built, count, seed, tries)


def run(built: Any, count: int, seed: int = 1, tries: int = TRIES) -> list[Any]:
    """Up to `count` values of a strategy, smallest first; fewer where it finds few in so many tries."""
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis import seed as seeded
    from hypothesis.strategies import composite

    found: list[Any] = []
    left = iter(range(tries))

    @composite
    def limited(drawn: Any) -> Any:
        if next(left, None) is None:
            raise EnoughError
        return drawn(built)

    @seeded(seed)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(limited())
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
