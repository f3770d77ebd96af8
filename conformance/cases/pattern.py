"""Texts that match a pattern, computed from its parse tree.

The parser is that of the standard library's `re` (`re._parser`, not public): only this module touches it.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from functools import lru_cache
from re import _parser
from typing import Any

_PREFERRED = "a1A0bcxyz_-. "


def matching(pattern: str, low: int = 0, high: int | None = None) -> Iterator[str]:
    """Some texts that the pattern probably matches, at least `low` and at most `high` characters long."""
    return iter(_known(pattern, low, high))


@lru_cache(maxsize=4096)
def _known(pattern: str, low: int, high: int | None) -> tuple[str, ...]:
    return tuple(_computed(pattern, low, high))


def _computed(pattern: str, low: int, high: int | None) -> Iterator[str]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # a bracket in brackets is one, whatever Python may plan
            tree = _parser.parse(_pythonic(pattern))
    except (re.error, OverflowError, RecursionError):
        return
    for extra in (0, 1, max(low, 1), 2, 3, 5, high or 8):
        for choice in range(4):
            text = "".join(_text(tree, extra, choice))
            text = text if pattern.endswith("$") else text.ljust(low, "a")
            text = text if pattern.startswith("^") else text.rjust(low, "a")
            if len(text) >= low and (high is None or len(text) <= high):
                yield text


def _pythonic(pattern: str) -> str:
    """ECMA 262 as Python writes it: Unicode classes become letters."""
    return (
        re.sub(r"\\[pP]\{[^}]*\}", "[a-zA-Z]", pattern)
        .replace("(?<", "(?P<")
        .replace("(?P<=", "(?<=")
        .replace("(?P<!", "(?<!")
    )


def _text(tree: Any, extra: int, choice: int) -> Iterator[str]:
    for operation, argument in tree:
        match str(operation):
            case "LITERAL":
                yield chr(argument)
            case "NOT_LITERAL":
                yield next(c for c in _PREFERRED if ord(c) != argument)
            case "ANY":
                yield "a"
            case "IN":
                yield _member(argument, choice)
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                low, high, body = argument
                times = min(max(int(low), extra if int(high) > int(low) else int(low)), int(high))
                yield "".join(_text(body, extra, choice)) * times
            case "SUBPATTERN":
                yield from _text(argument[3], extra, choice)
            case "ATOMIC_GROUP":
                yield from _text(argument, extra, choice)
            case "BRANCH":
                branches = argument[1]
                yield from _text(branches[choice % len(branches)], extra, choice)
            case _:
                continue


def _member(items: Any, choice: int) -> str:
    compiled = [(str(kind), value) for kind, value in items]
    fitting = [character for character in _PREFERRED if _fits(compiled, character)]
    if fitting:
        return fitting[choice % len(fitting)]
    for kind, value in compiled if compiled[0][0] != "NEGATE" else []:
        if kind == "LITERAL":
            return chr(value)
        if kind == "RANGE":
            return chr(value[0])
    return next((chr(code) for code in range(33, 0x3000) if _fits(compiled, chr(code))), "a")


def _fits(items: list[tuple[str, Any]], character: str) -> bool:
    negated = any(kind == "NEGATE" for kind, _ in items)
    return negated != any(_matches(kind, value, character) for kind, value in items if kind != "NEGATE")


def _matches(kind: str, value: Any, character: str) -> bool:
    match kind:
        case "LITERAL":
            return bool(ord(character) == value)
        case "RANGE":
            return bool(value[0] <= ord(character) <= value[1])
        case "CATEGORY":
            classes = {"DIGIT": r"\d", "WORD": r"\w", "SPACE": r"\s"}
            name = str(value).removeprefix("CATEGORY_")
            found = re.fullmatch(classes.get(name.removeprefix("NOT_"), r"."), character) is not None
            return found != name.startswith("NOT_")
        case _:
            return False
