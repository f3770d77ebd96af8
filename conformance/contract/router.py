"""Which operation of a contract a request is for: by its method and path, literal segments before templates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from conformance.contract.operation import Operation

Texts = Mapping[str, str]
REMEMBERED = 10_000  # requests whose operation was found
_NAMES = re.compile(r"{([^{}]+)}")


@dataclass(frozen=True, slots=True)
class Match:
    """An operation and the texts of its path parameters, decoded."""

    operation: Operation
    path: Texts


@dataclass
class _Node:
    """What may follow in a path: literal segments, then templates in the contract's order."""

    literals: dict[str, _Node] = field(default_factory=dict)
    templates: dict[str, tuple[re.Pattern[str] | None, _Node]] = field(default_factory=dict)
    operations: dict[str, tuple[Operation, tuple[str, ...]]] = field(default_factory=dict)


class Router:
    """Finds operations; built once for a contract."""

    def __init__(self, operations: Iterable[Operation]) -> None:
        self._root = _Node()
        self._found: dict[tuple[str, str], Match | None] = {}
        for operation in operations:
            self._add(operation)

    def _add(self, operation: Operation) -> None:
        node = self._root
        for segment in re.split("[?#]", operation.path)[0].split("/")[1:]:
            if "{" not in segment:
                node = node.literals.setdefault(unquote(segment), _Node())
                continue
            shape = _NAMES.sub("{}", segment)
            pattern = None if shape == "{}" else _pattern(segment)
            node = node.templates.setdefault(shape, (pattern, _Node()))[1]
        node.operations[operation.method] = (operation, tuple(_NAMES.findall(operation.path)))

    def match(self, method: str, target: str) -> Match | None:
        """The operation that a method and a request target name; None if the contract describes none there."""
        path = target.partition("?")[0]
        key = (method, path)
        if key not in self._found:
            if len(self._found) >= REMEMBERED:
                self._found.clear()
            self._found[key] = self._looked_up(method, path)
        return self._found[key]

    def _looked_up(self, method: str, path: str) -> Match | None:
        segments = [unquote(each) if "%" in each else each for each in path.split("/")[1:]]
        return _found(self._root, segments, 0, (), method)


def _found(node: _Node, segments: list[str], at: int, texts: tuple[str, ...], method: str) -> Match | None:
    if at == len(segments):
        operation, names = node.operations.get(method, (None, ()))
        return None if operation is None else Match(operation, dict(zip(names, texts, strict=True)))
    segment = segments[at]
    literal = node.literals.get(segment)
    if literal is not None and (found := _found(literal, segments, at + 1, texts, method)) is not None:
        return found
    if not segment:
        return None  # a parameter of a path is never empty
    for pattern, below in node.templates.values():
        parts = (segment,) if pattern is None else _parts(pattern, segment)
        if parts is not None and (found := _found(below, segments, at + 1, (*texts, *parts), method)) is not None:
            return found
    return None


def _parts(pattern: re.Pattern[str], segment: str) -> tuple[str, ...] | None:
    found = pattern.fullmatch(segment)
    return None if found is None else found.groups()


def _pattern(segment: str) -> re.Pattern[str]:
    """A segment of which only parts are templates, such as {name}.json."""
    pieces = _NAMES.split(segment)
    return re.compile(
        "".join("(.+?)" if index % 2 else re.escape(piece) for index, piece in enumerate(pieces)), re.DOTALL
    )
