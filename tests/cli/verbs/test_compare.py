"""Laws of conformance compare, with the real engine."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from conformance.cli import main
from conformance.emulator import FIXTURES, TOKEN
from conformance.emulator.server import Embedded
from conformance.target import Address, Client
from conformance.traffic.write import entry
from conformance.wire import Request
from tests.target.hostile import nobody, serving
from tests.traffic.samples import GROUP_PATH, ORIGIN, har

LIMIT = "updateAddressGroup/request/body/address_group/name/maxLength"
QUICK = ["--only", LIMIT, "--profile", "quick", "--report", "json=compared.json"]


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CONFORMANCE_TOKEN", TOKEN)


def fixtures(option: str) -> list[str]:
    """The emulator's fixtures as options."""
    return [word for name, value in FIXTURES.items() for word in (option, f"{name}={value}")]


def compare(reference: str, candidate: str, *more: str) -> tuple[int, dict[str, Any]]:
    """Exit code and document of a comparison of two servers that have the emulator's fixtures."""
    known = [] if reference.endswith(".har") else fixtures("--reference-fixture")
    sides = ["--reference", reference, "--candidate", candidate, *known, *fixtures("--candidate-fixture")]
    code = main(["compare", *sides, *QUICK, *more])
    found: dict[str, Any] = json.loads(Path("compared.json").read_text())
    return code, found


def test_two_targets(capsys: pytest.CaptureFixture[str]) -> None:
    """Targets that answer alike are alike; a fault is one difference, with both verdicts beside it and no token."""
    with Embedded() as one, Embedded() as same, Embedded(["name-65"]) as other:
        alike, first = compare(one.url(), same.url())
        capsys.readouterr()
        differs, second = compare(one.url(), other.url())

    text = capsys.readouterr().out
    [difference] = second["differences"]
    assert (alike, first["differences"], differs) == (0, [], 1)
    assert first["fidelity"]["decisions"]["compared"] == first["fidelity"]["answers"]["alike"] > 2
    assert (difference["requirement"], difference["sent"]) == (LIMIT, "65 characters")
    assert [difference[side]["verdict"] for side in ("reference", "candidate")] == ["pass", "fail"]
    assert [difference[side]["says"] for side in ("reference", "candidate")] == ["400 Bad Request", "200 OK"]
    assert text.endswith("exit 1: they differ\n")
    assert "$CONFORMANCE_TOKEN" in text
    assert TOKEN not in text + json.dumps(second)


def test_a_recording_of_a_check() -> None:
    """What a check recorded is asked again of a candidate, long after and without the reference."""
    with Embedded() as one:
        main(["check", "--url", one.url(), *fixtures("--fixture"), *QUICK[:4], "--record", "run.har"])
    with Embedded(["name-65"]) as other:
        code, found = compare("run.har", other.url())

    assert (code, [each["requirement"] for each in found["differences"]]) == (1, [LIMIT])


def test_a_recording_of_somebody_else(capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever recorded it, the requests are sent again, with the candidate's credential."""
    headers = (("X-Auth-Token", TOKEN), ("Content-Type", "application/json"))
    names = ["a", "x" * 65, 5]
    bodies = [json.dumps({"address_group": {"name": name, "ip_set": ["192.168.3.2"]}}).encode() for name in names]
    with Embedded() as one, Client(Address.parse(one.url())) as client:
        seen = [client.send(Request("PUT", GROUP_PATH, headers, body)) for body in bodies]
    har(Path("a.har"), [entry(each, ORIGIN, {}) for each in seen])

    with Embedded(["name-65"]) as other:
        code, found = compare("a.har", other.url())

    assert code == 1
    assert found["fidelity"]["decisions"] == {"alike": 2, "compared": 3}
    assert [each["sent"] for each in found["differences"] if each["kind"] == "decision"] == ["exchange 2"]


def test_a_reference_that_answers_errors_throughout() -> None:
    """There is nothing to compare with, which is said."""
    with serving("null-500") as server:
        code, found = compare(server.url, server.url)

    assert (code, found["fidelity"]["decisions"]["compared"]) == (3, 0)
    assert "answers errors throughout" in found["run"]["incomplete"] or "reference" in found["run"]["incomplete"]


def test_nobody_there() -> None:
    """A reference that cannot be reached is inconclusive, and so is a candidate."""
    with nobody() as url:
        code, found = compare(url, url)

    assert code == 3
    assert found["run"]["incomplete"].startswith("the reference: ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--candidate", "x"], "--reference"),
        (["--reference", "http://x", "--candidate", "x"], "begins with http"),
        (["--reference", "missing.har", "--candidate", "http://127.0.0.1:1"], "missing.har cannot be read"),
        (["--reference", "http://x", "--candidate", "http://y", "--report", "html=a"], "written as json"),
        (["--reference", "http://x", "--candidate", "http://y", "--candidate-fixture", "x=1"], "no fixture 'x'"),
        (["--reference", "http://x", "--candidate", "http://y", "--only", "nonsense"], "no requirement matches"),
    ],
)
def test_usage(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What the user got wrong is exit 2 with a sentence."""
    assert main(["compare", *arguments]) == 2
    assert said in capsys.readouterr().err
