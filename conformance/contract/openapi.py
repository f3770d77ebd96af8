"""From the paths of an OpenAPI document to operations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from conformance.contract import vocabulary
from conformance.contract.document import Document, Place
from conformance.contract.operation import Answer, Body, Operation, Parameter, SecurityScheme
from conformance.contract.schema import EXTENSION, Schema, SchemaReader, cited
from conformance.media import FORM, JSON, is_json, is_range
from conformance.requirement import Source

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_DEFAULT_STYLE = {"path": "simple", "query": "form", "header": "simple", "cookie": "form"}
_NOT_PARAMETERS = ("accept", "content-type", "authorization")  # OpenAPI, Parameter Object: these are ignored


@dataclass
class OperationReader:
    """Reads the operations of one document; every error names file and line."""

    document: Document
    extensions: dict[str, tuple[Mapping[str, Any], Place]] = field(default_factory=dict)  # of what was read, by id

    def operations(self) -> Iterator[Operation]:
        """Every operation, in the order of the document."""
        paths = self.document.root.get("paths")
        if not isinstance(paths, dict) or not paths:
            raise self.document.error("there are no `paths`", ("paths",))
        for path, node in paths.items():
            if not str(path).startswith("x-"):
                yield from self._at(path, node, ("paths", path))

    def _at(self, path: Any, node: Any, place: Place) -> Iterator[Operation]:
        if not str(path).startswith("/"):
            raise self.document.error(f"a path begins with a slash: /{path}", place)
        item, base = self._resolved(node, self.document.path, place)
        for method in METHODS:
            if method.upper() in item:
                raise self.document.error(f"a method is written in small letters: {method}", place)
            if method in item:
                yield self._operation(path, method, item, base, (*place, method))

    def _resolved(self, node: Any, base: Path, place: Place) -> tuple[dict[str, Any], Path]:
        seen = 0
        while isinstance(node, dict) and isinstance(node.get("$ref"), str):
            node, base = self.document.resolve(node["$ref"], base, place)
            seen += 1
            if seen > 50:
                raise self.document.error("a reference leads back to itself", place)
        if not isinstance(node, dict):
            raise self.document.error(f"an object belongs here, not {type(node).__name__}", place)
        return node, base

    def _operation(self, path: str, method: str, item: dict[str, Any], base: Path, place: Place) -> Operation:
        node, where = self._resolved(item[method], base, place)
        extension = node.get(EXTENSION, {})
        vocabulary.check(self.document, extension, vocabulary.OPERATION, (*place, EXTENSION))
        inherited = Source(self.document.path.name, "", f"{method.upper()} {path}")
        source = self.source(extension, inherited, (*place, EXTENSION))
        security, anonymous = self._security(node)
        name = str(node.get("operationId") or _name_of(method, path))
        self.extensions[name] = (extension, (*place, EXTENSION))
        reader = SchemaReader(self.document, "request")
        carriers = {(s.where, s.parameter.lower()) for s in security}
        parameters = tuple(
            parameter
            for parameter in self._parameters(item, base, node, where, reader, place)
            if (parameter.where, parameter.name.lower()) not in carriers
        )
        self._check_template(path, parameters, place)
        body = self._body(node, where, reader, place)
        return Operation(
            id=name,
            method=method.upper(),
            path=self._base_path(node, item) + path,
            parameters=parameters,
            body=body,
            answers=self._answers(node, where, source, place),
            security=security,
            anonymous=anonymous,
            public=anonymous and bool((self.document.root.get("components") or {}).get("securitySchemes")),
            request_schema=_request_schema(parameters, body),
            effect=extension.get("effect") or _effect(method),
            source=source,
            strict_integers=self.document.is_30,
            plain=EXTENSION not in self.document.root,
        )

    def source(self, node: Mapping[str, Any], inherited: Source, place: Place) -> Source:
        """The source that a part of the extension states, or the inherited one."""
        return inherited.stated(cited(self.document, dict(node), place))

    def _check_template(self, path: str, parameters: tuple[Parameter, ...], place: Place) -> None:
        wanted = set(re.findall(r"{([^{}]+)}", path))
        given = {p.name for p in parameters if p.where == "path"}
        for name in sorted(wanted - given):
            raise self.document.error(f"the path has {{{name}}}, but no such path parameter is described", place)

    def _base_path(self, node: Mapping[str, Any], item: Mapping[str, Any]) -> str:
        servers = node.get("servers") or item.get("servers") or self.document.root.get("servers") or [{"url": "/"}]
        url = str(servers[0].get("url", "/"))
        for name, variable in (servers[0].get("variables") or {}).items():
            url = url.replace("{" + name + "}", str(variable.get("default", "")))
        url = url.replace("{", "x").replace("}", "x")
        base = urlsplit(url).path.strip("/")
        return f"/{base}" if base else ""

    def _parameters(
        self, item: dict[str, Any], base: Path, node: dict[str, Any], where: Path, reader: SchemaReader, place: Place
    ) -> list[Parameter]:
        shared = self._listed(item, base, reader, (*place[:-1], "parameters"))
        own = self._listed(node, where, reader, (*place, "parameters"))
        return list({**shared, **own}.values())

    def _listed(
        self, node: dict[str, Any], base: Path, reader: SchemaReader, place: Place
    ) -> dict[tuple[str, str], Parameter]:
        """The parameters of one list, by where they are and what they are called."""
        found: dict[tuple[str, str], Parameter] = {}
        for index, raw in enumerate(node.get("parameters", [])):
            spot = (*place, index)
            resolved, file = self._resolved(raw, base, spot)
            parameter = self._parameter(resolved, file, reader, spot)
            if (parameter.where, parameter.name) in found:
                raise self.document.error(f"the {parameter.where} parameter {parameter.name!r} stands twice", spot)
            if not (parameter.where == "header" and parameter.name in _NOT_PARAMETERS):
                found[parameter.where, parameter.name] = parameter
        return found

    def _parameter(self, node: dict[str, Any], base: Path, reader: SchemaReader, place: Place) -> Parameter:
        if not isinstance(node.get("name"), str) or node.get("in") not in _DEFAULT_STYLE:
            raise self.document.error("a parameter needs `name` and `in` (path, query, header or cookie)", place)
        extension = node.get(EXTENSION, {})
        vocabulary.check(self.document, extension, vocabulary.PARAMETER, (*place, EXTENSION))
        content = next(iter(node.get("content", {}).items()), None)
        schema = reader.read(content[1].get("schema", {}) if content else node.get("schema", {}), base, place)
        schema = dict(schema) if isinstance(schema, dict) else {}
        said = cited(self.document, extension, (*place, EXTENSION))
        shared = {key: value for key, value in said.items() if key not in ("fixture", "unknown")}
        if shared:
            schema[EXTENSION] = {**schema.get(EXTENSION, {}), **shared}
        where = node["in"]
        style = node.get("style") or _DEFAULT_STYLE[where]
        if not isinstance(style, str):
            raise self.document.error("the `style` of a parameter is a word, e.g. form", (*place, "style"))
        return Parameter(
            name=node["name"].lower() if where == "header" else node["name"],
            where=where,
            required=where == "path" or node.get("required") is True,
            schema=schema,
            style=style,
            explode=bool(node.get("explode", style in ("form", "deepObject"))),
            as_json=content is not None and is_json(content[0]),
            fixture=extension.get("fixture") or (node["name"] if where == "path" else None),
            examples=self._examples(node, base, schema),
            unknown=tuple(map(str, extension.get("unknown", []))),
        )

    def _examples(self, node: dict[str, Any], base: Path, schema: Schema) -> tuple[Any, ...]:
        found = [node["example"]] if "example" in node else []
        named = node.get("examples") or {}
        for raw in named.values() if isinstance(named, dict) else []:
            example, _ = self._resolved(raw, base, ())
            if "value" in example:
                found.append(example["value"])
        default = [schema["default"]] if "default" in schema else []
        return (*found, *schema.get("examples", []), *default)

    def _body(self, node: dict[str, Any], base: Path, reader: SchemaReader, place: Place) -> Body | None:
        if "requestBody" not in node:
            return None
        raw, where = self._resolved(node["requestBody"], base, (*place, "requestBody"))
        content = raw.get("content")
        if not isinstance(content, dict) or not content:
            raise self.document.error("a request body needs `content`", (*place, "requestBody"))
        media_type = min(content, key=_preference)
        spot: Place = (*place, "requestBody", "content", media_type)
        media, file = self._resolved(content[media_type], where, spot)
        schema = reader.whole(media.get("schema", {}), file, spot)
        encoding = media.get("encoding") or {}
        return Body(
            media_type=JSON if is_range(media_type) else media_type,
            required=raw.get("required") is True,
            schema=schema if isinstance(schema, dict) else {},
            examples=self._examples(media, file, schema if isinstance(schema, dict) else {}),
            members={name: _member(name, said) for name, said in encoding.items() if {"style", "explode"} & set(said)},
            parts={name: str(said["contentType"]) for name, said in encoding.items() if "contentType" in said},
        )

    def _answers(self, node: dict[str, Any], base: Path, source: Source, place: Place) -> dict[str, Answer]:
        if "responses" not in node and not self.document.is_30:  # since 3.1 they may be left out
            return {}
        responses = node.get("responses")
        if not isinstance(responses, dict) or not responses:
            raise self.document.error("an operation needs `responses`", place)
        return {
            (key := str(status).upper() if str(status) != "default" else "default"): self._answer(
                key, raw, base, source, (*place, "responses", status)
            )
            for status, raw in responses.items()
            if not str(status).startswith("x-")
        }

    def _answer(self, status: str, raw: Any, base: Path, source: Source, place: Place) -> Answer:
        node, where = self._resolved(raw, base, place)
        extension = node.get(EXTENSION, {})
        vocabulary.check(self.document, extension, vocabulary.RESPONSE, (*place, EXTENSION))
        said = cited(self.document, extension, (*place, EXTENSION))
        content = {}
        for media_type, media in (node.get("content") or {}).items():
            content[media_type] = self._answer_schema(media, where, said, (*place, "content", media_type))
        headers = {}
        for name, header in (node.get("headers") or {}).items():
            resolved, file = self._resolved(header, where, (*place, "headers", name))
            reader = SchemaReader(self.document, "response")
            described = {"name": name, "in": "header", **{k: v for k, v in resolved.items() if k not in ("name", "in")}}
            headers[name.lower()] = self._parameter(described, file, reader, (*place, "headers", name))
        return Answer(status, content, headers, source.stated(said))

    def _answer_schema(self, media: Any, base: Path, said: Mapping[str, Any], place: Place) -> Schema:
        node, where = self._resolved(media, base, place)
        reader = SchemaReader(self.document, "response")
        read = reader.whole(node.get("schema", {}), where, (*place, "schema"))
        schema: Schema = dict(read) if isinstance(read, dict) else ({} if read else {"not": {}})
        if said:
            schema[EXTENSION] = {**said, **schema.get(EXTENSION, {})}
        return schema

    def _security(self, node: dict[str, Any]) -> tuple[tuple[SecurityScheme, ...], bool]:
        wanted = node.get("security", self.document.root.get("security", []))
        described = (self.document.root.get("components") or {}).get("securitySchemes") or {}
        anonymous = not wanted or {} in wanted
        names: Mapping[str, Any] = next((alternative for alternative in wanted if alternative), {})
        schemes = []
        for name in names:
            if name not in described:
                raise self.document.error(f"the security scheme {name!r} is not described", ("security",))
            scheme, _ = self._resolved(described[name], self.document.path, ("components", "securitySchemes", name))
            schemes.append(_scheme(name, scheme))
        return tuple(schemes), anonymous


def _scheme(name: str, node: Mapping[str, Any]) -> SecurityScheme:
    match node.get("type"), str(node.get("scheme", "")).lower():
        case "apiKey", _:
            return SecurityScheme(name, "apiKey", str(node["in"]), str(node["name"]))
        case "http", "basic":
            return SecurityScheme(name, "basic")
        case ("http", "bearer") | ("oauth2", _) | ("openIdConnect", _):
            return SecurityScheme(name, "bearer")
        case _:
            return SecurityScheme(name, "other")


def _member(name: str, node: Mapping[str, Any]) -> Parameter:
    """How a member of a form is written: like a parameter of a query (OpenAPI, Encoding Object)."""
    style = str(node.get("style", "form"))
    explode = bool(node.get("explode", style in ("form", "deepObject")))
    return Parameter(name=name, where="query", required=False, schema={}, style=style, explode=explode)


def _effect(method: str) -> Any:
    return {"get": "reads", "head": "reads", "options": "reads", "trace": "reads", "delete": "disrupts"}.get(
        method, "changes"
    )


def _name_of(method: str, path: str) -> str:
    words = re.findall(r"[A-Za-z0-9_]+", path)
    return "-".join([method, *words])


def _preference(media_type: str) -> int:
    order = (
        media_type == JSON,
        is_json(media_type),
        is_range(media_type),
        FORM in media_type.lower(),
        "text/" in media_type,
    )
    return order.index(True) if True in order else len(order)


def _request_schema(parameters: tuple[Parameter, ...], body: Body | None) -> Schema:
    properties: dict[str, Any] = {}
    for where in ("path", "query", "header", "cookie"):
        here = [p for p in parameters if p.where == where]
        if here:
            properties[where] = {
                "type": "object",
                "properties": {p.name: p.schema for p in here},
                "required": [p.name for p in here if p.required],
            }
    if body is not None:
        properties["body"] = body.schema
    required = [where for where in properties if where != "body"]
    schema: Schema = {"type": "object", "properties": properties, "required": required}
    if body is not None and body.required:
        schema["required"] = [*required, "body"]
    return schema


__all__ = ["METHODS", "OperationReader"]
