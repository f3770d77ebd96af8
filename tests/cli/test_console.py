"""Laws of writing to whatever stream there is."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest

from conformance.cli import console


def _stream(encoding: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding=encoding)


@pytest.mark.parametrize(
    ("encoding", "expected"),
    [("utf-8", "✗ né … 中"), ("ascii", r"x n\xe9 ... \u4e2d"), ("latin-1", r"x né ... \u4e2d")],
)
def test_encodable(encoding: str, expected: str) -> None:
    """What a stream cannot encode is replaced, never raised."""
    stream = _stream(encoding)

    text = console.encodable("✗ né … 中", stream)
    stream.write(text)
    stream.flush()

    assert text == expected


def test_lone_surrogates_do_not_crash() -> None:
    """Not even UTF-8 can encode half a pair."""
    assert console.encodable("\ud83d", _stream("utf-8")) == r"\ud83d"


def test_plain_where_nobody_looks() -> None:
    """Without a terminal there are no colours and no width."""
    stream = _stream("utf-8")

    assert not console.in_colour(stream)
    assert console.width(stream) is None


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_colours_can_be_refused(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal gets colours unless its user refuses them."""
    stream = _stream("utf-8")
    monkeypatch.setattr(stream, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    before = console.in_colour(stream)

    monkeypatch.setenv(name, value)

    assert (before, console.in_colour(stream)) == (True, False)


def test_a_reader_that_goes_away() -> None:
    """A closed pipe is no error, and nothing is said of it."""
    program = "from conformance.cli import console\nfor _ in range(9): console.say('x' * 1_000_000)\nprint('on')"

    child = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert child.stdout is not None
    assert child.stderr is not None
    child.stdout.close()
    said = child.stderr.read()
    child.stderr.close()

    assert (child.wait(30), said) == (0, b"")


def test_a_full_disk() -> None:
    """What cannot be written is the user's to mend, in words, and nothing is raised at the end."""
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "conformance", "list"], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )

    assert done.returncode == 2
    assert done.stderr == (
        "conformance: the output cannot be written: No space left on device\n  hint: redirect it elsewhere\n"
    )


def test_without_streams() -> None:
    """A program that is started without output writes nothing, and does its work."""
    command = f"{sys.executable} -c 'from conformance.cli import main; raise SystemExit(main([\"list\"]))' >&- 2>&-"

    assert subprocess.run(["sh", "-c", command], check=False).returncode == 0
