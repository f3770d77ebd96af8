"""Laws of the bench of emulators: what each gets, what is said of it, and that it is ended."""

from __future__ import annotations

import re
import socket
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from openapi_spec_validator import OpenAPIV30SpecValidator

from bench.emulators import outcome
from bench.emulators.mock import MOCKS, Mock, contract, ruled
from bench.emulators.outcome import Outcome
from bench.emulators.page import page
from conformance.emulator import FIXTURES, TOKEN

FIGURE = {"alike": 1, "compared": 4}


def test_the_contract_that_mocks_get_is_valid_3_0() -> None:
    """It has its examples in place, and its entries take both versions of IP and nothing malformed."""
    document = contract()

    pattern = document["components"]["schemas"]["AddressEntry"]["pattern"]
    entries = ["192.168.3.2", "10.0.0.0/8", "1.2.3.4-1.2.3.9", "2001:db8::20-2001:db8::100", "2001:db8:5::/48", "::"]
    assert list(OpenAPIV30SpecValidator(document).iter_errors()) == []
    assert all(re.search(pattern, entry) for entry in entries)
    assert not any(re.search(pattern, entry) for entry in ("1.2.3", "1.2.3.4/33", "1.2.3.4-::1", "2001::/129", ""))


def test_mockoon_answers_with_its_rules() -> None:
    """The documented example comes by default; 401 and 404 have rules, other refusals none."""
    answers: list[dict[str, Any]] = [
        {"label": label, "statusCode": status, "default": status == 200, "rules": []}
        for label, status in (("made", 200), ("ipv4", 200), ("no token", 401), ("unknown", 404), ("invalid", 400))
    ]
    route = {"endpoint": "v1/:project_id/instances/:id/ip", "responses": answers}

    made, example, token, unknown, invalid = ruled({"routes": [route]})["routes"][0]["responses"]

    assert [each["default"] for each in (made, example, token)] == [False, True, False]
    assert re.search(token["rules"][0]["value"], TOKEN)
    assert re.search(unknown["rules"][0]["value"], FIXTURES["instance_id"])
    assert unknown["rules"][0]["modifier"] == "id"
    assert invalid["rules"] == []


def report(*failing: str) -> dict[str, Any]:
    """A report of `check` in which these requirements fail and one passes."""
    evidence = [{"expected": "400", "observed": "200 OK"}]
    requirements = [
        {"id": name, "operation": "op", "text": f"text of {name}", "verdict": "fail", "evidence": evidence}
        for name in failing
    ]
    requirements.append({**requirements[0], "id": "op/request/fine", "verdict": "pass"} if failing else {})
    return {
        "summary": {"pass": 1, "fail": len(failing), "unproven": 2},
        "requirements": list(filter(None, requirements)),
    }


def test_what_is_wrong_comes_first_one_of_each_family_in_turn() -> None:
    """Sentences of all families stand before the second of one; figures have their denominators."""
    check = report("op/request/a", "op/request/b", "op/state/c")
    compare = {"fidelity": {"decisions": FIGURE, "answers": FIGURE}, "contested": {"alike": 0, "compared": 0}}

    text = page("$wrong\n$figures\n$families", [Outcome("mock", "2", check, compare)])

    assert [line[6:] for line in text.splitlines() if line.startswith("- op: ")] == [
        "text of op/request/a; expected 400, got `200 OK`",
        "text of op/state/c; expected 400, got `200 OK`",
        "text of op/request/b; expected 400, got `200 OK`",
    ]
    assert "| mock | 2 | 1 | 3 | 2 | 1 of 4 (25 %) | 1 of 4 (25 %) | none |" in text
    assert "| requests: types, limits, patterns | 1 of 3 |" in text


def test_a_mock_is_ended_after_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever happens while it runs, nothing listens on its port afterwards."""
    asked: list[str] = []

    def fail(file: Path, *command: str) -> None:
        asked.extend(part.removeprefix("--url=") for part in command if part.startswith("--url="))
        raise SystemExit("no report")

    monkeypatch.setattr(outcome, "_report", fail)
    serve = lambda port: [sys.executable, "-m", "http.server", "--bind=127.0.0.1", str(port)]  # noqa: E731

    with pytest.raises(SystemExit, match="no report"):
        outcome.outcome(Mock("toy", "1", lambda folder: None, serve), tmp_path)

    port = urlsplit(asked[0]).port
    with socket.socket() as client:
        assert client.connect_ex(("127.0.0.1", port)) != 0


def test_a_mock_that_ends_at_once_is_not_waited_for(tmp_path: Path) -> None:
    """The message says where to look."""
    with pytest.raises(SystemExit, match=r"output\.txt"):
        outcome.outcome(Mock("toy", "1", lambda folder: None, lambda port: ["false"]), tmp_path)


def test_ours_is_among_them() -> None:
    """The emulator of this project is measured like the others."""
    assert MOCKS[0].name == "our emulator"
