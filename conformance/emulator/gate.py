"""What every request must pass before its body is looked at, in the order of a real gateway and service."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from conformance.emulator import PROJECT_ID
from conformance.emulator.authentication import authenticated
from conformance.emulator.call import Call, Refusal
from conformance.emulator.check import Check, Holds, Values, itself
from conformance.emulator.payload import decoded, is_json

_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


@dataclass(frozen=True, slots=True)
class Service:
    """One of the two services: what it calls an invalid request, and a resource that it does not know."""

    invalid: str
    missing: str
    unknown: str


VPC = Service(invalid="VPC.9901", missing="VPC.9901", unknown="VPC.9904")
IMETAL = Service(invalid="iMetal.0001", missing="iMetal.0002", unknown="iMetal.0200")


def identity(code: str) -> tuple[Check, ...]:
    """Authentication comes first."""
    return (_check("authentication", itself, authenticated, 401, code, "Incorrect IAM authentication information."),)


def project(service: Service) -> tuple[Check, ...]:
    """The project of the path is the one that the token is for."""
    message = "The project does not exist."
    return (_check("project", _parameter("project_id"), _is_ours, 404, service.unknown, message),)


def group() -> tuple[Check, ...]:
    """The group's id is a UUID, and the group is there."""
    return (
        _check("group-id", _parameter("address_group_id"), is_uuid, 400, VPC.invalid, "Invalid address group ID."),
        _check("group", itself, _knows_group, 404, VPC.unknown, "The address group does not exist."),
    )


def instance() -> tuple[Check, ...]:
    """The instance is there."""
    return (_check("instance", itself, _knows_instance, 404, IMETAL.unknown, "The instance does not exist."),)


def body(service: Service) -> tuple[Check, ...]:
    """The body is one JSON document, and says so."""
    return (
        _check("media-type", _media, is_json, 415, service.invalid, "The body must be application/json in UTF-8."),
        _check("coding", _coding, _is_plain, 415, service.invalid, "The body must not be compressed."),
        _check("body", itself, _has_body, 400, service.missing, "The body is missing."),
        _check("json", itself, reads_document(decoded), 400, service.invalid, "The body is not valid JSON."),
    )


def reads_document(decode: Any) -> Holds:
    """Reads the body with `decode` into the call's document; false if that raises ValueError."""

    def holds(call: Call) -> bool:
        try:
            call.document = decode(call.raw)
        except (ValueError, RecursionError):
            return False
        return True

    return holds


def is_uuid(text: str) -> bool:
    """Whether this is a UUID in its usual form with hyphens."""
    return _UUID.fullmatch(text) is not None


def _check(name: str, values: Values, holds: Holds, status: int, code: str, message: str) -> Check:
    return Check(name, values, holds, Refusal(status, code, message))


def _parameter(name: str) -> Values:
    return lambda call: (call.path[name],)


def _is_ours(project_id: str) -> bool:
    return project_id == PROJECT_ID


def _knows_group(call: Call) -> bool:
    return call.path["address_group_id"] in call.world.groups


def _knows_instance(call: Call) -> bool:
    return call.path["id"] in call.world.instances


def _media(call: Call) -> Sequence[str | None]:
    return (call.headers.get("content-type"),)


def _coding(call: Call) -> Sequence[str]:
    return (call.headers.get("content-encoding", "identity"),)


def _is_plain(coding: str) -> bool:
    return coding.strip().lower() == "identity"


def _has_body(call: Call) -> bool:
    return bool(call.raw.strip())
