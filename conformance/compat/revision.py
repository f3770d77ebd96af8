"""A version of a contract: a file, or `REV:path` of git, laid out in a folder with the files that it refers to."""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from pathlib import Path

from conformance.compat.side import Side, read_side
from conformance.errors import ContractError, UsageError

_KINDS = (".yaml", ".yml", ".json")


def read_revision(name: str) -> Side:
    """The version that `name` means; UsageError says which part of it leads nowhere."""
    path = Path(name)
    revision, separator, inner = name.partition(":")
    if path.exists() or not separator or not revision or not inner:
        return read_side(path, name)
    with tempfile.TemporaryDirectory(prefix="conformance-") as folder:
        root = Path(folder)
        laid = root / _lay_out(revision, inner, root)
        try:
            return read_side(laid, name)
        except ContractError as error:
            message = error.message.replace(f"{root.resolve()}/", f"{revision}:").replace(f"{root}/", f"{revision}:")
            raise UsageError(message, hint=error.hint) from None


def _lay_out(revision: str, inner: str, root: Path) -> str:
    """Every YAML and JSON file of the revision under `root`; the contract's path below it."""
    top = _git("rev-parse", "--show-toplevel").decode().strip()
    prefix = _git("rev-parse", "--show-prefix").decode().strip() if inner.startswith(("./", "../")) else ""
    wanted = _normal(f"{prefix}{inner}")
    if not _known(f"{revision}^{{commit}}"):
        raise UsageError(
            f"git knows no revision {revision!r}", hint="give a file, or REV:path as in main:spec/api.yaml"
        )
    if not _known(f"{revision}:{wanted}"):
        raise UsageError(f"there is no {wanted} in {revision}", hint="the path counts from the top of the repository")
    archive = _git("-C", top, "archive", "--format=tar", revision)
    with tarfile.open(fileobj=io.BytesIO(archive)) as found:
        members = [m for m in found.getmembers() if m.isfile() and (m.name == wanted or m.name.endswith(_KINDS))]
        found.extractall(root, members=members, filter="data")
    return wanted


def _normal(path: str) -> str:
    parts: list[str] = []
    for part in path.split("/"):
        if part == "..":
            parts[-1:] = []
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


def _known(what: str) -> bool:
    try:
        _git("cat-file", "-e", what)
    except UsageError:
        return False
    return True


def _git(*words: str) -> bytes:
    try:
        done = subprocess.run(["git", *words], capture_output=True, check=False)  # noqa: S603, S607 - git, found by PATH
    except OSError:
        raise UsageError("git is not installed, and REV:path needs it", hint="give two files") from None
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().removeprefix("fatal: ")
        raise UsageError(f"git {words[0]}: {said}", hint="REV:path is read from the repository of this folder")
    return done.stdout
