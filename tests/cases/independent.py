"""Another validator than the engine's, so that what the engine derives is judged by somebody else."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from typing import Any

import jsonschema
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from conformance import formats
from conformance.contract.schema import retrieve
from conformance.requirement import Requirement


def _ecma(pattern: str) -> str:
    """A pattern of ECMA 262 in Python's words: `$` is the very end, classes are of ASCII, letters of any script."""
    letters = pattern.replace(r"\p{Letter}", r"(?u:[^\W\d_])")
    ends = re.sub(r"(?<!\\)\$", r"\\Z", letters)
    return f"(?a:{ends})"


def _pythonic(schema: Any) -> Any:
    """The schema with the patterns of members' names in Python's words."""
    if isinstance(schema, list):
        return [_pythonic(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {key: _pythonic(value) for key, value in schema.items()}
    if isinstance(schema.get("patternProperties"), dict):
        inner["patternProperties"] = {_ecma(name): value for name, value in inner["patternProperties"].items()}
    return inner


def _pattern(_: Any, pattern: str, instance: Any, __: Any) -> Iterator[jsonschema.ValidationError]:
    if isinstance(instance, str) and not re.search(_ecma(pattern), instance):
        yield jsonschema.ValidationError(f"{instance!r} does not match {pattern!r}")


def _checker() -> jsonschema.FormatChecker:
    checker = jsonschema.FormatChecker(formats=())
    own = formats.checkers()
    for name, known in formats.REGISTRY.items():
        if known.applies_to == "string":
            check = own.get(name, known.check)
            checker.checks(name)(lambda value, check=check: not isinstance(value, str) or bool(check(value)))
    return checker


_CHECKER = _checker()
_REGISTRY: Registry[Any] = Registry(
    retrieve=lambda uri: Resource.from_contents(retrieve(uri), default_specification=DRAFT202012)  # type: ignore[call-arg]
)
_VALIDATOR = jsonschema.validators.extend(Draft202012Validator, {"pattern": _pattern})  # type: ignore[no-untyped-call]


def validator(schema: Any) -> Any:
    """The independent validator of a schema, formats asserted."""
    return _VALIDATOR(_pythonic(schema), format_checker=_CHECKER, registry=_REGISTRY)


def is_valid(schema: Any, value: Any) -> bool:
    """Whether a value is valid."""
    return bool(validator(schema).is_valid(value))


def without(schema: Any, requirement: Requirement) -> Any:
    """The schema without the keyword of a requirement, cut out where its path says."""
    result = copy.deepcopy(schema)
    *path, last = requirement.schema_path
    node = result
    for part in path:
        node = node[part]
    if requirement.keyword == "required":
        node.remove(last)
        return result
    if last in ("enum", "const") and "type" in node:
        values = node[last] if last == "enum" else [node[last]]
        if all(is_valid({"type": node["type"]}, value) for value in values):
            del node["type"]  # it says nothing that the values do not say
    if node[last] is False:
        node[last] = True
        return result
    del node[last]
    return result
