"""An emulated target of both operations: start it with `python -m conformance.emulator` or `server.Embedded`."""

from __future__ import annotations

from typing import Final

PROJECT_ID: Final = "b2782e6708b8475c993e6064bc456bf8"
TOKEN: Final = "conformance-token"  # noqa: S105 (known to everybody)
ACCESS_KEY: Final = "AK"
SECRET_KEY: Final = "SK"  # noqa: S105

FIXTURES: Final[dict[str, str]] = {
    "project_id": PROJECT_ID,
    "address_group_id": "dd18a501-fcd5-4adc-acfe-b0e2384baf08",
    "address_group_id.ipv6": "8a1c2f34-0d5e-4c7b-9f00-6d2b7a1e9c55",
    "address_group_id.updating": "3f6c0d6e-5d0b-4e58-9a54-0b8c1d7c2e11",
    "instance_id": "6f1e2d3c-4b5a-4978-8695-a4b3c2d1e0f9",
    "instance_id.not_ready": "0a9b8c7d-6e5f-4a3b-8c2d-1e0f9a8b7c6d",
}

__all__ = ["ACCESS_KEY", "FIXTURES", "PROJECT_ID", "SECRET_KEY", "TOKEN"]
