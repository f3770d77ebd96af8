"""What is wrong with the structure of a document, asked only when it cannot be read: most odd documents can."""

from __future__ import annotations

from typing import Any

from conformance.contract.document import Document
from conformance.errors import ContractError

_LONGEST = 160  # characters of what is wrong


def flaw(document: Document) -> ContractError | None:
    """The first place at which a document departs from OpenAPI; None if it does not."""
    try:
        found = min(_departures(document), key=lambda error: len(error.absolute_path), default=None)
    except Exception:  # noqa: BLE001 - the validator breaks on some of what it should find
        return document.error("the document is not OpenAPI: its structure cannot be followed")
    if found is None:
        return None
    said = str(found.message).partition("\n")[0][:_LONGEST]
    return document.error(f"not OpenAPI: {said}", tuple(found.absolute_path))


def _departures(document: Document) -> list[Any]:
    from openapi_spec_validator import OpenAPIV30SpecValidator, OpenAPIV31SpecValidator  # late: seldom needed, slow

    old = str(document.root["openapi"]).startswith("3.0")
    validator = OpenAPIV30SpecValidator if old else OpenAPIV31SpecValidator
    return list(validator(document.root, base_uri=document.path.as_uri()).iter_errors())
