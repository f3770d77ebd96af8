"""Laws of the measure of isolation: every keyword is counted once, and what is wrong is called wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bench.isolation import Place, as_bodies, examined, judged, keywords, main

SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["a", "b"],
    "properties": {"a": {"type": "string", "enum": ["x"]}, "required": {"maxLength": 2}},
    "anyOf": [{"minProperties": 1}, True],
    "$defs": {"c": {"not": {"const": 1}}},
}


def place(schema: Any, *path: str | int) -> Place:
    """A keyword of a schema."""
    return Place("some.json", "a group", schema, path)


def test_every_keyword_is_a_place() -> None:
    """Keywords are found in members, alternatives and definitions, each required member by itself; names are none."""
    assert set(keywords(SCHEMA)) == {
        ("type",),
        ("required", "a"),
        ("required", "b"),
        ("anyOf",),
        ("properties", "a", "type"),
        ("properties", "a", "enum"),
        ("properties", "required", "maxLength"),
        ("anyOf", 0, "minProperties"),
        ("$defs", "c", "not"),
        ("$defs", "c", "not", "const"),
    }


@pytest.mark.parametrize(
    ("schema", "path", "outcome"),
    [
        ({"maxLength": 2}, ("maxLength",), "isolated"),
        ({"enum": ["a"], "type": "string"}, ("type",), "vacuous"),
        ({"format": "no-such-format"}, ("format",), "refused"),
        ({"$ref": "http://127.0.0.1/other.json", "maxLength": 2}, ("maxLength",), "refused"),
    ],
)
def test_outcomes(schema: Any, path: tuple[str], outcome: str) -> None:
    """A keyword is broken alone, proved to be none that can be, or neither."""
    assert examined(place(schema, *path)).outcome == outcome


@pytest.mark.parametrize("value", ["ab", 5])
def test_what_is_valid_or_breaks_more_is_wrong(value: Any) -> None:
    """A value that the schema admits, or that breaks another keyword as well, is no isolated violation."""
    wanted = place({"maxLength": 2, "type": "string"}, "maxLength")

    assert judged(wanted, ["abc"]).outcome == "isolated"
    assert judged(wanted, ["abc", value]).outcome == "wrong"


def test_a_suite_is_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder of schemas is measured alone and as bodies of requests; too few isolated keywords exit 1."""
    folder = tmp_path / "json-schema-test-suite"
    folder.mkdir()
    groups = [{"description": "one", "schema": {"type": "string", "maxLength": 2}, "tests": []}]
    (folder / "some.json").write_text(json.dumps(groups))

    assert main(tmp_path) == 0
    assert {found.place.path[-1] for found in as_bodies(folder)} == {"type", "maxLength"}

    groups.append({"description": "two", "schema": {"format": "no-such-format"}, "tests": []})
    (folder / "some.json").write_text(json.dumps(groups))

    assert main(tmp_path) == 1
    assert "a format that is not checked" in capsys.readouterr().out


def test_a_folder_without_schemas_is_said(tmp_path: Path) -> None:
    """Nothing measured is no good measure: who names another folder is told which is meant."""
    with pytest.raises(SystemExit, match="json-schema-test-suite"):
        main(tmp_path)
