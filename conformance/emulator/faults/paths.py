"""Faults in what is found under a path."""

from __future__ import annotations

from dataclasses import replace

from conformance.emulator import FIXTURES, PROJECT_ID
from conformance.emulator.behaviour import MODIFY, SHOW, UPDATE
from conformance.emulator.call import Call
from conformance.emulator.faults.change import (
    accepting,
    both,
    crashing,
    refused_with,
    unchecked,
)
from conformance.emulator.faults.fault import Change, Fault, family

fault = family("paths")


def group_of(call: Call, id_: str) -> bool:
    """The path means another group; always true."""
    call.path = {**call.path, "address_group_id": id_}
    return True


def created(call: Call) -> bool:
    """A group that is not there comes into being; always true."""
    id_ = call.path["address_group_id"]
    call.world.groups.setdefault(id_, replace(call.world.groups[FIXTURES["address_group_id"]], id=id_))
    return True


def instance_of(call: Call) -> bool:
    """The path means the instance that is ready; always true."""
    call.path = {**call.path, "id": FIXTURES["instance_id"]}
    return True


def any_group(operation: str) -> Change:
    """Every unknown id means the first group."""
    return accepting("group", lambda call: group_of(call, FIXTURES["address_group_id"]), operation)


def alike(call: Call) -> bool:
    """A group is found by the beginning of its id."""
    id_ = call.path["address_group_id"]
    found = next((known for known in call.world.groups if known[:8] == id_[:8]), None)
    return found is not None and group_of(call, found)


UNKNOWN = f"{UPDATE}/path/address_group_id/unknown"
FORMAT = f"{UPDATE}/request/path/address_group_id/format"
PROJECT = "path/project_id/unknown"

GROUPS = (
    fault("group-unknown-taken", "An unknown group means another one.", UNKNOWN, any_group(UPDATE)),
    fault("group-unknown-created", "An update makes a group that is not there.", UNKNOWN, accepting("group", created)),
    fault(
        "group-found-by-beginning",
        "A group is found by the first eight characters.",
        UNKNOWN,
        accepting("group", alike),
    ),
    fault(
        "group-unknown-crashes",
        "An unknown group is answered with 500.",
        UNKNOWN,
        crashing("group", lambda call: call.path["address_group_id"] not in call.world.groups),
    ),
    fault("group-unknown-200", "An unknown group is an error object with 200.", UNKNOWN, refused_with(200, "group")),
    fault("group-unknown-401", "An unknown group is answered with 401.", UNKNOWN, refused_with(401, "group")),
    fault("group-unknown-409", "An unknown group is answered with 409.", UNKNOWN, refused_with(409, "group")),
    fault(
        "group-malformed-taken",
        "An id that is no UUID means a group.",
        FORMAT,
        both(unchecked("group-id"), any_group(UPDATE)),
    ),
    fault(
        "group-malformed-crashes",
        "An id that is no UUID is answered with 500.",
        FORMAT,
        crashing("group-id", lambda id_: id_ not in FIXTURES.values() and len(id_) != 36),
    ),
    fault(
        "group-malformed-200",
        "An id that is no UUID is an error object with 200.",
        FORMAT,
        refused_with(200, "group-id"),
    ),
)


def projects(operation: str, who: str) -> tuple[Fault, ...]:
    """What may be wrong with an operation's project."""
    catches = f"{operation}/{PROJECT}"
    return (
        fault(f"{who}-project-any", "Any project will do.", catches, unchecked("project", operation=operation)),
        fault(
            f"{who}-project-length",
            "Any project of 32 characters will do.",
            catches,
            accepting("project", lambda id_: len(id_) == len(PROJECT_ID), operation),
        ),
        fault(
            f"{who}-project-crashes",
            "An unknown project is answered with 500.",
            catches,
            crashing("project", lambda id_: id_ != PROJECT_ID, operation),
        ),
        fault(
            f"{who}-project-200",
            "An unknown project is an error object with 200.",
            catches,
            refused_with(200, "project", operation=operation),
        ),
    )


INSTANCES = (
    fault(
        "instance-unknown-taken",
        "An unknown instance means another one.",
        f"{MODIFY}/path/id/unknown",
        accepting("instance", instance_of, MODIFY),
    ),
    fault(
        "instance-unknown-202",
        "An unknown instance is an error object with 202.",
        f"{MODIFY}/path/id/unknown",
        refused_with(202, "instance", operation=MODIFY),
    ),
    fault(
        "instance-unknown-crashes",
        "An unknown instance is answered with 500.",
        f"{MODIFY}/path/id/unknown",
        crashing("instance", lambda call: call.path["id"] not in call.world.instances, MODIFY),
    ),
)


def method(route: str, name: str, operation: str) -> Change:
    """A path takes another method too, and does something for it."""
    return lambda behaviour: replace(behaviour, methods={**behaviour.methods, (route, name): operation})


METHODS = (
    fault("group-post", "A POST is taken as an update.", f"{UPDATE}/protocol/method", method("group", "POST", UPDATE)),
    fault(
        "group-patch", "A PATCH is taken as an update.", f"{UPDATE}/protocol/method", method("group", "PATCH", UPDATE)
    ),
    fault(
        "group-delete-shows", "A DELETE shows the group.", f"{UPDATE}/protocol/method", method("group", "DELETE", SHOW)
    ),
    fault(
        "instance-post",
        "A POST is taken as a change of address.",
        f"{MODIFY}/protocol/method",
        method("address", "POST", MODIFY),
    ),
    fault(
        "instance-get",
        "A GET is taken as a change of address.",
        f"{MODIFY}/protocol/method",
        both(
            method("address", "GET", MODIFY),
            unchecked("body", "json", operation=MODIFY),
            unchecked("/body/type", operation=MODIFY),
        ),
    ),
    fault(
        "instance-patch",
        "A PATCH is taken as a change of address.",
        f"{MODIFY}/protocol/method",
        method("address", "PATCH", MODIFY),
    ),
)

FAULTS = (*GROUPS, *projects(UPDATE, "update"), *projects(MODIFY, "modify"), *INSTANCES, *METHODS)
