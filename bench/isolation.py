"""`python -m bench.isolation DATA`: how many keywords of the official JSON-Schema-Test-Suite can be broken alone.

Every keyword that can refuse something is taken, at every place of every schema of draft 2020-12, also where it stands
in a definition, an alternative or a condition. The engine is asked for a value that the schema refuses and that it
admits without this keyword; `jsonschema`, which the engine does not use, has the last word on each.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Literal

from conformance.cases.fallback import vacuous, violations
from conformance.cases.host import BODY, Hosts
from conformance.cases.keyword import Maker
from conformance.contract import Contract
from conformance.contract.document import Document
from conformance.contract.extension import contract_of
from conformance.errors import ContractError
from conformance.requirements.oracle import relax
from conformance.requirements.site import SchemaPath
from tests.cases import independent

Outcome = Literal["isolated", "vacuous", "refused", "wrong"]

ENOUGH = 5  # values of one place that are checked
LEAST = 0.95  # of the places, isolated or proved vacuous
_ASSERTIONS = frozenset(
    {
        *("type", "enum", "const", "minLength", "maxLength", "pattern", "format", "minimum", "maximum"),
        *("exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minItems", "maxItems", "uniqueItems", "contains"),
        *("minContains", "maxContains", "minProperties", "maxProperties", "propertyNames", "dependentRequired"),
        *("dependentSchemas", "not", "oneOf", "anyOf", "if", "unevaluatedItems", "unevaluatedProperties"),
        "additionalProperties",
    }
)
_ONE = ("items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames")
_ONE_MORE = ("unevaluatedItems", "unevaluatedProperties")
_LISTS = ("allOf", "anyOf", "oneOf", "prefixItems")
_MAPS = ("properties", "patternProperties", "dependentSchemas", "$defs", "definitions")


@dataclass(frozen=True, slots=True)
class Place:
    """A keyword of a schema of the suite."""

    file: str
    group: str
    schema: Any
    path: SchemaPath

    def __str__(self) -> str:
        return f"{self.file}: {self.group}: /{'/'.join(map(str, self.path))}"


@dataclass(frozen=True, slots=True)
class Found:
    """What came of a place; `reason` where it was refused, `value` where it was wrong."""

    place: Place
    outcome: Outcome
    reason: str = ""
    value: Any = None


def places(folder: Path) -> Iterator[Place]:
    """Every place of the suite in a folder; the folders inside it are optional features and are left out."""
    for path in sorted(folder.glob("*.json")):
        for group in json.loads(path.read_text(encoding="utf-8")):
            for found in keywords(group["schema"]):
                yield Place(path.name, group["description"], group["schema"], found)


def keywords(schema: Any, path: SchemaPath = ()) -> Iterator[SchemaPath]:
    """The path of every keyword that can refuse something, each required member by itself."""
    if not isinstance(schema, dict):
        return
    for key, value in schema.items():
        if key == "required":
            yield from ((*path, key, name) for name in value)
        elif key in _ASSERTIONS:
            yield (*path, key)
        for step, inner in _inside(key, value):
            yield from keywords(inner, (*path, *step))


def _inside(key: str, value: Any) -> Iterator[tuple[SchemaPath, Any]]:
    if key in _ONE or key in _ONE_MORE:
        yield (key,), value
    elif key in _LISTS:
        yield from (((key, index), item) for index, item in enumerate(value))
    elif key in _MAPS:
        yield from (((key, name), item) for name, item in value.items())


def examined(place: Place) -> Found:
    """What the engine makes of a keyword in its schema, and what the other validator says of that."""
    try:
        values = violations(place.schema, place.path)
        return Found(place, "vacuous") if values is None else judged(place, islice(values, ENOUGH))
    except ValueError:
        return Found(place, "refused", "a reference leads out of the schema")


def judged(place: Place, values: Iterable[Any]) -> Found:
    """What the other validator says of the values that shall break this keyword and nothing else."""
    full = independent.validator(place.schema)
    loose = independent.validator(relax(place.schema, place.path))
    count = 0
    for count, value in enumerate(values, 1):  # noqa: B007 - counted
        if full.is_valid(value) or not loose.is_valid(value):
            return Found(place, "wrong", value=value)
    return Found(place, "isolated") if count else Found(place, "refused", _reason(place))


def _reason(place: Place) -> str:
    return "a format that is not checked" if place.path[-1] == "format" else "no proof and no value"


def as_bodies(folder: Path) -> Iterator[Found]:
    """The same of the requirements and cases of contracts that describe a body by each schema in turn."""
    for path in sorted(folder.glob("*.json")):
        for group in json.loads(path.read_text(encoding="utf-8")):
            try:
                contract = described(group["schema"])
            except ContractError:
                continue  # $id, $anchor and $dynamicRef are no part of what OpenAPI documents are read for
            yield from _of_contract(contract, path.name, group["description"])


def described(schema: Any) -> Contract:
    """A contract of one operation whose body has this schema, which stands in a file of its own."""
    content = {"application/json": {"schema": {"$ref": "schema.json"}}}
    operation = {
        "operationId": "post",
        "requestBody": {"required": True, "content": content},
        "responses": {"200": {"description": "Done."}},
    }
    root = {"openapi": "3.1.0", "info": {"title": "One", "version": "1"}, "paths": {"/one": {"post": operation}}}
    path = Path("/one/openapi.json")
    return contract_of(Document(path, root, {path: root, path.with_name("schema.json"): schema}))


def _of_contract(contract: Contract, file: str, group: str) -> Iterator[Found]:
    (operation,) = contract.operations.values()
    hosts = Hosts(contract, operation, {}, {}, contract.settings)
    maker = Maker(hosts)
    accepts = independent.validator(hosts.oracle.schema)
    for placed in hosts.oracle.placed.values():
        requirement = placed.requirement
        if placed.is_asserted and requirement.schema_path[:2] == BODY:
            place = Place(file, group, hosts.oracle.schema, requirement.schema_path)
            cases = list(maker.of(placed))
            wrong = next((c for c in cases if c.expect == "accept" and not accepts.is_valid(c.request)), None)
            if wrong is not None:
                yield Found(place, "wrong", value=wrong.request)
            else:
                yield _told(hosts, place, [case.request for case in cases if case.expect == "refuse"])


def _told(hosts: Hosts, place: Place, refused: list[Any]) -> Found:
    if vacuous(place.schema, place.path):  # broken together with what says the same, it is refused all the same
        full = independent.validator(place.schema)
        wrong = next((value for value in refused if full.is_valid(value)), None)
        return Found(place, "vacuous") if wrong is None else Found(place, "wrong", value=wrong)
    if not refused and hosts.plain({}) is None:
        return Found(place, "refused", "no request is valid at all")
    return judged(place, refused)


def report(title: str, found: list[Found]) -> int:
    """Prints the figures and what is neither isolated nor vacuous; how many values are wrong."""
    counts = Counter(each.outcome for each in found)
    print(f"{title}: {len(found)} places")
    for outcome in ("isolated", "vacuous", "refused", "wrong"):
        print(f"  {outcome:<10}{counts[outcome]:>6}{counts[outcome] / len(found):>8.1%}")
    reasons = Counter(each.reason for each in found if each.outcome == "refused")
    for reason, count in reasons.most_common():
        print(f"    {count:>3}  {reason}")
    for each in found:
        if each.outcome == "wrong" or each.reason.startswith("no proof"):
            print(f"    {each.outcome}: {each.place}", repr(each.value) if each.outcome == "wrong" else "")
    return counts["wrong"]


def main(data: Path) -> int:
    """Both measures; 1 if a value is wrong, or too few keywords are isolated or proved vacuous."""
    folder = data / "json-schema-test-suite"
    if not any(folder.rglob("*.json")):
        sys.exit(f"there are no schemas in {folder}: name the folder in which json-schema-test-suite lies")
    alone = [examined(place) for place in places(folder)]
    wrong = report("every keyword of every schema", alone)
    bodies = list(as_bodies(folder))
    wrong += report("the requirements of schemas as request bodies", bodies)
    return 1 if wrong or min(_share(alone), _share(bodies)) < LEAST else 0


def _share(found: list[Found]) -> float:
    return sum(each.outcome in ("isolated", "vacuous") for each in found) / len(found)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
