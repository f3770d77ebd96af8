"""Patience: how long, how often, and when not."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from conformance.target import Address, Client, Patient
from conformance.wire import Exchange, Failure, Request, Response
from tests.target.hostile import serving

NOW = 1_700_000_000.0  # Tue, 14 Nov 2023 22:13:20 GMT
REQUEST = Request("GET", "/")


@dataclass
class Scripted:
    """A sender that gives each answer in turn, and the clock and the bed of who waits for it."""

    answers: list[Response | Failure]
    slept: list[float] = field(default_factory=list)
    sent: int = 0

    def send(self, request: Request) -> Exchange:
        """The next answer; the last one for ever."""
        answer = self.answers[min(self.sent, len(self.answers) - 1)]
        self.sent += 1
        if isinstance(answer, Failure):
            return Exchange(request, None, answer, NOW, 0.0)
        return Exchange(request, answer, None, NOW, 0.0)

    def patient(self, **bounds: float) -> Patient:
        """A patient sender whose sleeping is only written down."""
        return Patient(
            self,
            longest=bounds.get("longest", 5.0),
            total=bounds.get("total", 30.0),
            clock=lambda: NOW + sum(self.slept),
            sleep=self.slept.append,
        )


def answer(status: int, after: str | None = None) -> Response:
    """A response with that Retry-After."""
    return Response(status, "", () if after is None else (("retry-after", after),), b"")


@pytest.mark.parametrize(
    ("refusal", "seconds"),
    [
        (answer(429, "2"), 2.0),
        (answer(429, "0"), 0.0),
        (answer(429, "3600"), 5.0),
        (answer(429, "9" * 5000), 1.0),
        (answer(429, "-1"), 1.0),
        (answer(429, "soon"), 1.0),
        (answer(429, ""), 1.0),
        (answer(429, "Tue, 14 Nov 2023 99:99:99 GMT"), 1.0),
        (answer(429, "Tue, 14 Nov 2023 22:13:23 GMT"), 3.0),
        (answer(429, "Tue, 14 Nov 2023 21:00:00 GMT"), 0.0),
        (answer(429), 1.0),
        (answer(503, "2"), 2.0),
    ],
)
def test_waits_as_asked(refusal: Response, seconds: float) -> None:
    """A refusal for now is waited out: seconds or a date, bounded, one second if it cannot be read."""
    target = Scripted([refusal, answer(200)])
    patient = target.patient()

    exchange = patient.send(REQUEST)

    assert exchange.response == answer(200)
    assert target.slept == [seconds]
    assert (patient.waits, patient.waited) == (1, seconds)


@pytest.mark.parametrize("final", [answer(200), answer(400), answer(503), Failure("timeout", "10 s passed")])
def test_does_not_wait_for_what_is_final(final: Response | Failure) -> None:
    """Anything but 429 and 503 with Retry-After is the target's answer."""
    target = Scripted([final])
    patient = target.patient()

    patient.send(REQUEST)

    assert (target.sent, target.slept, patient.waits) == (1, [], 0)


def test_gives_up_after_three() -> None:
    """A target that refuses for ever is asked four times, and its last answer stands."""
    target = Scripted([answer(429, "1"), answer(429, "1"), answer(429, "1"), answer(429, "7"), answer(200)])

    exchange = target.patient().send(REQUEST)

    assert exchange.response == answer(429, "7")
    assert (target.sent, target.slept) == (4, [1.0, 1.0, 1.0])


def test_total_is_shared_by_all_requests() -> None:
    """All waits together stay within the total, the last one cut to what is left; then nobody waits any more."""
    target = Scripted([answer(429, "4")])
    patient = target.patient(total=14.0)

    for _ in range(3):
        patient.send(REQUEST)

    assert target.slept == [4.0, 4.0, 4.0, 2.0]
    assert target.sent == 4 + 2 + 1


@pytest.mark.parametrize(
    "name", ["throttle-seconds", "throttle-date", "throttle-garbage", "throttle-silent", "unavailable"]
)
def test_over_the_wire(name: str) -> None:
    """Against a server that lets each third request through, two waits are enough."""
    slept: list[float] = []
    with serving(name) as server, Client(Address.parse(server.url)) as client:
        patient = Patient(client, sleep=slept.append)
        exchange = patient.send(REQUEST)

    assert exchange.response
    assert (exchange.response.status, patient.waits, len(slept)) == (200, 2, 2)


def test_refused_for_ever_over_the_wire() -> None:
    """Against a server that asks for an hour each time, patience ends."""
    slept: list[float] = []
    with serving("throttle-forever") as server, Client(Address.parse(server.url)) as client:
        exchange = Patient(client, sleep=slept.append).send(REQUEST)

    assert exchange.response
    assert (exchange.response.status, slept) == (429, [5.0, 5.0, 5.0])
