"""A pytest plugin for `make mutation`: what is remembered counts as reached, by whomever asks for it.

mutmut tries a change with the tests that reach the changed function. A test that gets what an earlier one worked out
would not count, so the functions reached are remembered with the value.
"""

from __future__ import annotations

import functools
import importlib
from collections.abc import Callable
from typing import Any

import pytest

OURS = ("conformance.", "tests.")


def _state() -> Any:
    return importlib.import_module("mutmut.state").state()


def _reached() -> set[str]:
    """The functions that the present test has reached so far, as mutmut notes them."""
    noted: set[str] = _state()._stats  # noqa: SLF001 - it has no other name
    return noted


def remembering(function: Callable[..., Any], reached: Callable[[], set[str]] = _reached) -> Callable[..., Any]:
    """The function with a memory of its values and of what was reached for them."""
    known: dict[Any, tuple[Any, frozenset[str]]] = {}

    @functools.wraps(function)
    def remembered(*args: Any, **kwargs: Any) -> Any:
        key = (args, tuple(sorted(kwargs.items())))
        noted = reached()
        if key not in known:
            before = set(noted)
            noted.clear()
            value = function(*args, **kwargs)
            known[key] = (value, frozenset(noted))
            noted |= before
        noted |= known[key][1]
        return known[key][0]

    return remembered


def _in_place_of(cached: Callable[..., Any]) -> Callable[..., Any]:
    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        ours = function.__module__.startswith(OURS)
        return remembering(function) if ours else cached(function)

    return decorate


def pytest_load_initial_conftests() -> None:
    """Before any module of ours is imported."""
    functools.cache = _in_place_of(functools.cache)
    plain = functools.lru_cache
    functools.lru_cache = lambda maxsize=128, typed=False: (  # type: ignore[assignment]
        _in_place_of(plain())(maxsize) if callable(maxsize) else _in_place_of(plain(maxsize, typed))
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The quickest tests go first: one of them notices most changes."""
    seconds = _state().duration_by_test
    items.sort(key=lambda item: seconds.get(item.nodeid, 0.0))
