"""Laws of naming a version: a file, or a revision of git and a path in it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
import yaml

from conformance.compat import read_revision
from conformance.errors import UsageError
from tests.compat.contracts import body, document

IDENTITY = ("-c", "user.name=Tester", "-c", "user.email=tester@example.org", "-c", "commit.gpgsign=false")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository whose first commit has a contract in two files; the working tree is of another mind."""
    spec = tmp_path / "spec"
    spec.mkdir()
    referring = document(body({"$ref": "models/bed.yaml#/Bed"}))
    (spec / "api.yaml").write_text(yaml.safe_dump(referring))
    (spec / "models").mkdir()
    (spec / "models" / "bed.yaml").write_text("Bed: {type: object, properties: {name: {type: string, maxLength: 9}}}\n")
    for words in (("init", "--quiet"), ("add", "."), ("commit", "--quiet", "-m", "A contract")):
        subprocess.run(["git", *IDENTITY, *words], cwd=tmp_path, check=True)
    (spec / "models" / "bed.yaml").write_text("Bed: {type: integer}\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_revision_brings_the_files_that_it_refers_to(repository: Path) -> None:
    """`HEAD:path` is the contract as committed, with the other file as committed."""
    side = read_revision("HEAD:spec/api.yaml")

    (described,) = side.operations.values()
    assert described.operation.request_schema["properties"]["body"]["properties"]["name"]["maxLength"] == 9
    assert side.name == "HEAD:spec/api.yaml"


def test_a_file_is_read_as_it_lies_there(repository: Path) -> None:
    """A path is the working tree's."""
    (described,) = read_revision("spec/api.yaml").operations.values()

    assert described.operation.request_schema["properties"]["body"] == {"type": "integer"}


def test_a_path_may_count_from_here(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As for git, `./` begins in the current folder."""
    monkeypatch.chdir(repository / "spec")

    assert read_revision("HEAD:./api.yaml").operations


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("v9:spec/api.yaml", "no revision 'v9'"),
        ("HEAD:spec/other.yaml", "no spec/other.yaml in HEAD"),
        ("spec/other.yaml", "no such file"),
        ("--upload-pack=x:spec/api.yaml", "no revision"),
    ],
)
def test_what_leads_nowhere_is_said(repository: Path, name: str, said: str) -> None:
    """The part that is wrong is named."""
    with pytest.raises(UsageError, match=said):
        read_revision(name)


def test_an_error_in_a_revision_names_the_revision(repository: Path) -> None:
    """The temporary folder is nobody's business."""
    (repository / "spec" / "api.yaml").write_text("openapi: 2.0\n")
    for words in (("add", "."), ("commit", "--quiet", "-m", "Broken")):
        subprocess.run(["git", *IDENTITY, *words], cwd=repository, check=True)

    with pytest.raises(UsageError, match=r"^HEAD:spec/api\.yaml:1: not an OpenAPI"):
        read_revision("HEAD:spec/api.yaml")


def test_outside_of_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """REV:path needs a repository."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))

    with pytest.raises(UsageError, match="not a git repository"):
        read_revision("HEAD:api.yaml")
