"""Faults in what an update leaves behind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from conformance.emulator.behaviour import UPDATE
from conformance.emulator.call import Answer, Call
from conformance.emulator.faults.change import answering, both, others, showing, storing, unchecked, updating
from conformance.emulator.faults.fault import RULE, STATE, Change, family
from conformance.emulator.groups import shown
from conformance.emulator.state import Group, Tag

SECOND = timedelta(seconds=1)

fault = family("state")

OBSERVED = f"{STATE}/answer/observed"
APART = f"{STATE}/other/unchanged"


def kept(name: str, value: Any) -> Change:
    """A member that is not given becomes something."""
    return updating(lambda before, option, after: after if name in option else _with(after, name, value))


def _with(group: Group, name: str, value: Any) -> Group:
    members: dict[str, Any] = {name: value}
    return replace(group, **members)


def left(name: str) -> Change:
    """A given member is not taken."""
    return updating(lambda before, option, after: _with(after, name, getattr(before, name)))


def becomes(**members: Any) -> Change:
    """An update changes what nobody named."""
    return updating(lambda before, option, after: replace(after, **members))


def storing_instead(edit: Callable[[Group, Group], Group]) -> Change:
    """What is stored is not what is answered: `edit` takes the group before and after."""

    def store(call: Call, before: Group, after: Group) -> None:
        call.world.groups[after.id] = edit(before, after)

    return storing(store)


def storing_also(edit: Callable[[Group, Group], Group]) -> Change:
    """An update reaches the other groups too: `edit` takes the other group and the one that is updated."""

    def store(call: Call, before: Group, after: Group) -> None:
        call.world.groups[after.id] = after
        for other in others(call.world, before):
            call.world.groups[other.id] = edit(other, after)

    return storing(store)


def rename_of_all(other: Group, after: Group) -> Group:
    """Another group gets the same name."""
    return replace(other, name=after.name)


def entries_of_version(other: Group, after: Group) -> Group:
    """Another group of the same IP version gets the same entries."""
    return replace(other, entries=after.entries) if other.ip_version == after.ip_version else other


def reidentified(group: dict[str, Any]) -> dict[str, Any]:
    """A group with another id since its first update; until then its times are those of the beginning."""
    return group if group["updated_at"].startswith("2019") else {**group, "id": "3f6c0d6e-5d0b-4e58-9a54-0b8c1d7c2e12"}


def old_shown() -> Change:
    """The answer to an update shows the group before it."""

    def store(call: Call, before: Group, after: Group) -> None:
        call.world.groups[after.id] = after
        call.world.notes["before"] = before

    def old(call: Call, answer: Answer) -> Answer:
        before = call.world.notes["before"]
        return (
            replace(answer, body={**answer.body, "address_group": shown(before)})
            if isinstance(before, Group)
            else answer
        )

    return both(storing(store), answering(lambda call, answer: call.operation == UPDATE and answer.status == 200, old))


def on_refusal(edit: Callable[[Group], Group]) -> Change:
    """A refused update changes something."""

    def answered(call: Call, answer: Answer) -> Answer:
        group = call.world.groups.get(call.path.get("address_group_id", ""))
        if group is not None:
            call.world.groups[group.id] = edit(group)
        return answer

    return answering(lambda call, answer: call.operation == UPDATE and answer.status in (400, 409), answered)


def name_taken_on_refusal() -> Change:
    """A name that is valid is taken although the request is refused."""

    def answered(call: Call, answer: Answer) -> Answer:
        name, group = call.option.get("name"), call.world.groups.get(call.path["address_group_id"])
        if isinstance(name, str) and 0 < len(name) <= 64 and group is not None:
            call.world.groups[group.id] = replace(group, name=name)
        return answer

    return answering(lambda call, answer: call.operation == UPDATE and answer.status in (400, 409), answered)


KEPT = (
    fault("name-reset", "A name that is not given becomes empty.", f"{STATE}/name/kept", kept("name", "")),
    fault(
        "description-reset",
        "A description that is not given becomes empty.",
        f"{STATE}/description/kept",
        kept("description", ""),
    ),
    fault("name-ignored", "A given name is not taken.", f"{STATE}/name/becomes", left("name")),
    fault(
        "description-ignored", "A given description is not taken.", f"{STATE}/description/becomes", left("description")
    ),
    fault(
        "description-from-name",
        "A given name becomes the description too.",
        f"{STATE}/description/kept",
        updating(lambda before, option, after: replace(after, description=after.name) if "name" in option else after),
    ),
    fault(
        "id-changes",
        "An update gives the group another id.",
        f"{STATE}/id/kept {RULE}/id-is-the-paths",
        showing(reidentified),
    ),
    fault(
        "tenant-changes",
        "An update gives the group to another project.",
        f"{RULE}/tenant-is-the-paths {STATE}/tenant_id/kept",
        becomes(tenant_id="00000000000000000000000000000000"),
    ),
    fault(
        "version-changes",
        "An update makes the group one of the other IP version.",
        f"{STATE}/ip_version/kept {RULE}/entries-of-version",
        updating(lambda before, option, after: replace(after, ip_version=10 - before.ip_version)),
    ),
    fault(
        "enterprise-project-changes",
        "An update moves the group to the default enterprise project.",
        f"{STATE}/enterprise_project_id/kept",
        becomes(enterprise_project_id="0"),
    ),
    fault("tags-lost", "An update loses the tags.", f"{STATE}/tags/kept", becomes(tags=())),
    fault(
        "tags-last-lost",
        "An update loses the last tag.",
        f"{STATE}/tags/kept",
        updating(lambda before, option, after: replace(after, tags=before.tags[:1])),
    ),
    fault(
        "tags-added",
        "An update adds a tag.",
        f"{STATE}/tags/kept",
        updating(lambda before, option, after: replace(after, tags=(*before.tags[:2], Tag("updated", "yes")))),
    ),
    fault(
        "tags-emptied",
        "An update loses the values of tags.",
        f"{STATE}/tags/kept",
        updating(lambda before, option, after: replace(after, tags=tuple(Tag(tag.key, "") for tag in before.tags))),
    ),
    fault(
        "tags-doubled",
        "An update writes a tag twice.",
        f"{RULE}/tag-keys-unique {STATE}/tags/kept",
        updating(lambda before, option, after: replace(after, tags=(*before.tags[:1], *before.tags[:1]))),
    ),
    fault(
        "created-changes",
        "An update changes created_at.",
        f"{STATE}/created_at/kept",
        updating(lambda before, option, after: replace(after, created_at=after.updated_at)),
    ),
)

STORED = (
    fault("lost", "An update is answered and forgotten.", OBSERVED, storing(lambda call, before, after: None)),
    fault(
        "name-lost",
        "A new name is answered and not stored.",
        OBSERVED,
        storing_instead(lambda b, a: replace(a, name=b.name)),
    ),
    fault(
        "description-lost",
        "A new description is answered and not stored.",
        OBSERVED,
        storing_instead(lambda before, after: replace(after, description=before.description)),
    ),
    fault(
        "entries-lost",
        "New entries are answered and not stored.",
        OBSERVED,
        storing_instead(lambda b, a: replace(a, entries=b.entries)),
    ),
    fault(
        "capacity-lost",
        "A new capacity is answered and not stored.",
        OBSERVED,
        storing_instead(lambda before, after: replace(after, max_capacity=before.max_capacity)),
    ),
    fault(
        "updated-lost",
        "A new updated_at is answered and not stored.",
        f"{RULE}/updated-never-goes-back",
        storing_instead(lambda b, a: replace(a, updated_at=b.updated_at)),
    ),
    fault(
        "remarks-unstored",
        "New remarks are answered and not stored.",
        OBSERVED,
        storing_instead(
            lambda before, after: replace(after, entries=tuple(replace(e, remarks=None) for e in after.entries))
        ),
    ),
    fault("answer-is-old", "The answer shows the group as it was.", f"{STATE}/name/becomes {OBSERVED}", old_shown()),
    fault("name-leaks", "A new name is given to all groups.", APART, storing_also(rename_of_all)),
    fault(
        "entries-leak",
        "New entries are given to all groups of the IP version.",
        APART,
        storing_also(entries_of_version),
    ),
    fault(
        "updated-leaks",
        "An update moves updated_at of all groups.",
        APART,
        storing_also(lambda o, a: replace(o, updated_at=a.updated_at)),
    ),
)

REFUSED = (
    fault(
        "refusal-touches",
        "A refused update moves updated_at.",
        f"{STATE}/refusal/unchanged",
        on_refusal(lambda group: replace(group, updated_at=group.updated_at + SECOND)),
    ),
    fault(
        "refusal-renames",
        "A valid name is taken although the update is refused.",
        f"{STATE}/refusal/unchanged",
        name_taken_on_refusal(),
    ),
    fault(
        "refusal-empties",
        "A refused update empties the group.",
        f"{STATE}/refusal/unchanged",
        on_refusal(lambda group: replace(group, entries=())),
    ),
    fault(
        "refusal-fails",
        "A refused update leaves the group as UPDATE_FAILED.",
        f"{STATE}/refusal/unchanged",
        on_refusal(lambda group: replace(group, status="UPDATE_FAILED")),
    ),
    fault(
        "refusal-locks",
        "A refused update leaves the group as UPDATING.",
        f"{STATE}/refusal/unchanged {UPDATE}/protocol/repeatable",
        on_refusal(lambda group: replace(group, status="UPDATING")),
    ),
)

LOCKED = (
    fault(
        "updating-updated", "A group that is UPDATING is updated again.", f"{RULE}/not-updating", unchecked("status")
    ),
    fault(
        "updating-locked",
        "A group that was updated once stays UPDATING.",
        f"{UPDATE}/response/status/success {UPDATE}/protocol/repeatable",
        becomes(status="UPDATING"),
    ),
)

FAULTS = (*KEPT, *STORED, *REFUSED, *LOCKED)
