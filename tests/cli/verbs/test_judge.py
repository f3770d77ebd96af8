"""Laws of conformance judge, with the real engine."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from conformance.cli import main
from conformance.emulator import FIXTURES, TOKEN
from conformance.emulator.server import Embedded
from conformance.target import Address, Client
from conformance.traffic.write import entry
from conformance.wire import Request
from tests.traffic.samples import GROUP_PATH, ORIGIN, exchange, har, refusal, shown, update

ONLY = ["--only", "showAddressGroup", "--only", "updateAddressGroup/request/body/address_group/name"]
GOOD = [
    entry(exchange("GET", GROUP_PATH, None, 200, shown(1)), ORIGIN, {}),
    entry(update(2, {"name": 5}, 400, refusal(2)), ORIGIN, {}),
]


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CONFORMANCE_TOKEN", raising=False)


def record(*faults: str) -> dict[str, Any]:
    """The report of judging what a check of an emulator recorded."""
    fixtures = [word for name, value in FIXTURES.items() for word in ("--fixture", f"{name}={value}")]
    with Embedded(faults) as emulator:
        target = ["--url", emulator.url(), "--token", TOKEN, *fixtures]
        main(["check", *target, *ONLY, "--profile", "quick", "--record", "run.har"])
    main(["judge", "run.har", "--report", "json=judged.json"])
    found: dict[str, Any] = json.loads(Path("judged.json").read_text())
    return found


def failures(report: dict[str, Any]) -> list[str]:
    """The ids that fail."""
    return [each["id"] for each in report["requirements"] if each["verdict"] == "fail"]


def test_recording_of_a_faithful_server() -> None:
    """What a faithful server answered is judged without a failure, and proves what it proves."""
    report = record()

    assert failures(report) == []
    assert report["run"]["exit_code"] == 0
    assert report["summary"]["pass"] > 60
    assert TOKEN not in json.dumps(report)


def test_recording_of_a_faulty_server() -> None:
    """What a faulty server answered fails the requirement that it breaks, long after."""
    report = record("name-65")

    assert failures(report) == ["updateAddressGroup/request/body/address_group/name/maxLength"]
    assert report["run"]["exit_code"] == 1


@pytest.mark.parametrize(
    ("entries", "code", "said"),
    [
        (GOOD, 0, "exit 0: conformant"),
        ([*GOOD, entry(update(3, {"name": "x" * 65}, 200, shown(3)), ORIGIN, {})], 1, "sent 65 characters"),
        ([], 3, "there are no exchanges"),
        ([entry(exchange("GET", "/else", None, 200, None), ORIGIN, {})], 3, "describes none of the exchanges"),
        ([5, *GOOD], 0, "1 entries of the file are no exchanges"),
    ],
)
def test_exit_codes(entries: list[Any], code: int, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Judging ends as checking does."""
    assert main(["judge", str(har(Path("a.har"), entries))]) == code
    assert said in capsys.readouterr().out


def test_a_truncated_file(capsys: pytest.CaptureFixture[str]) -> None:
    """What stands before the cut is judged, and the run is incomplete."""
    path = har(Path("a.har"), [*GOOD, entry(update(3, {"name": 5}, 400, refusal(3)), ORIGIN, {})])
    path.write_text(path.read_text()[:-300])

    code = main(["judge", "a.har"])

    text = capsys.readouterr().out
    assert code == 3
    assert "a.har: the file ends too early, at character" in text
    assert "2 of 2 exchanges are described" in text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "no recording is given"),
        (["missing.har"], "missing.har cannot be read"),
        (["text.har"], "text.har: the file is no HAR"),
        (["text.har", "--origin", "x"], "begins with http"),
        (["text.har", "--only", "nonsense"], "no requirement matches"),
        (["--proxy", "0"], "a proxy forwards to one --url"),
        (["--url", "http://127.0.0.1:1"], "no recording is given"),
        (["text.har", "--proxy", "0", "--url", "http://127.0.0.1:1"], "a recording needs no proxy"),
        (["--proxy", "70000", "--url", "http://127.0.0.1:1"], "cannot listen on port 70000"),
        (["text.har", "--setting", "quota=1"], "no setting 'quota'"),
    ],
)
def test_usage(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What the user got wrong is exit 2 with a sentence."""
    Path("text.har").write_text("hello")

    assert main(["judge", *arguments]) == 2
    assert said in capsys.readouterr().err


def test_one_origin(capsys: pytest.CaptureFixture[str]) -> None:
    """Only what went to the server that is asked for is judged."""
    elsewhere = entry(update(3, {"name": "x" * 65}, 200, shown(3)), "https://other.example.com", {})

    assert main(["judge", str(har(Path("a.har"), [*GOOD, elsewhere])), "--origin", ORIGIN]) == 0
    assert f"1 exchanges with other servers than {ORIGIN} are left out" in capsys.readouterr().out


def test_no_credentials(capsys: pytest.CaptureFixture[str]) -> None:
    """What a recording holds of credentials is in no report."""
    headers = (("Cookie", "sid=s3cret-cookie"), ("X-Auth-Token", "s3c-token"), ("X-My-Session", "s3c-session"))
    target = f"{GROUP_PATH}?signature=s3c-signed"
    cookie = exchange("GET", target, None, 500, {"sid": "s3cret-cookie"}, headers=headers)

    main(["judge", str(har(Path("a.har"), [entry(cookie, ORIGIN, {})])), "--report", "json=a.json"])

    everything = capsys.readouterr().out + Path("a.json").read_text()
    assert "s3c" not in everything


@pytest.mark.parametrize(("fault", "code"), [((), 0), (("name-65",), 1)])
def test_proxy(fault: tuple[str, ...], code: int) -> None:
    """What passes through the proxy is judged, and the report comes when it is interrupted."""
    headers = (("X-Auth-Token", TOKEN), ("Content-Type", "application/json"))
    names = ["a", "x" * 65, 5]
    bodies = [json.dumps({"address_group": {"name": name, "ip_set": ["192.168.3.2"]}}).encode() for name in names]
    command = [sys.executable, "-m", "conformance", "judge", "--proxy", "0", "--report", "json=judged.json", "--url"]

    with Embedded(fault) as emulator:
        process = subprocess.Popen([*command, emulator.url()], stdout=subprocess.PIPE, text=True, env=_environment())
        with process:
            assert process.stdout is not None
            url = process.stdout.readline().split()[1]
            with Client(Address.parse(url)) as client:
                for body in bodies:
                    client.send(Request("PUT", GROUP_PATH, headers, body))
            process.send_signal(signal.SIGINT)
            text = process.stdout.read()

    found = json.loads(Path("judged.json").read_text())
    limit = "updateAddressGroup/request/body/address_group/name/maxLength"
    verdict = next(each["verdict"] for each in found["requirements"] if each["id"] == limit)
    assert (process.returncode, verdict) == (code, ["pass", "fail"][code]), text
    assert "3 of 3 exchanges are described by the contract" in text
    assert TOKEN not in text + json.dumps(found)


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
