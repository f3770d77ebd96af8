"""Rules that remember their answers: a rule depends on nothing but the members that it names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from conformance.contract.expression import Expression, Variables, context
from conformance.contract.operation import Becomes, Operation, Rule

# A variable and the members asked of it, without the function that is called on the last one.
_NAMED = re.compile(r"\b(?:request|response|self|oldSelf|settings|now)\b(?:\.\w+\b(?!\())*")
_ABSENT = "absent"
_SIZE = "#"  # before a path of which nothing but the size is asked
_SIZED = (str, list, dict)
MOST = 10_000  # answers that one rule remembers: a run may be a year of traffic
OPERATIONS = 512  # whose rules are remembered: a process may read many contracts


class Evaluation(dict[str, str]):
    """The variables of one evaluation; by path, what stands there, as a text that tells different values apart."""

    __slots__ = ("variables",)

    def __init__(self, variables: Mapping[str, Any]) -> None:
        super().__init__()
        self.variables = variables

    def __missing__(self, asked: str) -> str:
        text = self[asked] = self._reached(asked)
        return text

    def _reached(self, asked: str) -> str:
        value: Any = self.variables
        for depth, part in enumerate(_parts(asked.removeprefix(_SIZE))):
            if not isinstance(value, dict):
                return f"{value!r} at {depth}"  # where the path ends is another place than where it leads
            if part not in value:
                return _ABSENT
            value = value[part]
        return f"{_SIZE}{len(value)}" if asked[0] == _SIZE and isinstance(value, _SIZED) else repr(value)

    def ready(self, asked: Iterable[str]) -> Variables:
        """What is asked for, as the rule engine takes it: handing over a whole answer costs more than a rule."""
        return context(_pruned(self.variables, asked))


@lru_cache(maxsize=10_000)
def _parts(path: str) -> tuple[str, ...]:
    return tuple(path.split("."))


def _pruned(variables: Mapping[str, Any], asked: Iterable[str]) -> dict[str, Any]:
    """Only what is asked for; where that is a size, something of that size: what it holds takes long to hand over."""
    found: dict[str, Any] = {}
    for each in sorted(asked, key=lambda each: each[0] != _SIZE):  # what is asked for as a whole takes its place after
        source, into, sized = variables, found, each[0] == _SIZE
        for part in _parts(each.removeprefix(_SIZE)):
            if not isinstance(source, dict) or part not in source:
                break
            value = source[part]
            if not isinstance(value, dict):
                into[part] = [None] * len(value) if sized and isinstance(value, list) else value
                break
            if not isinstance(into.get(part), dict):
                into[part] = {}
            source, into = value, into[part]
        else:
            into.update(dict.fromkeys(source) if sized else source)
    return found


def _named(*expressions: Expression | None) -> tuple[str, ...]:
    """The paths that expressions name."""
    return tuple(dict.fromkeys(path for each in expressions if each is not None for path in _NAMED.findall(each.text)))


def _asked(*expressions: Expression | None) -> tuple[str, ...]:
    """The paths that expressions name; where all ask only whether something is there, or for its size, marked so."""
    texts = [each.text for each in expressions if each is not None]
    return tuple(path if _whole(path, texts) else _SIZE + path for path in _named(*expressions))


def root(asked: str) -> str:
    """The variable in which what is asked for stands."""
    return asked.removeprefix(_SIZE).split(".")[0]


def _whole(path: str, texts: Sequence[str]) -> bool:
    """Whether more is asked of a path than whether it is there and how large."""
    measured = re.compile(rf"\b(?:size|has)\({re.escape(path)}\)")
    return any(path in _NAMED.findall(measured.sub("", text)) for text in texts)


def _key(paths: tuple[str, ...]) -> Callable[[Evaluation], Any]:
    """What tells two evaluations apart, for whoever asks for these paths only."""
    return itemgetter(*paths) if paths else lambda _: None


class KnownValue:
    """An expression and the values that it had."""

    def __init__(self, expression: Expression) -> None:
        self.expression = expression
        self._paths = _named(expression)
        self._key = _key(self._paths)
        self._values: dict[Any, Any] = {}

    def of(self, evaluation: Evaluation) -> Any:
        """Its value; EvaluationError if it has none."""
        key = self._key(evaluation)
        if key not in self._values:
            if len(self._values) >= MOST:
                self._values.clear()
            self._values[key] = self.expression.value(_pruned(evaluation.variables, self._paths))
        return self._values[key]


class KnownRule:
    """A rule and the answers that it gave."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self.paths = _named(rule.rule, rule.when)
        self.asked = _asked(rule.rule, rule.when)
        self.key = _key(self.asked)
        self.answers: dict[Any, bool | None] = {}

    def learn(self, evaluation: Evaluation, ready: Variables) -> bool | None:
        """Asks the engine whether the rule holds, and remembers the answer; None where it does not apply."""
        if len(self.answers) >= MOST:
            self.answers.clear()
        applies = self.rule.when is None or self.rule.when.holds(ready) is True
        answer = self.answers[self.key(evaluation)] = self.rule.rule.holds(ready) if applies else None
        return answer


def answers(rules: Sequence[KnownRule], evaluation: Evaluation) -> list[bool | None]:
    """Whether each rule holds; None where it does not apply or has no value."""
    found = [rule.answers.get(rule.key(evaluation), _UNKNOWN) for rule in rules]
    if _UNKNOWN not in found:
        return found
    new = [rule for rule, answer in zip(rules, found, strict=True) if answer is _UNKNOWN]
    ready = evaluation.ready(dict.fromkeys(each for rule in new for each in rule.asked))
    return [
        rule.learn(evaluation, ready) if answer is _UNKNOWN else answer
        for rule, answer in zip(rules, found, strict=True)
    ]


@lru_cache(maxsize=OPERATIONS)
def required(operation: Operation) -> tuple[KnownRule, ...]:
    """The rules that an operation demands of requests, with what is known of them."""
    return tuple(map(KnownRule, operation.requires))


@lru_cache(maxsize=OPERATIONS)
def ensured(operation: Operation) -> tuple[KnownRule, ...]:
    """The rules that an operation keeps, with what is known of them."""
    return tuple(map(KnownRule, operation.ensures))


@lru_cache(maxsize=OPERATIONS)
def becoming(operation: Operation) -> tuple[tuple[Becomes, KnownValue], ...]:
    """What members of the state become, each with what is known of its values."""
    return tuple((becomes, KnownValue(becomes.value)) for becomes in operation.becomes)


_UNKNOWN: Any = object()
