"""Laws of shrinking: what is left is smaller, still breaks its requirement alone, and cost few requests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest

from conformance import suite
from conformance.cases.case import Case
from conformance.cases.drawn import broken
from conformance.cases.host import Hosts
from conformance.cases.keyword import Maker
from conformance.emulator import FIXTURES
from conformance.requirements.site import put
from conformance.run.session import Session
from conformance.run.shrink import MOST, shrunk
from conformance.wire import Exchange, Request, Response

DESCRIPTION = "updateAddressGroup/request/body/address_group/description/pattern"
ENTRIES = "updateAddressGroup/request/body/address_group/ip_set/maxItems"
REMARKS = "updateAddressGroup/request/body/address_group/ip_extra_set/*/remarks/pattern"


@dataclass
class Answering:
    """A target that accepts what a function of the body says."""

    accepts: Callable[[str], bool]
    sent: list[str] = field(default_factory=list)

    def send(self, request: Request) -> Exchange:
        """The exchange: 200 or 400."""
        text = (request.body or b"").decode()
        self.sent.append(text)
        status = 200 if self.accepts(text) else 400
        return Exchange(request, Response(status, "", (), b"{}"), None, 0.0, 0.0)


@pytest.fixture(scope="module")
def hosts() -> Hosts:
    """The hosts of an update."""
    contract = suite.load()
    known = contract.fixtures["address_group_id"]["self"]
    return Hosts(contract, contract.operations["updateAddressGroup"], FIXTURES, {"": known}, contract.settings)


def drawn(hosts: Hosts, requirement: str, value: object = "one > two") -> Case:
    """A drawn case that breaks a requirement, with this value."""
    placed = hosts.oracle.placed[requirement]
    host = hosts.at(placed.site.path, hosts.variants)
    assert host is not None
    case = next(iter(broken(hosts, Maker(hosts), placed, seed=1)))
    return replace(case, request=put(host.request, host.path, value))


@pytest.mark.parametrize("requirement", [DESCRIPTION, REMARKS])
def test_few_requests(hosts: Hosts, requirement: str) -> None:
    """A target that accepts whatever it is sent is asked a bounded number of times."""
    target = Answering(lambda body: True)

    small = shrunk(Session(hosts.contract, target, "t"), hosts, drawn(hosts, requirement))

    assert 0 < len(target.sent) <= MOST
    assert small is not None
    assert hosts.oracle.isolates(requirement, small.request)


def test_what_is_left_is_accepted_too(hosts: Hosts) -> None:
    """The smallest value is one that the target was seen to accept, though it refuses others."""
    target = Answering(lambda body: ">" in body)

    small = shrunk(Session(hosts.contract, target, "t"), hosts, drawn(hosts, REMARKS))

    assert small is not None
    assert small.request["body"]["address_group"]["ip_extra_set"][0]["remarks"] == ">"
    assert any(not target.accepts(body) for body in target.sent)


def test_nothing_smaller(hosts: Hosts) -> None:
    """Where the target accepts nothing of the kind, there is nothing to show."""
    target = Answering(lambda body: False)

    assert shrunk(Session(hosts.contract, target, "t"), hosts, drawn(hosts, DESCRIPTION)) is None
    assert len(target.sent) <= MOST


def test_what_is_long_is_shown_as_it_was_drawn(hosts: Hosts) -> None:
    """Twenty-one entries are not sought to be made fewer: that takes minutes, and twenty are allowed."""
    target = Answering(lambda body: True)

    assert (
        shrunk(
            Session(hosts.contract, target, "t"),
            hosts,
            drawn(hosts, ENTRIES, [f"192.168.3.{last}" for last in range(30)]),
        )
        is None
    )
    assert target.sent == []
