"""Faults in how the two sets of a group hang together."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from conformance.emulator.behaviour import UPDATE
from conformance.emulator.faults.change import (
    accepting,
    crashing,
    holding,
    looking,
    member,
    refused_with,
    refusing,
    rehearsal,
    showing,
    sparing,
    unchecked,
    updating,
)
from conformance.emulator.faults.fault import BODY, OPTION, RULE, STATE, Fault, family
from conformance.emulator.state import Entry, Group

fault = family("sets")

EXTRA = f"{OPTION}/ip_extra_set"
ITEM, REQUIRED = member("ip_extra_set/*", "type"), member("ip_extra_set/*/ip", "required")
REFUSES = f"{UPDATE}/rehearsal/refuses"
GROUP_TYPE = "/body/address_group/type"
SAME = f"{RULE}/sets-show-the-same"
ECHO = f"{RULE}/remarks-echoed"
SUCCESS = f"{UPDATE}/response/status/success"


def counted(pair: tuple[list[Any], list[Any]]) -> bool:
    """The sets are compared by their size only."""
    return len(pair[0]) == len(pair[1])


def contained(pair: tuple[list[Any], list[Any]]) -> bool:
    """Everything of ip_set is in ip_extra_set."""
    return all(ip in pair[1] for ip in pair[0])


def containing(pair: tuple[list[Any], list[Any]]) -> bool:
    """Everything of ip_extra_set is in ip_set."""
    return all(ip in pair[0] for ip in pair[1])


def first_agrees(pair: tuple[list[Any], list[Any]]) -> bool:
    """Only the first entries are compared."""
    return pair[0][:1] == pair[1][:1]


AGREEMENT = (
    fault("sets-any", "Both sets may be given with different addresses.", f"{RULE}/sets-agree", unchecked("sets")),
    fault("sets-counted", "Both sets are compared by size only.", f"{RULE}/sets-agree", holding("sets", counted)),
    fault(
        "sets-contained", "ip_extra_set may have more than ip_set.", f"{RULE}/sets-agree", holding("sets", contained)
    ),
    fault(
        "sets-containing", "ip_set may have more than ip_extra_set.", f"{RULE}/sets-agree", holding("sets", containing)
    ),
    fault(
        "sets-first",
        "Only the first entries of both sets are compared.",
        f"{RULE}/sets-agree",
        holding("sets", first_agrees),
    ),
    fault("sets-unrehearsed", "A rehearsal does not compare the sets.", REFUSES, sparing(rehearsal, "sets")),
    fault(
        "sets-crash",
        "Sets that disagree are answered with 500.",
        f"{RULE}/sets-agree",
        crashing("sets", lambda pair: not contained(pair) or not counted(pair)),
    ),
    fault(
        "sets-refused-404", "Sets that disagree are answered with 404.", f"{RULE}/sets-agree", refused_with(404, "sets")
    ),
)


def demanded(name: str) -> Fault:
    """A member that may be absent is asked for."""
    lacking = refusing(GROUP_TYPE, lambda option: isinstance(option, dict) and name not in option)
    id_ = f"{name.replace('_', '-')}-demanded"
    return fault(id_, f"An update without {name} is refused.", f"{OPTION}/{name}/optional {SUCCESS}", lacking)


ITEMS = (
    fault("extra-item-any", "An entry of ip_extra_set may be of any type.", f"{EXTRA}/*/type", unchecked(ITEM)),
    fault(
        "extra-item-text",
        "An entry of ip_extra_set may be a string.",
        f"{EXTRA}/*/type",
        accepting(ITEM, lambda v: isinstance(v, str)),
    ),
    fault(
        "extra-item-null",
        "An entry of ip_extra_set may be null.",
        f"{EXTRA}/*/type",
        accepting(ITEM, lambda v: v is None),
    ),
    fault(
        "extra-item-first",
        "Only the first entry of ip_extra_set must be an object.",
        f"{EXTRA}/*/type",
        looking(ITEM, lambda v: v[:1]),
    ),
    fault(
        "extra-item-crashes",
        "An entry of ip_extra_set that is no object is answered with 500.",
        f"{EXTRA}/*/type",
        crashing(ITEM, lambda value: not isinstance(value, dict)),
    ),
    fault(
        "extra-ip-missing", "An entry of ip_extra_set may lack its ip.", f"{EXTRA}/*/ip/required", unchecked(REQUIRED)
    ),
    fault(
        "extra-ip-missing-later",
        "Only the first entry of ip_extra_set must have an ip.",
        f"{EXTRA}/*/ip/required",
        looking(REQUIRED, lambda values: values[:1]),
    ),
    fault(
        "extra-ip-missing-with-remark",
        "An entry of ip_extra_set may have remarks only.",
        f"{EXTRA}/*/ip/required",
        accepting(REQUIRED, lambda value: "remarks" in value),
    ),
    fault(
        "extra-ip-missing-unrehearsed",
        "A rehearsal does not ask for the ip of entries.",
        REFUSES,
        sparing(rehearsal, REQUIRED),
    ),
    fault(
        "extra-ip-missing-crashes",
        "An entry without its ip is answered with 500.",
        f"{EXTRA}/*/ip/required",
        crashing(REQUIRED, lambda value: isinstance(value, dict) and "ip" not in value),
    ),
    *(demanded(name) for name in ("name", "description", "max_capacity", "ip_set", "ip_extra_set")),
    fault(
        "extra-remark-demanded",
        "An entry without remarks is refused.",
        f"{EXTRA}/*/remarks/optional {SUCCESS}",
        refusing(REQUIRED, lambda value: isinstance(value, dict) and "remarks" not in value),
    ),
    fault(
        "body-any",
        "The body may be of any type.",
        f"{BODY}/type {UPDATE}/protocol/hostile",
        unchecked("/body/type", "/body/address_group/required"),
    ),
    fault(
        "body-list",
        "A body that is an array is answered with 500.",
        f"{BODY}/type",
        crashing("/body/type", lambda v: isinstance(v, list)),
    ),
    fault(
        "group-missing",
        "The address group may be missing.",
        f"{BODY}/address_group/required",
        unchecked("/body/address_group/required"),
    ),
    fault(
        "group-missing-crashes",
        "A body without the address group is answered with 500.",
        f"{BODY}/address_group/required",
        crashing(
            "/body/address_group/required", lambda value: isinstance(value, dict) and "address_group" not in value
        ),
    ),
    fault(
        "group-any",
        "The address group may be of any type.",
        f"{BODY}/address_group/type",
        unchecked("/body/address_group/type"),
    ),
    fault(
        "group-no-object-crashes",
        "An address group that is no object is answered with 500.",
        f"{BODY}/address_group/type",
        crashing("/body/address_group/type", lambda value: not isinstance(value, dict)),
    ),
)


def merged(before: Group, option: dict[str, Any], after: Group) -> Group:
    """New entries are added to the old ones."""
    given = "ip_set" in option or "ip_extra_set" in option
    known = {entry.ip for entry in after.entries}
    old = tuple(entry for entry in before.entries if entry.ip not in known)
    return replace(after, entries=(*old, *after.entries)[:20]) if given else after


def remarks_kept(before: Group, option: dict[str, Any], after: Group) -> Group:
    """A plain set keeps the remarks of the addresses that were there."""
    remarks = {entry.ip: entry.remarks for entry in before.entries}
    plain = "ip_set" in option and "ip_extra_set" not in option
    return replace(after, entries=tuple(Entry(e.ip, remarks.get(e.ip)) for e in after.entries)) if plain else after


def remarks_lost(before: Group, option: dict[str, Any], after: Group) -> Group:
    """Remarks are not stored."""
    return replace(after, entries=tuple(Entry(entry.ip) for entry in after.entries))


def remarks_lost_later(before: Group, option: dict[str, Any], after: Group) -> Group:
    """An update that names no set loses the remarks."""
    named = "ip_set" in option or "ip_extra_set" in option
    return after if named else replace(after, entries=tuple(Entry(entry.ip) for entry in after.entries))


def remarks_shifted(before: Group, option: dict[str, Any], after: Group) -> Group:
    """Each remark goes to the entry before."""
    remarks = [entry.remarks for entry in after.entries]
    pairs = zip(after.entries, (*remarks[1:], *remarks[:1]), strict=True)
    return replace(after, entries=tuple(Entry(entry.ip, remark) for entry, remark in pairs))


def remarks_of_first(before: Group, option: dict[str, Any], after: Group) -> Group:
    """All entries get the first one's remark."""
    remark = after.entries[0].remarks if after.entries else None
    return replace(after, entries=tuple(Entry(entry.ip, remark) for entry in after.entries))


def extra_ignored(before: Group, option: dict[str, Any], after: Group) -> Group:
    """ip_extra_set changes nothing."""
    return replace(after, entries=before.entries) if "ip_extra_set" in option else after


def plain_ignored(before: Group, option: dict[str, Any], after: Group) -> Group:
    """ip_set changes nothing."""
    return replace(after, entries=before.entries) if "ip_set" in option and "ip_extra_set" not in option else after


def emptied(before: Group, option: dict[str, Any], after: Group) -> Group:
    """An update that names no set empties the group."""
    return after if "ip_set" in option or "ip_extra_set" in option else replace(after, entries=())


def cut(before: Group, option: dict[str, Any], after: Group) -> Group:
    """At most ten entries are stored."""
    return replace(after, entries=after.entries[:10])


def last_lost(before: Group, option: dict[str, Any], after: Group) -> Group:
    """The last of several entries is lost."""
    return replace(after, entries=after.entries[:-1] if len(after.entries) > 1 else after.entries)


def respelled(edit: Any) -> Any:
    """Entries are stored in another spelling."""

    def respell(before: Group, option: dict[str, Any], after: Group) -> Group:
        return replace(after, entries=tuple(Entry(edit(entry.ip), entry.remarks) for entry in after.entries))

    return respell


SET, BOTH_SETS = f"{STATE}/ip_set/becomes", f"{STATE}/ip_set/becomes {STATE}/ip_extra_set/becomes"
EXTRA_BECOMES = f"{STATE}/ip_extra_set/becomes"

EFFECTS = (
    fault("set-merged", "New entries are added to the old ones.", BOTH_SETS, updating(merged)),
    fault("set-ignored", "A given ip_set changes nothing.", SET, updating(plain_ignored)),
    fault("extra-ignored", "A given ip_extra_set changes nothing.", EXTRA_BECOMES, updating(extra_ignored)),
    fault(
        "set-emptied",
        "An update that names no set empties the group.",
        f"{STATE}/ip_set/kept {STATE}/ip_extra_set/kept {RULE}/updated-moves",
        updating(emptied),
    ),
    fault("set-cut", "At most ten entries are stored.", BOTH_SETS, updating(cut)),
    fault("set-last-lost", "The last of several entries is lost.", BOTH_SETS, updating(last_lost)),
    fault(
        "set-single-as-block",
        "A single IPv4 address is stored as a block of one.",
        BOTH_SETS,
        updating(respelled(lambda ip: ip if set(ip) & set("/-:") else f"{ip}/32")),
    ),
    fault(
        "set-block-without-prefix",
        "A block of one IPv4 address is stored without its prefix.",
        BOTH_SETS,
        updating(respelled(lambda ip: ip.removesuffix("/32"))),
    ),
    fault("remarks-lost", "Remarks are not stored.", f"{ECHO} {EXTRA_BECOMES}", updating(remarks_lost)),
    fault(
        "remarks-lost-later",
        "An update that names no set loses the remarks.",
        f"{STATE}/ip_extra_set/kept",
        updating(remarks_lost_later),
    ),
    fault(
        "remarks-shifted", "Each remark goes to the entry before.", f"{ECHO} {EXTRA_BECOMES}", updating(remarks_shifted)
    ),
    fault(
        "remarks-of-first",
        "All entries get the first one's remark.",
        f"{ECHO} {EXTRA_BECOMES}",
        updating(remarks_of_first),
    ),
    fault(
        "remarks-kept", "A plain set keeps the remarks of the addresses that were there.", ECHO, updating(remarks_kept)
    ),
)


def shown_without(name: str, keep: Any) -> Any:
    """A set is shown without some of its entries."""
    return lambda group: {**group, name: keep(group[name])}


def no_null(group: dict[str, Any]) -> dict[str, Any]:
    """Remarks that are null are shown as an empty string."""
    return {**group, "ip_extra_set": [{**entry, "remarks": entry["remarks"] or ""} for entry in group["ip_extra_set"]]}


def swapped(group: dict[str, Any]) -> dict[str, Any]:
    """The first entry of ip_extra_set is shown with another address."""
    return {
        **group,
        "ip_extra_set": [
            {**e, "ip": f"{e['ip']}" if i else _other(e["ip"])} for i, e in enumerate(group["ip_extra_set"])
        ],
    }


def _other(ip: str) -> str:
    return "2001:db8::ffff" if ":" in ip else "203.0.113.77"


SHOWN = (
    fault(
        "shown-set-empty",
        "An answer shows ip_set empty.",
        f"{SAME} {SET}",
        showing(shown_without("ip_set", lambda v: [])),
    ),
    fault(
        "shown-extra-empty",
        "An answer shows ip_extra_set empty.",
        f"{SAME} {EXTRA_BECOMES}",
        showing(shown_without("ip_extra_set", lambda v: [])),
    ),
    fault(
        "shown-set-short",
        "An answer shows ip_set without its first entry.",
        f"{SAME} {SET}",
        showing(shown_without("ip_set", lambda v: v[1:])),
    ),
    fault(
        "shown-extra-short",
        "An answer shows ip_extra_set without its last entry.",
        f"{SAME} {EXTRA_BECOMES}",
        showing(shown_without("ip_extra_set", lambda v: v[:-1])),
    ),
    fault(
        "shown-extra-other",
        "An answer shows another address in ip_extra_set.",
        f"{SAME} {EXTRA_BECOMES}",
        showing(swapped),
    ),
    fault("shown-no-null", "Remarks that are null are shown as an empty string.", ECHO, showing(no_null)),
)

FAULTS: tuple[Fault, ...] = (*AGREEMENT, *ITEMS, *EFFECTS, *SHOWN)
