"""Judging effects: what a successful call does to the state, what a rule demands of it, what must stay."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from conformance import formats
from conformance.contract.expression import EvaluationError
from conformance.contract.operation import Becomes, Operation
from conformance.contract.schema import Schema
from conformance.judge.answer import Finding
from conformance.judge.clock import now
from conformance.judge.state import same, shown_by
from conformance.judge.step import Step
from conformance.requirements.evaluation import Evaluation, KnownRule, KnownValue, answers, becoming, ensured
from conformance.requirements.oracle import padded
from conformance.requirements.protocol import state_members
from conformance.requirements.site import reaches, values_at
from conformance.strict_json import NOT_JSON


@dataclass
class EffectJudge:
    """Judges the state that an operation's answers show, before and after."""

    operation: Operation
    settings: Mapping[str, Any]

    @cached_property
    def _members(self) -> tuple[str, ...]:
        return state_members(self.operation)

    @cached_property
    def _schemas(self) -> dict[str, Schema]:
        """The response schemas of the state's members: their formats say which texts are the same value."""
        parts = self.operation.shows.text.split(".")[2:] if self.operation.shows is not None else []
        for status in self.operation.success:
            answer = self.operation.answer(status)
            schema: Schema = next(iter(answer.content.values()), {}) if answer else {}
            for part in parts:
                schema = schema.get("properties", {}).get(part, {})
            if schema.get("properties"):
                return dict(schema["properties"])
        return {}

    def judge(self, step: Step) -> Iterator[Finding]:
        """What a successful, effective call keeps and breaks of `becomes`, of the frame, and of `ensures`."""
        shown = shown_by(self.operation, step)
        after = shown if shown is not None else step.seen
        if after is not None and self.operation.state is not None and self.operation.effect != "reads":
            yield from self._frame(step, after)
        if shown is not None and step.seen is not None:
            yield self.observed(step, shown, step.seen)
            yield from self._lasting(shown, step.seen)
        yield from self.rules(step, "success", after)

    def _frame(self, step: Step, after: Mapping[str, Any]) -> Iterator[Finding]:
        asked = Evaluation({"request": padded(step.document), "self": step.before or {}})
        named: dict[str, tuple[Becomes, KnownValue]] = {}
        for becomes, value in becoming(self.operation):
            if reaches(step.document, becomes.when):
                named.setdefault(becomes.member, (becomes, value))
        for member in self._members:
            name = f"{self.operation.id}/state/{member}"
            if member in named:
                finding = self._becomes(name, *named[member], asked, after)
                if finding is not None:
                    yield finding
            elif step.before is not None and member in step.before and member not in self.operation.free:
                kept = self._same(member, step.before[member], after.get(member))
                seen = "" if kept else f"{_short(step.before[member])} became {_short(after.get(member))}"
                yield Finding(f"{name}/kept", kept, f"{member} as before", seen)

    def _becomes(
        self, name: str, becomes: Becomes, value: KnownValue, asked: Evaluation, after: Mapping[str, Any]
    ) -> Finding | None:
        try:
            wanted = value.of(asked)
        except EvaluationError:
            return None
        found = after.get(becomes.member)
        kept = self._same(becomes.member, wanted, found, unordered=becomes.unordered)
        words = ("", "") if kept else (f"{becomes.member} {_short(wanted)}", _short(found))
        return Finding(f"{name}/becomes", kept, *words)

    def _same(self, member: str, one: Any, other: Any, *, unordered: bool = True) -> bool:
        if identical(one, other):
            return True
        schema = self._schemas.get(member)
        one, other = canonical(schema, one), canonical(schema, other)
        return same(one, other, ordered=not unordered)

    def observed(self, step: Step, shown: Mapping[str, Any], seen: Mapping[str, Any]) -> Finding:
        """Whether a look afterwards sees what the answer of an update showed."""
        but = (*self.operation.free, *step.disturbed)
        differing = [m for m in shown if m not in but and m in seen and not self._same(m, shown[m], seen[m])]
        observed = "; ".join(f"{m}: answered {_short(shown[m])}, then {_short(seen[m])}" for m in differing)
        return Finding(
            f"{self.operation.id}/state/answer/observed", not differing, "the same state at the next look", observed
        )

    def _lasting(self, shown: Mapping[str, Any], seen: Mapping[str, Any]) -> Iterator[Finding]:
        """What a rule says of two states, and also of one that stays as it is, holds of an answer and the next look."""
        stays = answers(self._of_states, Evaluation({"self": dict(shown), "oldSelf": dict(shown)}))
        later = answers(self._of_states, Evaluation({"self": dict(seen), "oldSelf": dict(shown)}))
        for known, always, held in zip(self._of_states, stays, later, strict=True):
            if always and held is not None:
                name = f"{self.operation.id}/rule/{known.rule.id}"
                yield Finding(name, held, known.rule.text, "" if held else "it does not hold at the next look")

    @cached_property
    def _of_states(self) -> list[KnownRule]:
        every = self._rules.get("success", self._rules["any"])
        return [known for known in every if {path.split(".")[0] for path in known.paths} == {"self", "oldSelf"}]

    def rules(self, step: Step, on: str, after: Mapping[str, Any] | None) -> Iterator[Finding]:
        """What the `ensures` rules of this kind of answer say."""
        chosen = self._rules.get(on, self._rules["any"])
        if not chosen or step.exchange.response is None:
            return
        body = None if step.body is NOT_JSON else step.body
        json = step.body is not NOT_JSON or not step.exchange.response.body  # none at all is no broken JSON
        evaluation = Evaluation(
            {
                "request": padded(step.document),
                "response": {"status": step.status, "header": step.headers, "body": body, "json": json},
                "self": dict(after) if after is not None else {},
                "oldSelf": dict(step.before) if step.before is not None else {},
                "now": now(step),
                "settings": dict(self.settings),
            }
        )
        for known, held in zip(chosen, answers(chosen, evaluation), strict=True):
            if held is not None:
                seen = "" if held else _pointed(known.rule.pointer, body) if json else "a body that is not JSON"
                yield Finding(f"{self.operation.id}/rule/{known.rule.id}", held, known.rule.text, seen)

    @cached_property
    def _rules(self) -> dict[str, list[KnownRule]]:
        """The rules of each kind of answer."""
        every = ensured(self.operation)
        kinds = {"any", *(known.rule.on for known in every)}
        return {kind: [known for known in every if known.rule.on in (kind, "any")] for kind in kinds}


def identical(one: Any, other: Any) -> bool:
    """Whether two values are the same to the letter; true is not 1."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(identical(value, other[name]) for name, value in one.items())
    if isinstance(one, list):
        return len(one) == len(other) and all(map(identical, one, other))
    return bool(one == other)


def canonical(schema: Any, value: Any) -> Any:
    """A value with every text of a known format in its canonical form."""
    if not isinstance(schema, dict):
        return value
    if isinstance(value, str):
        known = formats.REGISTRY.get(schema.get("format", ""))
        return known.canonical(value) if known is not None and known.applies_to == "string" else value
    if isinstance(value, list):
        return [canonical(schema.get("items"), item) for item in value]
    if isinstance(value, dict):
        return {name: canonical(schema.get("properties", {}).get(name), inner) for name, inner in value.items()}
    return value


def _pointed(pointer: str, body: Any) -> str:
    for _, value in values_at({"body": body}, pointer):
        return _short(value)
    return "it does not hold"


def _short(value: Any) -> str:
    import json

    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 120 else f"{text[:117]}..."
