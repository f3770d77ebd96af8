"""A site: a place in a request or a response, the schema that holds there, and what the contract says of it."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from conformance.contract.operation import Operation
from conformance.contract.schema import EXTENSION, Schema
from conformance.requirement import Level, Source

SchemaPath = tuple[str | int, ...]

_BRANCHES = ("allOf", "anyOf", "oneOf")
_SAME_VALUE = ("if", "then", "else", "not")


@dataclass(frozen=True, slots=True)
class Site:
    """Where a schema applies: `pointer` in the instance (an array item is `*`), `path` in the root schema."""

    pointer: str
    path: SchemaPath
    schema: Schema
    source: Source
    level: Level
    branch: str = ""  # which alternatives lead here, e.g. "(Cat)"

    @property
    def extension(self) -> Mapping[str, Any]:
        """What `x-conformance` says at this very place."""
        found: Mapping[str, Any] = self.schema.get(EXTENSION, {})
        return found

    @property
    def name(self) -> str:
        """The member's name, or the array's for an item."""
        parts = [part for part in self.pointer.split("/") if part and part != "*"]
        return parts[-1] if parts else "body"


# Keywords after which a schema path goes on with a name or a number.
_NAMING = (
    *("properties", "patternProperties", "dependentSchemas", "required"),
    *("prefixItems", "allOf", "anyOf", "oneOf"),
)


def parent(path: SchemaPath) -> SchemaPath:
    """The path of the schema that holds the one a schema path leads to; the root's is its own."""
    end = index = 0
    while index < len(path):
        end = index
        index += 2 if path[index] in _NAMING else 1
    return path[:end]


def sites(root: Schema, source: Source, pointer: str = "", level: Level = "documented") -> Iterator[Site]:
    """Every site of a schema, parents first; recursion is not followed."""
    first = Site(pointer, (), root, source, level)
    yield from _below(_stated(first, None))


def _below(site: Site) -> Iterator[Site]:
    yield site
    for child in _children(site):
        if isinstance(child.schema, dict):
            yield from _below(_stated(child, site))


def _children(site: Site) -> Iterator[Site]:
    schema, path = site.schema, site.path
    for name, child in schema.get("properties", {}).items():
        yield _child(site, child, f"{site.pointer}/{escape(name)}", (*path, "properties", name))
    for name, child in schema.get("patternProperties", {}).items():
        yield _child(site, child, f"{site.pointer}/*", (*path, "patternProperties", name))
    for keyword in ("additionalProperties", "items"):
        if isinstance(schema.get(keyword), dict):
            yield _child(site, schema[keyword], f"{site.pointer}/*", (*path, keyword))
    for index, child in enumerate(schema.get("prefixItems", [])):
        yield _child(site, child, f"{site.pointer}/{index}", (*path, "prefixItems", index))
    for keyword in _BRANCHES:
        for index, child in enumerate(schema.get(keyword, [])):
            yield _branch(site, child, keyword, index)
    for keyword in ("then", "else"):
        if keyword in schema:
            inner = _child(site, schema[keyword], site.pointer, (*path, keyword))
            yield replace(inner, branch=f"{site.branch}({keyword})")


def _child(site: Site, schema: Any, pointer: str, path: SchemaPath) -> Site:
    return replace(site, schema=schema, pointer=pointer, path=path)


def _branch(site: Site, schema: Any, keyword: str, index: int) -> Site:
    child = _child(site, schema, site.pointer, (*site.path, keyword, index))
    if keyword == "allOf":
        return child
    label = schema.get("title", index + 1) if isinstance(schema, dict) else index + 1
    return replace(child, branch=f"{site.branch}({label})")


def _stated(site: Site, parent: Site | None) -> Site:
    """The site with its source and level, its own or inherited."""
    extension = site.schema.get(EXTENSION, {})
    return replace(site, source=site.source.stated(extension), level=extension.get("level", site.level))


def escape(name: str) -> str:
    """A member's name as one part of a JSON pointer; a literal "*" is kept apart from the wildcard."""
    return name.replace("~", "~0").replace("/", "~1").replace("*", "~2")


def unescape(part: str) -> str:
    """The member's name of one part of a pointer."""
    return part.replace("~2", "*").replace("~1", "/").replace("~0", "~")


def reaches(document: Any, pointer: str) -> bool:
    """Whether a pointer with wildcards reaches any value."""
    return _reaches(document, _steps_of(pointer), 0)


@lru_cache(maxsize=10_000)
def _steps_of(pointer: str) -> tuple[str | None, ...]:
    """The names of a pointer; None for a wildcard."""
    return tuple(None if part == "*" else unescape(part) for part in pointer.split("/")[1:])


def _reaches(value: Any, names: tuple[str | None, ...], at: int) -> bool:
    for index in range(at, len(names)):
        name = names[index]
        if name is None:
            inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
            return any(_reaches(each, names, index + 1) for each in inner)
        if isinstance(value, dict) and name in value:
            value = value[name]
        elif isinstance(value, list) and name.isdigit() and int(name) < len(value):
            value = value[int(name)]
        else:
            return False
    return True


def leaves(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Every value within a document that is no array and no object, with its path."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
    if inner is None:
        yield path, value
    else:
        yield from (leaf for key, each in inner for leaf in leaves(each, (*path, key)))


def values_at(document: Any, pointer: str) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Every value that a pointer with wildcards reaches, with its path; none if a part is missing."""
    yield from _reach(document, tuple(pointer.split("/")[1:]), ())


def _reach(
    value: Any, parts: tuple[str, ...], path: tuple[str | int, ...]
) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    if not parts:
        yield path, value
        return
    head, rest = parts[0], parts[1:]
    for key, child in _steps(value, head):
        yield from _reach(child, rest, (*path, key))


def _steps(value: Any, head: str) -> list[tuple[str | int, Any]]:
    if isinstance(value, dict):
        if head == "*":
            return list(value.items())
        name = unescape(head)
        return [(name, value[name])] if name in value else []
    if isinstance(value, list):
        if head == "*":
            return list(enumerate(value))
        return [(int(head), value[int(head)])] if head.isdigit() and int(head) < len(value) else []
    return []


def put(document: Any, path: tuple[str | int, ...], value: Any) -> Any:
    """A copy of a document with the value at `path` replaced or added; the rest is shared."""
    if not path:
        return value
    head, rest = path[0], path[1:]
    if isinstance(document, list):
        index = int(head)
        changed = list(document)
        if index == len(changed):
            changed.append(put({}, rest, value))
        else:
            changed[index] = put(changed[index], rest, value)
        return changed
    known = document if isinstance(document, dict) else {}
    return {**known, str(head): put(known.get(str(head), {}), rest, value)}


def at(document: Any, path: tuple[str | int, ...]) -> Any:
    """The value at a concrete path."""
    for part in path:
        document = document[part]
    return document


def drop(document: Any, path: tuple[str | int, ...]) -> Any:
    """A copy of a document without the member or item at `path`."""
    head, rest = path[0], path[1:]
    if not rest:
        if isinstance(document, list):
            return [item for index, item in enumerate(document) if index != head]
        return {key: value for key, value in document.items() if key != head}
    if isinstance(document, list):
        return [drop(item, rest) if index == head else item for index, item in enumerate(document)]
    return {key: drop(item, rest) if key == head else item for key, item in document.items()}


def merged(base: Any, patch: Any) -> Any:
    """A JSON merge patch (RFC 7396), save that null is a value."""
    if not isinstance(base, dict) or not isinstance(patch, dict):
        return copy.deepcopy(patch)
    return {**base, **{key: merged(base.get(key), value) for key, value in patch.items()}}


def rehearses(operation: Operation, request: Any) -> bool:
    """Whether a request asks for a rehearsal: what the operation's patch for that would set is set already."""
    return operation.rehearsal is not None and _contains(request, operation.rehearsal.request)


def _contains(value: Any, patch: Any) -> bool:
    if isinstance(patch, Mapping):
        return isinstance(value, Mapping) and all(n in value and _contains(value[n], each) for n, each in patch.items())
    return type(value) is type(patch) and bool(value == patch)  # 1 is not true
