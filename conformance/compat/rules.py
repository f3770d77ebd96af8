"""Rules, which no schema can say: they still ask for the same and promise the same, or they do not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from conformance.compat import requests
from conformance.compat.finding import CALLERS, SERVERS, UNDECIDED, Finding, Witness
from conformance.compat.side import Described
from conformance.contract.expression import context
from conformance.contract.extension import example_variables
from conformance.contract.operation import Operation, Rule
from conformance.requirements.oracle import Oracle

Settings = Mapping[str, Any]
_RULES = "rules are compared by their examples, and none of these tells the versions apart"


def compare(name: str, before: Described, after: Described, old: Settings, new: Settings) -> Iterator[Finding]:
    """What `requires` newly refuses, and what `ensures` promises no more."""
    mine, theirs = before.operation, after.operation
    yield from _requires(name, before, after, old, new)
    kept = {rule.id: rule for rule in theirs.ensures}
    for rule in _firm(mine.ensures):
        yield from _promise(name, rule, kept.get(rule.id), mine, new)
    known = {rule.id for rule in mine.ensures}
    for rule in _firm(theirs.ensures):
        if rule.id not in known:
            text = f"a server must now ensure: {rule.text}"
            yield Finding(SERVERS, name, "rule", rule.id, text, None, (f"{theirs.id}/rule/{rule.id}",))


def _firm(rules: tuple[Rule, ...]) -> list[Rule]:
    return [rule for rule in rules if rule.level != "contested"]


def _same(one: Rule | None, other: Rule | None) -> bool:
    return one is not None and other is not None and _demand(one) == _demand(other)


def _demand(rule: Rule) -> tuple[object, ...]:
    when = rule.when.text if rule.when is not None else None
    return (" ".join(rule.rule.text.split()), when, rule.on, rule.level == "contested")


def _requires(name: str, before: Described, after: Described, old: Settings, new: Settings) -> Iterator[Finding]:
    mine, theirs = before.operation, after.operation
    known = {rule.id: rule for rule in mine.requires}
    asked = {_demand(rule) for rule in _firm(mine.requires)}
    for rule in _firm(theirs.requires):
        if _demand(rule) in asked:
            continue
        ids = (f"{theirs.id}/rule/{rule.id}",)
        found = _newly_refused(rule, before, old, new)
        change = "changed" if rule.id in known else "new"
        if found is not None:
            said = "it was within the old contract; the new one refuses it"
            text = f"{change} rule: {rule.text}"
            yield Finding(CALLERS, name, "rule", rule.id, text, Witness("request", found, said), ids)
        else:
            yield Finding(UNDECIDED, name, "rule", rule.id, f"{change} rule: {rule.text}: {_RULES}", None, ids)
    left = {_demand(rule) for rule in _firm(theirs.requires)}
    for rule in _firm(mine.requires):
        if _demand(rule) not in left:
            text = f"a server must now do without: {rule.text}"
            yield Finding(SERVERS, name, "rule", rule.id, text, None, (f"{mine.id}/rule/{rule.id}",))


def _newly_refused(rule: Rule, before: Described, old: Settings, new: Settings) -> dict[str, Any] | None:
    """An example that the rule refuses, within the old contract's schema and rules; with the state it acts on."""
    oracle = Oracle(before.operation, old)
    frame = requests.example(before)
    for example in rule.violated:
        sent = {**(frame[0] if frame else {}), **example.get("request", {})}
        state = dict(example.get("self", {}))
        if not oracle.judge(sent, state).firm and _breaks(rule, example, new):
            return {**requests.cleaned(sent), **({"state": state} if state else {})}
    return None


def _breaks(rule: Rule, example: Mapping[str, Any], settings: Settings) -> bool:
    ready = context(example_variables(example, settings))
    return rule.rule.holds(ready) is False and (rule.when is None or rule.when.holds(ready) is True)


def _promise(name: str, rule: Rule, kept: Rule | None, operation: Operation, settings: Settings) -> Iterator[Finding]:
    ids = (f"{operation.id}/rule/{rule.id}",)
    if kept is not None and (_same(rule, kept) or _demand(rule)[:3] == _demand(kept)[:3]):
        if kept.level == rule.level or kept.level != "contested":
            return
        kept = None
    found = _no_longer_excluded(rule, kept, settings)
    if found is not None:
        said = "the old version promised that this never comes"
        text = f"{'no longer promised' if kept is None else 'promised otherwise'}: {rule.text}"
        yield Finding(CALLERS, name, "rule", rule.id, text, Witness("answer", found, said), ids)
    else:
        yield Finding(UNDECIDED, name, "rule", rule.id, f"changed rule: {rule.text}: {_RULES}", None, ids)


def _no_longer_excluded(rule: Rule, kept: Rule | None, settings: Settings) -> dict[str, Any] | None:
    """An example that the old promise excludes and the new one, if there is one, does not."""
    examples = [*rule.violated, *(kept.satisfied if kept is not None else ())]
    for example in examples:
        if _breaks(rule, example, settings) and not (kept is not None and _breaks(kept, example, settings)):
            names = ("request", "response", "self", "oldSelf")
            return {key: example[key] for key in names if key in example}
    return None
