"""Fresh values: where a target says that something exists already, the same request in other words.

A contract without states cannot say that a name must be new; its documented 409 can. The texts of the request are
varied, and it stays what it was: valid, or broken in its one place.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from conformance.cases.build import Path
from conformance.cases.case import Case, Document
from conformance.cases.host import Hosts
from conformance.requirements.site import at, put

CONFLICT = 409


def conflicts(hosts: Hosts, status: int) -> bool:
    """Whether an answer is the documented conflict with a state that the contract does not describe."""
    operation = hosts.operation
    return status == CONFLICT and operation.state is None and operation.answer(CONFLICT) is not None


def freshened(hosts: Hosts, case: Case, number: int) -> Document:
    """The request of a case with as many texts varied as its meaning allows; the same request if none can be."""
    request = case.request
    for path in (path for part in ("body", "query") for path in _texts(request.get(part), (part,))):
        for text in _variants(str(at(request, path)), number):
            varied = put(request, path, text)
            if _means_the_same(hosts, case, varied):
                request = varied
                break
    return request


def _means_the_same(hosts: Hosts, case: Case, request: Document) -> bool:
    if case.expect == "refuse" and case.requirement in hosts.oracle.placed:
        return hosts.breaks(case.requirement, request)
    return hosts.accepts(request, case.variant)


def _texts(value: Any, path: Path) -> Iterator[Path]:
    if isinstance(value, str):
        yield path
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _texts(inner, (*path, name))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _texts(inner, (*path, index))


def _variants(text: str, number: int) -> Iterator[str]:
    """The text with a number in it: at its end in place of as many characters, or after it."""
    mark = str(number)
    yield text[: -len(mark)] + mark if len(text) > len(mark) else text + mark
    yield text + mark
    letters = "".join(chr(ord("a") + int(digit)) for digit in mark)
    yield text[: -len(letters)] + letters if len(text) > len(letters) else text + letters
