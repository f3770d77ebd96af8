"""Deliberate defects of the emulator, by id."""

from __future__ import annotations

from conformance.emulator.faults.fault import Fault

FAMILIES: tuple[tuple[Fault, ...], ...] = ()

REGISTRY: dict[str, Fault] = {fault.id: fault for family in FAMILIES for fault in family}

__all__ = ["FAMILIES", "REGISTRY", "Fault"]
