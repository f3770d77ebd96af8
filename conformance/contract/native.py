"""The common part of CEL as functions of Python: a rule costs microseconds, and the engine is asked for the rest.

A compiled expression gives the engine's value or raises. Whatever differs between the two languages, or could, raises:
the engine decides what CEL means. So numbers are never booleans, `&&` of what is no boolean raises, and so does every
type, function or form that is not listed here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

Variables = Mapping[str, Any]
Node = Callable[[Variables], Any]
Functions = Mapping[str, Callable[..., Any]]

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+\.\d+|\d+(?![\w.]))|(?P<text>'[^'\\]*'|\"[^\"\\]*\")|(?P<name>[A-Za-z_]\w*)"
    r"|(?P<mark>&&|\|\||[=!<>]=|[<>!?:.,()\[\]{}+-]))"
)
_PLAIN_PATTERN = re.compile(r"[\w\[\].+ :-]*", re.ASCII)  # means the same in every dialect of regular expressions
_CONSTANTS = {"true": True, "false": False, "null": None}
_RESERVED = frozenset(("in", "as", "break", "const", "else", "for", "if", "import", "let", "loop", "package", "var"))


class Unsupported(Exception):  # noqa: N818 - no error: the engine takes over
    """An expression, or a value, that is left to the engine."""


def translated(text: str, functions: Functions) -> Node | None:
    """The expression as a function of its variables; None if some part of it is beyond this module."""
    try:
        parser = _Parser(text, functions)
        node = parser.expression()
        parser.end()
    except Unsupported:
        return None
    return node


class _Parser:
    """Recursive descent, one method for each level of precedence."""

    def __init__(self, text: str, functions: Functions) -> None:
        self._tokens = list(_tokens(text))
        self._at = 0
        self._functions = functions

    def end(self) -> None:
        if self._at != len(self._tokens):
            raise Unsupported

    def _peek(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _take(self) -> str:
        token = self._peek()
        self._at += 1
        return token

    def _given(self, *marks: str) -> bool:
        if self._peek() in marks:
            self._at += 1
            return True
        return False

    def _expect(self, mark: str) -> None:
        if not self._given(mark):
            raise Unsupported

    def expression(self) -> Node:
        condition = self._or()
        if not self._given("?"):
            return condition
        positive = self._or()
        self._expect(":")
        negative = self.expression()
        return lambda v: positive(v) if _truth(condition(v)) else negative(v)

    def _or(self) -> Node:
        left = self._and()
        while self._given("||"):
            left = _either(left, self._and())
        return left

    def _and(self) -> Node:
        left = self._relation()
        while self._given("&&"):
            left = _both(left, self._relation())
        return left

    def _relation(self) -> Node:
        left = self._sum()
        while self._peek() in _RELATIONS:
            left = _binary(_RELATIONS[self._take()], left, self._sum())
        return left

    def _sum(self) -> Node:
        left = self._unary()
        while self._peek() in _SUMS:
            left = _binary(_SUMS[self._take()], left, self._unary())
        return left

    def _unary(self) -> Node:
        if self._given("!"):
            inner = self._unary()
            return lambda v: not _truth(inner(v))
        return self._member()

    def _member(self) -> Node:
        node = self._primary()
        while True:
            if self._given("."):
                name = self._name()
                node = self._method(node, name) if self._given("(") else _reached(node, name)
            elif self._given("["):
                node = _binary(_item, node, self.expression())
                self._expect("]")
            else:
                return node

    def _name(self) -> str:
        name = self._take()
        if not name.isidentifier() or name in _RESERVED or name in _CONSTANTS:
            raise Unsupported
        return name

    def _method(self, node: Node, name: str) -> Node:
        if name in _MACROS:
            bound = self._name()
            self._expect(",")
            body = self.expression()
            self._expect(")")
            return _over(_MACROS[name], node, bound, body)
        arguments = self._list(")")
        if name not in _METHODS or len(arguments) != 1:
            raise Unsupported
        return _binary(_METHODS[name], node, arguments[0])

    def _primary(self) -> Node:
        token = self._take()
        if token[:1].isdigit():
            number = float(token) if "." in token else int(token)
            return lambda v: number
        if token[:1] in ("'", '"') and token:
            return lambda v: token[1:-1]
        match token:
            case "(":
                node = self.expression()
                self._expect(")")
                return node
            case "[":
                items = self._list("]")
                return lambda v: [item(v) for item in items]
            case "{":
                return self._map()
        return self._named(token)

    def _named(self, token: str) -> Node:
        if token in _CONSTANTS:
            constant = _CONSTANTS[token]
            return lambda v: constant
        if not token.isidentifier() or token in _RESERVED:
            raise Unsupported
        if not self._given("("):
            return lambda v: v[token]
        if token == "has":  # noqa: S105 - a macro
            return self._has()
        arguments = self._list(")")
        if token == "size" and len(arguments) == 1:  # noqa: S105 - a function
            return lambda v: _size(arguments[0](v))
        if token not in self._functions:
            raise Unsupported
        function = self._functions[token]
        return lambda v: function(*[argument(v) for argument in arguments])

    def _has(self) -> Node:
        start = self._at
        depth = 0
        while depth or self._peek() != ")":  # the last name is not to be reached, but looked for
            depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(self._take(), 0)
            if self._at > len(self._tokens):
                raise Unsupported
        stop, self._at = self._at, start
        inner = self._member_until(stop - 2)
        self._expect(".")
        name = self._name()
        self._expect(")")
        return lambda v: name in _map(inner(v))

    def _member_until(self, stop: int) -> Node:
        tokens, self._tokens = self._tokens, self._tokens[:stop]
        node = self._member()
        self._tokens = tokens
        if self._at != stop:
            raise Unsupported
        return node

    def _list(self, mark: str) -> list[Node]:
        nodes: list[Node] = []
        while not self._given(mark):
            if nodes:
                self._expect(",")
            nodes.append(self.expression())
        return nodes

    def _map(self) -> Node:
        pairs: list[tuple[Node, Node]] = []
        while not self._given("}"):
            if pairs:
                self._expect(",")
            key = self.expression()
            self._expect(":")
            pairs.append((key, self.expression()))
        return lambda v: {key(v): value(v) for key, value in pairs}


def _tokens(text: str) -> Iterator[str]:
    at, text = 0, text.strip()
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            raise Unsupported
        yield found[0].strip()
        at = found.end()


def _truth(value: Any) -> bool:
    if value is True or value is False:
        return bool(value)
    raise Unsupported


def _both(left: Node, right: Node) -> Node:
    return lambda v: _truth(right(v)) if _truth(left(v)) else False


def _either(left: Node, right: Node) -> Node:
    return lambda v: True if _truth(left(v)) else _truth(right(v))


def _binary(operation: Callable[[Any, Any], Any], left: Node, right: Node) -> Node:
    return lambda v: operation(left(v), right(v))


def _reached(node: Node, name: str) -> Node:
    return lambda v: _map(node(v))[name]


def _map(value: Any) -> dict[str, Any]:
    if type(value) is dict:
        return value
    raise Unsupported


def _listed(value: Any) -> list[Any]:
    if type(value) is list:
        return value
    raise Unsupported


def _is_number(value: Any) -> bool:
    return type(value) is int or type(value) is float


def _equal(one: Any, other: Any) -> bool:
    if one is None or other is None:
        return one is other
    if type(one) is type(other):
        if type(one) is list:
            return len(one) == len(other) and all(map(_equal, one, other))
        if type(one) is dict:
            return one.keys() == other.keys() and all(_equal(value, other[name]) for name, value in one.items())
        return bool(one == other)
    if _is_number(one) and _is_number(other):
        return bool(one == other)
    raise Unsupported


def _ordered(compare: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    def ordered(one: Any, other: Any) -> bool:
        if (_is_number(one) and _is_number(other)) or (type(one) is str and type(other) is str):
            return compare(one, other)
        raise Unsupported

    return ordered


def _within(item: Any, container: Any) -> bool:
    return any(_equal(item, each) for each in _listed(container))


def _item(container: Any, key: Any) -> Any:
    if type(container) is list and type(key) is int and key >= 0:
        return container[key]
    if type(key) is str:
        return _map(container)[key]
    raise Unsupported


def _plus(one: Any, other: Any) -> Any:
    if type(one) is type(other) and type(one) in (int, float, str, list):
        return one + other
    raise Unsupported


def _minus(one: Any, other: Any) -> Any:
    if type(one) is type(other) and _is_number(one):
        return one - other
    raise Unsupported


def _size(value: Any) -> int:
    # Whether a text is counted in bytes or characters is the engine's to say.
    if type(value) in (list, dict) or (type(value) is str and value.isascii()):
        return len(value)
    raise Unsupported


def _matches(text: Any, pattern: Any) -> bool:
    if type(text) is str and type(pattern) is str and _PLAIN_PATTERN.fullmatch(pattern):
        return re.search(pattern, text) is not None
    raise Unsupported


def _all(results: Iterator[Any]) -> bool:
    return all(_truth(result) for result in results)


def _exists(results: Iterator[Any]) -> bool:
    return any(_truth(result) for result in results)


def _exists_one(results: Iterator[Any]) -> bool:
    return sum(_truth(result) for result in results) == 1


def _over(macro: Callable[[Iterator[Any]], Any], node: Node, bound: str, body: Node) -> Node:
    return lambda v: macro(body({**v, bound: item}) for item in _listed(node(v)))


_RELATIONS: dict[str, Callable[[Any, Any], Any]] = {
    "==": _equal,
    "!=": lambda one, other: not _equal(one, other),
    "<": _ordered(lambda one, other: bool(one < other)),
    "<=": _ordered(lambda one, other: bool(one <= other)),
    ">": _ordered(lambda one, other: bool(one > other)),
    ">=": _ordered(lambda one, other: bool(one >= other)),
    "in": _within,
}
_SUMS: dict[str, Callable[[Any, Any], Any]] = {"+": _plus, "-": _minus}
_MACROS: dict[str, Callable[[Iterator[Any]], Any]] = {
    "all": _all, "exists": _exists, "exists_one": _exists_one, "map": list,
}  # fmt: skip
_METHODS: dict[str, Callable[[Any, Any], Any]] = {"matches": _matches}
