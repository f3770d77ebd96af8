"""What must not be shown of traffic: credentials, wherever the contract or their names say that they travel."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote_plus

from conformance.contract.operation import Contract
from conformance.target.secrets import Secrets
from conformance.verdict import Report
from conformance.wire import Request

_TELLING = re.compile(
    r"auth|token|secret|session|passw|api-?key|access-?key|credential|signature|csrf|xsrf", re.IGNORECASE
)

Carrier = tuple[str, str]  # header, query or cookie; and its name


def secrets_of(contract: Contract, tokens: Iterable[str | None], carriers: Iterable[Carrier] = ()) -> Secrets:
    """The tokens, and every place at which the contract puts a credential, or somebody else did."""
    schemes = {scheme for operation in contract.operations.values() for scheme in operation.security}
    places = [*((scheme.where, scheme.parameter) for scheme in schemes), *carriers]
    return Secrets(
        [token for token in tokens if token],
        headers=[name for where, name in places if where == "header"],
        queries=[name for where, name in places if where == "query"],
        cookies=[name for where, name in places if where == "cookie"],
    )


def carriers(contract: Contract, report: Report) -> frozenset[Carrier]:
    """What carries credentials, by its name, in the evidence of a report; all cookies do that nobody describes."""
    described = {(p.where, p.name) for operation in contract.operations.values() for p in operation.parameters}
    exchanges = (each.exchange for result in report.results for each in result.evidence if each.exchange is not None)
    return frozenset(each for exchange in exchanges for each in _found(exchange.request)) - described


def _found(request: Request) -> Iterator[Carrier]:
    for name, value in request.headers:
        if name.lower() == "cookie":
            yield from (("cookie", pair.partition("=")[0].strip()) for pair in value.split(";"))
        elif _TELLING.search(name):
            yield "header", name.lower()
    for pair in request.target.partition("?")[2].split("&"):
        name = unquote_plus(pair.partition("=")[0])
        if _TELLING.search(name):
            yield "query", name
