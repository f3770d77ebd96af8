"""Laws of named targets in conformance.toml."""

from __future__ import annotations

from pathlib import Path

import pytest

from conformance.cli import configuration
from conformance.errors import UsageError
from conformance.settings import TargetSettings

WHOLE = """
[targets.staging]
url = "https://vpc.example.com"
token_env = "STAGING_TOKEN"
allow_changes = true
timeout = 30

[targets.staging.fixtures]
project_id = "p"
"address_group_id" = "g"
"address_group_id.ipv6" = "g6"
instance_id.not_ready = "i"

[targets.staging.settings]
address_quota = 50
"""


def _file(folder: Path, text: str) -> Path:
    path = folder / "conformance.toml"
    path.write_text(text)
    return path


def test_whole_target(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything that the command line says of a target can stand in the file, the token by name."""
    monkeypatch.setenv("STAGING_TOKEN", "s3cret")

    found = configuration.target(_file(tmp_path, WHOLE), "staging")

    assert found == TargetSettings(
        url="https://vpc.example.com",
        token="s3cret",
        fixtures={
            "project_id": "p",
            "address_group_id": "g",
            "address_group_id.ipv6": "g6",
            "instance_id.not_ready": "i",
        },
        settings={"address_quota": 50},
        allow_changes=True,
        deadline=30.0,
    )


def test_token_variables(tmp_path: Path) -> None:
    """The names of the variables that hold tokens are known without reading them."""
    assert configuration.token_variables(_file(tmp_path, WHOLE)) == ("STAGING_TOKEN",)
    assert configuration.token_variables(tmp_path / "nothing") == ()


@pytest.mark.parametrize(
    ("text", "said", "hint"),
    [
        ('[targets.staging]\nurl="u"\ntoken="s3cret"', "secrets do not belong in files", 'token_env = "MY_TOKEN"'),
        ('[targets.staging]\nulr="u"', "has no key 'ulr'", "did you mean url?"),
        ('[target.staging]\nurl="u"', "there is no 'target'", "did you mean targets?"),
        ("[targets.stagin]", "names no target 'staging'", "did you mean stagin?"),
        ("[targets.production]", "names no target 'staging'", "it names production"),
        ("", "names no target 'staging'", "write a table [targets.staging]"),
        ("[targets.staging]", "has no url", "embedded emulator"),
        ("[targets.staging]\nurl=1", "url is not text", ""),
        ('[targets.staging]\nurl="u"\nallow_changes=1', "allow_changes is not true or false", ""),
        ('[targets.staging]\nurl="u"\ntimeout=true', "timeout is not a number", ""),
        ('[targets.staging]\nurl="u"\ntimeout=nan', "timeout is not a positive number of seconds", ""),
        ('[targets.staging]\nurl="u"\nfixtures={a=1}', "the fixture a is not text", "quotes"),
        ('[targets.staging]\nurl="u"\ntoken_env="UNSET_TOKEN"', "variable UNSET_TOKEN is not set", "export"),
        ("targets=1", "targets is not a table", "[targets.staging]"),
        ('[targets]\nstaging="u"', "[targets.staging] is not a table", "[targets.staging]"),
        ("[targets.staging", "is not TOML", "quoted"),
    ],
)
def test_refused(text: str, said: str, hint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be meant is refused, with the nearest that can, and no secret is repeated."""
    monkeypatch.delenv("UNSET_TOKEN", raising=False)

    with pytest.raises(UsageError) as refused:
        configuration.target(_file(tmp_path, text), "staging")

    assert said in refused.value.message
    assert hint in (refused.value.hint or "")
    assert "s3cret" not in f"{refused.value.message} {refused.value.hint}"


def test_no_file(tmp_path: Path) -> None:
    """Without the file, a named target is an error that says what the file would hold."""
    with pytest.raises(UsageError, match=r"there is no .*conformance.toml"):
        configuration.target(tmp_path / "conformance.toml", "staging")
