"""Unhurried calls: what a rule excuses soon after the last change is sent once when the excuse is over.

Of several such calls it is the one before which most time has passed by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from conformance.cases.case import PLAIN, Case, Document
from conformance.contract.operation import Operation
from conformance.judge.clock import now
from conformance.requirements.evaluation import Evaluation, KnownRule, answers, ensured, root
from conformance.requirements.oracle import padded
from conformance.requirements.site import reaches
from conformance.run.session import Session

WAITS = (0.0, *(0.01 * 1.25**number for number in range(26)))  # seconds that are tried: the longest is 2.65
MOST = 3.0  # seconds that one operation may be waited for in all: the longest excuse once, short ones at every place
_OF_TIME = {"now", "oldSelf"}


@dataclass
class Unhurried:
    """Of one operation: what sets its state is once given alone when a state that stays would break a rule.

    Requests follow each other within milliseconds, and a rule about times may have to excuse what happens so fast.
    """

    session: Session
    operation: Operation
    settings: Mapping[str, Any]
    cases: Sequence[Case]  # that will be sent, in their order
    _left: float = MOST

    def wait(self, case: Case, known: Document) -> None:
        """Pause before one case that gives one such place alone, until a state that stays breaks a rule."""
        if not self._rules or not self.session.steps or case.id not in self._due:
            return
        seconds = next((each for each in WAITS if self._tells(case.request, known, each)), None)
        if seconds and seconds <= self._left:
            self._left -= seconds
            self.session.pause(seconds)

    @cached_property
    def _due(self) -> frozenset[str]:
        """For each place the case that gives it alone after most refusals, by its id: these take time, change nothing.

        Of what is on a fixture of its own, or needs a state first, most is sent at once: it is the second choice.
        """
        found, refusals = dict[str, tuple[bool, int, str]](), 0
        for case in self.cases:
            place = self._alone(case)
            if place is not None:
                usual = not case.variant and case.given is None
                found[place] = max(found.get(place, (False, -1, "")), (usual, refusals, case.id))
            refusals = refusals + 1 if case.expect == "refuse" else 0
        return frozenset(name for *_, name in found.values())

    @cached_property
    def _rules(self) -> list[KnownRule]:
        """The rules that compare a state with the one before and with the time, and ask for nothing of the answer."""
        every = ((known, set(map(root, known.asked))) for known in ensured(self.operation))
        return [known for known, asked in every if asked >= _OF_TIME and "response" not in asked]

    def _alone(self, case: Case) -> str | None:
        """The place that a plain acceptance gives, where it takes effect and gives no other that sets the state."""
        if case.expect not in ("accept", "contested") or case.rehearsal or case.parts or case.wire != PLAIN:
            return None
        given = {becomes.when for becomes in self.operation.becomes if reaches(case.request, becomes.when)}
        return given.pop() if len(given) == 1 else None

    def _tells(self, request: Document, known: Document, seconds: float) -> bool:
        """Whether a state that is so many seconds from now what it was would break a rule."""
        state = dict(known)
        then = now(self.session.steps[-1]) + seconds
        asked = {"request": padded(request), "self": state, "oldSelf": state, "now": then, "settings": self.settings}
        return False in answers(self._rules, Evaluation(asked))
