"""Judging answers: every keyword of every documented response, on every exchange."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from conformance.contract.operation import Answer, Operation
from conformance.judge.shape import Shape, shapes
from conformance.judge.step import Step
from conformance.media import allows, essence, is_json, is_range
from conformance.requirement import Requirement
from conformance.requirements.derive import Placed
from conformance.requirements.site import reaches
from conformance.strict_json import NOT_JSON

ENOUGH = 3  # answers that show a requirement kept; more of them prove no more


class Finding(NamedTuple):
    """A statement about one requirement from one step: broken (with words) or kept."""

    requirement: str
    kept: bool
    expected: str = ""
    observed: str = ""


class AnswerJudge:
    """Judges the answers of one operation, and remembers what they have shown enough of."""

    def __init__(self, operation: Operation) -> None:
        self.operation = operation
        self._shapes = shapes(operation)
        self._kept: dict[str, int] = {}
        self._unsettled: dict[str, list[Placed]] = {}

    def judge(self, step: Step) -> Iterator[Finding]:
        """What an answer keeps and breaks of its documented shape; nothing for an undocumented status."""
        answer = self.operation.answer(step.status)
        if answer is None or step.exchange.response is None:
            return
        shape = self._shapes[answer.status]
        media = essence(step.headers.get("content-type", ""))
        if shape.media and step.exchange.response.body:
            kept = allows(shape.media, media)
            yield Finding(f"{shape.prefix}/content-type", kept, " or ".join(shape.media), media or "no Content-Type")
        if shape.json and (is_json(media) or not allows(shape.media, media)):
            yield self._json(shape, step)
        yield from self._keywords(shape, self._document(answer, step))

    def fits(self, step: Step) -> bool:
        """Whether an answer has its documented shape; one of an undocumented status has none."""
        answer = self.operation.answer(step.status)
        if answer is None or step.exchange.response is None:
            return False
        return bool(self._shapes[answer.status].validator.is_valid(self._document(answer, step)))

    def _json(self, shape: Shape, step: Step) -> Finding:
        empty = step.exchange.response is None or not step.exchange.response.body
        if step.body is not NOT_JSON or (empty and shape.optional):
            return Finding(f"{shape.prefix}/body/json", kept=True)
        wrong = "an empty body" if empty else "a body that is not one JSON document"
        return Finding(f"{shape.prefix}/body/json", False, "a JSON document", wrong)

    def _document(self, answer: Answer, step: Step) -> dict[str, Any]:
        document: dict[str, Any] = {"header": {}}
        for name, header in answer.headers.items():
            if name in step.headers:
                document["header"][name] = typed_text(step.headers[name], header.schema)
        text = self._shapes[answer.status].text
        if text is not None and step.exchange.response is not None:
            document["body"] = typed_text(step.exchange.response.body.decode("utf-8", "replace"), text)
        elif step.body is not NOT_JSON and not self._is_other(answer, step):
            document["body"] = step.body
        return document

    def _is_other(self, answer: Answer, step: Step) -> bool:
        """Whether a body that happens to be JSON is called something else, within a documented range."""
        media = step.headers.get("content-type", "")
        ranges = [each for each in self._shapes[answer.status].media if is_range(each)]
        return bool(media) and not is_json(media) and allows(ranges, media)

    def _keywords(self, shape: Shape, document: dict[str, Any]) -> Iterator[Finding]:
        unsettled = self._unsettled.setdefault(shape.answer.status, list(shape.placed))
        broken: dict[str, Finding] = {}
        if not shape.validator.is_valid(document):
            broken = {finding.requirement: finding for finding in _errors(shape, document)}
        yield from broken.values()
        for each in tuple(unsettled):
            requirement = each.requirement
            if requirement.id in broken or not _exercised(requirement, document) or not shape.taken(each, document):
                continue
            self._kept[requirement.id] = self._kept.get(requirement.id, 0) + 1
            if self._kept[requirement.id] >= ENOUGH:
                unsettled.remove(each)
            yield Finding(requirement.id, kept=True)


def _errors(shape: Shape, document: dict[str, Any]) -> Iterator[Finding]:
    for error in shape.validator.iter_errors(document):
        path: tuple[str | int, ...] = tuple(error.schema_path)
        if path and path[-1] == "required":
            path = (*path, error.kind.property)
        requirement = _nearest(shape.by_path, path)
        if requirement is None:
            continue
        inner = shape.inner(requirement, document)
        yield Finding((inner or requirement).id, False, requirement.text, _observed(error))


def _nearest(by_path: dict[tuple[str | int, ...], Requirement], path: tuple[str | int, ...]) -> Requirement | None:
    while path:
        if path in by_path:
            return by_path[path]
        path = path[:-1]
    return None


def _exercised(requirement: Requirement, document: dict[str, Any]) -> bool:
    pointer = requirement.pointer
    if requirement.keyword == "absent":
        pointer = pointer.rsplit("/", 1)[0]
    return requirement.keyword != "distinct" and reaches(document, pointer)


def _observed(error: Any) -> str:
    where = ".".join(map(str, error.instance_path[1:]))
    text = error.message if len(error.message) <= 160 else f"{error.message[:157]}..."
    return f"{where}: {text}" if where else text


def typed_text(text: str, schema: Any) -> Any:
    """A text, as of a header, as the type that its schema wants; the text itself if it cannot be read so."""
    kinds = schema.get("type")
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
