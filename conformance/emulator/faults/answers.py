"""Faults in what a successful answer looks like, member by member and keyword by keyword."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import replace
from typing import Any

from conformance.emulator.behaviour import SHOW, UPDATE, Behaviour
from conformance.emulator.call import Answer, Call
from conformance.emulator.faults.change import answering
from conformance.emulator.faults.fault import STATE, Change, Fault, family
from conformance.emulator.payload import encoded

fault = family("answers")

ABSENT = object()
GROUP = "address_group"
ENTRIES = ["10.9.0.0/16", *(f"10.8.0.{n}" for n in range(20))]

TABLE: tuple[tuple[str, str, Any], ...] = (
    ("request_id", "type", 12345),
    ("request_id", "type", None),
    ("address_group", "type", []),
    ("address_group/id", "type", 1),
    ("address_group/id", "format", "dd18a501fcd54adcacfeb0e2384baf08"),
    ("address_group/id", "format", "dd18a501-fcd5-4adc-acfe-b0e2384baf0g"),
    ("address_group/name", "type", 1),
    ("address_group/name", "type", None),
    ("address_group/name", "maxLength", "a" * 65),
    ("address_group/name", "pattern", "a name"),
    ("address_group/description", "type", 1),
    ("address_group/description", "type", None),
    ("address_group/description", "maxLength", "a" * 256),
    ("address_group/description", "pattern", "<none>"),
    ("address_group/max_capacity", "type", "20"),
    ("address_group/max_capacity", "type", 19.5),
    ("address_group/max_capacity", "minimum", -1),
    ("address_group/max_capacity", "maximum", 21),
    ("address_group/ip_set", "type", "10.0.0.1"),
    ("address_group/ip_set", "type", None),
    ("address_group/ip_set", "maxItems", ENTRIES),
    ("address_group/ip_set/*", "type", 1),
    ("address_group/ip_set/*", "type", {"ip": "10.0.0.1"}),
    ("address_group/ip_set/*", "format", "10.0.0.256"),
    ("address_group/ip_version", "type", "4"),
    ("address_group/ip_version", "enum", 5),
    ("address_group/created_at", "type", 1561687598),
    ("address_group/updated_at", "type", 1561687598),
    ("address_group/tenant_id", "type", 1),
    ("address_group/enterprise_project_id", "type", 0),
    ("address_group/enterprise_project_id", "maxLength", "0aad99bc-f5f6-4f78-8404-c598d76b0ed20"),
    ("address_group/enterprise_project_id", "format", "default"),
    ("address_group/enterprise_project_id", "format", "0aad99bcf5f64f788404c598d76b0ed2"),
    ("address_group/tags", "type", {}),
    ("address_group/tags/*", "type", "stage=test"),
    ("address_group/tags/*/key", "type", 1),
    ("address_group/tags/*/key", "minLength", ""),
    ("address_group/tags/*/key", "maxLength", "k" * 129),
    ("address_group/tags/*/value", "type", None),
    ("address_group/tags/*/value", "maxLength", "v" * 256),
    ("address_group/status", "type", 0),
    ("address_group/status", "enum", "ACTIVE"),
    ("address_group/status", "enum", "normal"),
    ("address_group/status_message", "type", None),
    ("address_group/ip_extra_set", "type", None),
    ("address_group/ip_extra_set", "type", {}),
    ("address_group/ip_extra_set", "maxItems", [{"ip": ip, "remarks": None} for ip in ENTRIES]),
    ("address_group/ip_extra_set/*", "type", "10.0.0.1"),
    ("address_group/ip_extra_set/*/ip", "type", None),
    ("address_group/ip_extra_set/*/ip", "format", "10.0.0.0/33"),
    ("address_group/ip_extra_set/*/remarks", "type", 1),
    ("address_group/ip_extra_set/*/remarks", "type", []),
    ("address_group/ip_extra_set/*/remarks", "maxLength", "r" * 256),
    ("address_group/ip_extra_set/*/remarks", "pattern", "a > b"),
)

MEMBERS = (
    *("id", "name", "tenant_id", "ip_version", "max_capacity", "ip_set", "ip_extra_set", "enterprise_project_id"),
    *("created_at", "updated_at", "description", "status", "status_message", "tags/*/key", "tags/*/value"),
    *("ip_extra_set/*/ip", "ip_extra_set/*/remarks"),
)
MISSING = ("request_id", "address_group", *(f"address_group/{member}" for member in MEMBERS))

WORDS = {
    "type": "is of another type",
    "format": "is written otherwise",
    "maxLength": "is too long",
    "minLength": "is too short",
    "pattern": "has a character that is not allowed",
    "minimum": "is too low",
    "maximum": "is too high",
    "maxItems": "has too many entries",
    "enum": "is none of the documented values",
    "required": "is missing",
}


def well(call: Call, answer: Answer) -> bool:
    """Whether this answers an update or a look that went well."""
    return call.operation in (UPDATE, SHOW) and answer.status == 200


def updated(call: Call, answer: Answer) -> bool:
    """Whether this answers an update that went well."""
    return call.operation == UPDATE and answer.status == 200


def placed(body: Any, steps: Sequence[str], value: Any) -> None:
    """Puts a value at a place of a body, the first item's for `*`; does nothing where the place is not there."""
    for step in steps[:-1]:
        if not body:
            return
        body = body[0 if step == "*" else step]
    if body and steps[-1] == "*":
        body[0] = value
    elif value is ABSENT:
        body.pop(steps[-1], None)
    elif isinstance(body, dict):
        body[steps[-1]] = value


def showing_there(pointer: str, value: Any) -> Change:
    """Successful answers have another value at a place."""
    steps = pointer.split("/")

    def edit(call: Call, answer: Answer) -> Answer:
        body = deepcopy(answer.body)
        placed(body, steps, deepcopy(value) if value is not ABSENT else ABSENT)
        return replace(answer, body=body)

    return answering(well, edit)


def of_keyword(number: int, pointer: str, keyword: str, value: Any) -> Fault:
    """One keyword is broken in successful answers."""
    name = pointer.removeprefix("address_group/").replace("/*", "-item").replace("/", "-").replace("_", "-")
    id_ = f"shown-{name}-{keyword.lower()}" + (f"-{number}" if number else "")
    catches = " ".join(f"{operation}/response/200/body/{pointer}/{keyword}" for operation in (UPDATE, SHOW))
    breaks = f"{pointer.replace('/', '.')} of an answer {WORDS[keyword]}."
    return fault(id_, breaks, catches, showing_there(pointer, value))


def table() -> tuple[Fault, ...]:
    """A fault for each row, and one for each member that is missing."""
    seen: dict[tuple[str, str], int] = {}
    faults = []
    for pointer, keyword, value in (*TABLE, *((pointer, "required", ABSENT) for pointer in MISSING)):
        number = seen[pointer, keyword] = seen.get((pointer, keyword), 0) + 1
        faults.append(of_keyword(number if number > 1 else 0, pointer, keyword, value))
    return tuple(faults)


def with_body(edit: Callable[[Any], Any]) -> Change:
    """Successful answers have another body."""
    return answering(well, lambda call, answer: replace(answer, body=edit(answer.body)))


def with_bytes(edit: Callable[[bytes], bytes]) -> Change:
    """Successful answers are written otherwise."""
    return answering(well, lambda call, answer: replace(answer, raw=edit(encoded(answer.body))))


def with_media(media: str) -> Change:
    """Successful answers have another media type."""
    return answering(well, lambda call, answer: replace(answer, media=media))


def with_status(status: int) -> Change:
    """A successful update is answered with another status."""
    return answering(updated, lambda call, answer: replace(answer, status=status))


def constant_id() -> Change:
    """All answers have one request id."""
    return lambda behaviour: _with_id(behaviour, "5bbd1640-fa68-4362-9a5c-30c4809958e0")


def _with_id(behaviour: Behaviour, value: str) -> Behaviour:
    return replace(behaviour, request_id=lambda world: value)


def showing_version() -> Change:
    """Answers show the other IP version."""
    return with_body(lambda body: {**body, GROUP: {**body[GROUP], "ip_version": 10 - body[GROUP]["ip_version"]}})


def _tag_twice(group: dict[str, Any]) -> dict[str, Any]:
    return {**group, "tags": [*group["tags"], *group["tags"][:1]]}


def of_both(requirement: str) -> str:
    """The requirement at an update and at a look."""
    return f"{UPDATE}/{requirement} {SHOW}/{requirement}"


JSON, MEDIA = of_both("response/200/body/json"), of_both("response/200/content-type")
SUCCESS = f"{UPDATE}/response/status/success"

WHOLE = (
    fault("answer-array", "An answer is an array.", of_both("response/200/body/type"), with_body(lambda body: [body])),
    fault("answer-null", "An answer is null.", of_both("response/200/body/type"), with_bytes(lambda raw: b"null")),
    fault(
        "answer-flat",
        "An answer shows the group without its envelope.",
        of_both("response/200/body/address_group/required"),
        with_body(lambda body: {**body["address_group"], "request_id": body["request_id"]}),
    ),
    fault(
        "answer-in-list",
        "An answer shows the group in a list.",
        of_both("response/200/body/address_group/type"),
        with_body(lambda body: {**body, "address_group": [body["address_group"]]}),
    ),
    fault("answer-empty", "An answer has no body.", JSON, with_bytes(lambda raw: b"")),
    fault("answer-cut", "An answer ends too early.", JSON, with_bytes(lambda raw: raw[:-1])),
    fault("answer-twice", "An answer has its document twice.", JSON, with_bytes(lambda raw: raw + raw)),
    fault("answer-comma", "An answer has a comma too many.", JSON, with_bytes(lambda raw: raw[:-1] + b",}")),
    fault(
        "answer-quotes",
        "An answer is written with single quotes.",
        JSON,
        with_bytes(lambda raw: raw.replace(b'"', b"'")),
    ),
    fault(
        "answer-nan",
        "An answer has a number that is none.",
        JSON,
        with_bytes(lambda raw: raw.replace(b'"max_capacity":', b'"max_capacity":NaN,"x":', 1)),
    ),
    fault(
        "answer-text",
        "An answer is JSON within a string.",
        of_both("response/200/body/type"),
        with_bytes(lambda raw: json.dumps(raw.decode()).encode()),
    ),
    fault(
        "answer-prefixed",
        "An answer begins with a guard against inclusion.",
        JSON,
        with_bytes(lambda raw: b")]}',\n" + raw),
    ),
    fault("answer-latin", "An answer is not in UTF-8.", JSON, with_bytes(lambda raw: raw[:-1] + b',"note":"\xe9"}')),
    fault("answer-html", "An answer says that it is HTML.", MEDIA, with_media("text/html")),
    fault("answer-plain", "An answer says that it is plain text.", MEDIA, with_media("text/plain; charset=utf-8")),
    fault("answer-media-missing", "An answer does not say that it is JSON.", MEDIA, with_media("")),
    fault(
        "request-id-constant",
        "All answers have one request id.",
        of_both("response/200/body/request_id/distinct"),
        constant_id(),
    ),
    fault(
        "request-id-by-second",
        "Answers of a second have one request id.",
        of_both("response/200/body/request_id/distinct"),
        lambda behaviour: replace(behaviour, request_id=lambda world: f"{int(behaviour.now(world).timestamp()):032x}"),
    ),
    fault("update-201", "An update is answered with 201.", SUCCESS, with_status(201)),
    fault("update-202", "An update is answered with 202.", SUCCESS, with_status(202)),
    fault(
        "update-204",
        "An update is answered with 204 and no body.",
        SUCCESS,
        answering(updated, lambda call, answer: Answer(204)),
    ),
    fault("update-500", "An update is done and answered with 500.", SUCCESS, with_status(500)),
    fault("update-301", "An update is answered with 301.", SUCCESS, with_status(301)),
    fault(
        "show-500",
        "A look at a group is answered with 500.",
        f"{SHOW}/response/status/success",
        answering(lambda call, answer: call.operation == SHOW, lambda call, answer: replace(answer, status=500)),
    ),
    fault(
        "answer-id-of-other",
        "An answer shows the id of another group.",
        f"{UPDATE}/rule/id-is-the-paths {STATE}/id/kept",
        showing_there("address_group/id", "8a1c2f34-0d5e-4c7b-9f00-6d2b7a1e9c55"),
    ),
    fault(
        "answer-tenant-hyphens",
        "An answer shows the project with hyphens.",
        f"{UPDATE}/rule/tenant-is-the-paths",
        showing_there("address_group/tenant_id", "b2782e67-08b8-475c-993e-6064bc456bf8"),
    ),
    fault(
        "answer-version-other",
        "An answer shows the other IP version.",
        f"{UPDATE}/rule/entries-of-version",
        showing_version(),
    ),
    fault(
        "answer-capacity-low",
        "An answer shows a capacity below the number of entries.",
        f"{UPDATE}/rule/entries-within-capacity {STATE}/max_capacity/kept",
        showing_there("address_group/max_capacity", 0),
    ),
    fault(
        "answer-tag-twice",
        "An answer shows a tag twice.",
        f"{UPDATE}/rule/tag-keys-unique",
        with_body(lambda body: {**body, GROUP: _tag_twice(body[GROUP])}),
    ),
)

FAULTS = (*table(), *WHOLE)
