"""What is said of traffic that is not judged: how much of it there is, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

_KINDS = 1000  # distinct requests that are told apart
_SHOWN = 5
_LONGEST = 120  # characters


@dataclass
class Tally:
    """Counts of exchanges, by what became of them."""

    total: int = 0
    described: int = 0
    foreign: Counter[str] = field(default_factory=Counter)  # by method and path
    origins: Counter[str] = field(default_factory=Counter)  # of what is described
    cached: int = 0
    silent: int = 0
    unpublished: int = 0
    unread: int = 0  # requests whose body is not to be read
    bodiless: int = 0  # answers whose body is not recorded
    odd: int = 0  # answers that no validator reads
    refused: Counter[str] = field(default_factory=Counter)  # valid requests, by operation and status

    def undescribed(self, method: str, origin: str, target: str) -> None:
        """Counts a request that the contract does not describe."""
        name = f"{method} {origin}{target.partition('?')[0]}"[:_LONGEST]
        self.foreign[name if name in self.foreign or len(self.foreign) < _KINDS else "others"] += 1

    def sentences(self) -> Iterator[str]:
        """One sentence for everything that there is to say."""
        yield f"{self.described} of {self.total} exchanges are described by the contract"
        if self.foreign:
            count, names = self.foreign.total(), _most(self.foreign)
            yield f"{count} are not, and are not judged: {names}"
        if len(self.origins) > 1:
            yield f"they went to {len(self.origins)} servers, judged as if they were one: {_most(self.origins)}"
        for count, what in (
            (self.cached, "answers came out of a cache and are not judged"),
            (self.silent, "requests have no answer and are not judged"),
            (self.unpublished, "answers say that the API is not offered at all, and are not judged"),
            (
                self.unread,
                "requests have a body that is not recorded or cannot be read: only their answers are judged",
            ),
            (self.odd, "answers hold what no validator reads, and are not judged"),
            (self.bodiless, "answers are recorded without their body: only their status is judged"),
        ):
            if count:
                yield f"{count} {what}"
        if self.refused:
            what = "valid requests were refused, which may be right, for the state behind them is not known"
            yield f"{self.refused.total()} {what}: {_most(self.refused)}"


def _most(counted: Counter[str]) -> str:
    shown = ", ".join(f"{name} ({count})" for name, count in counted.most_common(_SHOWN))
    return shown if len(counted) <= _SHOWN else f"{shown} and {len(counted) - _SHOWN} more"
