"""Exchanges and recordings for tests."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from conformance.emulator import FIXTURES, PROJECT_ID
from conformance.wire import Exchange, Request, Response

ORIGIN = "http://127.0.0.1:8080"
STARTED = 1_751_076_398.25
GROUP_PATH = f"/v3/{PROJECT_ID}/vpc/address-groups/{FIXTURES['address_group_id']}"
GROUP: dict[str, Any] = {
    "id": FIXTURES["address_group_id"], "name": "a", "description": "", "max_capacity": 20, "tags": [],
    "ip_set": ["192.168.3.2"], "ip_extra_set": [{"ip": "192.168.3.2", "remarks": None}], "ip_version": 4,
    "created_at": "2019-06-28T02:06:38.000+00:00", "updated_at": "2025-06-28T02:06:38.000+00:00",
    "tenant_id": PROJECT_ID, "status": "NORMAL", "status_message": "", "enterprise_project_id": "0",
}  # fmt: skip
_JSON = (("Content-Type", "application/json"),)


def exchange(
    method: str, target: str, sent: Any, status: int, answer: Any, *, at: float = 0.0, headers: Any = ()
) -> Exchange:
    """An exchange of JSON documents, `at` seconds after the start; None is no body, bytes are sent as they are."""
    request = Request(method, target, (*headers, *(_JSON if sent is not None else ())), _body(sent))
    response = Response(status, "", _JSON, _body(answer) or b"")
    return Exchange(request, response, None, STARTED + at, 0.001)


def shown(number: int, **changes: Any) -> dict[str, Any]:
    """The answer that shows a group; `number` makes its request id."""
    return {"address_group": {**GROUP, **changes}, "request_id": f"request-{number}"}


def update(number: int, option: Any, status: int, answer: Any, *, token: str | None = "secret-token") -> Exchange:
    """An update of the address group, as the `number`th exchange."""
    headers = () if token is None else (("X-Auth-Token", token),)
    return exchange("PUT", GROUP_PATH, {"address_group": option}, status, answer, at=number, headers=headers)


def refusal(number: int) -> dict[str, str]:
    """The body of a refusal."""
    return {"error_code": "VPC.0007", "error_msg": "invalid", "request_id": f"request-{number}"}


def _body(document: Any) -> bytes | None:
    if document is None or isinstance(document, bytes):
        return document
    return json.dumps(document).encode()


def har(path: Path, entries: list[Any]) -> Path:
    """A HAR file with these entries."""
    path.write_text(
        json.dumps({"log": {"version": "1.2", "creator": {"name": "x", "version": "1"}, "entries": entries}})
    )
    return path
