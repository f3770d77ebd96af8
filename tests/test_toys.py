"""Foreign contracts without any extension: nothing is held against a faithful server, and each fault is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from conformance.settings import Options, TargetSettings
from conformance.suite import check, load
from conformance.verdict import Report, Verdict, exit_code
from tests.toys.garden_faults import GARDEN
from tests.toys.parcels_faults import PARCELS
from tests.toys.toy import Fault, Toy
from tests.toys.wire import serving

TOYS = {toy.contract: toy for toy in (PARCELS, GARDEN)}
CONTRACTS = {name: load(Path(__file__).parent / "toys" / name) for name in TOYS}
FAULTS = [pytest.param(toy, fault, id=f"{toy.contract}-{fault.name}") for toy in TOYS.values() for fault in toy.faults]


def report_on(toy: Toy, fault: Fault | None = None, only: tuple[str, ...] = ()) -> Report:
    """What the suite says of a toy's server, with a fault or without."""
    decisions = toy.decisions.replaced(fault) if fault else toy.decisions
    with serving(toy.start(decisions)) as url:
        return check(CONTRACTS[toy.contract], TargetSettings(url=url, token=toy.token), Options(only=only))


def scope(requirement: str) -> str:
    """The cases that can show it: its own, or all of its operation where others provoke the answer."""
    provoked = any(part in requirement for part in ("/response/4", "/status/refusal", "/malformed-json"))
    return requirement.partition("/")[0] if provoked else requirement


def failed(report: Report) -> list[str]:
    """The requirements that the server does not keep."""
    return [result.requirement.id for result in report.results if result.verdict is Verdict.FAIL]


@pytest.mark.parametrize("toy", TOYS.values(), ids=TOYS)
def test_a_faithful_server_fails_nothing(toy: Toy) -> None:
    """A server that keeps a plain document is conformant."""
    report = report_on(toy)

    assert failed(report) == []
    assert exit_code(report) == 0


@pytest.mark.parametrize(("toy", "fault"), FAULTS)
def test_a_fault_shows_in_one_request(toy: Toy, fault: Fault) -> None:
    """The witness of a fault is answered otherwise than by a faithful server."""
    faithful = toy.start(toy.decisions)(fault.witness)
    faulty = toy.start(toy.decisions.replaced(fault))(fault.witness)

    assert (faulty.status, faulty.encoded()) != (faithful.status, faithful.encoded())


@pytest.mark.parametrize(("toy", "fault"), FAULTS)
def test_a_fault_fails_the_requirement_that_it_breaks(toy: Toy, fault: Fault) -> None:
    """One defect, and the sentence of the document that it breaks is named."""
    report = report_on(toy, fault, (scope(fault.requirement),))

    assert fault.requirement in failed(report)
