from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.update_address_group_option import UpdateAddressGroupOption


T = TypeVar("T", bound="UpdateAddressGroupRequest")


@_attrs_define
class UpdateAddressGroupRequest:
    """
    Attributes:
        address_group (UpdateAddressGroupOption): What is to change; the rest stays as it is.
        dry_run (bool | Unset): Whether to check only and change nothing.
    """

    address_group: UpdateAddressGroupOption
    dry_run: bool | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        address_group = self.address_group.to_dict()

        dry_run = self.dry_run

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "address_group": address_group,
            }
        )
        if dry_run is not UNSET:
            field_dict["dry_run"] = dry_run

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.update_address_group_option import UpdateAddressGroupOption

        d = dict(src_dict)
        address_group = UpdateAddressGroupOption.from_dict(d.pop("address_group"))

        dry_run = d.pop("dry_run", UNSET)

        update_address_group_request = cls(
            address_group=address_group,
            dry_run=dry_run,
        )

        update_address_group_request.additional_properties = d
        return update_address_group_request

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
