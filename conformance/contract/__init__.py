"""The contract: an OpenAPI document, with or without the `x-conformance` extension, read into records."""

from __future__ import annotations

from pathlib import Path

from conformance.contract.document import load
from conformance.contract.extension import contract_of
from conformance.contract.operation import Contract, Operation
from conformance.contract.structure import flaw

__all__ = ["Contract", "Operation", "read_contract"]


def read_contract(path: Path) -> Contract:
    """Read the contract at `path`; ContractError says file, line and reason."""
    document = load(path)
    try:
        return contract_of(document)
    except (AttributeError, IndexError, KeyError, RecursionError, TypeError, ValueError) as error:
        raise flaw(document) or error from None
