"""Spares: what a run made itself is deleted in place of what it was given, which is needed again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import quote

from conformance.cases.case import Document
from conformance.cases.host import Hosts, typed
from conformance.judge.reading import accepted
from conformance.judge.step import Step
from conformance.requirements.site import leaves
from conformance.run.revisit import Revisits

MOST_MADE, MOST_VALUES = 3, 8  # calls of which it is asked what they made, and values of an answer that may name it


@dataclass(frozen=True, slots=True)
class Spares:
    """Of a run: what POST made, where its Location says or where a value of its answer leads to what it showed."""

    revisits: Revisits

    def path(self, hosts: Hosts, request: Document) -> Document | None:
        """The path of something that an operation may have instead of what its request names; None without any."""
        for step in islice(filter(_makes, reversed(self.revisits.session.steps)), MOST_MADE):
            for target, surely in self._targets(step):
                path = self._path(hosts, target)
                if path is None or path == request.get("path") or not hosts.accepts({**request, "path": path}, {}):
                    continue
                if surely or self._leads_to(target, step):
                    return path
        return None

    def _targets(self, step: Step) -> Iterator[tuple[str, bool]]:
        """Where that which a call made may be, and whether that is said or guessed."""
        made = self.revisits.made(step)
        if made is not None:
            yield made, True
        own = step.exchange.request.target.partition("?")[0]
        answer = self.revisits.session.contract.operations[step.operation].answer(step.status)
        values = [step.headers[name] for name in (answer.headers if answer is not None else ()) if name in step.headers]
        values += [str(value) for _, value in leaves(step.body) if isinstance(value, str | int)]
        yield from ((f"{own}/{quote(value, safe='')}", False) for value in dict.fromkeys(values[:MOST_VALUES]))

    def _path(self, hosts: Hosts, target: str) -> Document | None:
        match = self.revisits.router.match(hosts.operation.method, target)
        if match is None or match.operation is not hosts.operation:
            return None
        schemas = {each.name: each.schema for each in hosts.operation.parameters if each.where == "path"}
        return {name: typed(text, schemas[name]) for name, text in match.path.items()}

    def _leads_to(self, target: str, step: Step) -> bool:
        """Whether what is shown at a target is what a call showed: another's thing may have the same number."""
        shown = self.revisits.read(target)
        if shown is None or not accepted(shown) or not isinstance(step.body, dict) or not isinstance(shown.body, dict):
            return False
        return bool(step.body) and all(shown.body.get(name) == value for name, value in step.body.items())


def _makes(step: Step) -> bool:
    """Whether a step has made something that is surely valid."""
    firm = step.case is None or step.case.expect == "accept"
    return step.exchange.request.method == "POST" and accepted(step) and firm
