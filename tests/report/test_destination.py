"""Laws of where reports are written."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from conformance.errors import UsageError
from conformance.report import destination, write
from tests.report import samples


@pytest.mark.parametrize(("kind", "beginning"), [("json", b"{"), ("junit", b"<?xml"), ("html", b"<!doctype html>")])
def test_each_kind(kind: str, beginning: bytes, tmp_path: Path) -> None:
    """Every kind writes its own form, and leaves nothing else behind."""
    write(samples.shown(), destination(f"{kind}={tmp_path / 'report'}"))

    assert (tmp_path / "report").read_bytes().startswith(beginning)
    assert [path.name for path in tmp_path.iterdir()] == ["report"]


def test_replaces_what_was_there(tmp_path: Path) -> None:
    """An older report is replaced whole, through a symbolic link too."""
    (tmp_path / "real").write_text("old " * 100_000)
    (tmp_path / "report").symlink_to("real")

    write(samples.shown(), destination(f"json={tmp_path / 'report'}"))

    assert (tmp_path / "report").is_symlink()
    assert json.loads((tmp_path / "real").read_bytes())["format"] == 1


def test_proving_leaves_no_trace(tmp_path: Path) -> None:
    """Finding out that a file can be written neither makes nor changes it."""
    (tmp_path / "old").write_text("old")

    destination(f"json={tmp_path / 'new'}")
    destination(f"json={tmp_path / 'old'}")

    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"old": "old"}


def test_devices_are_written_not_replaced() -> None:
    """A device stays what it is."""
    write(samples.shown(), destination(f"json={os.devnull}"))

    assert not Path(os.devnull).is_file()


@pytest.mark.parametrize(
    ("text", "said", "hint"),
    [
        ("jsn=report", "there is no report of kind 'jsn'", "did you mean json=report?"),
        ("report.xml", "a report is KIND=FILE, not 'report.xml'", "--report "),
        ("json=", "a report is KIND=FILE, not 'json='", "--report json=report"),
        ("json=/nowhere/at/all", "the folder /nowhere/at does not exist", "create it first"),
        ("json=/", "/ is a folder, not a file", "name a file inside it"),
    ],
)
def test_refused_before_the_run(text: str, said: str, hint: str) -> None:
    """What cannot be written is refused with what to do instead."""
    with pytest.raises(UsageError) as refused:
        destination(text)

    assert refused.value.message == said
    assert hint in (refused.value.hint or "")


def test_unwritable_folder() -> None:
    """A folder that takes no files is found out before the run."""
    with pytest.raises(UsageError, match="cannot be written"):
        destination("json=/proc/report")
