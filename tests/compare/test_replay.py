"""Laws of asking a candidate what was recorded elsewhere."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from conformance import suite
from conformance.compare.names import Names
from conformance.compare.replay import Translator, allowed
from conformance.contract.operation import SecurityScheme
from conformance.settings import TargetSettings
from conformance.wire import Request
from tests.traffic.samples import exchange

GARDEN = suite.load(Path(__file__).parent.parent / "toys" / "garden.yaml")
DIG, READ = GARDEN.operations["digBed"], GARDEN.operations["readBed"]
OURS = TargetSettings(url="http://x", token="our-token", fixtures={"bed": "12"})


def translator(**fixtures: str) -> Translator:
    """From a server that has these fixtures."""
    return Translator(Names(fixtures), OURS)


def test_fixtures_are_those_of_the_candidate() -> None:
    """In the path, the query and the body; a number that merely contains one is another number."""
    request = Request("GET", "/beds/7/x/17?bed=7&key=***", (), b'{"of": "7", "n": 17}')

    made = translator(bed="7").request(request, READ)

    assert made.target == "/beds/12/x/17?bed=12&key=our-token"
    assert made.body == b'{"of": "12", "n": 17}'


def test_identities_that_the_candidate_gave() -> None:
    """What the recorded server called its new resource is asked for under the candidate's name for it."""
    recorded = exchange("POST", "/beds", {}, 201, {"number": 31, "tag": "abcdef-123456"}).response
    answered = exchange("POST", "/beds", {}, 201, {"number": 4, "tag": "xyz"}).response
    made = translator()

    made.learn(recorded, answered)

    assert made.request(Request("GET", "/beds/31?tag=abcdef-123456"), READ).target.startswith("/beds/4?tag=xyz")
    assert made.request(Request("PUT", "/beds/1", (), b'"abcdef-123456"'), READ).body == b'"xyz"'


@pytest.mark.parametrize(
    ("scheme", "header", "target"),
    [
        (SecurityScheme("s", "apiKey", "header", "X-Key"), [("X-Key", "our-token")], "/beds"),
        (SecurityScheme("s", "apiKey", "cookie", "sid"), [("Cookie", "sid=our-token")], "/beds"),
        (SecurityScheme("s", "apiKey", "query", "key"), [], "/beds?key=our-token"),
        (SecurityScheme("s", "bearer"), [("Authorization", "Bearer our-token")], "/beds"),
    ],
)
def test_the_credential_is_that_of_the_candidate(
    scheme: SecurityScheme, header: list[tuple[str, str]], target: str
) -> None:
    """Wherever the contract puts it; what the recording holds in its place is dropped."""
    recorded = Request("POST", "/beds?key=***", (("x-key", "***"), ("Cookie", "sid=***"), ("Authorization", "***")))

    made = translator().request(recorded, replace(DIG, security=(scheme,)))

    kept = [pair for pair in made.headers if pair[1] != "***"]
    assert kept == header
    assert made.target == (target if scheme.where == "query" else "/beds?key=***")


def test_what_belongs_to_the_recorded_connection_is_dropped() -> None:
    """Framing, conditions, and what HTTP/1 cannot carry."""
    headers = (("Host", "a"), ("If-None-Match", "x"), ("Accept", "*/*"), ("X-Odd", "\u4e2d"), ("a b", "c"))

    made = translator().request(Request("GET", "/be ds/\u4e2d", headers), replace(DIG, security=()))

    assert made.headers == (("Accept", "*/*"),)
    assert made.target == "/be%20ds/%E4%B8%AD"


def test_what_may_be_sent() -> None:
    """A target that is not local is only read, unless its owner permits more."""
    assert [allowed(operation, OURS, local=False) for operation in (READ, DIG)] == [True, False]
    assert allowed(DIG, OURS, local=True)
    assert allowed(DIG, replace(OURS, allow_changes=True), local=False)
