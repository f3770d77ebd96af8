"""A user's own server as a subject: it lists and switches its faults over HTTP (docs/prove.md)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from conformance import suite
from conformance.contract.operation import Contract
from conformance.errors import UsageError
from conformance.prove.fault import Fault, Listing
from conformance.prove.subject import Examination, examined
from conformance.settings import Options, Profile, TargetSettings
from conformance.target import Address, Client
from conformance.wire import Exchange, Request

PATH = "/_conformance/faults"
_HINT = "docs/prove.md says what a server that can have faults must answer"


@dataclass(frozen=True, slots=True)
class Remote:
    """The server that `target` names; its switch is asked without a credential."""

    contract: Contract
    target: TargetSettings

    @property
    def where(self) -> str:
        """Its URL."""
        return self._address.url

    @property
    def _address(self) -> Address:
        return Address.parse(str(self.target.url))

    def listing(self) -> Listing:
        """What it lists; UsageError if that is no list of faults."""
        content = _object(self._exchange(Request("GET", PATH, (("Accept", "application/json"),))))
        listed = content.get("faults")
        if not isinstance(listed, list) or not listed:
            raise UsageError(f"GET {PATH} lists no faults", hint=_HINT)
        faults = tuple(_fault(entry) for entry in listed)
        if len({fault.id for fault in faults}) < len(faults):
            raise UsageError(f"GET {PATH} lists two faults of the same id", hint=_HINT)
        return Listing(faults, _beyond(content.get("beyond", {})))

    def examine(self, fault: str | None, profile: Profile, wanted: tuple[str, ...] = ()) -> Examination:
        """The outcome of a check with this fault switched on, of the wanted requirements if any are."""
        self.switch([] if fault is None else [fault])
        return examined(suite.check(self.contract, self.target, Options(profile=profile, only=wanted)))

    def leave(self) -> None:
        """Switches every fault off."""
        self.switch([])

    def switch(self, active: list[str]) -> None:
        """Makes these faults the active ones; UsageError if the server says anything but 2xx."""
        body = json.dumps({"active": active}).encode()
        exchange = self._exchange(Request("PUT", PATH, (("Content-Type", "application/json"),), body))
        if exchange.response is None or not 200 <= exchange.response.status < 300:
            raise UsageError(f"PUT {PATH} does not switch to {active}: {_said(exchange)}", hint=_HINT)

    def _exchange(self, request: Request) -> Exchange:
        with Client(self._address, deadline=self.target.deadline) as client:
            return client.send(request)


def _object(exchange: Exchange) -> dict[str, Any]:
    if exchange.response is None or exchange.response.status != 200:
        raise UsageError(f"GET {PATH} lists no faults: {_said(exchange)}", hint=_HINT)
    try:
        content = json.loads(exchange.response.body)
    except ValueError:
        content = None
    return content if isinstance(content, dict) else {}


def _fault(entry: Any) -> Fault:
    content = entry if isinstance(entry, dict) else {}
    texts = [content.get("id"), content.get("family", ""), content.get("breaks", "")]
    catches = content.get("catches", [])
    fits = isinstance(catches, list) and all(isinstance(text, str) for text in (*texts, *catches))
    if not fits or not texts[0]:
        raise UsageError(f"GET {PATH} lists what is no fault: {str(entry)[:80]}", hint=_HINT)
    return Fault(str(texts[0]), str(texts[1]), str(texts[2]), tuple(catches))


def _beyond(content: Any) -> dict[str, str]:
    if not isinstance(content, dict) or not all(isinstance(why, str) for why in content.values()):
        raise UsageError(f'GET {PATH} lists under "beyond" what is no object of sentences', hint=_HINT)
    return content


def _said(exchange: Exchange) -> str:
    response, failure = exchange.response, exchange.failure
    if response is not None:
        return f"{response.status} {response.reason}".strip()
    return failure.detail if failure is not None else "no answer"
