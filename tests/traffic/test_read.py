"""Laws of reading exchanges out of entries."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from conformance.errors import UsageError
from conformance.traffic import write
from conformance.traffic.read import Recording, recorded
from tests.traffic.samples import GROUP_PATH, ORIGIN, har, refusal, update

ENTRY = write.entry(update(1, {"name": "a"}, 400, refusal(1)), ORIGIN, {})


def changed(part: str, **members: Any) -> dict[str, Any]:
    """The entry with members of its request or response exchanged; None takes one away."""
    merged = {**ENTRY[part], **members}
    return {**ENTRY, part: {name: value for name, value in merged.items() if value is not None}}


@pytest.mark.parametrize(
    ("url", "origin", "target"),
    [
        ("https://API.example.com/v1/x?y=%20#z", "https://api.example.com", "/v1/x?y=%20"),
        ("http://h:1", "http://h:1", "/"),
        ("http://h?x=/y", "http://h", "/?x=/y"),
        ("http://[::1]:80/a/", "http://[::1]:80", "/a/"),
    ],
)
def test_urls(url: str, origin: str, target: str) -> None:
    """A URL is an origin and a target; a fragment is never sent."""
    found = recorded(changed("request", url=url))

    assert (found.origin, found.exchange.request.target) == (origin, target)


def test_framing_of_http_2() -> None:
    """Pseudo headers are none."""
    found = recorded(changed("request", headers=[{"name": ":path", "value": "/"}, {"name": "a", "value": "b"}]))

    assert found.exchange.request.headers == (("a", "b"),)


def test_bodies_that_are_not_recorded() -> None:
    """A body that was there and is not recorded is unknown; one that was empty is known."""
    without = recorded(changed("request", postData=None, bodySize=17))
    empty = recorded(changed("request", postData=None, bodySize=0))
    silent = recorded(changed("response", content={"size": 20, "mimeType": ""}))
    nothing = recorded(changed("response", content={"size": 0, "mimeType": ""}))

    assert [each.asked for each in (without, empty)] == [False, True]
    assert [each.answered for each in (silent, nothing)] == [False, True]


def test_forms_by_their_parameters() -> None:
    """A form that is recorded as parameters is put together again."""
    post = {"mimeType": "application/x-www-form-urlencoded", "params": [{"name": "a", "value": "b c"}, {"name": "d"}]}

    assert recorded(changed("request", postData=post)).exchange.request.body == b"a=b+c&d="


def test_no_answer() -> None:
    """Status 0 is no answer, with the reason that was noted."""
    found = recorded({**changed("response", status=0), "_error": "net::ERR_TIMED_OUT"})

    assert found.exchange.response is None
    assert found.exchange.failure is not None
    assert found.exchange.failure.detail == "net::ERR_TIMED_OUT"


@pytest.mark.parametrize("entry", [5, {}, {**ENTRY, "startedDateTime": "yesterday"}, changed("request", url="/x")])
def test_entries_that_are_none(entry: Any, tmp_path: Path) -> None:
    """An entry that is no exchange is counted, and the others are read."""
    recording = Recording(har(tmp_path / "a.har", [entry, ENTRY]))

    assert [each.exchange.request.target for each in recording] == [GROUP_PATH]
    assert recording.unreadable == 1


def test_a_truncated_file(tmp_path: Path) -> None:
    """What came before the cut is read, and the cut is said."""
    path = har(tmp_path / "a.har", [ENTRY, ENTRY])
    path.write_text(path.read_text()[:-200])
    recording = Recording(path)

    assert len(list(recording)) == 1
    assert "ends too early" in str(recording.cut)


def test_no_har_at_all(tmp_path: Path) -> None:
    """A file that is no HAR, or is not there, is the user's to mend."""
    (tmp_path / "a.har").write_text("hello")

    with pytest.raises(UsageError, match="no HAR"):
        list(Recording(tmp_path / "a.har"))
    with pytest.raises(UsageError, match="No such file"):
        list(Recording(tmp_path / "b.har"))
