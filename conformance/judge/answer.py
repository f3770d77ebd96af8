"""Judging answers: every keyword of every documented response, on every exchange."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from conformance.contract.operation import Answer, Operation
from conformance.judge.step import NOT_JSON, Step
from conformance.requirement import Requirement
from conformance.requirements.derive import Placed, answer_schema, response_keywords, status_of
from conformance.requirements.oracle import relax, validator
from conformance.requirements.site import SchemaPath, Site, reaches, values_at

ENOUGH = 3  # answers that show a requirement kept; more of them prove no more


@dataclass(frozen=True, slots=True)
class Finding:
    """A statement about one requirement from one step: broken (with words) or kept."""

    requirement: str
    kept: bool
    expected: str = ""
    observed: str = ""


class AnswerJudge:
    """Judges the answers of one operation; validators are compiled once per documented status."""

    def __init__(self, operation: Operation) -> None:
        self.operation = operation
        self._validators: dict[str, Any] = {}
        self._relaxed: dict[str, Any] = {}
        self._kept: dict[str, int] = {}
        self._branches: dict[str, tuple[str, Any]] = {}
        self._unsettled: dict[str, list[Placed]] = {}

    @cached_property
    def _placed(self) -> dict[str, list[Placed]]:
        found: dict[str, list[Placed]] = {}
        for placed in response_keywords(self.operation):
            found.setdefault(status_of(placed.requirement), []).append(placed)
        return found

    def judge(self, step: Step) -> Iterator[Finding]:
        """What an answer keeps and breaks of its documented shape; nothing for an undocumented status."""
        answer = self.operation.answer(step.status)
        if answer is None or step.exchange.response is None:
            return
        prefix = f"{self.operation.id}/response/{answer.status}"
        yield from self._media(prefix, answer, step)
        if any("json" in media for media in answer.content) and self._claims_json(answer, step):
            yield self._json(prefix, answer, step)
        yield from self._keywords(answer, self._document(answer, step))

    def _media(self, prefix: str, answer: Answer, step: Step) -> Iterator[Finding]:
        response = step.exchange.response
        if not answer.content or response is None or not response.body:
            return
        media = step.headers.get("content-type", "").split(";")[0].strip().lower()
        allowed = [name.split(";")[0].strip().lower() for name in answer.content]
        kept = _covered(media, allowed)
        yield Finding(f"{prefix}/content-type", kept, " or ".join(allowed), media or "no Content-Type")

    @staticmethod
    def _claims_json(answer: Answer, step: Step) -> bool:
        """Whether the answer is to be JSON: not where it says to be another of the documented media types."""
        media = step.headers.get("content-type", "").split(";")[0].strip().lower()
        return "json" in media or not _covered(media, [name.lower() for name in answer.content])

    def _json(self, prefix: str, answer: Answer, step: Step) -> Finding:
        empty = step.exchange.response is None or not step.exchange.response.body
        optional = any(schema == {} or schema.get("x-empty") for schema in answer.content.values())
        if step.body is not NOT_JSON or (empty and optional):
            return Finding(f"{prefix}/body/json", kept=True)
        wrong = "an empty body" if empty else "a body that is not one JSON document"
        return Finding(f"{prefix}/body/json", False, "a JSON document", wrong)

    def _document(self, answer: Answer, step: Step) -> dict[str, Any]:
        document: dict[str, Any] = {"header": {}}
        for name, header in answer.headers.items():
            if name in step.headers:
                document["header"][name] = typed_text(step.headers[name], header.schema)
        if step.body is not NOT_JSON:
            document["body"] = step.body
        return document

    def _keywords(self, answer: Answer, document: dict[str, Any]) -> Iterator[Finding]:
        compiled = self._validators.get(answer.status)
        if compiled is None:
            compiled = self._validators[answer.status] = validator(answer_schema(answer))
        placed = self._placed.get(answer.status, [])
        unsettled = self._unsettled.setdefault(answer.status, list(placed))
        broken: dict[str, Finding] = {}
        if not compiled.is_valid(document):
            broken = {finding.requirement: finding for finding in self._errors(compiled, placed, document)}
        yield from broken.values()
        for each in tuple(unsettled):
            requirement = each.requirement
            if requirement.id in broken or not _exercised(requirement, document) or not self._taken(each, document):
                continue
            self._kept[requirement.id] = self._kept.get(requirement.id, 0) + 1
            if self._kept[requirement.id] >= ENOUGH:
                unsettled.remove(each)
            yield Finding(requirement.id, kept=True)

    def _taken(self, placed: Placed, document: dict[str, Any]) -> bool:
        """Whether some value of the answer takes the alternative in which a keyword stands; true outside of any."""
        if not placed.site.branch:
            return True
        if placed.requirement.id not in self._branches:
            schema = answer_schema(self.operation.answers[status_of(placed.requirement)])
            self._branches[placed.requirement.id] = _branch(schema, placed.site)
        pointer, branch = self._branches[placed.requirement.id]
        return any(branch.is_valid(value) for _, value in values_at(document, pointer))

    def _errors(self, compiled: Any, placed: list[Placed], document: dict[str, Any]) -> Iterator[Finding]:
        by_path = {each.requirement.schema_path: each.requirement for each in placed}
        for error in compiled.iter_errors(document):
            path: tuple[str | int, ...] = tuple(error.schema_path)
            if path and path[-1] == "required":
                path = (*path, error.kind.property)
            requirement = _nearest(by_path, path)
            if requirement is None:
                continue
            inner = self._inner(requirement, placed, document)
            yield Finding((inner or requirement).id, False, requirement.text, _observed(error))

    def _inner(self, requirement: Requirement, placed: list[Placed], document: dict[str, Any]) -> Requirement | None:
        """Of a broken choice between alternatives, the one keyword inside it without which all would be well."""
        if requirement.keyword not in ("oneOf", "anyOf"):
            return None
        answer = self.operation.answers[status_of(requirement)]
        schema = answer_schema(answer)
        for each in placed:
            path = each.requirement.schema_path
            inside = path[: len(requirement.schema_path)] == requirement.schema_path != path
            if inside and each.requirement.keyword != "distinct" and self._frees(schema, each.requirement, document):
                return each.requirement
        return None

    def _frees(self, schema: Any, requirement: Requirement, document: dict[str, Any]) -> bool:
        if requirement.id not in self._relaxed:
            self._relaxed[requirement.id] = validator(relax(schema, requirement.schema_path))
        return bool(self._relaxed[requirement.id].is_valid(document))


def _covered(media: str, allowed: list[str]) -> bool:
    """Whether a media type is one of those allowed, or in one of their ranges."""
    return any(name in (media, "*/*") or (name.endswith("/*") and media.startswith(name[:-1])) for name in allowed)


def _nearest(by_path: dict[tuple[str | int, ...], Requirement], path: tuple[str | int, ...]) -> Requirement | None:
    while path:
        if path in by_path:
            return by_path[path]
        path = path[:-1]
    return None


def _branch(schema: Any, site: Site) -> tuple[str, Any]:
    """The innermost alternative that a site stands in: where its values are, and its validator."""
    path = site.path
    last = max(index for index, part in enumerate(path) if part in ("oneOf", "anyOf", "then", "else"))
    end = last + (2 if path[last] in ("oneOf", "anyOf") else 1)
    for part in path[:end]:
        schema = schema[part]
    pointer = site.pointer.split("/")[: 1 + _depth(path[:end])]
    return "/".join(pointer), validator(schema)


def _depth(path: SchemaPath) -> int:
    """How many members and entries deep a schema path leads."""
    depth, parts = 0, iter(path)
    for part in parts:
        depth += part in ("properties", "patternProperties", "prefixItems", "items", "additionalProperties")
        if part in ("properties", "patternProperties", "prefixItems", "oneOf", "anyOf", "allOf"):
            next(parts, None)  # a name or a number, whatever it spells
    return depth


def _exercised(requirement: Requirement, document: dict[str, Any]) -> bool:
    pointer = requirement.pointer
    if requirement.keyword == "required":
        pointer = pointer.rsplit("/", 1)[0]
    return requirement.keyword != "distinct" and reaches(document, pointer)


def _observed(error: Any) -> str:
    where = ".".join(map(str, error.instance_path[1:]))
    text = error.message if len(error.message) <= 160 else f"{error.message[:157]}..."
    return f"{where}: {text}" if where else text


def typed_text(text: str, schema: Any) -> Any:
    """A header's text as the type that its schema wants; the text itself if it cannot be read so."""
    kinds = schema.get("type", "string")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    if "integer" in kinds and text.lstrip("-").isdigit():
        return int(text)
    if "number" in kinds:
        try:
            return float(text)
        except ValueError:
            return text
    if "boolean" in kinds and text in ("true", "false"):
        return text == "true"
    return text.split(",") if "array" in kinds else text
