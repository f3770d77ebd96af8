"""Talking to an emulator over a socket that stays open."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from typing import Any
from urllib.parse import urlsplit

from conformance.emulator import FIXTURES, PROJECT_ID, TOKEN

GROUP = FIXTURES["address_group_id"]
SIXTH = FIXTURES["address_group_id.ipv6"]
BUSY = FIXTURES["address_group_id.updating"]
READY = FIXTURES["instance_id"]
RAW = FIXTURES["instance_id.not_ready"]

GROUPS = f"/v3/{PROJECT_ID}/vpc/address-groups"
INSTANCES = f"/v1/{PROJECT_ID}/instances"
JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True)
class Reply:
    """What came back: `body` is the JSON document, None if the body is empty or not JSON."""

    status: int
    headers: Mapping[str, str]  # by lower-case name
    raw: bytes
    body: Any

    @property
    def group(self) -> dict[str, Any]:
        """The address group that is shown."""
        group: dict[str, Any] = self.body["address_group"]
        return group


class Caller:
    """One connection to an emulator, with its token."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._connection = HTTPConnection(urlsplit(url).netloc, timeout=10)

    def send(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Reply:
        """Sends a request as it is given, without a token of its own."""
        self._connection.request(method, path, body, dict(headers or {}))
        response = self._connection.getresponse()
        return _reply(response, response.read())

    def put(self, path: str, document: Any, headers: Mapping[str, str] | None = None) -> Reply:
        """A PUT of bytes as they are, or of a document as JSON."""
        body = document if isinstance(document, bytes) else json.dumps(document).encode()
        return self.send("PUT", path, body, {"X-Auth-Token": TOKEN, **JSON, **(headers or {})})

    def get(self, path: str) -> Reply:
        """A GET."""
        return self.send("GET", path, headers={"X-Auth-Token": TOKEN})

    def update(self, option: Any, group: str = GROUP, **members: Any) -> Reply:
        """An update of a group; `members` stand beside `address_group` in the body."""
        return self.put(f"{GROUPS}/{group}", {**members, "address_group": option})

    def body(self, document: Any, headers: Mapping[str, str] | None = None, group: str = GROUP) -> Reply:
        """An update of a group with a whole body."""
        return self.put(f"{GROUPS}/{group}", document, headers)

    def show(self, group: str = GROUP) -> dict[str, Any]:
        """A group as it is now."""
        return self.get(f"{GROUPS}/{group}").group

    def modify(self, document: Any, instance: str = READY, headers: Mapping[str, str] | None = None) -> Reply:
        """A change of an instance's address."""
        return self.put(f"{INSTANCES}/{instance}/ip", document, headers)

    def status(self, instance: str = READY) -> dict[str, Any]:
        """The state of an instance."""
        status: dict[str, Any] = self.get(f"{INSTANCES}/{instance}/status").body
        return status

    def switch(self, *faults: str) -> Reply:
        """Makes these the active faults, and everything else as at the start."""
        return self.put("/_conformance/faults", {"active": list(faults)})

    def close(self) -> None:
        """Ends the connection."""
        self._connection.close()


def _reply(response: HTTPResponse, raw: bytes) -> Reply:
    headers = {name.lower(): value for name, value in response.getheaders()}
    try:
        body = json.loads(raw)
    except ValueError:
        body = None
    return Reply(response.status, headers, raw, body)
