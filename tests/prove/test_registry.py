"""Laws of what the embedded emulator's faults say of the contract."""

from __future__ import annotations

from conformance import suite
from conformance.prove.embedded import Embedded


def test_every_fault_names_requirements() -> None:
    """Each fault names a requirement at least, and none that the contract does not have."""
    known = {requirement.id for requirement in suite.requirements(suite.load())}

    faults = Embedded().listing().faults

    assert [fault.id for fault in faults if not fault.catches] == []
    assert [(fault.id, name) for fault in faults for name in fault.catches if name not in known] == []


def test_ids_are_unique() -> None:
    """No two faults have the same id."""
    ids = [fault.id for fault in Embedded().listing().faults]

    assert len(set(ids)) == len(ids) > 700
