"""Where reports go: `KIND=FILE`, proved writable before the run and written whole or not at all."""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import cast

from conformance.errors import UsageError
from conformance.report.document import Document

KINDS = ("html", "json", "junit")  # each is a module of this package with `render(document) -> bytes`


@dataclass(frozen=True, slots=True)
class Destination:
    """One report to write: its kind and its file."""

    kind: str
    path: Path


def destination(text: str) -> Destination:
    """The destination that `KIND=FILE` names; raises UsageError if the kind is unknown or the file not writable."""
    kind, separator, name = text.partition("=")
    if not separator or not name:
        raise UsageError(f"a report is KIND=FILE, not {text!r}", hint=f"e.g. --report {_nearest(kind)}=report")
    if kind not in KINDS:
        raise UsageError(f"there is no report of kind {kind!r}", hint=f"did you mean {_nearest(kind)}={name}?")
    path = Path(name).expanduser().resolve()
    _prove_writable(path)
    return Destination(kind, path)


def write(document: Document, to: Destination) -> None:
    """Renders and writes; a reader never sees half a file. Raises UsageError if the disk refuses."""
    render = cast("Callable[[Document], bytes]", import_module(f"conformance.report.{to.kind}").render)
    put(render(document), to)


def put(content: bytes, to: Destination) -> None:
    """Writes what is rendered already; a reader never sees half a file. Raises UsageError if the disk refuses."""
    try:
        if _is_device(to.path):
            to.path.write_bytes(content)
        else:
            _replace(to.path, content)
    except OSError as error:
        raise _unwritable(to.path, error) from error


def _replace(path: Path, content: bytes) -> None:
    temporary = _neighbour(path)
    try:
        temporary.write_bytes(content)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _prove_writable(path: Path) -> None:
    if path.is_dir():
        raise UsageError(f"{path} is a folder, not a file", hint="name a file inside it")
    if not path.parent.is_dir():
        raise UsageError(f"the folder {path.parent} does not exist", hint="create it first")
    try:
        _probe(path)
    except OSError as error:
        raise _unwritable(path, error) from error


def _probe(path: Path) -> None:
    if path.exists():
        with path.open("ab"):
            pass
    if not _is_device(path):
        probe = _neighbour(path)
        probe.touch(exist_ok=False)
        probe.unlink()


def _is_device(path: Path) -> bool:
    """Such as /dev/stdout: to be written to, never replaced."""
    return path.exists() and not path.is_file()


def _neighbour(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}.part")


def _nearest(kind: str) -> str:
    return next(iter(difflib.get_close_matches(kind, KINDS, n=1, cutoff=0.3)), "json")


def _unwritable(path: Path, error: OSError) -> UsageError:
    return UsageError(f"{path} cannot be written: {error.strerror or error}", hint="choose another file")
