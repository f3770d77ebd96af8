"""Deliberate defects of the emulator, by id; each family has a file."""

from __future__ import annotations

from conformance.emulator.faults import (
    answers,
    authentication,
    capacity,
    entries,
    instances,
    intermittent,
    name,
    paths,
    prose,
    protocol,
    refusals,
    rehearsing,
    sets,
    state,
    times,
)
from conformance.emulator.faults.fault import Fault

FAMILIES: tuple[tuple[Fault, ...], ...] = (
    name.FAULTS,
    prose.FAULTS,
    capacity.FAULTS,
    entries.FAULTS,
    sets.FAULTS,
    state.FAULTS,
    times.FAULTS,
    rehearsing.FAULTS,
    answers.FAULTS,
    refusals.FAULTS,
    authentication.FAULTS,
    paths.FAULTS,
    protocol.FAULTS,
    instances.FAULTS,
    intermittent.FAULTS,
)

REGISTRY: dict[str, Fault] = {fault.id: fault for family in FAMILIES for fault in family}

# What no fault here can break, by pattern of requirement ids, and why.
BEYOND: dict[str, str] = {
    "*/protocol/header-case": "header names are read by the HTTP server below the emulator, whatever their case",
}

__all__ = ["BEYOND", "FAMILIES", "REGISTRY", "Fault"]
