"""The requirements that no keyword expresses: rules, state, rehearsal, statuses, authentication, HTTP and JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from conformance.contract.operation import Answer, Contract, Operation, Parameter, Rule
from conformance.contract.schema import Schema
from conformance.media import is_json
from conformance.requirement import Level, Requirement, Side, Source

_HTTP = Source("RFC 9110 (HTTP semantics)")
_JSON = Source("RFC 8259 (JSON)")

BODY_STATEMENTS = {
    "malformed-json": "a body that is not JSON is refused",
    "truncated-json": "a body that ends too early is refused",
    "trailing-data": "anything after the JSON document is refused",
    "encoding": "a body that is not UTF-8 is refused",
    "media-type": "a body of another media type is refused",
    "charset": "the media type may say charset=utf-8",
    "whitespace": "white space between tokens is free",
    "spelling": "the same JSON is the same request, with escapes in its texts and its members in any order",
}
AUTHENTICATION = {
    "missing": "a request without credentials is refused",
    "empty": "an empty credential is refused",
    "wrong": "a wrong credential is refused, and so is the right one with anything added or changed",
}


def of_operation(operation: Operation) -> list[Requirement]:
    """The requirements of an operation beyond its schemas, in a stable order."""
    answers = list(_answers(operation))
    if operation.supporting:
        return answers
    return [
        *answers,
        *(rule_requirement(operation, rule) for rule in (*operation.requires, *operation.ensures)),
        *_state(operation),
        *_rehearsal(operation),
        *_authentication(operation),
        *_paths(operation),
        *_protocol(operation),
    ]


def rule_requirement(operation: Operation, rule: Rule) -> Requirement:
    """A CEL rule as a requirement."""
    before = rule in operation.requires
    side: Side = "request" if before else ("state" if "self" in rule.rule.text else "response")
    return Requirement(
        id=f"{operation.id}/rule/{rule.id}",
        operation=operation.id,
        side=side,
        pointer=rule.pointer,
        keyword=rule.id,
        level=rule.level,
        source=rule.source,
        text=rule.text,
        reading=rule.reading,
    )


def _stated(operation: Operation, requirement: Requirement, path: str) -> Requirement:
    """The requirement as the contract's `statements` put it, under its path or the beginning of it."""
    parts = path.removeprefix("protocol/").split("/")
    for length in range(len(parts), 0, -1):
        said = operation.statements.get("/".join(parts[:length]))
        if said is not None:
            return replace(
                requirement,
                level=said.level or requirement.level,
                source=said.source or requirement.source,
                reading=said.reading or requirement.reading,
                text=said.text or requirement.text,
            )
    return requirement


def _one(
    operation: Operation,
    path: str,
    text: str,
    side: Side = "protocol",
    pointer: str = "",
    level: Level = "implied",
    source: Source | None = None,
) -> Requirement:
    requirement = Requirement(
        id=f"{operation.id}/{path}",
        operation=operation.id,
        side=side,
        pointer=pointer,
        keyword=path.rsplit("/", 1)[-1],
        level=level,
        source=source or operation.source,
        text=text,
    )
    return _stated(operation, requirement, path)


def _answers(operation: Operation) -> Iterator[Requirement]:
    success = " or ".join(map(str, operation.success)) if len(operation.success) < 9 else "a 2xx status"
    text = f"a valid request is answered with {success}"
    yield _one(operation, "response/status/success", text, "response", "/status", "documented")
    if not operation.supporting:
        text = "an invalid request is refused with the status documented for it"
        yield _one(operation, "response/status/refusal", text, "response", "/status")
    for answer in operation.answers.values():
        yield from _contents(operation, answer)


def _contents(operation: Operation, answer: Answer) -> Iterator[Requirement]:
    if answer.content:
        text = f"a {answer.status} answer has the media type {' or '.join(answer.content)}"
        path = f"response/{answer.status}/content-type"
        yield _one(operation, path, text, "response", "/header/content-type", source=answer.source)
    if any(map(is_json, answer.content)):
        text = f"the body of a {answer.status} answer is one JSON document"
        yield _one(operation, f"response/{answer.status}/body/json", text, "response", "/body", source=answer.source)


def state_members(operation: Operation) -> tuple[str, ...]:
    """The members of the state that an operation's answer shows, as its response schema describes them."""
    if operation.shows is None:
        return ()
    parts = operation.shows.text.split(".")
    for status in operation.success:
        answer = operation.answer(status)
        schema: Schema = next(iter(answer.content.values()), {}) if answer else {}
        for part in parts[2:]:
            schema = schema.get("properties", {}).get(part, {})
        if schema.get("properties"):
            return tuple(schema["properties"])
    return ()


def _state(operation: Operation) -> Iterator[Requirement]:
    if operation.state is None or operation.effect == "reads":
        return
    named = {becomes.member for becomes in operation.becomes}
    for member in state_members(operation):
        if member in named:
            text = f"{member} takes exactly the given value"
            yield _one(operation, f"state/{member}/becomes", text, "state", f"/{member}", "documented")
        if member not in operation.free:
            text = f"{member} stays as it was when it is not named" if member in named else f"{member} is not changed"
            yield _one(operation, f"state/{member}/kept", text, "state", f"/{member}", "documented")
    yield _one(operation, "state/refusal/unchanged", "a refused request changes nothing", "state")
    yield _one(operation, "state/answer/observed", "the answer and the next look agree", "state")
    yield _one(operation, "state/other/unchanged", "an update of one resource leaves the others as they were", "state")


def _rehearsal(operation: Operation) -> Iterator[Requirement]:
    rehearsal = operation.rehearsal
    if rehearsal is None:
        return
    texts = {
        "status": f"a rehearsal that succeeds is answered with {rehearsal.status}",
        "refuses": "what a real call refuses, its rehearsal refuses too",
        "accepts": "what a real call accepts, its rehearsal accepts too",
        "unchanged": "a rehearsal changes nothing",
        "off": "switched off and absent are the same: a real call",
    }
    for name, text in texts.items():
        if name == "off" and rehearsal.off is None:
            continue
        pointer = _pointer(rehearsal.request)
        made = _one(operation, f"rehearsal/{name}", text, "protocol", pointer, "documented", rehearsal.source)
        yield replace(made, reading=made.reading or rehearsal.reading)


def _pointer(patch: Any) -> str:
    """Where a merge patch changes something first."""
    if not isinstance(patch, Mapping) or not patch:
        return ""
    name, inner = next(iter(patch.items()))
    return f"/{name}{_pointer(inner)}"


def _authentication(operation: Operation) -> Iterator[Requirement]:
    usable = [scheme for scheme in operation.security if scheme.kind != "other"]
    if operation.anonymous and usable:
        yield _one(operation, "authentication/optional", "a request without credentials is accepted", "protocol")
    if operation.anonymous or not usable:
        return
    for name, text in AUTHENTICATION.items():
        pointer = f"/{usable[0].where}/{usable[0].parameter.lower()}"
        yield _one(operation, f"authentication/{name}", text, "protocol", pointer)


def _paths(operation: Operation) -> Iterator[Requirement]:
    for parameter in named_things(operation):
        text = f"an unknown {parameter.name} is not found"
        yield _one(operation, f"path/{parameter.name}/unknown", text, "protocol", f"/path/{parameter.name}")


def named_things(operation: Operation) -> list[Parameter]:
    """The path parameters that name what has to be there; an unknown one is not found."""
    if "404" not in operation.answers and "unknown" not in operation.refusal:
        return []
    return [p for p in operation.parameters if p.where == "path" and not _creates(operation, p.name)]


def _creates(operation: Operation, name: str) -> bool:
    """Whether a PUT may make what its path names last: its 404 may speak of what that lies in (RFC 9110, 9.3.4)."""
    named = re.findall(r"{([^{}]+)}", operation.path)
    free = operation.plain and operation.method == "PUT" and named[-1:] == [name]
    return free and (len(named) > 1 or "201" in operation.answers)


def _protocol(operation: Operation) -> Iterator[Requirement]:
    if operation.body is not None and is_json(operation.body.media_type):
        for name, text in BODY_STATEMENTS.items():
            level: Level = "contested" if name == "media-type" and _unsaid(operation) else "implied"
            yield _one(operation, f"protocol/{name}", text, pointer="/body", level=level, source=_JSON)
    elif operation.body is not None and "415" in operation.answers:
        text = BODY_STATEMENTS["media-type"]
        yield _one(operation, "protocol/media-type", text, pointer="/body", source=_HTTP)
    yield _one(operation, "protocol/header-case", "the case of a header's name is free", source=_HTTP)
    yield _one(operation, "protocol/method", "a method that the contract does not list is refused", source=_HTTP)
    yield _one(
        operation, "protocol/hostile", "no request, however odd, is answered with a 5xx or with silence", source=_HTTP
    )
    if operation.method in ("GET", "HEAD", "PUT") and operation.effect != "disrupts":
        yield _one(operation, "protocol/repeatable", "the same request is answered alike each time", source=_HTTP)


def _unsaid(operation: Operation) -> bool:
    """Many servers never look at the media type; it binds where the contract speaks of it."""
    return operation.plain and "415" not in operation.answers


def findings(contract: Contract) -> tuple[str, ...]:
    """What is odd about the contract itself in this respect."""
    operations = contract.operations.values()
    missing = [s.name for operation in operations for s in operation.security if s.kind == "other"]
    known = {path for operation in operations for path in _paths_of_statements(operation)}
    idle = [name for operation in operations for name in operation.statements if name not in known]
    return (
        *(f"the security scheme {name} cannot be filled by a token" for name in dict.fromkeys(missing)),
        *(f"the statement {name!r} is about no requirement: none has this path" for name in dict.fromkeys(idle)),
    )


def _paths_of_statements(operation: Operation) -> Iterator[str]:
    """The paths, and their beginnings, by which `statements` may speak of requirements."""
    for requirement in of_operation(operation):
        parts = requirement.id.removeprefix(f"{operation.id}/").removeprefix("protocol/").split("/")
        yield from ("/".join(parts[:length]) for length in range(1, len(parts) + 1) if parts[0] != "rule")
