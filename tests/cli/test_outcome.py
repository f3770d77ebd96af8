"""Laws of what a run leaves behind."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from conformance.cli import outcome
from conformance.contract import read_contract
from conformance.emulator import TOKEN
from conformance.errors import UsageError
from conformance.report import Destination
from conformance.settings import TargetSettings
from conformance.target.secrets import Secrets
from conformance.wire import Request
from tests.cli.conftest import CONTRACT
from tests.report import samples

KEYS = """
openapi: 3.1.0
info: {title: Keys, version: "1"}
components:
  securitySchemes:
    header: {type: apiKey, in: header, name: X-My-Key}
    query: {type: apiKey, in: query, name: my_key}
    cookie: {type: apiKey, in: cookie, name: my_session}
paths:
  /things:
    get:
      operationId: listThings
      security: [{header: [], query: [], cookie: []}]
      responses: {"200": {description: fine}}
"""


def test_credentials_travel_where_the_contract_says(tmp_path: Path) -> None:
    """Whatever stands where the contract puts credentials is hidden, even if it is not the token."""
    (tmp_path / "keys.yaml").write_text(KEYS)
    contract = read_contract(tmp_path / "keys.yaml")
    sent = Request(
        "GET", "/things?my_key=variation1", (("X-My-Key", "variation2"), ("Cookie", "my_session=variation3"))
    )

    shown = outcome.secrets_of(contract, TargetSettings("http://127.0.0.1:1", "T0ken")).concealed(sent)

    assert "variation" not in f"{shown.target} {shown.headers}"


def test_the_emulator_has_its_own_token() -> None:
    """Without a target the credential is that of the embedded emulator, so that commands can name it."""
    assert outcome.secrets_of(CONTRACT, TargetSettings()).token == TOKEN


def test_no_token() -> None:
    """A target may need no credential."""
    assert outcome.secrets_of(CONTRACT, TargetSettings("http://127.0.0.1:1")).token is None


def test_text_is_shown_even_if_a_report_cannot_be_written(capsys: pytest.CaptureFixture[str]) -> None:
    """A disk that refuses a report after the run does not take the verdicts along."""
    gone = Destination("json", Path("/proc/report"))

    with pytest.raises(UsageError, match="cannot be written"):
        outcome.publish(samples.report(samples.FAILED), Secrets([]), [gone], strict=False)

    assert "at least one requirement fails" in capsys.readouterr().out


def test_exit_code_is_the_report_s() -> None:
    """The exit code says what the report says."""
    cut = samples.report(samples.PASSED, run=replace(samples.RUN, incomplete="the target is not reachable"))

    codes = [outcome.publish(given, Secrets([]), [], strict=False) for given in (samples.report(samples.PASSED), cut)]

    assert codes == [0, 3]
