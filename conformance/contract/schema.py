"""OpenAPI schemas as plain JSON Schema 2020-12: references inlined, 3.0 spelled as 3.1.

A reference that leads back into itself stays one, to an absolute URI that `retrieve` answers; so every subschema
can stand alone, wherever it is used.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

import jsonschema_rs

from conformance import formats
from conformance.contract import vocabulary
from conformance.contract.document import Document, Place, place_of
from conformance.contract.spelling import name_limits, with_null

Direction = Literal["request", "response"]
Schema = dict[str, Any]
EXTENSION = "x-conformance"

_ONE = ("items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames")
_ONE_MORE = ("unevaluatedItems", "unevaluatedProperties")
_LISTS = ("allOf", "anyOf", "oneOf", "prefixItems")
_COUNTS = [f"{which}{what}" for which in ("min", "max") for what in ("Length", "Items", "Properties", "Contains")]
_LIMITS = frozenset([*_COUNTS, "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"])
_BRACES = re.compile(r"\\[pPux]\{[^}]*\}|\\.|\{[0-9]+(?:,[0-9]*)?\}|[{}]")  # what is written with them, then they alone
_MAPS = ("properties", "patternProperties", "dependentSchemas")
_ASSERTIONS = (
    "type", "enum", "multipleOf", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum", "maxLength",
    "minLength", "pattern", "format", "maxItems", "minItems", "uniqueItems", "maxContains", "minContains",
    "maxProperties", "minProperties", "required", "dependentRequired",
)  # fmt: skip
MOST = 50_000  # parts of one schema
MOST_UNROLLED = 400  # parts that following references once more may add
_ANNOTATIONS = frozenset(
    {
        *("example", "examples", "xml", "externalDocs", "discriminator", "nullable", "readOnly", "writeOnly"),
        *("deprecated", "title", "description", "$comment", "$id", "$schema", "$anchor", "$dynamicAnchor"),
        *("contentMediaType", "contentEncoding"),
    }
)


# Recursive schemas by URI; only ever added to, as names are interned.
_RECURSIVE: dict[str, Schema] = {}


def retrieve(uri: str) -> Schema:
    """The recursive schema that a URI of ours names; LookupError for any other: nothing is fetched."""
    return _RECURSIVE[uri]


@cache
def _checkers() -> dict[str, Any]:
    return formats.checkers()


def validator(schema: Schema | bool) -> Any:
    """A compiled JSON Schema 2020-12 validator that asserts all formats of the registry."""
    return jsonschema_rs.Draft202012Validator(schema, formats=_checkers(), validate_formats=True, retriever=retrieve)


@dataclass
class SchemaReader:
    """Converts the schemas of one request or response."""

    document: Document
    direction: Direction
    _stack: list[tuple[Path, int]] = field(default_factory=list)
    _recursive: dict[tuple[Path, int], str] = field(default_factory=dict)
    _hidden: dict[int, frozenset[str]] = field(default_factory=dict)  # by identity of a schema that this reader made
    _converted: int = 0

    def whole(self, node: Any, base: Path, place: Place = ()) -> Schema | bool:
        """The JSON Schema of a body: as `read`, with what it says of itself said one level deeper, too."""
        schema = self.read(node, base, place)
        return unrolled(schema) if self._recursive else schema

    def read(self, node: Any, base: Path, place: Place = ()) -> Schema | bool:
        """The JSON Schema of an OpenAPI schema found in file `base`."""
        if isinstance(node, bool):
            return node
        if not isinstance(node, dict):
            raise self.document.error(f"a schema is an object, not {type(node).__name__}", place, base)
        if "$ref" in node:
            return self._reference(node, base, place)
        return self._within(node, base, place)

    def _reference(self, node: dict[str, Any], base: Path, place: Place) -> Schema | bool:
        key = (base, id(node))
        if key in self._stack:
            raise self.document.error(f"the reference {node['$ref']!r} leads back to itself", place, base)
        target, where = self.document.resolve(str(node["$ref"]), base, place)
        self._stack.append(key)
        schema = self.read(target, where, place_of(node["$ref"]))
        self._stack.pop()
        beside = {key: value for key, value in node.items() if key != "$ref" and key not in _ANNOTATIONS}
        if not beside or self.document.is_30:
            return schema
        siblings = self.read(beside, base, place)
        if isinstance(schema, dict) and isinstance(siblings, dict) and not set(schema) & set(siblings):
            return {**schema, **siblings}
        return {"allOf": [schema, siblings]}

    def _within(self, node: dict[str, Any], base: Path, place: Place) -> Schema:
        key = (base, id(node))
        if key in self._stack:
            name = self._recursive.setdefault(key, f"conformance:/recursive/{len(_RECURSIVE)}")
            _RECURSIVE.setdefault(name, {})
            return {"$ref": name}
        self._stack.append(key)
        try:
            schema = self._convert(node, base, place)
        finally:
            self._stack.pop()
        if key in self._recursive:
            _RECURSIVE[self._recursive[key]] = schema
        return schema

    def _convert(self, node: dict[str, Any], base: Path, place: Place) -> Schema:
        schema: Schema = {}
        for key, value in node.items():
            if key in _ANNOTATIONS:
                continue
            if key == "$dynamicRef":
                hint = "write the `$ref` that it stands for here"
                raise self.document.error("`$dynamicRef` is not followed", (*place, key), base, hint=hint)
            schema[key] = self._keyword(key, value, base, (*place, key))
        self._hide_one_sided(node, schema, base)
        self._discriminate(node, schema)
        if examples := _examples(node):
            schema["examples"] = examples
        if EXTENSION in node:
            schema[EXTENSION] = self._extension(node[EXTENSION], base, (*place, EXTENSION))
        if self.document.is_30:
            name_limits(schema)
        self._check(schema, base, place)
        return with_null(node, schema, self.direction) if self.document.is_30 else schema

    def _extension(self, node: Any, base: Path, place: Place) -> Schema:
        """What `x-conformance` says of a schema; its contested values are given as schemas like any other."""
        vocabulary.check(self.document, node, vocabulary.SCHEMA, place, base)
        extension = cited(self.document, node, place)
        listed = extension.get("contested", [])
        zones = [self._zone(zone, base, (*place, "contested", index)) for index, zone in enumerate(listed)]
        return {**extension, "contested": zones} if zones else extension

    def _zone(self, zone: Schema, base: Path, place: Place) -> Schema:
        schema = self.read(zone["schema"], base, (*place, "schema"))
        inside = validator(schema)
        for index, example in enumerate(zone["examples"]):
            if not inside.is_valid(example):
                problem = f"x-conformance: {zone['id']}: this example is none of the values that are contested"
                raise self.document.error(problem, (*place, "examples", index), base)
        return {**cited(self.document, zone, place), "schema": schema}

    def _check(self, schema: Schema, base: Path, place: Place) -> None:
        """Whether the assertions of a schema can be meant, and there is an end to it."""
        self._converted += 1
        if self._converted > MOST:
            problem = f"the schema has more than {MOST} parts, once its references and aliases are followed"
            raise self.document.error(problem, place, base)
        stated = [(key, schema[key]) for key in _ASSERTIONS if key in schema]
        stated += [("pattern", name) for name in schema.get("patternProperties", {})]
        for keyword, value in stated:
            said = json.dumps(value, default=str, ensure_ascii=False)
            if not sensible(keyword, said):
                raise self.document.error(f"`{keyword}` cannot be {said[:80]}", (*place, keyword), base)

    def _keyword(self, key: str, value: Any, base: Path, place: Place) -> Any:
        if key in _LISTS:
            if not isinstance(value, list) or not value:
                raise self.document.error(f"`{key}` is a list of schemas, of one at least", place, base)
            read = [self.read(item, base, (*place, index)) for index, item in enumerate(value)]
            return read if key in ("allOf", "prefixItems") else list(map(_titled, read, value))
        if key in _MAPS:
            if not isinstance(value, dict):
                raise self.document.error(f"`{key}` holds schemas by name", place, base)
            value, base = self._map(value, base)
            return {name: self.read(item, base, (*place, name)) for name, item in value.items()}
        if key in _ONE or key in _ONE_MORE:
            return self.read(value, base, place)
        if key == "pattern" and isinstance(value, str):
            return _spelt(value)
        if key in _LIMITS and isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
            return int(value)  # 2.0 is a whole number in JSON Schema, but cannot count in Python, and is sent as 2.0
        return value

    def _map(self, value: dict[str, Any], base: Path) -> tuple[dict[str, Any], Path]:
        """A map of schemas; one that lies in another file is not OpenAPI, but what every bundler accepts."""
        if set(value) == {"$ref"} and isinstance(value["$ref"], str):
            return self.document.resolve(value["$ref"], base)
        return value, base

    def _hide_one_sided(self, node: dict[str, Any], schema: Schema, base: Path) -> None:
        """A read-only member is not asked for, a write-only one not shown (OpenAPI, Schema Object).

        A read-only member that is sent all the same may be ignored or refused; a write-only one is never received.
        """
        flag = "readOnly" if self.direction == "request" else "writeOnly"
        members, where = self._map(node.get("properties", {}), base)
        hidden = {name for name, item in members.items() if self._flagged(item, where, flag)}
        for branch in schema.get("allOf", []):
            hidden |= self._hidden.get(id(branch), frozenset())
        if hidden:
            self._hidden[id(schema)] = frozenset(hidden)
            _without(schema, hidden, refused=self.direction == "response")

    def _flagged(self, node: Any, base: Path, flag: str) -> bool:
        if isinstance(node, dict) and "$ref" in node and (self.document.is_30 or node.get(flag) is not True):
            node, _ = self.document.resolve(str(node["$ref"]), base)
        return isinstance(node, dict) and node.get(flag) is True

    def _discriminate(self, node: dict[str, Any], schema: Schema) -> None:
        """A discriminator picks the one branch whose name its member holds (OpenAPI, Discriminator Object)."""
        discriminator = node.get("discriminator")
        keyword = next((k for k in ("oneOf", "anyOf") if k in node), None)
        if not isinstance(discriminator, dict) or keyword is None or not all("$ref" in b for b in node[keyword]):
            return
        member, mapping = discriminator["propertyName"], discriminator.get("mapping", {})
        for index, branch in enumerate(node[keyword]):
            names = _names_of(branch["$ref"], mapping)
            schema[keyword][index] = _with_name(schema[keyword][index], member, names)


def _spelt(pattern: str) -> str:
    """A pattern, where need be with a backslash before each brace that counts nothing.

    ECMA-262 takes such a brace for itself (Annex B) unless texts are said to be Unicode; other engines refuse it.
    """
    if sensible("pattern", json.dumps(pattern)):
        return pattern
    return _BRACES.sub(lambda found: f"\\{found[0]}" if found[0] in "{}" else found[0], pattern)


@cache
def sensible(keyword: str, value: str) -> bool:
    """Whether a keyword of JSON Schema may have a value, given as JSON."""
    try:
        jsonschema_rs.Draft202012Validator({keyword: json.loads(value)})
    except (ValueError, jsonschema_rs.ValidationError):
        return False
    return True


def _without(schema: Schema, hidden: set[str], *, refused: bool) -> None:
    """Take members out of a schema that was just made, and out of the branches that it is composed of."""
    if "properties" in schema:
        kept = {name: inner for name, inner in schema["properties"].items() if name not in hidden}
        gone = dict.fromkeys(sorted(hidden & set(schema["properties"])), False) if refused else {}
        schema["properties"] = {**kept, **gone}
        if not refused and False in (schema.get("additionalProperties"), schema.get("unevaluatedProperties")):
            ignored = {f"^{re.escape(name)}$": True for name in sorted(hidden - set(kept))}
            schema["patternProperties"] = {**ignored, **schema.get("patternProperties", {})}
    if "required" in schema:
        schema["required"] = [name for name in schema["required"] if name not in hidden]
    for branch in schema.get("allOf", []):
        if isinstance(branch, dict):
            _without(branch, hidden, refused=refused)


def cited(document: Document, node: Schema, place: Place) -> Schema:
    """A part of `x-conformance`, with the title of the document that its source names; what it cites is there."""
    known = document.root.get(EXTENSION, {})
    for kind, name, spot in _citations(node):
        if name not in known.get(kind, {}):
            raise document.error(f"x-conformance: {name!r} is not among `{kind}`", (*place, *spot))
    source = node.get("source")
    if not source:
        return node
    return {**node, "source": {**source, "document": known["documents"][source["document"]]["title"]}}


def _citations(node: Schema) -> Iterator[tuple[str, str, Place]]:
    """What a part of `x-conformance` names of the lists at the root: the list, the name, and where in the part."""
    if "source" in node:
        yield "documents", node["source"]["document"], ("source", "document")
    for key, kind in (("reading", "readings"), ("fixture", "fixtures")):
        if key in node:
            yield kind, node[key], (key,)
    for kind in ("readings", "settings"):
        yield from ((kind, name, (kind, keyword)) for keyword, name in node.get(kind, {}).items())


def _titled(branch: Schema | bool, node: Any) -> Schema | bool:
    """An alternative under its title or the name that it is referred to by: an id is no position."""
    named = node.get("title") or node.get("$ref", "").rsplit("/", 1)[-1] if isinstance(node, dict) else ""
    return {**branch, "title": named} if isinstance(branch, dict) and named else branch


def _names_of(reference: str, mapping: Mapping[str, str]) -> list[str]:
    own = reference.rsplit("/", 1)[-1]
    explicit = [name for name, target in mapping.items() if target in (reference, own)]
    return explicit or [own]


def _with_name(branch: Schema | bool, member: str, names: list[str]) -> Schema:
    condition = {"properties": {member: {"enum": names}}, "required": [member]}
    if isinstance(branch, dict) and "$ref" not in branch:
        present = branch.get("properties", {}).get(member) or {}
        parts = list(_parts(branch))
        told = any({"enum", "const"} & set(part.get("properties", {}).get(member) or {}) for part in parts)
        if told and any(member in part.get("required", []) for part in parts):
            return {**branch, "title": names[0]}
        if not {"enum", "const"} & set(present):
            properties = {**branch.get("properties", {}), member: {**present, "enum": names}}
            required = list(dict.fromkeys([*branch.get("required", []), member]))
            return {**branch, "properties": properties, "required": required, "title": names[0]}
    return {"allOf": [branch, condition], "title": names[0]}


def _parts(schema: Schema) -> Iterator[Schema]:
    """A schema and what it is composed of by `allOf`."""
    yield schema
    for part in schema.get("allOf", []):
        if isinstance(part, dict):
            yield from _parts(part)


def _examples(node: dict[str, Any]) -> list[Any]:
    listed = node.get("examples")
    found = list(listed) if isinstance(listed, list) else []
    return [*([node["example"]] if "example" in node else []), *found]


def unrolled(schema: Schema | bool) -> Schema | bool:
    """The schema with each reference back into it followed once, so that a level deeper is a place of its own.

    Unless that adds more than `MOST_UNROLLED` parts, or choices among alternatives, which would multiply.
    """
    added = 0

    def followed(node: Any) -> Any:
        nonlocal added
        if not isinstance(node, dict):
            return node
        target = _RECURSIVE.get(node.get("$ref", "")) if len(node) == 1 else None
        if target is None:
            return {key: _each(key, value, followed) for key, value in node.items()}
        parts = _all_parts(target)
        added += len(parts)
        return node if any(map(_chooses, parts)) else target

    made = followed(schema)
    return made if 0 < added <= MOST_UNROLLED else schema


def _each(key: str, value: Any, made: Callable[[Any], Any]) -> Any:
    """A keyword's value with every schema in it made anew."""
    if key in _LISTS and isinstance(value, list):
        return [made(item) for item in value]
    if key in _MAPS and isinstance(value, dict):
        return {name: made(item) for name, item in value.items()}
    return made(value) if key in _ONE or key in _ONE_MORE else value


def _chooses(schema: Schema) -> bool:
    """Whether there are several ways to fit a schema; null beside one of them is none."""
    several = (branch for key in ("anyOf", "oneOf") for branch in schema.get(key, []) if branch != {"type": "null"})
    return len(list(several)) > 1 or bool({"not", "if"} & set(schema))


def _all_parts(schema: Schema) -> list[Schema]:
    """A schema and every one in it."""
    found: list[Schema] = []
    walk(schema, lambda part, _: found.append(part))
    return found


def walk(schema: Any, visit: Callable[[Schema, Place], None], place: Place = ()) -> None:
    """Call `visit` for every subschema, parents first, with its path in the schema."""
    if not isinstance(schema, dict):
        return
    visit(schema, place)
    for key, value in schema.items():
        if key in _LISTS and isinstance(value, list):
            for index, item in enumerate(value):
                walk(item, visit, (*place, key, index))
        elif key in _MAPS and isinstance(value, dict):
            for name, item in value.items():
                walk(item, visit, (*place, key, name))
        elif key in _ONE or key in _ONE_MORE:
            walk(value, visit, (*place, key))
