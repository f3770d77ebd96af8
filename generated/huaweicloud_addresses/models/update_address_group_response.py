from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.address_group import AddressGroup


T = TypeVar("T", bound="UpdateAddressGroupResponse")


@_attrs_define
class UpdateAddressGroupResponse:
    """
    Attributes:
        request_id (str): Which request this answers.
        address_group (AddressGroup): An address group as it is.
    """

    request_id: str
    address_group: AddressGroup
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        request_id = self.request_id

        address_group = self.address_group.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "request_id": request_id,
                "address_group": address_group,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.address_group import AddressGroup

        d = dict(src_dict)
        request_id = d.pop("request_id")

        address_group = AddressGroup.from_dict(d.pop("address_group"))

        update_address_group_response = cls(
            request_id=request_id,
            address_group=address_group,
        )

        update_address_group_response.additional_properties = d
        return update_address_group_response

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
