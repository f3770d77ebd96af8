"""Answers: what callers may receive is still promised, or it is not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from conformance.compat import hunt
from conformance.compat.attribute import requirements_of, shown
from conformance.compat.finding import CALLERS, SERVERS, UNDECIDED, Finding, Witness
from conformance.compat.inclusion import Inclusion
from conformance.compat.outcome import Gap, Outcome
from conformance.compat.requests import wording
from conformance.compat.side import Described
from conformance.compat.stated import identical, stated
from conformance.contract.operation import Answer, Operation
from conformance.contract.schema import Schema
from conformance.media import essence
from conformance.requirements.derive import response_keywords


def compare(
    name: str, before: Described, after: Described, admitted: Inclusion, described: Inclusion
) -> Iterator[Finding]:
    """Status by status: answers that callers never had to expect, and promises that are gone."""
    old, new = before.operation, after.operation
    for status in _statuses(old, new):
        mine, theirs = describing(old, status), describing(new, status)
        if mine is None and theirs is not None:
            yield from _added(name, status, theirs)
        elif mine is not None and theirs is None:
            yield from _removed(name, status, mine)
        elif mine is not None and theirs is not None:
            yield from _contents(name, status, (mine, theirs), (old, new), admitted)
            yield from _contents_for_servers(name, status, (mine, theirs), described)


def _statuses(old: Operation, new: Operation) -> list[str]:
    return list(dict.fromkeys([*old.answers, *new.answers]))


def describing(operation: Operation, status: str) -> Answer | None:
    """The answer that describes a status: itself, its range, or the default."""
    for key in (status, f"{status[0]}XX", "default"):
        if key in operation.answers:
            return operation.answers[key]
    return None


def _succeeds(status: str) -> bool:
    return status[0] in "23"


def schema_of(answer: Answer, media_type: str | None) -> Schema:
    """The schema of a whole answer in one media type: its documented headers, and its body."""
    header: Schema = {"type": "object"}
    if answer.headers:
        header["properties"] = {name: stated(each.schema) for name, each in answer.headers.items()}
        header["required"] = sorted(name for name, each in answer.headers.items() if each.required)
    properties: dict[str, Any] = {"header": header}
    if media_type is not None:
        properties["body"] = stated(answer.content[media_type])
    return {"type": "object", "properties": properties, "required": sorted(properties)}


def _sample(answer: Answer, status: str) -> Any:
    found = hunt.element(schema_of(answer, next(iter(answer.content), None)))
    return {"status": status, **(_cleaned(found[0]) if found else {})}


def _cleaned(answer: Any) -> Any:
    return {name: part for name, part in answer.items() if not (name == "header" and part == {})}


def _added(name: str, status: str, answer: Answer) -> Iterator[Finding]:
    """A client has to treat any 4xx and 5xx (RFC 9110, 15), described or not; another success is a surprise."""
    if _succeeds(status) or status == "default":
        said = "callers never had to expect this status"
        witness = Witness("answer", _sample(answer, status), said)
        verdict = CALLERS if _succeeds(status) else SERVERS
        yield Finding(verdict, name, f"answer {status}", "status", f"{status} may now be answered", witness)


def _removed(name: str, status: str, answer: Answer) -> Iterator[Finding]:
    if _succeeds(status):
        witness = Witness("answer", _sample(answer, status), "it was promised; the new version does not have it")
        yield Finding(CALLERS, name, f"answer {status}", "status", f"{status} is no longer promised", witness)


def _contents(
    name: str, status: str, both: tuple[Answer, Answer], operations: tuple[Operation, Operation], inclusion: Inclusion
) -> Iterator[Finding]:
    old, new = both
    if _alike(old, new):
        return
    for mine, theirs in _media(old, new):
        if theirs is None and mine is not None and new.content:
            text = f"{mine} is no longer answered"
            yield Finding(CALLERS, name, f"answer {status}", "content", text, _promised(old, mine, status))
            continue
        promise, now = schema_of(old, mine), schema_of(new, theirs)
        label = f"answer {status}", f" ({mine})" if len(old.content) > 1 else ""
        found = inclusion.compare(now, promise)
        known = [placed.requirement for placed in response_keywords(operations[0])] if found.gaps else []
        prefix = f"{operations[0].id}/response/{old.status}"
        for gap in found.gaps:
            ids = requirements_of(gap, known, prefix)
            yield _finding(name, label, status, gap, (promise, now), ids)
        yield from _doubts(name, label, found)


def _alike(old: Answer, new: Answer) -> bool:
    mine, theirs = ({name: (p.required, p.schema) for name, p in each.headers.items()} for each in (old, new))
    return identical(dict(old.content), dict(new.content)) and identical(mine, theirs)


def _media(old: Answer, new: Answer) -> Iterator[tuple[str | None, str | None]]:
    if not old.content:
        yield None, None
        return
    for mine in old.content:
        theirs = [each for each in new.content if essence(each) == essence(mine)]
        yield mine, (theirs[0] if theirs else None)


def _promised(answer: Answer, media_type: str, status: str) -> Witness:
    found = hunt.element(schema_of(answer, media_type))
    value = {"status": status, "media type": media_type, **(_cleaned(found[0]) if found else {})}
    return Witness("answer", value, "it was promised; the new version does not have it")


def _finding(
    name: str, label: tuple[str, str], status: str, gap: Gap, schemas: tuple[Schema, Schema], ids: tuple[str, ...]
) -> Finding:
    place = f"{label[0]} {shown(gap.pointer)}{label[1]}"
    promise, now = schemas
    if not hunt.valid(now, gap.value) or hunt.valid(promise, gap.value):
        reason = "the value that was found does not show it in a whole answer"
        return Finding(UNDECIDED, name, place, gap.keyword, reason, None, ids)
    said = "the new version admits it; callers never had to expect it"
    witness = Witness("answer", {"status": status, **_cleaned(gap.value)}, said)
    return Finding(CALLERS, name, place, gap.keyword, wording(gap, "answer"), witness, ids)


def _doubts(name: str, label: tuple[str, str], found: Outcome) -> Iterator[Finding]:
    for doubt in found.doubts:
        place = f"{label[0]} {shown(doubt.pointer)}{label[1]}"
        yield Finding(UNDECIDED, name, place, doubt.keyword, doubt.reason)


def _contents_for_servers(
    name: str, status: str, both: tuple[Answer, Answer], inclusion: Inclusion
) -> Iterator[Finding]:
    """What a server of the old version may answer, and one of the new version may not."""
    old, new = both
    if _alike(old, new):
        return
    for mine, theirs in _media(old, new):
        if theirs is None and old.content:
            continue
        found = inclusion.compare(schema_of(old, mine), schema_of(new, theirs))
        for gap in found.gaps:
            if gap.undescribed:
                continue
            subject = shown(gap.pointer)
            text = (
                f"a server must now answer {subject}"
                if gap.keyword == "required"
                else f"a server may no longer answer everything that it could at {subject} ({gap.keyword})"
            )
            value = {"status": status, **_cleaned(gap.value)}
            witness = Witness("answer", value, "a server of the old version may answer it")
            yield Finding(SERVERS, name, f"answer {status} {subject}", gap.keyword, text, witness)
