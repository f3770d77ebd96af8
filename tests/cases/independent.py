"""Another validator than the engine's, so that what the engine derives is judged by somebody else."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Sequence
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
    """The schema without the keyword of a requirement, and without what goes with it at the same place.

    That is the same said again, the type of what a list lists, and of a type the choice that no wrong one fits.
    """
    result = copy.deepcopy(schema)
    *path, last = map(str, requirement.schema_path)
    if requirement.keyword == "required":
        node = _node(result, path[:-1])
        for part in _parts(_together([result], result, path[:-1])):
            part["required"] = [name for name in part.get("required", []) if name != last]
        return result
    node = _node(result, path)
    value = copy.deepcopy(node[last])
    beside = ("oneOf", "anyOf") if last == "type" else ()
    for part in _parts(_together([result], result, path)):
        if last in ("enum", "const") and "type" in part:
            listed = value if last == "enum" else [value]
            if all(is_valid({"type": part["type"]}, each) for each in listed):
                del part["type"]  # it says nothing that the values do not say
        if part is not node and part.get(last) == value:
            del part[last]
        for each in beside:
            part.pop(each, None)
    if value is False:
        node[last] = True
    else:
        del node[last]
    return result


def _node(schema: Any, path: Sequence[str]) -> Any:
    for part in path:
        schema = schema[int(part)] if isinstance(schema, list) else schema[part]
    return schema


def _together(found: list[Any], node: Any, path: Sequence[str]) -> list[Any]:
    """The schemas that hold of the same value as the one at a path: where several parts of an `allOf` speak of it."""
    if not path:
        return found
    head, *rest = path
    parts, inner = _parts(found), node[head]
    if head == "allOf":
        return _together(found, inner[int(rest[0])], rest[1:])
    if head == "properties" and rest:
        named = [part["properties"][rest[0]] for part in parts if rest[0] in part.get("properties", {})]
        return _together(named, inner[rest[0]], rest[1:])
    if head == "items":
        return _together([part["items"] for part in parts if "items" in part], inner, rest)
    if rest and (isinstance(inner, list) or head in ("patternProperties", "dependentSchemas")):
        inner, rest = _node(inner, rest[:1]), rest[1:]
    return _together([inner], inner, rest)


def _parts(schemas: list[Any]) -> list[dict[str, Any]]:
    """Schemas, and all that they are composed of by `allOf`."""
    own = [schema for schema in schemas if isinstance(schema, dict)]
    return own + [part for schema in own for part in _parts(schema.get("allOf", []))]
