"""A matrix read back from its document: what cannot be read back was not said."""

from __future__ import annotations

from typing import Any

from conformance.prove.fault import Fault
from conformance.prove.matrix import Matrix
from conformance.prove.trial import Trial


def matrix_of(content: dict[str, Any]) -> Matrix:
    """The matrix of a document."""
    run = content["run"]
    return Matrix(
        where=run["target"],
        contract=run["contract"],
        profile=run["profile"],
        trials=tuple(_trial(entry) for entry in content["faults"]),
        exercisable=tuple(entry["id"] for entry in content["requirements"]),
        unfaithful=tuple(content["unfaithful"]),
        beyond=content["beyond"],
        partial=run["partial"],
        workers=run["workers"],
        seconds=run["seconds"],
    )


def _trial(entry: dict[str, Any]) -> Trial:
    return Trial(
        Fault(entry["id"], entry["family"], entry["breaks"], tuple(entry["catches"])),
        entry["profile"],
        tuple(entry["failed"]),
        entry["requests"],
        entry["seconds"],
        entry["trouble"],
        entry["defective"],
    )
