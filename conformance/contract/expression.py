"""CEL, the language of rules: compiled once, evaluated often.

The package `common-expression-language` imports its own command line (0.4 s) when imported as a package;
only its compiled extension is needed, and it is loaded alone here.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.machinery import PathFinder
from typing import Any

from conformance import formats

_PATH = re.compile(r"(?!(true|false|null)$)[A-Za-z_]\w*(\.[A-Za-z_]\w*)*")


@cache
def _extension() -> Any:
    package = importlib.util.find_spec("cel")
    if package is None:  # pragma: no cover - a broken installation
        raise ModuleNotFoundError("common-expression-language is not installed")
    spec = PathFinder.find_spec("cel.cel", package.submodule_search_locations)
    if spec is None or spec.loader is None:  # pragma: no cover - another layout of the package: pin it
        raise ModuleNotFoundError("common-expression-language has no extension module cel.cel")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@dataclass(frozen=True, slots=True)
class Expression:
    """A compiled CEL expression and its text."""

    text: str
    program: Any

    def evaluate(self, context: Variables) -> Any:
        """Its value; EvaluationError when it has none, e.g. because a member is missing."""
        try:
            return _ordered(self.program.execute(context.ready))
        except Exception as problem:  # noqa: BLE001 - the extension raises KeyError, TypeError, RuntimeError and more
            raise EvaluationError(str(problem)) from None

    def holds(self, context: Variables) -> bool | None:
        """Whether it is true; None when it has no boolean value."""
        try:
            value = self.program.execute(context.ready)
        except Exception:  # noqa: BLE001 - as above
            return None
        return value if isinstance(value, bool) else None

    def value(self, variables: Mapping[str, Any]) -> Any:
        """Its value for these variables; EvaluationError if it has none. A mere path is followed without the engine."""
        if not _PATH.fullmatch(self.text):
            return self.evaluate(context(variables))
        found: Any = variables
        for part in self.text.split("."):
            if not isinstance(found, Mapping) or part not in found:
                raise EvaluationError(f"there is no {part!r} in {self.text}")
            found = found[part]
        return found


def _ordered(value: Any) -> Any:
    """A value with its members by name: the engine makes maps in an order of chance."""
    if isinstance(value, dict):
        return {name: _ordered(value[name]) for name in sorted(value, key=str)}
    return [_ordered(item) for item in value] if isinstance(value, list) else value


class EvaluationError(ValueError):
    """An expression has no value for these variables."""


def compile_expression(text: str) -> Expression:
    """Compile CEL; ValueError with a one-line reason if it is not CEL."""
    try:
        return Expression(text, _extension().compile(text))
    except Exception as problem:  # noqa: BLE001 - as above
        raise ValueError(" ".join(str(problem).split())) from None


class Variables:
    """The variables of any number of evaluations; handed to the engine only if an expression needs it."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = values
        self._ready: Any = None

    @property
    def ready(self) -> Any:
        """The variables, and the functions of all formats, as the engine takes them."""
        if self._ready is None:
            self._ready = self._made()
        return self._ready

    def _made(self) -> Any:
        try:
            return _extension().Context(variables=dict(self.values), functions=_functions())
        except ValueError:  # a lone surrogate, which JSON can spell and UTF-8 cannot
            return _extension().Context(variables=_spelled(dict(self.values)), functions=_functions())


def context(variables: Mapping[str, Any]) -> Variables:
    """The variables, ready for any number of evaluations."""
    return Variables(variables)


def _spelled(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, Mapping):
        return {_spelled(name): _spelled(inner) for name, inner in value.items()}
    return [_spelled(item) for item in value] if isinstance(value, list) else value


@cache
def _functions() -> dict[str, Any]:
    return formats.functions()
