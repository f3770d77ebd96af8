"""Laws of the target that the options amount to."""

from __future__ import annotations

from pathlib import Path

import pytest

from conformance.cli import target
from conformance.cli.parser import Parser
from conformance.errors import UsageError
from conformance.settings import TargetSettings

URL = "http://127.0.0.1:8080"


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CONFORMANCE_TOKEN", raising=False)
    (tmp_path / "conformance.toml").write_text(
        f'[targets.local]\nurl = "{URL}"\ntoken_env = "LOCAL_TOKEN"\nallow_changes = true\n'
        'fixtures = {a = "1", b = "2"}\n'
    )


def _settings(*arguments: str) -> TargetSettings:
    parser = Parser(prog="check")
    target.add(parser)
    return target.settings(parser.parse_args(arguments))


def test_nothing_is_the_emulator(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without options the target is the embedded emulator, and a token meant for another is not for it."""
    monkeypatch.setenv("CONFORMANCE_TOKEN", "s3cret")

    assert _settings() == TargetSettings()


def test_everything_given() -> None:
    """Each option is one field of the settings; values of settings are JSON or text."""
    found = _settings(
        *("--url", URL, "--token", "T", "--fixture", "a=1", "--fixture", "b.c=x=y", "--setting", "quota=50"),
        *("--setting", "zone=north", "--timeout", "2.5", "--allow-changes", "--allow-disruption"),
    )

    assert found == TargetSettings(URL, "T", {"a": "1", "b.c": "x=y"}, {"quota": 50, "zone": "north"}, True, True, 2.5)


def test_named_target(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line adds to a named target and overrides it."""
    monkeypatch.setenv("LOCAL_TOKEN", "s3cret")

    found = _settings("--target", "local", "--fixture", "b=3")

    assert found == TargetSettings(URL, "s3cret", {"a": "1", "b": "3"}, allow_changes=True)


def test_token_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment's token is used unless the command line gives one."""
    monkeypatch.setenv("CONFORMANCE_TOKEN", "s3cret")

    tokens = [_settings("--url", URL).token, _settings("--url", URL, "--token", "T").token]

    assert tokens == ["s3cret", "T"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--url", URL, "--target", "local"), "--url and --target both name a target"),
        (("--token", "T"), "--token is for a target that --url or --target names"),
        (("--url", URL, "--token", ""), "--token is empty"),
        (("--url", "127.0.0.1:8080"), "begins with http"),
        (("--url", "http://me:s3cret@127.0.0.1"), "no user or password"),
    ],
)
def test_refused(arguments: tuple[str, ...], said: str) -> None:
    """Options that contradict each other are refused, and no secret is repeated."""
    with pytest.raises(UsageError) as refused:
        _settings(*arguments)

    assert said in refused.value.message
    assert "s3cret" not in f"{refused.value.message} {refused.value.hint}"


def test_token_is_not_in_the_representation() -> None:
    """A token does not show where settings are printed."""
    assert "s3cret" not in repr(TargetSettings(URL, "s3cret"))


@pytest.mark.parametrize("token", ["s3cret\n", "a\rb", "a\0b", "to–ken", "user:pass\n"])
def test_a_token_that_cannot_be_sent(token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line break that came along with a token is the user's to mend, and the token is not repeated."""
    monkeypatch.setenv("CONFORMANCE_TOKEN", token) if "\0" not in token else None
    given = ("--token", token) if "\0" in token else ()

    with pytest.raises(UsageError, match="the token has a character that no header can carry") as caught:
        _settings("--url", URL, *given)

    assert token not in str(caught.value)


def test_a_password_may_have_any_letters() -> None:
    """What is sent in base64 needs no care."""
    assert _settings("--url", URL, "--token", "user:pässwörd–中").token == "user:pässwörd–中"
