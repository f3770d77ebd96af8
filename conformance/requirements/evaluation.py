"""Rules that remember their answers: a rule depends on nothing but the members that it names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from conformance.contract.expression import Expression, context
from conformance.contract.operation import Rule

# A variable and the members asked of it, without the function that is called on the last one.
_NAMED = re.compile(r"\b(?:request|response|self|oldSelf|settings|now)\b(?:\.\w+\b(?!\())*")
_ABSENT = "absent"
MOST = 10_000  # answers that one rule remembers: a run may be a year of traffic


class Evaluation:
    """The variables of one evaluation; handed to the rule engine only if some rule has not seen their like."""

    def __init__(self, variables: Mapping[str, Any], paths: Iterable[str] = ()) -> None:
        self.variables = variables
        self._paths = tuple(paths)
        self._texts: dict[str, str] = {}

    @cached_property
    def ready(self) -> Any:
        """The variables as the rule engine takes them."""
        return context(_pruned(self.variables, self._paths) if self._paths else self.variables)

    def text(self, path: str) -> str:
        """What stands at a path, as a text that tells different values apart."""
        if path not in self._texts:
            self._texts[path] = self._reached(path)
        return self._texts[path]

    def _reached(self, path: str) -> str:
        value: Any = self.variables
        for part in path.split("."):
            if not isinstance(value, dict):
                break
            if part not in value:
                return _ABSENT
            value = value[part]
        return repr(value)


def _pruned(variables: Mapping[str, Any], paths: Iterable[str]) -> dict[str, Any]:
    """Only what the paths lead to: handing a whole answer over to the engine costs more than a rule does."""
    found: dict[str, Any] = {}
    for path in paths:
        source, into = variables, found
        for part in path.split("."):
            if not isinstance(source, dict) or part not in source:
                break
            value = source[part]
            if not isinstance(value, dict):
                into[part] = value
                break
            source, into = value, into.setdefault(part, {})
        else:
            into.update(source)
    return found


class KnownValue:
    """An expression and the values that it had."""

    def __init__(self, expression: Expression) -> None:
        self.expression = expression
        self._paths = tuple(dict.fromkeys(_NAMED.findall(expression.text)))
        self._values: dict[tuple[str, ...], Any] = {}

    def of(self, evaluation: Evaluation) -> Any:
        """Its value; EvaluationError if it has none."""
        key = tuple(map(evaluation.text, self._paths))
        if key not in self._values:
            if len(self._values) >= MOST:
                self._values.clear()
            self._values[key] = self.expression.value(evaluation.variables)
        return self._values[key]


class KnownRule:
    """A rule and the answers that it gave."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        texts = f"{rule.rule.text} {rule.when.text if rule.when is not None else ''}"
        self.paths = tuple(dict.fromkeys(_NAMED.findall(texts)))
        self._answers: dict[tuple[str, ...], bool | None] = {}

    def holds(self, evaluation: Evaluation) -> bool | None:
        """Whether the rule holds; None where it does not apply or has no value."""
        key = tuple(map(evaluation.text, self.paths))
        if key not in self._answers:
            if len(self._answers) >= MOST:
                self._answers.clear()
            self._answers[key] = self._evaluated(evaluation.ready)
        return self._answers[key]

    def _evaluated(self, ready: Any) -> bool | None:
        if self.rule.when is not None and self.rule.when.holds(ready) is not True:
            return None
        return self.rule.rule.holds(ready)
