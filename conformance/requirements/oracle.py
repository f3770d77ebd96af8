"""The oracle: which requirements a request breaks, and so what a faithful server does with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from conformance.contract.operation import Operation
from conformance.contract.schema import Schema, validator
from conformance.contract.spelling import with_nulls
from conformance.requirement import Requirement, Source
from conformance.requirements.derive import Placed, request_keywords, zone_requirement, zones
from conformance.requirements.evaluation import MOST, Evaluation, answers, required, root
from conformance.requirements.protocol import rule_requirement
from conformance.requirements.site import SchemaPath, unescape, values_at

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the contract says of a request: the firm and the contested statements that it breaks or touches."""

    firm: tuple[str, ...] = ()
    contested: tuple[str, ...] = ()

    @property
    def acceptable(self) -> bool:
        """Whether every reading of the contract accepts it."""
        return not self.firm and not self.contested

    def breaks_only(self, requirement: str) -> bool:
        """Whether it breaks this requirement and touches nothing else."""
        return self.firm + self.contested == (requirement,)


class Oracle:
    """Judges the requests of one operation; validators and rules are compiled once."""

    def __init__(self, operation: Operation, settings: Mapping[str, Any]) -> None:
        self.operation = operation
        self.settings = dict(settings)
        self.schema = operation.request_schema
        self.placed: dict[str, Placed] = {p.requirement.id: p for p in request_keywords(operation)}
        self._by_path = {p.requirement.schema_path: p.requirement for p in self.placed.values()}
        self._rules = required(operation)
        self._ruling = [rule_requirement(operation, rule) for rule in operation.requires]
        self._relaxed: dict[str, Any] = {}
        self._strict: dict[str, Any] = {}
        self._joined: dict[str, list[Placed]] = {}
        self._acceptable: dict[tuple[Any, ...], tuple[Document, bool]] = {}

    @cached_property
    def validator(self) -> Any:
        """The compiled schema of the whole request."""
        return validator(self.schema)

    @cached_property
    def _as_meant(self) -> Any:
        """The validator of the request as it may be meant where a null is unclear; None where none is."""
        meant = with_nulls(self.schema)
        return None if meant == self.schema else validator(meant)

    @cached_property
    def _zones(self) -> list[tuple[str, str, Any]]:
        made = [(zone_requirement(self.operation, zone).id, zone) for zone in zones(self.operation)]
        return [(name, zone.pointer, validator(zone.schema)) for name, zone in made]

    @cached_property
    def _outside_all_zones(self) -> Any:
        """One validator that most requests satisfy: no value lies in any zone."""
        return validator({"allOf": [True, *(_nowhere(z.pointer, z.schema) for z in zones(self.operation))]})

    def relaxed(self, requirement: str) -> Any:
        """The validator of the request schema without one requirement's keyword, and what goes with it."""
        if requirement not in self._relaxed:
            loose = relax(self._alone(requirement), self.placed[requirement].requirement.schema_path)
            self._relaxed[requirement] = validator(loose)
        return self._relaxed[requirement]

    def _alone(self, requirement: str) -> Any:
        """The request schema without what goes with a keyword: what is broken by nothing but breaking it."""
        placed, loose = self.placed[requirement], self.schema
        joined = self._joined.get(requirement, [])
        for other in self._at_one_place[_place(placed)]:
            if other is not placed and (other in joined or _goes_with(other, placed)):
                loose = relax(loose, other.requirement.schema_path)
        return loose

    def join(self, placed: Placed, others: Iterable[Placed]) -> bool:
        """Let a keyword be broken with others at its place, where nothing breaks any of them alone; whether any is."""
        joined = [other for other in others if _place(other) == _place(placed)]
        if joined:
            self._joined[placed.requirement.id] = joined
            self._forget(placed.requirement.id)
        return bool(joined)

    def part(self) -> None:
        """Let each keyword be broken alone again: whoever derives anew finds out anew what cannot be."""
        for requirement in self._joined:
            self._forget(requirement)
        self._joined.clear()

    def _forget(self, requirement: str) -> None:
        self._relaxed.pop(requirement, None)
        self._strict.pop(requirement, None)

    @cached_property
    def _at_one_place(self) -> Mapping[tuple[str, str], list[Placed]]:
        found: dict[tuple[str, str], list[Placed]] = {}
        for placed in self.placed.values():
            found.setdefault(_place(placed), []).append(placed)
        return found

    def _breaks(self, requirement: str, request: Document) -> bool:
        """Whether a request breaks this keyword itself, whatever else it breaks of what goes with it."""
        if requirement not in self._strict:
            alone = self._alone(requirement)
            self._strict[requirement] = self.validator if alone is self.schema else validator(alone)
        return not self._strict[requirement].is_valid(request)

    def isolates(self, requirement: str, request: Document) -> bool:
        """Whether a request breaks this keyword and nothing else, by no unclear null, and lies in no contested zone.

        What says the same at the same place, or cannot but be broken with it, is nothing else.
        """
        if not self._breaks(requirement, request) or not self.relaxed(requirement).is_valid(request):
            return False
        if self._as_meant is not None and self._as_meant.is_valid(request):
            return False
        level = self.placed[requirement].requirement.level
        return level == "contested" or not self.zones_of(request)

    def rules_broken(self, request: Document, state: Document) -> frozenset[str]:
        """The firm rules that a request breaks, valid or not: what is too long may also be too much for a resource."""
        return frozenset(r.id for r in self._broken_rules(request, state) if r.level != "contested")

    def judge(self, request: Document, state: Document) -> Judgement:
        """What a request breaks, given the state that it would act on."""
        zones_hit = self.zones_of(request)
        valid = self.validator.is_valid(request)
        broken = self._broken_rules(request, state) if valid else self._keywords(request)
        firm = tuple(dict.fromkeys(r.id for r in broken if r.level != "contested"))
        contested = tuple(dict.fromkeys(r.id for r in broken if r.level == "contested"))
        return Judgement(firm, (*contested, *zones_hit))

    def acceptable(self, request: Document, state: Document) -> bool:
        """As `admits`, for a request that is asked about again and again: remembered by what rules ask of states."""
        asked = Evaluation({"self": state})
        key = (id(request), *map(asked.__getitem__, self.asked_of_states))
        known = self._acceptable.get(key)
        if known is None:
            if len(self._acceptable) >= MOST:
                self._acceptable.clear()
            known = self._acceptable[key] = (request, self.admits(request, state))
        return known[1]

    def admits(self, request: Document, state: Document) -> bool:
        """Whether every reading of the contract accepts a request; as `judge` says, without saying why not."""
        if not self.validator.is_valid(request) or self.zones_of(request):
            return False
        return not self._broken_rules(request, state)

    @cached_property
    def asked_of_states(self) -> tuple[str, ...]:
        """The members of the state that rules ask about, as paths below `self`."""
        asked = (each for rule in self._rules for each in rule.asked)
        return tuple(dict.fromkeys(each for each in asked if root(each) == "self"))

    def zones_of(self, request: Document) -> tuple[str, ...]:
        """The contested zones that some value of a request lies in."""
        if self._outside_all_zones.is_valid(request):
            return ()
        return tuple(
            name
            for name, pointer, zone in self._zones
            if any(zone.is_valid(value) for _, value in values_at(request, pointer))
        )

    def _keywords(self, request: Document) -> list[Requirement]:
        found = [self._requirement(tuple(e.schema_path), e) for e in self.validator.iter_errors(request)]
        return [r for r in found if r is not None] or [_UNKNOWN]

    def _requirement(self, path: SchemaPath, error: Any) -> Requirement | None:
        if path and path[-1] == "required":
            path = (*path, error.kind.property)
        while path:
            if path in self._by_path:
                return self._by_path[path]
            path = path[:-1]
        return None

    def _broken_rules(self, request: Document, state: Document) -> list[Requirement]:
        evaluation = Evaluation({"request": padded(request), "self": state, "settings": self.settings})
        found = answers(self._rules, evaluation)
        return [requirement for requirement, held in zip(self._ruling, found, strict=True) if held is False]


_OF_ONE_VALUE = (
    *("type", "enum", "const", "minLength", "maxLength", "pattern", "format", "minimum", "maximum"),
    *("exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
)
_UNKNOWN = Requirement("?", "", "request", "", "?", "documented", Source("?"), "")


def _nowhere(pointer: str, zone: Any) -> Schema:
    """The schema of documents in which no value that the pointer reaches lies in the zone."""
    schema: Schema = {"not": zone}
    for part in reversed(pointer.split("/")[1:]):
        if part == "*":
            schema = {"items": schema, "additionalProperties": schema}
        elif part.isdigit():
            schema = {"prefixItems": [*[True] * int(part), schema], "properties": {part: schema}}
        else:
            schema = {"properties": {unescape(part): schema}}
    return schema


def padded(request: Document) -> dict[str, Any]:
    """The request with every part present, so that rules can ask `has(request.query.x)`."""
    return {"path": {}, "query": {}, "header": {}, "cookie": {}, **request}


def _place(placed: Placed) -> tuple[str, str]:
    """Where a keyword holds: the parts of an `allOf` are one place, those of `oneOf` are not."""
    return placed.requirement.pointer, placed.site.branch


def _goes_with(other: Placed, placed: Placed) -> bool:
    """Whether a keyword at the same place is broken with another one without being a second fault.

    It says the same again, or no more than a list or a narrower type, or is a choice that a wrong type fits as little.
    """
    keyword, beside = placed.requirement.keyword, other.requirement.keyword
    if not (placed.is_asserted and other.is_asserted):
        return False
    if keyword == beside == "required":
        return other.requirement.id.startswith(f"{placed.requirement.id}~")
    said, too = placed.site.schema.get(keyword), other.site.schema.get(beside)
    if beside == keyword and too == said:
        return other.requirement.id.startswith(f"{placed.requirement.id}~")
    if keyword in ("enum", "const") and beside in _OF_ONE_VALUE:
        listed: Any = said if keyword == "enum" else [said]
        return all(map(validator({beside: too}).is_valid, listed))
    if keyword == beside == "type":
        return set(_types(said)) < {*_types(too), *(["integer"] if "number" in _types(too) else [])}
    return keyword == "type" and beside in ("oneOf", "anyOf")


def _types(said: Any) -> list[str]:
    return [said] if isinstance(said, str) else list(said)


def relax(schema: Any, path: SchemaPath) -> Any:
    """The schema without the keyword at `path`; a path that ends in required/NAME frees one member.

    What is shut out by `false` is let in, but stays described: it is no unknown member.
    """
    head, rest = path[0], path[1:]
    if not rest and schema[head] is False:
        return {**schema, str(head): True}
    if not rest:
        return {key: value for key, value in schema.items() if key != head}
    if head == "required" and isinstance(schema["required"], list):  # a member may have this name, too
        return {**schema, "required": [name for name in schema["required"] if name != rest[0]]}
    if isinstance(schema, list):
        return [relax(item, rest) if index == head else item for index, item in enumerate(schema)]
    return {key: relax(value, rest) if key == head else value for key, value in schema.items()}
