"""The vendor's SDKs talk to the emulator as they are."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest

from conformance.emulator import ACCESS_KEY, PROJECT_ID, SECRET_KEY, TOKEN
from tests.emulator.talking import BUSY, GROUP, RAW, READY, SIXTH, Caller

# Without python-dateutil the SDK leaves times as they are, and says so each time; with it, it cannot read the form of
# the page's own example, since it appends a "Z" to whatever does not end with one.
pytestmark = pytest.mark.filterwarnings("ignore:Unable to convert string to datetime:ImportWarning")


@pytest.fixture(scope="module", autouse=True)
def _home(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Importing the SDKs writes into the home folder: here, one that is thrown away."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(tmp_path_factory.mktemp("home")))
        yield


def basic(access: str, secret: str, project: str) -> Any:
    """Credentials that sign."""
    return import_module("huaweicloudsdkcore.auth.credentials").BasicCredentials(access, secret, project)


def refused() -> Any:
    """What the SDKs raise when a request is refused."""
    return import_module("huaweicloudsdkcore.exceptions.exceptions").ClientRequestException


def sdk_vpc() -> Any:
    """The SDK of VPC."""
    return import_module("huaweicloudsdkvpc.v3")


def sdk_clouddc() -> Any:
    """The SDK of CloudDC."""
    return import_module("huaweicloudsdkclouddc.v1")


def vpc(url: str, access: str = ACCESS_KEY, secret: str = SECRET_KEY) -> Any:
    """A client of the VPC SDK that signs."""
    credentials = basic(access, secret, PROJECT_ID)
    return sdk_vpc().VpcClient.new_builder().with_credentials(credentials).with_endpoint(url).build()


def clouddc(url: str) -> Any:
    """A client of the CloudDC SDK that signs."""
    credentials = basic(ACCESS_KEY, SECRET_KEY, PROJECT_ID)
    return sdk_clouddc().CloudDCClient.new_builder().with_credentials(credentials).with_endpoint(url).build()


def updating(group: str = GROUP, *, dry_run: bool | None = None, **option: Any) -> Any:
    """An update as the SDK has it."""
    body = sdk_vpc().UpdateAddressGroupRequestBody(
        dry_run=dry_run, address_group=sdk_vpc().UpdateAddressGroupOption(**option)
    )
    return sdk_vpc().UpdateAddressGroupRequest(address_group_id=group, body=body)


def test_update_address_group(emulator: str, caller: Caller) -> None:
    """A signed update is done and understood."""
    entries = [
        sdk_vpc().IpExtraSetOption(ip="10.1.0.0/16", remarks="é & <".rstrip("<")),
        sdk_vpc().IpExtraSetOption(ip="10.2.0.1"),
    ]

    response = vpc(emulator).update_address_group(updating(name="sdk", ip_extra_set=entries, max_capacity=5))

    assert response.status_code == 200
    assert response.address_group.name == "sdk"
    assert sorted(response.address_group.ip_set) == ["10.1.0.0/16", "10.2.0.1"]
    assert caller.show()["max_capacity"] == 5


def test_dry_run(emulator: str, caller: Caller) -> None:
    """A signed rehearsal is answered with 202 and changes nothing."""
    before = caller.show()

    response = vpc(emulator).update_address_group(updating(dry_run=True, name="sdk"))

    assert response.status_code == 202
    assert caller.show() == before


@pytest.mark.parametrize("group", [GROUP, SIXTH, BUSY])
def test_show_address_group(emulator: str, group: str) -> None:
    """A signed request without a body reads a group."""
    response = vpc(emulator).show_address_group(sdk_vpc().ShowAddressGroupRequest(address_group_id=group))

    assert response.address_group.id == group
    assert response.address_group.ip_version == (6 if group == SIXTH else 4)


@pytest.mark.parametrize(
    ("group", "option", "status", "code"),
    [
        (GROUP, {"name": "<"}, 400, "VPC.9901"),
        (GROUP, {"ip_set": ["x"]}, 400, "VPC.9901"),
        (GROUP, {"max_capacity": 1}, 409, "VPC.9905"),
        (BUSY, {"name": "x"}, 409, "VPC.9906"),
        ("11111111-2222-4333-8444-555555555555", {"name": "x"}, 404, "VPC.9904"),
    ],
)
def test_refused(emulator: str, group: str, option: dict[str, Any], status: int, code: str) -> None:
    """A refusal comes out of the SDK with its status, code and request id."""
    with pytest.raises(refused()) as caught:
        vpc(emulator).update_address_group(updating(group, **option))

    assert (caught.value.status_code, caught.value.error_code) == (status, code)
    assert caught.value.request_id


@pytest.mark.parametrize(("access", "secret"), [(ACCESS_KEY, "wrong"), ("wrong", SECRET_KEY)])
def test_wrong_key(emulator: str, access: str, secret: str) -> None:
    """A signature by another key is 401."""
    with pytest.raises(refused()) as caught:
        vpc(emulator, access, secret).update_address_group(updating(name="x"))

    assert (caught.value.status_code, caught.value.error_code) == (401, "APIGW.0301")


def test_token(emulator: str, caller: Caller) -> None:
    """A token that the SDK is given as a header counts as well, and a wrong one does not."""
    request = updating(name="token")

    good = vpc(emulator).update_address_group_invoker(request).add_header("X-Auth-Token", TOKEN).invoke()

    assert good.status_code == 200
    assert caller.show()["name"] == "token"
    assert _status_with_token(emulator, "wrong") == 401


def _status_with_token(emulator: str, token: str) -> int:
    with pytest.raises(refused()) as caught:
        vpc(emulator).update_address_group_invoker(updating()).add_header("X-Auth-Token", token).invoke()
    status: int = caught.value.status_code
    return status


def modifying(instance: str) -> Any:
    """A change of address as the SDK has it."""
    nics = [sdk_clouddc().ModifyInstanceIpRequestBodyNics(subnet_id="subnet", ip_address="10.0.0.7")]
    return sdk_clouddc().ModifyInstanceIpRequest(
        id=instance, body=sdk_clouddc().ModifyInstanceIpRequestBody(vpc_id="vpc", nics=nics)
    )


def test_modify_instance_ip(emulator: str, caller: Caller) -> None:
    """A signed change of address is taken on."""
    response = clouddc(emulator).modify_instance_ip(modifying(READY))

    assert response.status_code == 202
    assert caller.status()["operation_state"] == "modify-ip-processing"


def test_modify_instance_ip_too_early(emulator: str, caller: Caller) -> None:
    """A change before the instance is ready comes out as an error, and the power is off."""
    with pytest.raises(refused()) as caught:
        clouddc(emulator).modify_instance_ip(modifying(RAW))

    assert (caught.value.status_code, caught.value.error_code) == (400, "iMetal.0001")
    assert caller.status(RAW)["state"] == "stopped"


def test_show_instance_status(emulator: str, caller: Caller) -> None:
    """The state of an instance is read with the SDK too."""
    before = caller.status()

    response = clouddc(emulator).show_instance_status(sdk_clouddc().ShowInstanceStatusRequest(id=READY))

    assert response.status_code == 200
    assert before["state"] == "running"
