"""The notebook of a survey: what the other tool has against the target, each kind once, with its smallest request."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from conformance.judge.judge import NOT_IMPLEMENTED
from conformance.traffic.charge import Charge
from conformance.verdict import Opinion
from conformance.wire import Exchange

if TYPE_CHECKING:
    from conformance.generation.explorer import Objection

NO_ANSWER = "No answer"


@dataclass
class Notebook:
    """Findings by check, operation and the requirements that are broken with them."""

    _found: dict[tuple[str, str, tuple[str, ...]], Opinion] = field(default_factory=dict)

    def note(
        self, operation: str, objection: Objection, exchange: Exchange, broken: tuple[str, ...], charge: Charge | None
    ) -> None:
        """An objection to an exchange that breaks these requirements, its request being charged so.

        No check reads the rules of the extension: that an answer breaks one of them as well is another matter.
        """
        names = tuple(sorted({name for name in broken if objection.about != "answer" or "/rule/" not in name}))
        nobodys = exchange.response is not None and exchange.response.status == NOT_IMPLEMENTED  # method (RFC 9110)
        if not names and (nobodys or (charge is not None and _explained(objection, charge))):
            return
        self._add(Opinion(objection.check, operation, objection.message, exchange, names))

    def silence(self, operation: str, exchange: Exchange, broken: tuple[str, ...]) -> None:
        """A request that was not answered."""
        detail = exchange.failure.detail if exchange.failure is not None else ""
        self._add(Opinion(NO_ANSWER, operation, detail, exchange, broken))

    def findings(self) -> tuple[Opinion, ...]:
        """Every kind once, those first that no requirement explains, then in the order in which they came."""
        return tuple(sorted(self._found.values(), key=lambda opinion: bool(opinion.requirements)))

    def _add(self, opinion: Opinion) -> None:
        key = (opinion.check, opinion.operation, opinion.requirements)
        known = self._found.get(key)
        if known is None:
            self._found[key] = opinion
            return
        smaller = opinion if _size(opinion.exchange) < _size(known.exchange) else known
        self._found[key] = replace(smaller, times=known.times + 1)


def _explained(objection: Objection, charge: Charge) -> bool:
    """Whether the contract allows what is objected to, by a rule or a reading that the other tool cannot read."""
    match objection.about:
        case "refused":
            return bool(charge.firm or charge.contested)
        case "accepted":
            return bool(charge.contested)
        case _:
            return False


def _size(exchange: Exchange) -> int:
    request = exchange.request
    return len(request.body or b"") + len(request.target)
