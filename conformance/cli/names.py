"""Whether the names that a user gave of fixtures and settings are names of the contract."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from conformance.errors import UsageError
from conformance.nearest import did_you_mean
from conformance.settings import TargetSettings

if TYPE_CHECKING:
    from conformance.contract import Contract


def check(contract: Contract, settings: TargetSettings) -> None:
    """Raises UsageError for a fixture or a setting that the contract does not know."""
    parameters = (p.fixture for operation in contract.operations.values() for p in operation.parameters if p.fixture)
    _check("fixture", settings.fixtures, {*contract.fixtures, *parameters})
    _check("setting", settings.settings, contract.settings)


def _check(kind: str, given: Iterable[str], known: Collection[str]) -> None:
    for name in given:
        if name not in known:
            otherwise = f"its {kind}s are {', '.join(sorted(known))}" if known else f"it has no {kind}s"
            raise UsageError(
                f"the contract has no {kind} {name!r}", hint=did_you_mean(name, known, otherwise=otherwise)
            )
