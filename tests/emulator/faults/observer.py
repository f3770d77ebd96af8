"""What can be seen of an emulator, without what differs from one run to the next."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from tests.emulator.talking import BUSY, GROUP, GROUPS, SIXTH, Caller, Reply

_FORM = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00")
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Observer:
    """Sends requests and notes what comes of them; ids and times are told by what must be true of them."""

    def __init__(self, caller: Caller) -> None:
        self.caller = caller
        self._ids: set[str] = set()
        self._times: dict[str, str] = {}

    def updates(self, options: Iterable[Any], group: str = GROUP) -> Iterator[Any]:
        """Each option as a rehearsal and as an update, and the group after it."""
        for option in options:
            yield from self.rehearsals([option], group)
            yield self.see(self.caller.update(option, group))
            yield self.look(group)

    def rehearsals(self, options: Iterable[Any], group: str = GROUP) -> Iterator[Any]:
        """Each option as a rehearsal."""
        for option in options:
            yield self.see(self.caller.update(option, group, dry_run=True))

    def bodies(self, bodies: Iterable[Any], group: str = GROUP) -> Iterator[Any]:
        """Each whole body, and the group after it."""
        for body in bodies:
            yield self.see(self.caller.body(body, group=group))
            yield self.look(group)

    def look(self, group: str = GROUP) -> Any:
        """The group as it is now."""
        return self.see(self.caller.get(f"{GROUPS}/{group}"))

    def looks(self) -> Iterator[Any]:
        """All groups as they are now."""
        for group in (GROUP, SIXTH, BUSY):
            yield self.look(group)

    def see(self, reply: Reply) -> Any:
        """Status, media type and body of a reply."""
        body = reply.raw if reply.body is None else self._masked(reply.body)
        return reply.status, reply.headers.get("content-type"), body

    def _masked(self, body: Any) -> Any:
        if not isinstance(body, dict):
            return body
        masked = {**body, "request_id": self._id(body["request_id"])} if "request_id" in body else body
        group = body.get("address_group")
        return {**masked, "address_group": self._group(group)} if isinstance(group, dict) else masked

    def _group(self, group: dict[str, Any]) -> dict[str, Any]:
        if "updated_at" not in group:
            return group
        sets: dict[str, Any] = {name: _sorted(group[name]) for name in ("ip_set", "ip_extra_set") if name in group}
        return {**group, **sets, "updated_at": self._time(str(group.get("id")), group["updated_at"])}

    def _id(self, value: Any) -> Any:
        fresh = isinstance(value, str) and _ID.fullmatch(value) is not None and value not in self._ids
        self._ids.add(str(value))
        return "fresh" if fresh else value

    def _time(self, group: str, value: Any) -> Any:
        before, self._times[group] = self._times.get(group, ""), str(value)
        if not isinstance(value, str) or not _FORM.fullmatch(value) or value.startswith("2019"):
            return value
        near = abs((datetime.now(UTC) - datetime.fromisoformat(value)).total_seconds()) < 60
        return (before < value) - (before > value), near


def _sorted(value: Any) -> Any:
    return sorted(value, key=repr) if isinstance(value, list) else value
