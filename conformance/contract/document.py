"""The files of an OpenAPI document: reading them, following `$ref` between them, naming a line in them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import yaml

from conformance.errors import ContractError

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _JsonLikeLoader(_Loader):  # type: ignore[misc]
    """YAML read as JSON would be: no dates, no yes/no booleans, no duplicate keys, keys are strings."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML's own; those of YAML 1.1 are not wanted


def _mapping(loader: Any, node: yaml.MappingNode) -> dict[str, Any]:
    seen: set[str] = set()
    for key, _ in node.value:
        if not isinstance(key, yaml.ScalarNode) or key.value in seen:
            problem = f"the key {key.value!r} stands twice" if isinstance(key, yaml.ScalarNode) else "a key is a text"
            raise yaml.constructor.ConstructorError(None, None, problem, key.start_mark)
        seen.add(key.value)
    loader.flatten_mapping(node)  # what is merged comes first: what stands here wins
    return {key.value: loader.construct_object(value, deep=True) for key, value in node.value}


def _integer(loader: Any, node: yaml.ScalarNode) -> int:
    return int(node.value, {"0o": 8, "0x": 16}.get(node.value[:2], 10))


# The scalars of YAML 1.2, which OpenAPI recommends: 12:30 is a text, 1e3 a number, 010 is ten.
for _tag, _form, _first in (
    ("null", "~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", "true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", "[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", list("-+0123456789")),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", list("-+.0123456789")),
    ("merge", "<<", ["<"]),
):
    _JsonLikeLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^({_form})$"), _first)
_JsonLikeLoader.add_constructor("tag:yaml.org,2002:map", _mapping)
_JsonLikeLoader.add_constructor("tag:yaml.org,2002:int", _integer)

Place = tuple[str | int, ...]
MOST = 5_000_000  # values of a document


@dataclass
class Document:
    """One OpenAPI document and the files it refers to; `root` is the parsed main file."""

    path: Path
    root: dict[str, Any]
    _files: dict[Path, Any] = field(default_factory=dict)
    _paths: dict[tuple[str, Path], Path] = field(default_factory=dict)  # asking the file system once per reference

    @property
    def is_30(self) -> bool:
        """Whether it is written in OpenAPI 3.0, before schemas were those of JSON Schema."""
        return str(self.root.get("openapi", "")).startswith("3.0")

    def resolve(self, reference: str, base: Path, place: Place = ()) -> tuple[Any, Path]:
        """The value that a `$ref` found in file `base` at `place` names, and the file it stands in."""
        name, _, fragment = reference.partition("#")
        try:
            path = self._path(name, base) if name else base
        except ValueError:
            raise self.error(
                f"the reference {reference!r} names nothing that a file may be called", place, base
            ) from None
        value = self._file(path, reference, base, place)
        if fragment and not fragment.startswith("/"):
            raise self.error(
                f"the reference {reference!r} names an anchor; only JSON pointers are followed", place, base
            )
        for part in _parts(fragment):
            try:
                value = value[int(part) if part.isdigit() else len(value)] if isinstance(value, list) else value[part]
            except (KeyError, IndexError, TypeError):
                raise self.error(
                    f"the reference {reference!r} leads nowhere: {part!r} is missing", place, base
                ) from None
        return value, path

    def _path(self, name: str, base: Path) -> Path:
        known = self._paths.get((name, base))
        if known is None:
            known = self._paths[name, base] = (base.parent / unquote(name)).resolve()
        return known

    def _file(self, path: Path, reference: str, base: Path, place: Place) -> Any:
        if path not in self._files:
            if "://" in reference:
                raise self.error(f"the reference {reference!r} leads to the network; only files are read", place, base)
            self._files[path] = read(path, wanted_by=f"{base}: reference {reference!r}")
        return self._files[path]

    def error(
        self, message: str, place: Place = (), file: Path | None = None, hint: str | None = None
    ) -> ContractError:
        """The error to raise for something wrong at `place`, with its line."""
        path = file or self.path
        return ContractError(message, file=str(path), line=line_of(path, place), hint=hint)


def load(path: Path) -> Document:
    """Read the document at `path`; ContractError if it is not there, not YAML or JSON, or not OpenAPI 3."""
    resolved = path.resolve()
    root = read(path)
    if _weight(root, {}) > MOST:
        raise ContractError(f"its aliases multiply each other to more than {MOST} values", file=str(path))
    if not isinstance(root, dict) or not str(root.get("openapi", "")).startswith(("3.0", "3.1")):
        found = root.get("openapi") or root.get("swagger") if isinstance(root, dict) else None
        said = f"it says {found!r}" if found else "it has no `openapi` field"
        raise ContractError(f"not an OpenAPI 3.0 or 3.1 document: {said}", file=str(path), line=1)
    return Document(path=resolved, root=root, _files={resolved: root})


def read(path: Path, wanted_by: str | None = None) -> Any:
    """The parsed content of a YAML or JSON file."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise ContractError(_unreadable(problem), file=str(path), hint=wanted_by and f"wanted by {wanted_by}") from None
    try:
        return json.loads(text, object_pairs_hook=_once) if path.suffix == ".json" else yaml.load(text, _JsonLikeLoader)  # noqa: S506 - safe
    except RecursionError:
        raise ContractError("nested too deeply to be read", file=str(path)) from None
    except json.JSONDecodeError as problem:
        raise ContractError(f"not JSON: {problem.msg}", file=str(path), line=problem.lineno) from None
    except KeyError as problem:
        raise ContractError(f"not JSON: the key {problem} stands twice", file=str(path)) from None
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        reason = getattr(problem, "problem", None) or "cannot be read"
        raise ContractError(f"not YAML: {reason}", file=str(path), line=mark.line + 1 if mark else None) from None


def _weight(value: Any, known: dict[int, int]) -> int:
    """How many values there are once every alias is followed; what is shared is looked at once."""
    if not isinstance(value, dict | list):
        return 1
    if id(value) not in known:
        parts = value.values() if isinstance(value, dict) else value
        known[id(value)] = 1 + sum(_weight(part, known) for part in parts)
    return known[id(value)]


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise KeyError(name)
        found[name] = value
    return found


def _unreadable(problem: Exception) -> str:
    if isinstance(problem, FileNotFoundError):
        return "there is no such file"
    return f"cannot be read: {problem.strerror if isinstance(problem, OSError) else 'it is not UTF-8 text'}"


def place_of(reference: str) -> Place:
    """Where a reference leads in its file."""
    return tuple(_parts(reference.partition("#")[2]))


def _parts(fragment: str) -> list[str]:
    return [unquote(part).replace("~1", "/").replace("~0", "~") for part in fragment.split("/")[1:]]


def line_of(path: Path, place: Place) -> int | None:
    """The 1-based line at which the value at `place` stands; that of the nearest ancestor that exists."""
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=_Loader)
    except (OSError, UnicodeDecodeError, RecursionError, yaml.YAMLError):
        return None
    line = 1
    for part in place:
        child = _child(node, part)
        if child is None:
            break
        node, line = child
    return line


def _child(node: Any, part: str | int) -> tuple[Any, int] | None:
    if isinstance(node, yaml.MappingNode):
        return next(((v, k.start_mark.line + 1) for k, v in node.value if k.value == str(part)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part], node.value[part].start_mark.line + 1
    return None
