"""The contract as a competent user of another tool would write it for one group: all of it in plain words."""

from __future__ import annotations

from copy import deepcopy
from typing import Any, Final

from bench.downgrade import downgraded
from conformance.bundled import bundled_contract
from conformance.contract.document import load

_OCTET: Final = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
_BLOCK: Final = rf"{_OCTET}\.{_OCTET}\.{_OCTET}\."
_UUID: Final = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"

# Tools generate from patterns, and do not know our formats. Each holds only what a group of IPv4 takes for certain:
# a pattern cannot say that a range does not run backwards or that a block has no bits beyond its prefix.
PATTERNS: Final = {
    "ip-address-entry": (rf"^({_BLOCK}{_OCTET}(/32)?|{_BLOCK}0/24|192\.168\.3\.[1-9][0-9]?-192\.168\.3\.1[0-9][0-9])$"),
    "utc-timestamp": (
        r"^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
        r"(\.[0-9]{3}\+00:00|Z)?$"
    ),
    "enterprise-project-id": rf"^(0|{_UUID})$",
}


def tailored(url: str) -> dict[str, Any]:
    """The contract in 3.0, for a server at `url`."""
    document = downgraded(load(bundled_contract()).root, PATTERNS)
    document["servers"] = [{"url": url}]
    parameters = document["components"].pop("parameters")
    for item in document["paths"].values():
        shared = [_of_one_value(parameters[name["$ref"].rpartition("/")[2]]) for name in item.pop("parameters")]
        for operation in item.values():
            operation["parameters"] = deepcopy(shared)  # beside the operations, some tools take them for one
            _without_doubt(operation)
    return document


def _of_one_value(parameter: dict[str, Any]) -> dict[str, Any]:
    """There is one project, one group and one instance to ask for; anything else is unknown."""
    value = parameter["example"]
    return {**parameter, "schema": {"type": "string", "enum": [value], "default": value}}


def _without_doubt(operation: dict[str, Any]) -> None:
    """No example of another group, no body left out that may have to be there; a rehearsal is answered in JSON."""
    if "requestBody" not in operation:
        return
    operation["requestBody"]["required"] = True
    for media in operation["requestBody"]["content"].values():
        media["examples"] = {name: value for name, value in media["examples"].items() if not name.startswith("ipv6")}
    if "200" in operation["responses"] and "202" in operation["responses"]:
        operation["responses"]["202"]["content"] = {"application/json": {"schema": {"type": "object"}}}


def one_member_each(document: dict[str, Any]) -> dict[str, Any]:
    """The document with one member in each update, for a tool that sends all combinations of members.

    It is without examples too, which that tool sends only if request and answer of one name belong together, and
    without rehearsals, whose answer it cannot tell from an update's.
    """
    whole = deepcopy(document)
    schemas = whole["components"]["schemas"]
    for name, member in schemas.pop("UpdateAddressGroupOption")["properties"].items():
        schemas[f"Only_{name}"] = {"type": "object", "required": [name], "properties": {name: member}}
    choices = [{"$ref": f"#/components/schemas/{name}"} for name in schemas if name.startswith("Only_")]
    members = schemas["UpdateAddressGroupRequest"]["properties"]
    members["address_group"] = {"oneOf": choices}
    members["dry_run"] = {"type": "boolean", "enum": [False]}
    for item in whole["paths"].values():
        for operation in item.values():
            _without_examples(operation)
    return whole


def _without_examples(operation: dict[str, Any]) -> None:
    answers = operation["responses"]
    if "200" in answers:
        answers.pop("202", None)
    for parameter in operation["parameters"]:
        parameter.pop("example")
        parameter["schema"].pop("default")
    for holder in (operation.get("requestBody", {}), answers.get("200", {})):
        for media in holder.get("content", {}).values():
            media.pop("examples", None)
