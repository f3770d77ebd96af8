"""IP address groups: the checks of an update, what it does, and what a group looks like (VPC, Tables 2-8)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from conformance.emulator import entry, gate
from conformance.emulator.call import Call, Refusal
from conformance.emulator.check import (
    Check,
    Holds,
    Values,
    at,
    has,
    is_flag,
    is_integer,
    is_list,
    is_object,
    is_text,
    is_text_or_null,
    items,
    number,
    text,
)
from conformance.emulator.state import Entry, Group

_NAME = re.compile(r"[A-Za-z0-9_.-]*")
_QUOTA = 20  # entries of a group, by default
_MILLISECOND = timedelta(milliseconds=1)

_OPTION = ("address_group",)
_SET = (*_OPTION, "ip_set")
_EXTRA = (*_OPTION, "ip_extra_set")


def is_name(value: str) -> bool:
    """Whether these are only letters and digits of ASCII, underscores, hyphens and periods."""
    return _NAME.fullmatch(value) is not None


def without_brackets(value: str) -> bool:
    """Whether there is neither `<` nor `>`."""
    return "<" not in value and ">" not in value


def at_most(limit: int) -> Holds:
    """A length that is not above a limit; characters are Unicode code points."""
    return lambda value: len(value) <= limit


def unrepeated(values: list[Any]) -> bool:
    """Whether no string occurs twice."""
    texts = [value for value in values if isinstance(value, str)]
    return len(set(texts)) == len(texts)


def update_checks() -> tuple[Check, ...]:
    """All that updateAddressGroup checks, in order: request, body, members, rules, state."""
    before = (*gate.identity("APIGW.0301"), *gate.project(gate.VPC), *gate.group(), *gate.body(gate.VPC))
    return (*before, *_shape_checks(), *_set_checks(), *_extra_checks(), *_rule_checks())


def show_checks() -> tuple[Check, ...]:
    """All that showAddressGroup checks."""
    return (*gate.identity("APIGW.0301"), *gate.project(gate.VPC), *gate.group())


def _shape_checks() -> tuple[Check, ...]:
    return (
        *_top_checks(),
        *_name_checks(),
        *_description_checks(),
        *_capacity_checks(),
    )


def _top_checks() -> tuple[Check, ...]:
    body = at()
    return (
        _check("/body/type", body, is_object, "The body must be an object."),
        _check("/body/address_group/required", body, has("address_group"), "address_group is missing."),
        _check("/body/dry_run/type", at("dry_run"), is_flag, "dry_run must be true or false."),
        _check("/body/address_group/type", at(*_OPTION), is_object, "address_group must be an object."),
    )


def _name_checks() -> tuple[Check, ...]:
    pointer, values = "/body/address_group/name", at(*_OPTION, "name")
    return (
        _check(f"{pointer}/type", values, is_text, "name must be a string."),
        _check(f"{pointer}/maxLength", values, text(at_most(64)), "name is too long."),
        _check(f"{pointer}/pattern", values, text(is_name), "name has a character that is not allowed."),
    )


def _description_checks() -> tuple[Check, ...]:
    pointer, values = "/body/address_group/description", at(*_OPTION, "description")
    return (
        _check(f"{pointer}/type", values, is_text, "description must be a string."),
        *_remark_checks(pointer, values),
    )


def _capacity_checks() -> tuple[Check, ...]:
    pointer, values = "/body/address_group/max_capacity", at(*_OPTION, "max_capacity")
    return (
        _check(f"{pointer}/type", values, is_integer, "max_capacity must be an integer."),
        _check(f"{pointer}/minimum", values, number(_not_negative), "max_capacity is below 0."),
        _check(f"{pointer}/maximum", values, number(_within_quota), "max_capacity is above 20."),
    )


def _set_checks() -> tuple[Check, ...]:
    pointer, values, item = "/body/address_group/ip_set", at(*_SET), at(*_SET, "*")
    return (
        _check(f"{pointer}/type", values, is_list, "ip_set must be an array."),
        _check(f"{pointer}/maxItems", values, items(at_most(_QUOTA)), "ip_set has too many entries."),
        _check(f"{pointer}/uniqueItems", values, items(unrepeated), "ip_set has an entry twice."),
        _check(f"{pointer}/*/type", item, is_text, "An entry of ip_set must be a string."),
        *_entry_checks(f"{pointer}/*", item),
    )


def _extra_checks() -> tuple[Check, ...]:
    pointer, values, item = "/body/address_group/ip_extra_set", at(*_EXTRA), at(*_EXTRA, "*")
    ip, remarks = at(*_EXTRA, "*", "ip"), at(*_EXTRA, "*", "remarks")
    return (
        _check(f"{pointer}/type", values, is_list, "ip_extra_set must be an array."),
        _check(f"{pointer}/maxItems", values, items(at_most(_QUOTA)), "ip_extra_set has too many entries."),
        _check(f"{pointer}/*/type", item, is_object, "An entry of ip_extra_set must be an object."),
        _check(f"{pointer}/*/ip/required", item, has("ip"), "ip is missing."),
        _check(f"{pointer}/*/ip/type", ip, is_text, "ip must be a string."),
        *_entry_checks(f"{pointer}/*/ip", ip),
        _check(f"{pointer}/*/remarks/type", remarks, is_text_or_null, "remarks must be a string."),
        *_remark_checks(f"{pointer}/*/remarks", remarks),
        _check(f"{pointer}/uniqueItems", _extra_addresses, unrepeated, "ip_extra_set has an address twice."),
    )


def _entry_checks(pointer: str, values: Values) -> tuple[Check, ...]:
    def versions(call: Call) -> Sequence[tuple[Any, int]]:
        group = _stored(call)
        return [(value, group.ip_version) for value in values(call)]

    return (
        _check(f"{pointer}/format", values, text(entry.well_formed), "Not an address, range or block."),
        _check(f"{pointer}/one-version", values, text(entry.of_one_version), "A range mixes IP versions."),
        _check(f"{pointer}/order", values, text(entry.ordered), "A range ends before it begins."),
        _check(f"{pointer}/version", versions, _is_of_version, "An entry is of another IP version than the group."),
    )


def _remark_checks(pointer: str, values: Values) -> tuple[Check, ...]:
    return (
        _check(f"{pointer}/maxLength", values, text(at_most(255)), "More than 255 characters."),
        _check(f"{pointer}/pattern", values, text(without_brackets), "Angle brackets are not allowed."),
    )


def _rule_checks() -> tuple[Check, ...]:
    return (
        _check("sets", _both_sets, _same_members, "ip_set and ip_extra_set hold different addresses."),
        _check("capacity", _load, _fits, "More entries than the group may hold.", status=409, code="VPC.9905"),
        _check("status", _status, _is_idle, "The address group is being updated.", status=409, code="VPC.9906"),
    )


def _check(
    name: str, values: Values, holds: Holds, message: str, *, status: int = 400, code: str = gate.VPC.invalid
) -> Check:
    return Check(name, values, holds, Refusal(status, code, message))


def _not_negative(value: float) -> bool:
    return value >= 0


def _within_quota(value: float) -> bool:
    return value <= _QUOTA


def _is_of_version(pair: tuple[Any, int]) -> bool:
    value, wanted = pair
    return not isinstance(value, str) or entry.version(value) in (None, wanted)


def _stored(call: Call) -> Group:
    return call.world.groups[call.path["address_group_id"]]


def _extra_addresses(call: Call) -> Sequence[Sequence[Any]]:
    return (list(at(*_EXTRA, "*", "ip")(call)),)


def _both_sets(call: Call) -> Sequence[tuple[list[Any], list[Any]]]:
    option = call.option
    if not isinstance(option.get("ip_set"), list) or "ip_extra_set" not in option:
        return ()
    return ((option["ip_set"], list(at(*_EXTRA, "*", "ip")(call))),)


def _same_members(pair: tuple[list[Any], list[Any]]) -> bool:
    plain, extra = pair
    return len(plain) == len(extra) and all(ip in extra for ip in plain)


def _load(call: Call) -> Sequence[tuple[int, float]]:
    """How many entries there will be, and how many there may be then."""
    group, option = _stored(call), call.option
    entries = entries_given(option)
    return ((len(group.entries if entries is None else entries), option.get("max_capacity", group.max_capacity)),)


def _fits(pair: tuple[int, float]) -> bool:
    return pair[0] <= pair[1]


def _status(call: Call) -> Sequence[str]:
    return (_stored(call).status,)


def _is_idle(status: str) -> bool:
    return status != "UPDATING"


def entries_given(option: dict[str, Any]) -> tuple[Entry, ...] | None:
    """The entries that an update names; None if it names no set."""
    extra, plain = option.get("ip_extra_set"), option.get("ip_set")
    if isinstance(extra, list):
        return tuple(_entry(item) for item in extra)
    return tuple(Entry(ip) for ip in plain) if isinstance(plain, list) else None


def _entry(item: Any) -> Entry:
    return Entry(item.get("ip", ""), item.get("remarks")) if isinstance(item, dict) else Entry(item)


def updated(group: Group, option: dict[str, Any], now: datetime) -> Group:
    """The group after an update: what is given is taken, what is not stays."""
    entries = entries_given(option)
    capacity = option.get("max_capacity", group.max_capacity)
    return replace(
        group,
        name=option.get("name", group.name),
        description=option.get("description", group.description),
        max_capacity=int(capacity) if is_integer(capacity) else capacity,
        entries=group.entries if entries is None else entries,
        updated_at=max(now, group.updated_at + _MILLISECOND),
        status="NORMAL",
        status_message="",
    )


def shown(group: Group) -> dict[str, Any]:
    """A group as an answer shows it; the entries come in no particular order, here the last one first."""
    entries = group.entries[::-1]
    return {
        "id": group.id,
        "name": group.name,
        "tenant_id": group.tenant_id,
        "ip_version": group.ip_version,
        "max_capacity": group.max_capacity,
        "ip_set": [entry.ip for entry in entries],
        "ip_extra_set": [{"ip": entry.ip, "remarks": entry.remarks} for entry in entries],
        "enterprise_project_id": group.enterprise_project_id,
        "created_at": moment(group.created_at),
        "updated_at": moment(group.updated_at),
        "description": group.description,
        "status": group.status,
        "status_message": group.status_message,
        "tags": [{"key": tag.key, "value": tag.value} for tag in group.tags],
    }


def moment(instant: datetime) -> str:
    """An instant in UTC as the page's example writes it, to the millisecond."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds")
