"""What must not be shown of the traffic of a contract: its credentials, wherever the contract has them travel."""

from __future__ import annotations

from collections.abc import Iterable

from conformance.contract.operation import Contract
from conformance.target.secrets import Secrets


def secrets_of(contract: Contract, tokens: Iterable[str | None]) -> Secrets:
    """The tokens, and every place at which a security scheme of the contract puts one."""
    schemes = {scheme for operation in contract.operations.values() for scheme in operation.security}
    places = [(scheme.where, scheme.parameter) for scheme in schemes]
    return Secrets(
        [token for token in tokens if token],
        headers=[name for where, name in places if where == "header"],
        queries=[name for where, name in places if where == "query"],
        cookies=[name for where, name in places if where == "cookie"],
    )
