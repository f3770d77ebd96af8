"""What the emulator remembers: address groups and instances, and how they are at the start."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from conformance.emulator import FIXTURES


@dataclass(frozen=True, slots=True)
class Entry:
    """One address, range or block of a group, and what is remarked about it."""

    ip: str
    remarks: str | None = None


@dataclass(frozen=True, slots=True)
class Tag:
    """A label of a group; its key is unique within the group."""

    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Group:
    """One IP address group; a change is a new value."""

    id: str
    name: str
    tenant_id: str
    ip_version: int
    entries: tuple[Entry, ...]
    max_capacity: int = 20
    enterprise_project_id: str = "0aad99bc-f5f6-4f78-8404-c598d76b0ed2"
    created_at: datetime = datetime(2019, 6, 28, 2, 6, 38, tzinfo=UTC)
    updated_at: datetime = datetime(2019, 6, 28, 2, 14, 1, tzinfo=UTC)
    description: str = ""
    status: str = "NORMAL"
    status_message: str = ""
    tags: tuple[Tag, ...] = ()


@dataclass(frozen=True, slots=True)
class Instance:
    """One iMetal instance; `ready` is false until it has been commissioned."""

    id: str
    ready: bool
    state: str = "running"
    operation_state: str = "install-succeed"


@dataclass(slots=True)
class World:
    """Everything that requests can change, and how many have come."""

    groups: dict[str, Group]
    instances: dict[str, Instance]
    requests: int = 0
    notes: dict[str, object] = field(default_factory=dict)  # what a fault must remember between requests


def beginning() -> World:
    """The fixtures as they are before the first request."""
    groups = (_example(), _updating(), _sixth())
    instances = (
        Instance(FIXTURES["instance_id"], ready=True),
        Instance(FIXTURES["instance_id.not_ready"], ready=False, operation_state="install-processing"),
    )
    return World({group.id: group for group in groups}, {instance.id: instance for instance in instances})


def _example() -> Group:
    ips = ("192.168.5.0/24", "192.168.3.20-192.168.3.100", "192.168.3.43", "192.168.3.2")
    return Group(
        id=FIXTURES["address_group_id"],
        name="vkvgykvsvhjaaaa1",
        tenant_id=FIXTURES["project_id"],
        ip_version=4,
        entries=tuple(Entry(ip) for ip in ips),
        description="xxxxxxxxxx",
        tags=(Tag("stage", "test"), Tag("owner", "network")),
    )


def _updating() -> Group:
    return Group(
        id=FIXTURES["address_group_id.updating"],
        name="in-progress",
        tenant_id=FIXTURES["project_id"],
        ip_version=4,
        entries=(Entry("10.0.0.1", "first"), Entry("10.0.1.0/24")),
        enterprise_project_id="0",
        status="UPDATING",
        status_message="The update has not ended yet.",
    )


def _sixth() -> Group:
    return Group(
        id=FIXTURES["address_group_id.ipv6"],
        name="six",
        tenant_id=FIXTURES["project_id"],
        ip_version=6,
        entries=(Entry("2001:db8::1", "gateway"), Entry("2001:db8:1::/48"), Entry("2001:db8::10-2001:db8::20")),
        enterprise_project_id="0",
        description="IPv6",
    )
