"""What only one side knows, called by its name: fixtures, and the identities made from them that nobody has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from conformance.cases.stranger import STEPS, strangers
from conformance.wire import Request

_LONG = 6  # characters: a shorter value occurs by chance, and is named only where it is the whole of something


@dataclass(frozen=True)
class Names:
    """The fixtures of one side, by name."""

    fixtures: Mapping[str, str]

    @cached_property
    def _labels(self) -> dict[str, str]:
        """What stands for each value; the longest first, for it may contain another."""
        found = {value: f"{{{name}}}" for name, value in reversed(tuple(self.fixtures.items()))}
        for name, value in self.fixtures.items():
            for number, other in enumerate(_strangers(value)):
                found.setdefault(other, f"{{no {name} {number}}}")
        return dict(sorted(found.items(), key=lambda pair: -len(pair[0])))

    @cached_property
    def _long(self) -> tuple[tuple[str, str], ...]:
        return tuple(pair for pair in self._labels.items() if len(pair[0]) >= _LONG)

    def text(self, text: str) -> str:
        """A text in which the values are called by their names."""
        for value, label in self._long:
            if value in text:
                text = text.replace(value, label)
        return text

    def whole(self, value: Any) -> Any:
        """The name of a value that is a fixture, however short; else the value with names in it."""
        if isinstance(value, int) and not isinstance(value, bool):
            return self._labels.get(str(value), value)
        return self._labels.get(value) or self.text(value) if isinstance(value, str) else value

    def words(self, text: str) -> str:
        """A sentence with each of its words named, as far as it is a fixture, however short."""
        return " ".join(self.whole(word) for word in text.split(" "))

    def of(self, value: Any) -> Any:
        """A value with every text in it named."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list):
            return [self.of(item) for item in value]
        if isinstance(value, dict):
            return {self.text(name): self.of(item) for name, item in value.items()}
        return value

    def target(self, target: str) -> str:
        """A request target with each segment of its path and each value of its query named."""
        path, mark, query = target.partition("?")
        pairs = [pair.partition("=") for pair in query.split("&")]
        named = "&".join(f"{name}{equals}{self.whole(value)}" for name, equals, value in pairs)
        return "/".join(self.whole(segment) for segment in path.split("/")) + mark + named

    def request(self, request: Request) -> tuple[str, str, str]:
        """What a request asks, whichever side it went to."""
        body = (request.body or b"").decode("utf-8", "surrogateescape")
        return request.method, self.target(request.target), self.text(body)


def _strangers(value: str) -> tuple[str, ...]:
    """What is sent in the place of a fixture to name nothing."""
    numbers = tuple(str(int(value) + step) for step in STEPS) if value.isascii() and value.isdigit() else ()
    return (*strangers(value), f"x{value}", *numbers)
