"""The shape of a documented answer, compiled: what depends on the contract alone, worked out once in a process."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from conformance.contract.operation import Answer, Operation
from conformance.contract.schema import validator
from conformance.media import essence, is_json
from conformance.requirement import Requirement
from conformance.requirements.derive import OPERATIONS, Placed, answer_schema, response_keywords, status_of, text_schema
from conformance.requirements.oracle import relax
from conformance.requirements.site import SchemaPath, Site, values_at


@dataclass(frozen=True)
class Shape:
    """One documented answer: the keywords of its schema, and validators for the whole and for its parts."""

    answer: Answer
    prefix: str  # of the ids of its requirements
    placed: tuple[Placed, ...]
    _relaxed: dict[str, Any] = field(default_factory=dict)
    _branches: dict[str, tuple[str, Any]] = field(default_factory=dict)

    @cached_property
    def schema(self) -> Any:
        """The schema of the whole answer `{header, body}`."""
        return answer_schema(self.answer)

    @cached_property
    def validator(self) -> Any:
        """The compiled schema."""
        return validator(self.schema)

    @cached_property
    def media(self) -> tuple[str, ...]:
        """The documented media types, without their parameters."""
        return tuple(map(essence, self.answer.content))

    @cached_property
    def json(self) -> bool:
        """Whether JSON is among them."""
        return any(map(is_json, self.answer.content))

    @cached_property
    def text(self) -> Any:
        """The schema of a plain text that the contract says more of; None if it is none."""
        return text_schema(self.answer)

    @cached_property
    def optional(self) -> bool:
        """Whether the body may be empty."""
        return any(schema == {} or schema.get("x-empty") for schema in self.answer.content.values())

    @cached_property
    def by_path(self) -> dict[SchemaPath, Requirement]:
        """The requirements by the place of their keywords."""
        return {each.requirement.schema_path: each.requirement for each in self.placed}

    def taken(self, placed: Placed, document: Any) -> bool:
        """Whether some value of the answer takes the alternative in which a keyword stands; true outside of any."""
        if not placed.site.branch:
            return True
        name = placed.requirement.id
        if name not in self._branches:
            self._branches[name] = branch(self.schema, placed.site)
        pointer, taken = self._branches[name]
        return any(taken.is_valid(value) for _, value in values_at(document, pointer))

    def inner(self, requirement: Requirement, document: Any) -> Requirement | None:
        """Of a broken choice between alternatives, the one keyword inside it without which all would be well.

        The innermost place is asked first, the names by which alternatives are told apart last. A value may break all
        that is said of its place, as null breaks a type and an enum: then the first of them is named.
        """
        if requirement.keyword not in ("oneOf", "anyOf"):
            return None
        path = requirement.schema_path
        inside = [each for each in self.placed if each.requirement.schema_path[: len(path)] == path]
        places: dict[SchemaPath, list[Placed]] = {}
        for each in inside:
            if each.requirement.schema_path != path and each.requirement.keyword != _OWN:
                places.setdefault(each.site.path, []).append(each)
        innermost = sorted(places.values(), key=lambda here: (_names_a_kind(here[0].site), -len(here[0].site.path)))
        tried = (some for here in innermost for some in _suspects([each.requirement for each in here]))
        return next((some[0] for some in tried if self._free(some, document)), None)

    def _free(self, requirements: list[Requirement], document: Any) -> bool:
        """Whether a document would be well without some keywords."""
        key = " ".join(each.id for each in requirements)
        if key not in self._relaxed:
            schema = self.schema
            for each in requirements:
                schema = relax(schema, each.schema_path)
            self._relaxed[key] = validator(schema)
        return bool(self._relaxed[key].is_valid(document))


def _names_a_kind(site: Site) -> bool:
    return "const" in site.schema or len(site.schema.get("enum", ())) == 1


def _suspects(here: list[Requirement]) -> Iterator[list[Requirement]]:
    """Of the keywords of one place each alone, then all that speak of the value itself."""
    yield from ([each] for each in here)
    own = [each for each in here if each.keyword not in _OF_MEMBERS]
    yield from [own] if len(own) > 1 else []


@lru_cache(maxsize=OPERATIONS)
def shapes(operation: Operation) -> dict[str, Shape]:
    """The shapes of an operation's documented answers, by status."""
    placed: dict[str, list[Placed]] = {}
    for each in response_keywords(operation):
        placed.setdefault(status_of(each.requirement), []).append(each)
    return {
        answer.status: Shape(answer, f"{operation.id}/response/{answer.status}", tuple(placed.get(answer.status, ())))
        for answer in operation.answers.values()
    }


def branch(schema: Any, site: Site) -> tuple[str, Any]:
    """The innermost alternative that a site stands in: where its values are, and its validator."""
    path = site.path
    last = max(index for index, part in _keywords(path) if part in ("oneOf", "anyOf", "then", "else"))
    end = last + (2 if path[last] in ("oneOf", "anyOf") else 1)
    for part in path[:end]:
        schema = schema[part]
    depth = sum(part in _DEEPER for _, part in _keywords(path[:end]))
    return "/".join(site.pointer.split("/")[: 1 + depth]), validator(schema)


_OWN = "distinct"  # a keyword of this suite, of which no schema says anything
_OF_MEMBERS = ("required", "optional", "absent")
_DEEPER = ("properties", "patternProperties", "prefixItems", "items", "additionalProperties")  # by a member or an entry


def _keywords(path: SchemaPath) -> Iterator[tuple[int, str | int]]:
    """The keywords and numbers on a schema path, with their indices; no names of members, whatever they spell."""
    named = False
    for index, part in enumerate(path):
        if not named:
            yield index, part
        named = not named and part in ("properties", "patternProperties")
