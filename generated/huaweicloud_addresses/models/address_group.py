from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.address_group_ip_version import AddressGroupIpVersion
from ..models.address_group_status import AddressGroupStatus
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.ip_extra_set_resp_option import IpExtraSetRespOption
    from ..models.resource_tag import ResourceTag


T = TypeVar("T", bound="AddressGroup")


@_attrs_define
class AddressGroup:
    """An address group as it is.

    Attributes:
        id (str): The group's id.
        name (str): The group's name.
        description (str):
        max_capacity (int): How many entries the group may hold.
        ip_set (list[str]): The group's entries.
        ip_version (AddressGroupIpVersion): Which IP version the group's entries are of.
        created_at (str):
        updated_at (str):
        tenant_id (str): The project that the group belongs to.
        enterprise_project_id (str): The enterprise project that the group belongs to; 0 is the default one.
        status (AddressGroupStatus): What is going on with the group.
        status_message (str): What there is to say of the status.
        ip_extra_set (list[IpExtraSetRespOption]): The group's entries with their remarks.
        tags (list[ResourceTag] | Unset): The group's tags.
    """

    id: str
    name: str
    description: str
    max_capacity: int
    ip_set: list[str]
    ip_version: AddressGroupIpVersion
    created_at: str
    updated_at: str
    tenant_id: str
    enterprise_project_id: str
    status: AddressGroupStatus
    status_message: str
    ip_extra_set: list[IpExtraSetRespOption]
    tags: list[ResourceTag] | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        name = self.name

        description = self.description

        max_capacity = self.max_capacity

        ip_set = self.ip_set

        ip_version = self.ip_version.value

        created_at = self.created_at

        updated_at = self.updated_at

        tenant_id = self.tenant_id

        enterprise_project_id = self.enterprise_project_id

        status = self.status.value

        status_message = self.status_message

        ip_extra_set = []
        for ip_extra_set_item_data in self.ip_extra_set:
            ip_extra_set_item = ip_extra_set_item_data.to_dict()
            ip_extra_set.append(ip_extra_set_item)

        tags: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.tags, Unset):
            tags = []
            for tags_item_data in self.tags:
                tags_item = tags_item_data.to_dict()
                tags.append(tags_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "name": name,
                "description": description,
                "max_capacity": max_capacity,
                "ip_set": ip_set,
                "ip_version": ip_version,
                "created_at": created_at,
                "updated_at": updated_at,
                "tenant_id": tenant_id,
                "enterprise_project_id": enterprise_project_id,
                "status": status,
                "status_message": status_message,
                "ip_extra_set": ip_extra_set,
            }
        )
        if tags is not UNSET:
            field_dict["tags"] = tags

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.ip_extra_set_resp_option import IpExtraSetRespOption
        from ..models.resource_tag import ResourceTag

        d = dict(src_dict)
        id = d.pop("id")

        name = d.pop("name")

        description = d.pop("description")

        max_capacity = d.pop("max_capacity")

        ip_set = cast(list[str], d.pop("ip_set"))

        ip_version = AddressGroupIpVersion(d.pop("ip_version"))

        created_at = d.pop("created_at")

        updated_at = d.pop("updated_at")

        tenant_id = d.pop("tenant_id")

        enterprise_project_id = d.pop("enterprise_project_id")

        status = AddressGroupStatus(d.pop("status"))

        status_message = d.pop("status_message")

        ip_extra_set = []
        _ip_extra_set = d.pop("ip_extra_set")
        for ip_extra_set_item_data in _ip_extra_set:
            ip_extra_set_item = IpExtraSetRespOption.from_dict(ip_extra_set_item_data)

            ip_extra_set.append(ip_extra_set_item)

        _tags = d.pop("tags", UNSET)
        tags: list[ResourceTag] | Unset = UNSET
        if _tags is not UNSET:
            tags = []
            for tags_item_data in _tags:
                tags_item = ResourceTag.from_dict(tags_item_data)

                tags.append(tags_item)

        address_group = cls(
            id=id,
            name=name,
            description=description,
            max_capacity=max_capacity,
            ip_set=ip_set,
            ip_version=ip_version,
            created_at=created_at,
            updated_at=updated_at,
            tenant_id=tenant_id,
            enterprise_project_id=enterprise_project_id,
            status=status,
            status_message=status_message,
            ip_extra_set=ip_extra_set,
            tags=tags,
        )

        address_group.additional_properties = d
        return address_group

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
