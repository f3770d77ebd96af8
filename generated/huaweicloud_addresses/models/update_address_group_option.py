from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.ip_extra_set_option import IpExtraSetOption


T = TypeVar("T", bound="UpdateAddressGroupOption")


@_attrs_define
class UpdateAddressGroupOption:
    """What is to change; the rest stays as it is.

    Attributes:
        name (str | Unset):
        description (str | Unset):
        ip_set (list[str] | Unset): The group's entries.
        max_capacity (int | Unset):
        ip_extra_set (list[IpExtraSetOption] | Unset): The group's entries with their remarks.
    """

    name: str | Unset = UNSET
    description: str | Unset = UNSET
    ip_set: list[str] | Unset = UNSET
    max_capacity: int | Unset = UNSET
    ip_extra_set: list[IpExtraSetOption] | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        description = self.description

        ip_set: list[str] | Unset = UNSET
        if not isinstance(self.ip_set, Unset):
            ip_set = self.ip_set

        max_capacity = self.max_capacity

        ip_extra_set: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.ip_extra_set, Unset):
            ip_extra_set = []
            for ip_extra_set_item_data in self.ip_extra_set:
                ip_extra_set_item = ip_extra_set_item_data.to_dict()
                ip_extra_set.append(ip_extra_set_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if name is not UNSET:
            field_dict["name"] = name
        if description is not UNSET:
            field_dict["description"] = description
        if ip_set is not UNSET:
            field_dict["ip_set"] = ip_set
        if max_capacity is not UNSET:
            field_dict["max_capacity"] = max_capacity
        if ip_extra_set is not UNSET:
            field_dict["ip_extra_set"] = ip_extra_set

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.ip_extra_set_option import IpExtraSetOption

        d = dict(src_dict)
        name = d.pop("name", UNSET)

        description = d.pop("description", UNSET)

        ip_set = cast(list[str], d.pop("ip_set", UNSET))

        max_capacity = d.pop("max_capacity", UNSET)

        _ip_extra_set = d.pop("ip_extra_set", UNSET)
        ip_extra_set: list[IpExtraSetOption] | Unset = UNSET
        if _ip_extra_set is not UNSET:
            ip_extra_set = []
            for ip_extra_set_item_data in _ip_extra_set:
                ip_extra_set_item = IpExtraSetOption.from_dict(ip_extra_set_item_data)

                ip_extra_set.append(ip_extra_set_item)

        update_address_group_option = cls(
            name=name,
            description=description,
            ip_set=ip_set,
            max_capacity=max_capacity,
            ip_extra_set=ip_extra_set,
        )

        update_address_group_option.additional_properties = d
        return update_address_group_option

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
