"""The vendor's SDK through the proxy: its calls succeed as they do without, and become verdicts."""

from __future__ import annotations

from typing import Any

import pytest

from conformance import suite
from conformance.emulator.server import Embedded
from conformance.target import Address
from conformance.traffic.forward import Forwarder
from conformance.traffic.report import judge_passing
from conformance.verdict import Report, Verdict
from tests.emulator.test_sdk import refused, updating, vpc

pytestmark = pytest.mark.filterwarnings("ignore:Unable to convert string to datetime:ImportWarning")

LIMIT = "updateAddressGroup/request/body/address_group/name/maxLength"
CALLS: tuple[dict[str, Any], ...] = (
    {"name": "sdk", "ip_set": ["192.168.3.2"]},
    {"name": "x" * 65, "ip_set": ["192.168.3.2"]},
    {"name": "sdk", "ip_set": ["192.168.3.2"], "max_capacity": 7},
)


@pytest.fixture(autouse=True)
def _home(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Importing the SDK writes into the home folder: here, one that is thrown away."""
    monkeypatch.setenv("HOME", str(tmp_path))


def called(url: str) -> list[int]:
    """The statuses that the SDK saw."""
    client, seen = vpc(url), []
    for option in CALLS:
        try:
            seen.append(client.update_address_group(updating(**option)).status_code)
        except refused() as refusal:
            seen.append(refusal.status_code)
    return seen


def through_the_proxy(*faults: str) -> tuple[list[int], Report]:
    """What the SDK saw, and what was judged."""
    contract = suite.load()
    with Embedded(faults) as emulator, Forwarder(Address.parse(emulator.url()), 0) as forwarder:
        seen = called(forwarder.url)
        forwarder.stop()
        return seen, judge_passing(contract, suite.requirements(contract), forwarder, emulator.url(), lambda _: None)


def test_signed_calls_are_judged() -> None:
    """A signature that covers the Host header holds behind the proxy; a faithful server fails nothing."""
    with Embedded() as emulator:
        direct = called(emulator.url())

    seen, report = through_the_proxy()

    assert seen == direct == [200, 400, 200]
    assert (report.target["described"], report.summary()["fail"]) == (3, 0)
    assert report.summary()["pass"] > 50


def test_a_fault_shows_in_what_the_sdk_did() -> None:
    """A name that is too long, and accepted, fails the limit of names."""
    seen, report = through_the_proxy("name-65")

    assert seen == [200, 200, 200]
    assert [each.requirement.id for each in report.results if each.verdict is Verdict.FAIL] == [LIMIT]
