"""Settings of a target: keywords whose value is not the contract's but the target's."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from conformance.contract.operation import Answer, Body, Contract, Operation
from conformance.contract.schema import EXTENSION, sensible
from conformance.errors import UsageError
from conformance.nearest import did_you_mean


def configured(contract: Contract, settings: Mapping[str, Any]) -> Contract:
    """The contract for a target with these settings; UsageError for one that the contract does not know."""
    for name in settings:
        if name not in contract.settings:
            hint = did_you_mean(name, list(contract.settings), otherwise="the contract has no settings")
            raise UsageError(f"there is no setting {name!r}", hint=hint)
        _check(name, settings[name], contract.settings[name])
    changed = {name: value for name, value in settings.items() if value != contract.settings[name]}
    if not changed:
        return contract
    operations = {name: _operation(operation, changed) for name, operation in contract.operations.items()}
    return replace(contract, operations=operations, settings={**contract.settings, **changed})


def _check(name: str, value: Any, default: Any) -> None:
    """A limit is of the kind of its default, or no rule and no keyword could be read with it."""
    numbers = all(isinstance(each, int | float) and not isinstance(each, bool) for each in (value, default))
    if not numbers and type(value) is not type(default):
        raise UsageError(f"the setting {name!r} cannot be {value!r}", hint=f"it is of the kind of {default!r}")


def _operation(operation: Operation, settings: Mapping[str, Any]) -> Operation:
    return replace(
        operation,
        request_schema=_schema(operation.request_schema, settings),
        body=None if operation.body is None else _body(operation.body, settings),
        parameters=tuple(replace(p, schema=_schema(p.schema, settings)) for p in operation.parameters),
        answers={status: _answer(answer, settings) for status, answer in operation.answers.items()},
    )


def _body(body: Body, settings: Mapping[str, Any]) -> Body:
    return replace(body, schema=_schema(body.schema, settings))


def _answer(answer: Answer, settings: Mapping[str, Any]) -> Answer:
    return replace(answer, content={media: _schema(schema, settings) for media, schema in answer.content.items()})


def _schema(node: Any, settings: Mapping[str, Any]) -> Any:
    if isinstance(node, list):
        return [_schema(item, settings) for item in node]
    if not isinstance(node, dict):
        return node
    own = node.get(EXTENSION, {}).get("settings", {}) if isinstance(node.get(EXTENSION), dict) else {}
    changed = {key: value if key == EXTENSION else _schema(value, settings) for key, value in node.items()}
    replaced = {keyword: settings[name] for keyword, name in own.items() if name in settings}
    for keyword, value in replaced.items():
        if not sensible(keyword, json.dumps(value)):
            raise UsageError(f"the setting {own[keyword]!r} cannot be {value!r}", hint=f"it becomes a {keyword}")
    return {**changed, **replaced}
