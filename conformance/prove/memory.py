"""What was judged before need not be judged again: of most requests a fault changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from conformance.contract.operation import Operation
from conformance.judge.answer import Finding
from conformance.judge.effect import EffectJudge
from conformance.judge.step import Step

MOST = 20_000  # steps of one operation

Known = dict[Any, tuple[Mapping[str, Any], tuple[Finding, ...]]]


class Remembering(EffectJudge):
    """Judges effects as ever, but those of one step once; `known` is what was judged in all runs before."""

    def __init__(self, operation: Operation, settings: Mapping[str, Any], known: Known) -> None:
        super().__init__(operation, settings)
        self._known = known

    def judge(self, step: Step) -> Iterator[Finding]:
        """What a successful call keeps and breaks."""
        return self._once("success", step, step.seen, lambda: super(Remembering, self).judge(step))

    def rules(self, step: Step, on: str, after: Mapping[str, Any] | None) -> Iterator[Finding]:
        """What the rules say; those of a success are asked by `judge`."""
        if on == "success":
            return super().rules(step, on, after)
        return self._once(on, step, after, lambda: super(Remembering, self).rules(step, on, after))

    def _once(
        self, on: str, step: Step, after: Mapping[str, Any] | None, judged: Callable[[], Iterable[Finding]]
    ) -> Iterator[Finding]:
        exchange = step.exchange
        key = (
            on,
            id(step.document),
            exchange.response,
            exchange.started,
            repr(step.before),
            repr(after),
            step.disturbed,
        )
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= MOST:
                self._known.clear()
            found = self._known[key] = (step.document, tuple(judged()))  # the document is kept, and so its identity
        return iter(found[1])
