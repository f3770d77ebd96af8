"""The register of faults: what each says of itself."""

from __future__ import annotations

import re
from typing import Any

import pytest

from conformance.bundled import bundled_contract
from conformance.contract import read_contract
from conformance.emulator.behaviour import FAITHFUL
from conformance.emulator.faults import FAMILIES, REGISTRY
from conformance.requirements.derive import of_contract

REQUIREMENTS = {requirement.id: requirement for requirement in of_contract(read_contract(bundled_contract()))}
FAULTS = [fault for family in FAMILIES for fault in family]

# What the emulator cannot break: the server below it reads header names, and these answers are never given.
BEYOND = re.compile(r".*/protocol/header-case|.*/response/(403|429|500)/.*")


def test_ids_are_unique() -> None:
    """No two faults share an id, and an id is of small letters, digits and hyphens."""
    assert len(REGISTRY) == len(FAULTS)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", id_) for id_ in REGISTRY)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.id)
def test_fault_is_described(fault: Any) -> None:
    """A fault says in a sentence what it breaks, and names requirements that the contract has."""
    assert re.fullmatch(r"[A-Za-z0-9].*\.", fault.breaks)
    assert set(fault.catches) <= set(REQUIREMENTS)
    assert REQUIREMENTS[fault.catches[0]].level != "contested"


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.id)
def test_fault_changes_the_behaviour(fault: Any) -> None:
    """A fault replaces something, and leaves the faithful behaviour as it is."""
    before = FAITHFUL

    assert fault.change(FAITHFUL) != FAITHFUL
    assert before is FAITHFUL


def test_every_requirement_has_a_fault() -> None:
    """Whatever the contract says for certain of an update or a change can be broken here."""
    caught = {requirement for fault in FAULTS for requirement in fault.catches}
    firm = {id_ for id_, requirement in REQUIREMENTS.items() if requirement.level != "contested"}

    assert {id_ for id_ in firm - caught if not BEYOND.fullmatch(id_)} == set()
