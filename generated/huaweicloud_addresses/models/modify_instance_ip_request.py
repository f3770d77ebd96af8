from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.nic import Nic


T = TypeVar("T", bound="ModifyInstanceIpRequest")


@_attrs_define
class ModifyInstanceIpRequest:
    """
    Attributes:
        vpc_id (str | Unset): The VPC that the interface belongs to.
        nics (list[Nic] | Unset): The network interfaces.
    """

    vpc_id: str | Unset = UNSET
    nics: list[Nic] | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        vpc_id = self.vpc_id

        nics: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.nics, Unset):
            nics = []
            for nics_item_data in self.nics:
                nics_item = nics_item_data.to_dict()
                nics.append(nics_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if vpc_id is not UNSET:
            field_dict["vpc_id"] = vpc_id
        if nics is not UNSET:
            field_dict["nics"] = nics

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.nic import Nic

        d = dict(src_dict)
        vpc_id = d.pop("vpc_id", UNSET)

        _nics = d.pop("nics", UNSET)
        nics: list[Nic] | Unset = UNSET
        if _nics is not UNSET:
            nics = []
            for nics_item_data in _nics:
                nics_item = Nic.from_dict(nics_item_data)

                nics.append(nics_item)

        modify_instance_ip_request = cls(
            vpc_id=vpc_id,
            nics=nics,
        )

        modify_instance_ip_request.additional_properties = d
        return modify_instance_ip_request

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
