"""Contains all the data models used in inputs/outputs"""

from .address_group import AddressGroup
from .address_group_ip_version import AddressGroupIpVersion
from .address_group_status import AddressGroupStatus
from .error import Error
from .ip_extra_set_option import IpExtraSetOption
from .ip_extra_set_resp_option import IpExtraSetRespOption
from .modify_instance_ip_request import ModifyInstanceIpRequest
from .nic import Nic
from .resource_tag import ResourceTag
from .show_address_group_response import ShowAddressGroupResponse
from .update_address_group_option import UpdateAddressGroupOption
from .update_address_group_request import UpdateAddressGroupRequest
from .update_address_group_response import UpdateAddressGroupResponse

__all__ = (
    "AddressGroup",
    "AddressGroupIpVersion",
    "AddressGroupStatus",
    "Error",
    "IpExtraSetOption",
    "IpExtraSetRespOption",
    "ModifyInstanceIpRequest",
    "Nic",
    "ResourceTag",
    "ShowAddressGroupResponse",
    "UpdateAddressGroupOption",
    "UpdateAddressGroupRequest",
    "UpdateAddressGroupResponse",
)
