"""Laws of conformance check."""

from __future__ import annotations

import json
import os
import signal
from dataclasses import replace
from pathlib import Path

import pytest

from conformance.cli import main
from conformance.errors import DefectError
from conformance.settings import Options, TargetSettings
from tests.cli.conftest import Engine
from tests.report import samples

URL = "http://127.0.0.1:8080"


def test_embedded_emulator_by_default(engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    """Without options the bundled contract is checked against the embedded emulator."""
    code = main(["check"])

    assert code == 0
    assert (engine.specs, engine.asked) == ([None], [(TargetSettings(), Options())])
    assert engine.emulators == ["emulator"]
    assert capsys.readouterr().out.endswith("exit 0: conformant\n")


def test_options_reach_the_engine(engine: Engine) -> None:
    """Everything that is given is handed on."""
    code = main(
        [
            *("check", "--spec", "mine.yaml", "--url", URL, "--token", "T0ken", "--fixture", "project_id=p"),
            *("--only", "updateAddressGroup", "--skip", "*/format", "--profile", "quick", "--seed", "5"),
            *("--time-limit", "60", "--timeout", "3", "--setting", "address_quota=50", "--allow-changes"),
        ]
    )

    assert code == 0
    assert engine.specs == [Path("mine.yaml")]
    assert engine.emulators == [None]
    assert engine.asked == [
        (
            TargetSettings(URL, "T0ken", {"project_id": "p"}, {"address_quota": 50}, allow_changes=True, deadline=3.0),
            Options(("updateAddressGroup",), ("*/format",), "quick", 5, 60.0),
        )
    ]


def test_failure(engine: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A failure is exit 1, told on the terminal and in every report asked for."""
    engine.answer = samples.report(samples.FAILED, samples.PASSED)

    code = main(["check", "--report", "json=a.json", "--report", "junit=b.xml", "--report", "html=c.html"])

    assert code == 1
    assert capsys.readouterr().out.startswith("✗ updateAddressGroup  body.address_group.name  maxLength")
    assert json.loads((tmp_path / "a.json").read_text())["summary"]["fail"] == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.json", "b.xml", "c.html"]


def test_nothing_selected(engine: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Patterns that cancel each other out are no green run: incomplete, in the reports too."""
    code = main(["check", "--only", "modifyInstanceIp", "--skip", "modifyInstanceIp", "--report", "json=report.json"])

    assert (code, engine.asked) == (3, [])
    assert capsys.readouterr().out.endswith("exit 3: incomplete: no requirement is selected\n")
    assert json.loads((tmp_path / "report.json").read_text())["run"]["complete"] is False


@pytest.mark.parametrize(("arguments", "expected"), [(["check"], 0), (["check", "--strict"], 1)])
def test_strict(arguments: list[str], expected: int, engine: Engine) -> None:
    """A contested reading that is departed from fails only a strict run."""
    engine.answer = samples.report(samples.PASSED, replace(samples.NOTED, reason="departs"))

    assert main(arguments) == expected


@pytest.mark.parametrize(
    ("arguments", "said", "hint"),
    [
        (["--only", "updteAddressGroup"], "no requirement matches 'updteAddressGroup'", "did you mean updateAddr"),
        (["--skip", "nothing/*"], "no requirement matches 'nothing/*'", "hint: "),
        (["--fixture", "projct_id=1"], "the contract has no fixture 'projct_id'", "did you mean project_id?"),
        (["--fixture", "address_group_id.ipv7=1"], "no fixture 'address_group_id.ipv7'", "address_group_id.ipv6?"),
        (["--setting", "quota=1"], "the contract has no setting 'quota'", "did you mean address_quota?"),
        (["--report", "xml=a"], "there is no report of kind 'xml'", "did you mean"),
        (["--report", "json=missing/a"], "missing does not exist", "create it first"),
        (["--target", "staging"], "there is no conformance.toml here", "--url"),
        (["--url", "localhost"], "begins with http:// or https://", "write it as"),
    ],
)
def test_refused_before_the_first_request(
    arguments: list[str], said: str, hint: str, engine: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the user got wrong is exit 2 with a hint, and the target hears nothing."""
    code = main(["check", *arguments])

    message = capsys.readouterr().err
    assert (code, engine.asked) == (2, [])
    assert said in message
    assert hint in message


def test_interrupted_run_is_reported(engine: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of a run that was interrupted, what is known is written."""
    engine.answer = samples.report(samples.PASSED, run=replace(samples.RUN, interrupted=True))

    code = main(["check", "--report", "json=report.json"])

    assert code == 130
    assert json.loads((tmp_path / "report.json").read_text())["run"]["complete"] is False
    assert capsys.readouterr().out.endswith("exit 130: interrupted\n")


def test_interrupted_before_anything_is_known(engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    """An interrupt that leaves nothing to report is no traceback."""
    engine.answer = KeyboardInterrupt()

    code = main(["check"])

    assert (code, capsys.readouterr().err) == (130, "conformance: interrupted\n")


def test_termination_is_an_interrupt(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that is asked to end ends as with Ctrl-C."""
    before = signal.getsignal(signal.SIGTERM)
    monkeypatch.setattr("conformance.suite.check", lambda *_: os.kill(os.getpid(), signal.SIGTERM))

    code = main(["check"])

    assert code == 130
    assert engine.asked == []
    assert signal.getsignal(signal.SIGTERM) is before


def test_a_second_interrupt_does_not_keep_a_run_from_putting_back(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who presses Ctrl-C twice still gets everything put back and the report; the third time ends that, too."""

    def interrupted(times: int) -> int:
        def check(*_: object) -> object:
            try:
                os.kill(os.getpid(), signal.SIGINT)
            except KeyboardInterrupt:
                for _again in range(times - 1):
                    os.kill(os.getpid(), signal.SIGINT)
            return samples.report(samples.PASSED, run=replace(samples.RUN, interrupted=True))

        monkeypatch.setattr("conformance.suite.check", check)
        return main(["check"])

    twice, said = interrupted(2), capsys.readouterr().out
    thrice, nothing = interrupted(3), capsys.readouterr().out

    assert (twice, thrice, nothing) == (130, 130, "")
    assert said.endswith("exit 130: interrupted\n")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (DefectError("two requirements have one id", hint="tell us"), "two requirements have one id\n  hint: tell us"),
        (ValueError("surprise"), "a defect of this program: ValueError: surprise\n  hint: please report it"),
    ],
)
def test_defects_are_ours(error: Exception, said: str, engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    """A defect is exit 4 in a short sentence, never a traceback."""
    engine.answer = error

    code = main(["check"])

    message = capsys.readouterr().err
    assert code == 4
    assert message.startswith(f"conformance: {said}")
    assert "Traceback" not in message


@pytest.mark.parametrize("place", ["option", "equals", "environment", "configuration"])
def test_no_secret_in_errors(
    place: str, engine: Engine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A token is in no error, not even with --debug, wherever it came from."""
    engine.answer = ValueError("the target refused s3cret-token")
    target = ["--url", URL]
    match place:
        case "option":
            target += ["--token", "s3cret-token"]
        case "equals":
            target += ["--token=s3cret-token"]
        case "environment":
            monkeypatch.setenv("CONFORMANCE_TOKEN", "s3cret-token")
        case _:
            monkeypatch.setenv("STAGING", "s3cret-token")
            Path("conformance.toml").write_text(f'[targets.staging]\nurl = "{URL}"\ntoken_env = "STAGING"')
            target = ["--target", "staging"]

    code = main(["check", "--debug", *target])

    message = capsys.readouterr().err
    assert code == 4
    assert engine.asked[0][0].token == "s3cret-token"
    assert "Traceback" in message
    assert "the target refused ***" in message
    assert "s3cret-token" not in message
