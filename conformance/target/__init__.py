"""The target: the one place that speaks HTTP as a client. Names are imported when first used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conformance.target.address import Address
    from conformance.target.client import Client
    from conformance.target.secrets import Secrets
    from conformance.target.throttle import Patient

__all__ = ["Address", "Client", "Patient", "Secrets"]

_HOMES = {"Address": "address", "Client": "client", "Patient": "throttle", "Secrets": "secrets"}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
