"""Laws of writing recordings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conformance.cli import main
from conformance.emulator import TOKEN
from conformance.errors import UsageError
from conformance.target.secrets import Secrets
from conformance.traffic.read import Recording
from conformance.traffic.write import entry, recorder
from conformance.wire import Exchange, Failure, Request, Response
from tests.traffic.samples import ORIGIN, STARTED, refusal, update


def test_what_is_written_is_read(tmp_path: Path) -> None:
    """An exchange survives writing and reading, but for its credential."""
    made = update(1, {"name": "é"}, 400, refusal(1))

    with recorder(tmp_path / "a.har", Secrets(["secret-token"]), ORIGIN, {"seed": 1}) as to:
        to.write(made, {"operation": "o"})
    recording = Recording(tmp_path / "a.har")
    [found] = recording

    assert (found.origin, found.note, found.exchange.request.header("X-Auth-Token")) == (
        ORIGIN,
        {"operation": "o"},
        "***",
    )
    assert (found.exchange.request.body, found.exchange.response) == (made.request.body, made.response)
    assert (round(found.exchange.started - made.started, 3), found.exchange.seconds) == (0.0, 0.001)
    assert recording.about == {"seed": 1}
    assert "secret-token" not in (tmp_path / "a.har").read_text()


def test_bodies_that_are_no_text(tmp_path: Path) -> None:
    """Bytes that are not UTF-8 are kept, in requests and in answers."""
    made = Exchange(Request("POST", "/", (), b"\xff"), Response(200, "OK", (), b"\xfe\x00"), None, STARTED, 0.0)

    with recorder(tmp_path / "a.har", Secrets([]), ORIGIN, {}) as to:
        to.write(made, {})
    [found] = Recording(tmp_path / "a.har")

    assert found.exchange.request.body == b"\xff"
    assert found.exchange.response == made.response


def test_silence_is_recorded() -> None:
    """An exchange without an answer has status 0, as browsers write it."""
    made = entry(Exchange(Request("GET", "/"), None, Failure("timeout", "10 s passed"), STARTED, 10.0), ORIGIN, {})

    assert made["response"]["status"] == 0
    assert made["_error"] == "timeout: 10 s passed"


def test_whole_or_not_at_all(tmp_path: Path) -> None:
    """While it is written the file is not there; when the run is cut it is whole."""
    path = tmp_path / "a.har"

    def cut() -> None:
        with recorder(path, Secrets([]), ORIGIN, {}) as to:
            to.write(update(1, {}, 200, None), {})
            assert not path.exists()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cut()

    assert len(json.loads(path.read_text())["log"]["entries"]) == 1
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_cannot_be_written(tmp_path: Path) -> None:
    """What cannot be written is the user's to mend."""
    with pytest.raises(UsageError, match="cannot be written"), recorder(tmp_path / "no" / "a.har", Secrets([]), "", {}):
        pass


def test_a_run_is_recorded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A check writes every exchange with its operation and case, and no credential."""
    monkeypatch.chdir(tmp_path)

    code = main(["check", "--only", "showAddressGroup", "--only", "updateAddressGroup/request/body/address_group/name",
                 "--profile", "quick", "--record", "run.har"])  # fmt: skip
    recording = Recording(Path("run.har"))
    found = list(recording)

    assert code == 0
    assert {each.note["operation"] for each in found} == {"showAddressGroup", "updateAddressGroup"}
    assert any(
        each.note.get("case", "").startswith("updateAddressGroup/request/body/address_group/name/") for each in found
    )
    assert recording.about["profile"] == "quick"
    assert TOKEN not in Path("run.har").read_text()
