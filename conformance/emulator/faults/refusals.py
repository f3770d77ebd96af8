"""Faults in how a refusal is answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from conformance.emulator.behaviour import MODIFY, SHOW, UPDATE
from conformance.emulator.call import Answer, Call
from conformance.emulator.faults.change import answering
from conformance.emulator.faults.fault import Change, Fault, family
from conformance.emulator.payload import encoded

fault = family("refusals")

Edit = Callable[[dict[str, Any]], Any]
ANSWERED = ((UPDATE, "update", (400, 401, 404, 409)), (MODIFY, "modify", (400, 401)))
SHOWN_TOO = (400, 401, 404)  # a look is refused with the same error objects


def of(operation: str, status: int) -> Callable[[Call, Answer], bool]:
    """Whether an operation refuses with a status; a look at a group does as its update."""
    operations = (UPDATE, SHOW) if operation == UPDATE else (operation,)
    return lambda call, answer: call.operation in operations and answer.status == status


def catching(operation: str, status: int, *keywords: str) -> str:
    """What notices that refusals with a status are wrong."""
    operations = (UPDATE, SHOW) if operation == UPDATE and status in SHOWN_TOO else (operation,)
    return " ".join(f"{each}/response/{status}/{keyword}" for each in operations for keyword in keywords)


def with_body(operation: str, status: int, edit: Edit) -> Change:
    """Some refusals have another body."""
    return answering(of(operation, status), lambda call, answer: replace(answer, body=edit(answer.body)))


def with_bytes(operation: str, status: int, edit: Callable[[bytes], bytes]) -> Change:
    """Some refusals are written otherwise."""
    return answering(of(operation, status), lambda call, answer: replace(answer, raw=edit(encoded(answer.body))))


def without(member: str) -> Edit:
    """An error object without a member."""
    return lambda body: {name: value for name, value in body.items() if name != member}


BODIES: tuple[tuple[str, str, str, Edit], ...] = (
    ("code-missing", "lacks error_code", "error_code/required", without("error_code")),
    ("message-missing", "lacks error_msg", "error_msg/required", without("error_msg")),
    ("code-number", "has a number as error_code", "error_code/type", lambda body: {**body, "error_code": 9901}),
    ("message-null", "has a null as error_msg", "error_msg/type", lambda body: {**body, "error_msg": None}),
    ("list", "is an array", "type", lambda body: [body]),
    ("id-number", "has a number as request_id", "request_id/type", lambda body: {**body, "request_id": 1}),
    ("nested", "has its members under error", "error_code/required error_msg/required", lambda body: {"error": body}),
    (
        "renamed",
        "has its members as code and message",
        "error_code/required error_msg/required",
        lambda body: {"code": body["error_code"], "message": body["error_msg"]},
    ),
    ("text", "is a string", "type", lambda body: body["error_msg"]),
)

BYTES: tuple[tuple[str, str, str, Callable[[bytes], bytes]], ...] = (
    ("empty", "has no body", "body/json", lambda raw: b""),
    ("html", "is a page of HTML", "body/json", lambda raw: b"<html><body>Error</body></html>"),
    ("cut", "ends too early", "body/json", lambda raw: raw[:-1]),
)


def bodies(operation: str, who: str, status: int) -> tuple[Fault, ...]:
    """What may be wrong with the error object of a status."""
    what = f"A refusal with {status}"
    objects = (
        fault(
            f"{who}-{status}-{name}",
            f"{what} {words}.",
            catching(operation, status, *(f"body/{keyword}" for keyword in keywords.split())),
            with_body(operation, status, edit),
        )
        for name, words, keywords, edit in BODIES[: None if status == 400 else 6]
    )
    return (*objects, *writings(operation, who, status))


def writings(operation: str, who: str, status: int) -> tuple[Fault, ...]:
    """What may be wrong with how the error object of a status is written."""
    what = f"A refusal with {status}"
    texts = (
        fault(
            f"{who}-{status}-{name}",
            f"{what} {words}.",
            catching(operation, status, keyword),
            with_bytes(operation, status, edit),
        )
        for name, words, keyword, edit in BYTES[: None if status == 400 else 1]
    )
    media = fault(
        f"{who}-{status}-media",
        f"{what} says that it is HTML.",
        catching(operation, status, "content-type"),
        answering(of(operation, status), lambda call, answer: replace(answer, media="text/html")),
    )
    return (*texts, media)


def instead(operation: str, who: str, status: int) -> Fault:
    """Invalid requests are refused with another status."""
    change = answering(of(operation, 400), lambda call, answer: replace(answer, status=status))
    breaks = f"An invalid request is answered with {status}."
    return fault(f"{who}-invalid-{status}", breaks, f"{operation}/response/status/refusal", change)


FAULTS = (
    *writings(MODIFY, "modify", 404),  # what its error object has is contested
    *(each for operation, who, statuses in ANSWERED for status in statuses for each in bodies(operation, who, status)),
    *(
        instead(operation, who, status)
        for operation, who, _ in ANSWERED
        for status in (200, 202, 302, 401, 404, 422, 500, 503)
    ),
)
