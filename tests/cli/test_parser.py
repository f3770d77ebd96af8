"""Laws of the command line before any verb runs."""

from __future__ import annotations

import subprocess
import sys

import pytest

from conformance.cli import main
from conformance.cli.parser import VERBS

_HEAVY = ("hypothesis", "jsonschema_rs", "schemathesis", "yaml", "httpx", "uvicorn", "starlette", "pytest", "ssl")
_NO_VERB = f"conformance: no verb given\n  hint: the verbs are {', '.join(VERBS)}; conformance VERB --help tells more\n"
_TOO_MANY = (
    "conformance: 1 argument(s) too many\n"
    "  hint: conformance check --help shows the options; a target is given with --url\n"
)


def _options_of(verb: str) -> str:
    return f"  hint: conformance {verb} --help shows the options\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["chekc"], "conformance: there is no verb 'chekc'\n  hint: did you mean check?\n"),
        (
            [],
            _NO_VERB,
        ),
        (["check", "--sede", "1"], "conformance: there is no option --sede\n  hint: did you mean --seed?\n"),
        (["check", "--tokn=s3cret"], "conformance: there is no option --tokn\n  hint: did you mean --token?\n"),
        (["check", "--tokn", "s3cret"], "conformance: there is no option --tokn\n  hint: did you mean --token?\n"),
        (
            ["check", "http://127.0.0.1:1"],
            _TOO_MANY,
        ),
        (
            ["check", "--profile", "quik"],
            "conformance: --profile: there is no profile 'quik'; did you mean quick?\n" + _options_of("check"),
        ),
        (
            ["check", "--seed", "-1"],
            "conformance: --seed: '-1' is not a whole number from 0\n" + _options_of("check"),
        ),
        (
            ["check", "--timeout", "0"],
            "conformance: --timeout: '0' is not a positive number of seconds\n" + _options_of("check"),
        ),
        (
            ["check", "--fixture", "project_id"],
            "conformance: --fixture: 'project_id' is not NAME=VALUE\n" + _options_of("check"),
        ),
        (
            ["explain"],
            "conformance: the following arguments are required: ID\n" + _options_of("explain"),
        ),
        (
            ["list", "--format", "jsno"],
            "conformance: --format: there is no format 'jsno'; did you mean json?\n" + _options_of("list"),
        ),
    ],
)
def test_slips(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A slip is exit 2, one sentence and what to do; the value of an unknown option is never repeated."""
    code = main(arguments)

    assert (code, capsys.readouterr().err) == (2, said)


def test_help_lists_all_verbs(capsys: pytest.CaptureFixture[str]) -> None:
    """Help names every verb and the exit codes."""
    with pytest.raises(SystemExit) as ended:
        main(["--help"])

    text = capsys.readouterr().out
    assert ended.value.code == 0
    assert all(f"\n    {verb} " in text for verb in VERBS)
    assert "130 interrupted" in text


@pytest.mark.parametrize("arguments", [["--help"], *([verb, "--help"] for verb in VERBS)])
def test_help_is_light(arguments: list[str]) -> None:
    """Asking for help imports nothing heavy."""
    program = (
        "import sys, atexit\n"
        f"atexit.register(lambda: print([name for name in {_HEAVY!r} if name in sys.modules], file=sys.stderr))\n"
        f"from conformance.cli import main\nmain({arguments!r})"
    )

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "[]\n")
