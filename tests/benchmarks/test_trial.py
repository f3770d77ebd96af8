"""Laws of a trial: what a tool found and took, kept as soon as it is known."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.peers import trial
from bench.peers.tool import Tool
from bench.peers.trial import Trial, keep, kept, tried
from bench.server import Counted, requests

ASK = (
    "import sys, urllib.request, urllib.error\n"
    "try: urllib.request.urlopen(sys.argv[1] + '/nowhere')\n"
    "except urllib.error.HTTPError as error: print(error.code)\n"
)


def lines(text: str) -> Iterator[str]:
    """Every line is a failure."""
    yield from text.splitlines()


def tool(*command: str) -> Tool:
    """A tool that is a Python program, given the server's address."""
    return Tool("toy", "1", lambda *_: None, lambda url: [sys.executable, "-c", *command, url], "output.txt", lines)


@pytest.fixture(scope="module")
def server() -> Iterator[Counted]:
    """A counted emulator."""
    with Counted() as counted:
        yield counted


def test_a_trial_says_what_was_found_and_sent(server: Counted, tmp_path: Path) -> None:
    """Its failures are what the tool's record has, its requests those that reached the server."""
    done = tried(tool(ASK), server, tmp_path, "name-255", 0)

    assert (done.failures, done.requests, done.fault) == (("404",), 1, "name-255")
    assert min(done.cpu, done.seconds) > 0
    assert [heard.path for heard in requests(server.heard())] == ["/nowhere"]


def test_a_tool_that_does_not_end_is_ended(server: Counted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is no longer there afterwards, and that it did not end is what was found."""
    monkeypatch.setattr(trial, "TIMEOUT", 0.5)

    done = tried(tool("import time; time.sleep(600)"), server, tmp_path, "", 0)

    assert done.failures == ("did not end",)


def test_a_tool_without_results_has_failed(server: Counted, tmp_path: Path) -> None:
    """A missing record is not an empty one."""
    missing = Tool("toy", "1", lambda *_: None, lambda url: ["true"], "none.xml", lines)

    assert tried(missing, server, tmp_path, "", 0).failures == ("no results",)


def test_trials_are_kept_line_by_line(tmp_path: Path) -> None:
    """What was kept is read again, and a line that was cut short costs only itself."""
    file = tmp_path / "results.jsonl"
    first, second = (Trial("toy", fault, 0, ("a",), 1, 1.0, 0.5) for fault in ("", "name-255"))
    keep(file, first)
    keep(file, second)

    file.write_text(file.read_text()[:-20])

    assert list(kept(file)) == [first]
    assert list(kept(tmp_path / "none.jsonl")) == []
