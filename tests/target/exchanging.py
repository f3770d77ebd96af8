"""One exchange with a server, bounded, for the tests of the client."""

from __future__ import annotations

import threading

from conformance.target import Address, Client
from conformance.wire import Exchange, Request
from tests.target.hostile import Server

GET = Request("GET", "/v3/groups?limit=1")
SHORT = 0.3  # seconds
BOUND = 20.0  # seconds, far more than any deadline here: only an exchange without end takes as long


def send(client: Client, request: Request = GET) -> Exchange:
    """The exchange, sent in a thread of its own so that an endless one fails the test instead of hanging it."""
    done: list[Exchange] = []
    thread = threading.Thread(target=lambda: done.append(client.send(request)), daemon=True)
    thread.start()
    thread.join(BOUND)
    assert done, "the exchange has no end"
    return done[0]


def client(server: Server, deadline: float = BOUND) -> Client:
    """A client of the server."""
    return Client(Address.parse(server.url), deadline=deadline)
