"""Laws of `conformance compat`: its formats and exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from conformance.cli import main
from tests.compat.contracts import answer, body, document, written

TEXT: dict[str, Any] = {"type": "string"}
SHORT, LONG = ({"type": "object", "properties": {"name": {**TEXT, "maxLength": longest}}} for longest in (9, 12))


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three versions: the second takes less and promises as much, the third says what nobody can decide."""
    monkeypatch.chdir(tmp_path)
    for name, sent in (("one", LONG), ("two", SHORT), ("three", {**TEXT, "format": "licence-plate"}), ("four", TEXT)):
        written(tmp_path, f"{name}.json", document({**body(sent), **answer(LONG)}))
    return tmp_path


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [("one", "one", 0), ("two", "one", 0), ("one", "two", 1), ("four", "three", 3), ("three", "four", 0)],
)
@pytest.mark.usefixtures("files")
def test_exit_codes(old: str, new: str, code: int, capsys: pytest.CaptureFixture[str]) -> None:
    """0 compatible, 1 breaking for callers, 3 undecided; what only servers have to do is compatible."""
    assert main(["compat", f"{old}.json", f"{new}.json"]) == code
    assert f"{old}.json → {new}.json" in capsys.readouterr().out


@pytest.mark.usefixtures("files")
def test_text(capsys: pytest.CaptureFixture[str]) -> None:
    """A finding reads: where, what, the witness, the requirement; then one line with the verdict."""
    main(["compat", "one.json", "two.json"])

    lines = capsys.readouterr().out.splitlines()
    start = lines.index("Breaking for callers (1)")
    assert lines[start + 1] == "  ✗ POST /beds  request body.name  maxLength"
    assert '"name": "aaaaaaaaaa"' in lines[start + 3]
    assert lines[start + 5] == "      requirement: makeBed/request/body/name/maxLength"
    assert lines[-2] == "breaking for callers: 1 breaking for callers"


@pytest.mark.usefixtures("files")
def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    """As JSON, every finding with its witness."""
    main(["compat", "one.json", "two.json", "--format", "json"])

    found = json.loads(capsys.readouterr().out)
    (finding,) = found["findings"]
    assert found["verdict"] == finding["verdict"] == "breaking for callers"
    assert found["summary"] == {"breaking for callers": 1, "breaking for servers": 0, "undecided": 0}
    assert len(finding["witness"]["value"]["body"]["name"]) in range(10, 13)


@pytest.mark.usefixtures("files")
def test_markdown(capsys: pytest.CaptureFixture[str]) -> None:
    """As Markdown, a heading with the verdict, a table, and the witnesses folded away."""
    main(["compat", "one.json", "two.json", "--format", "markdown"])

    said = capsys.readouterr().out
    assert said.startswith("### Contract: breaking for callers\n")
    assert "| `POST /beds` | `request body.name` |" in said
    assert said.index("<details>") < said.index('"name": "aaaaaaaaaa') < said.index("</details>")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["one.json", "nothing.json"], "no such file"),
        (["one.json", "broken.json"], "not JSON"),
        (["one.json"], "required: NEW"),
        (["one.json", "two.json", "--format", "jsn"], "did you mean json?"),
    ],
)
def test_bad_input(files: Path, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever cannot be compared is said in a sentence, with exit code 2."""
    (files / "broken.json").write_text("{")

    assert main(["compat", *arguments]) == 2
    assert said in capsys.readouterr().err
