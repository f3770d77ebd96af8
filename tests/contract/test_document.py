"""Laws of the files of a contract: YAML read as JSON would be, references, and the lines of errors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from conformance.contract.document import Document, line_of, load, read
from conformance.errors import ContractError

MINIMAL = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\n"


def written(folder: Path, text: str, name: str = "toy.yaml") -> Path:
    """A file with this text."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def refused(path: Path) -> ContractError:
    """The error with which a file is refused."""
    with pytest.raises(ContractError) as caught:
        load(path)
    return caught.value


@pytest.mark.parametrize(
    ("scalar", "expected"),
    [
        ("2024-05-01", "2024-05-01"),
        ("2024-05-01T06:00:00Z", "2024-05-01T06:00:00Z"),
        ("yes", "yes"),
        ("No", "No"),
        ("on", "on"),
        ("off", "off"),
        ("y", "y"),
        ("true", True),
        ("False", False),
        ("null", None),
        ("7", 7),
        ("-2.5", -2.5),
        ("'7'", "7"),
        ("1.4.0", "1.4.0"),
    ],
)
def test_scalars_are_those_of_json(tmp_path: Path, scalar: str, expected: Any) -> None:
    """A date stays a text, and only true and false are booleans."""
    path = written(tmp_path, f"value: {scalar}\n")

    found = read(path)["value"]

    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(
    ("scalar", "expected"),
    [
        ("12:30", "12:30"),
        ("1:30:00", "1:30:00"),
        ("1_000", "1_000"),
        ("1e3", 1000.0),
        ("010", 10),
        ("'='", "="),
        ("=", "="),
    ],
)
def test_scalars_are_those_of_yaml_1_2(tmp_path: Path, scalar: str, expected: Any) -> None:
    """What YAML 1.1 reads otherwise (minutes to the base of sixty, octal numbers) is read as YAML 1.2 has it."""
    path = written(tmp_path, f"value: {scalar}\n")

    assert read(path)["value"] == expected


def test_keys_are_texts(tmp_path: Path) -> None:
    """A number, a date or a boolean as a key is the text that stands there."""
    path = written(tmp_path, "200: a\n2024-05-01: b\nyes: c\nnull: d\ntrue: e\n")

    assert read(path) == {"200": "a", "2024-05-01": "b", "yes": "c", "null": "d", "true": "e"}


def test_merge_keys(tmp_path: Path) -> None:
    """An anchor is merged, and what stands beside it wins."""
    path = written(tmp_path, "a: &a {x: 1, y: 2}\nb:\n  <<: *a\n  y: 3\n")

    assert read(path)["b"] == {"x": 1, "y": 3}


@pytest.mark.parametrize("key", ["b", "'200'"])
def test_a_key_stands_once(tmp_path: Path, key: str) -> None:
    """A key that stands twice is refused at its second line, also when it is spelled as number and text."""
    first = key.strip("'")
    path = written(tmp_path, f"{MINIMAL}x:\n  {first}: 1\n  a: 2\n  {key}: 3\n")

    error = refused(path)

    assert error.line == 7
    assert "twice" in error.reason


def test_a_key_of_json_stands_once(tmp_path: Path) -> None:
    """JSON is read as strictly as YAML: no member twice."""
    path = written(tmp_path, '{"openapi": "3.1.0", "paths": {}, "paths": {}}', "toy.json")

    assert "twice" in refused(path).reason


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("openapi: 3.1.0\npaths: [\n", 3),
        ("openapi: 3.1.0\n\tpaths: {}\n", 2),
        ("openapi: 3.1.0\npaths: !!python/object:os.system {}\n", 2),
        ("openapi: 3.1.0\npaths: *missing\n", 2),
        ("swagger: '2.0'\n", 1),
        ("openapi: 4.0.0\n", 1),
        ("- a\n", 1),
        ("", 1),
    ],
)
def test_what_is_no_openapi_3_is_refused(tmp_path: Path, text: str, line: int) -> None:
    """What is not YAML, or not OpenAPI 3.0 or 3.1, is refused with file and line."""
    path = written(tmp_path, text)

    error = refused(path)

    assert error.file == str(path)
    assert error.line == line


def test_broken_json_is_refused(tmp_path: Path) -> None:
    """A file named .json is JSON."""
    path = written(tmp_path, '{"openapi": "3.1.0",\n"paths": {,}}', "toy.json")

    assert refused(path).line == 2


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    """A file that is not there is the user's to mend, not a crash."""
    error = refused(tmp_path / "absent.yaml")

    assert "no such file" in error.reason


def test_a_folder_and_foreign_bytes_are_refused(tmp_path: Path) -> None:
    """What cannot be read as UTF-8 text is refused in words."""
    latin = tmp_path / "latin.yaml"
    latin.write_bytes(b"openapi: 3.1.0\ntitle: \xe9\n")

    assert "UTF-8" in refused(latin).reason
    assert refused(tmp_path).file == str(tmp_path)


def test_json_is_a_contract_too(tmp_path: Path) -> None:
    """The same document in JSON has the same root."""
    tree = {"openapi": "3.0.3", "paths": {"/a": {}}}

    document = load(written(tmp_path, json.dumps(tree), "toy.json"))

    assert document.root == tree


def loaded(folder: Path, text: str) -> Document:
    """The document of a minimal contract with this text added."""
    return load(written(folder, MINIMAL + text))


def test_local_reference(tmp_path: Path) -> None:
    """A fragment is a JSON pointer, percent-encoded and escaped; a number is an index or a key."""
    document = loaded(tmp_path, "x:\n  a/b~c d: {list: [1, {deep: 2}]}\n  200: {ok: 3}\n")

    deep, where = document.resolve("#/x/a~1b~0c%20d/list/1/deep", document.path)
    status, _ = document.resolve("#/x/200/ok", document.path)

    assert (deep, where) == (2, document.path)
    assert status == 3


def test_reference_to_another_file(tmp_path: Path) -> None:
    """A file name is relative to the file that names it, also through several files."""
    (tmp_path / "deep").mkdir()
    written(tmp_path / "deep", "One: {$ref: 'two parts.json#/Two'}\n", "one.yaml")
    written(tmp_path / "deep", '{"Two": {"type": "string"}}', "two parts.json")
    document = loaded(tmp_path, "")

    one, where = document.resolve("deep/one.yaml#/One", document.path)
    two, last = document.resolve(one["$ref"].replace(" ", "%20"), where)

    assert two == {"type": "string"}
    assert last == tmp_path / "deep" / "two parts.json"


@pytest.mark.parametrize(
    "reference",
    ["#/x/missing", "#/x/list/5", "#/x/list/-1", "#/x/list/word", "#/x/text/a", "#anchor", "other.yaml#/A", "\0"],
)
def test_broken_reference(tmp_path: Path, reference: str) -> None:
    """A reference that leads nowhere is refused: by member, by index, by anchor, by file."""
    document = loaded(tmp_path, "x: {list: [1], text: abc}\n")

    with pytest.raises(ContractError):
        document.resolve(reference, document.path)


def test_nothing_is_fetched(tmp_path: Path) -> None:
    """A reference to the network is refused."""
    document = loaded(tmp_path, "")

    with pytest.raises(ContractError, match="network"):
        document.resolve("https://example.com/a.yaml#/A", document.path)


def test_line_of_a_place(tmp_path: Path) -> None:
    """The line of a key, of an item, and of the nearest ancestor of what is not there."""
    path = written(tmp_path, "a:\n  b:\n    - 1\n    - c: 2\n  200: d\n")

    lines = [line_of(path, place) for place in ((), ("a",), ("a", "b", 1), ("a", "200"), ("a", "b", 1, "none", "more"))]

    assert lines == [1, 1, 4, 5, 4]


@pytest.mark.parametrize(("name", "depth"), [("toy.yaml", 5_000), ("toy.json", 100_000)])
def test_depth_is_bounded(tmp_path: Path, name: str, depth: int) -> None:
    """A document that is nested beyond what can be read is refused in words."""
    path = written(tmp_path, '{"openapi": "3.1.0", "x": ' + "[" * depth + "]" * depth + "}", name)

    assert refused(path).reason == "nested too deeply to be read"


def test_aliases_are_bounded(tmp_path: Path) -> None:
    """Aliases that multiply each other are refused at once; those of an ordinary document are not counted out."""
    levels = [f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]" for level in range(1, 9)]
    bomb = written(tmp_path, "\n".join(["openapi: 3.1.0", "paths: {}", "a0: &a0 [x]", *levels]) + "\n")
    shared = written(tmp_path, MINIMAL + "a: &a {b: 1}\nc: [*a, *a]\n", "shared.yaml")

    assert "its aliases multiply each other" in refused(bomb).reason
    assert load(shared).root["c"] == [{"b": 1}, {"b": 1}]
