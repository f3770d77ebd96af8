"""The matrix as a document of plain values, format 1."""

from __future__ import annotations

from typing import Any

from conformance.prove.matrix import Matrix
from conformance.prove.trial import Trial

FORMAT = 1


def document(matrix: Matrix) -> dict[str, Any]:
    """Everything that a proof found; `summary` and what is derived stand in it for the reader's convenience."""
    return {
        "format": FORMAT,
        "run": {
            "target": matrix.where,
            "contract": matrix.contract,
            "profile": matrix.profile,
            "partial": matrix.partial,
            "workers": matrix.workers,
            "seconds": matrix.seconds,
            "requests": matrix.requests,
            "exit_code": matrix.exit_code,
        },
        "summary": {
            "faults": len(matrix.trials),
            **{outcome: len(matrix.of(outcome)) for outcome in ("named", "other", "survived")},
            "median_failed": matrix.median_failed,
            "exercisable": len(matrix.exercisable),
            "unexercised": len(matrix.unexercised),
            "unfaithful": len(matrix.unfaithful),
        },
        "faults": [_entry(trial) for trial in matrix.trials],
        "requirements": [{"id": name, "faults": list(matrix.faults_of(name))} for name in matrix.exercisable],
        "unexercised": list(matrix.unexercised),
        "unfaithful": list(matrix.unfaithful),
        "beyond": dict(matrix.beyond),
    }


def _entry(trial: Trial) -> dict[str, Any]:
    return {
        "id": trial.fault.id,
        "family": trial.fault.family,
        "breaks": trial.fault.breaks,
        "catches": list(trial.fault.catches),
        "outcome": trial.outcome,
        "profile": trial.profile,
        "failed": list(trial.failed),
        "side": list(trial.side),
        "requests": trial.requests,
        "seconds": trial.seconds,
        "trouble": trial.trouble,
        "defective": trial.defective,
    }
