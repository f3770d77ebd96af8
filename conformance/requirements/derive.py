"""From a contract to its requirements: every keyword at its place, every rule, every statement of the protocol."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from conformance.contract.operation import Answer, Contract, Operation, Zone
from conformance.contract.schema import EXTENSION, Schema
from conformance.media import may_be_json
from conformance.requirement import ASSERTIONS, CLOSING, Level, Requirement, Side
from conformance.requirements import protocol
from conformance.requirements.sentence import sentence
from conformance.requirements.site import SchemaPath, Site, escape, sites

OPERATIONS = 512  # whose keywords are remembered: a process may read many contracts


@dataclass(frozen=True, slots=True)
class Placed:
    """A requirement of a schema keyword and the site at which it stands."""

    requirement: Requirement
    site: Site

    @property
    def below(self) -> SchemaPath:
        """The keyword's path in the schema of its site; of a required member, its name too."""
        return self.requirement.schema_path[len(self.site.path) :]

    @property
    def is_asserted(self) -> bool:
        """Whether it is a keyword of JSON Schema; `optional` and `distinct` are words of ours."""
        return self.requirement.keyword in self.site.schema and self.requirement.keyword != "distinct"


def of_contract(contract: Contract) -> tuple[Requirement, ...]:
    """Every requirement of a contract, in the order of the document; the ids are distinct."""
    return tuple(r for operation in contract.operations.values() for r in of_operation(operation))


def of_operation(operation: Operation) -> tuple[Requirement, ...]:
    """Every requirement of an operation. A supporting one is only observed with: its answers are judged."""
    request = [] if operation.supporting else [placed.requirement for placed in request_keywords(operation)]
    found = [
        *request,
        *(placed.requirement for placed in response_keywords(operation)),
        *protocol.of_operation(operation),
        *(zone_requirement(operation, zone) for zone in zones(operation)),
    ]
    return tuple({requirement.id: requirement for requirement in found}.values())


@lru_cache(maxsize=OPERATIONS)
def request_keywords(operation: Operation) -> tuple[Placed, ...]:
    """The keywords of the request's schema, parameters included."""
    prefix = f"{operation.id}/request"
    found: list[Placed] = []
    for site in sites(operation.request_schema, operation.source):
        if site.pointer.count("/") < 1:
            found += [p for p in _members(operation, site, prefix, "request") if p.requirement.pointer == "/body"]
        elif site.pointer in ("/query", "/header", "/cookie"):
            found += _members(operation, site, prefix, "request")
        elif site.pointer == "/path":
            continue  # a request without a path parameter is another request
        elif site.pointer.startswith(("/path/", "/query/", "/header/", "/cookie/")):
            json = _is_json(operation, site.pointer)
            found += [p for p in _keywords(operation, site, prefix, "request") if json or not _is_text(p)]
        else:
            found += _keywords(operation, site, prefix, "request")
    return _distinct(found)


def _is_json(operation: Operation, pointer: str) -> bool:
    """Whether a pointer leads to a parameter that is written as JSON, which has types."""
    _, where, name, *_ = pointer.split("/")
    return any(p.as_json for p in operation.parameters if (p.where, escape(p.name)) == (where, name))


def _is_text(placed: Placed) -> bool:
    """Whatever stands in a URL or a header is a text, or a list of one: nothing can break that."""
    loose = {"string", "array", "object"} & set(types_of(placed.site.schema))
    return placed.requirement.keyword == "type" and bool(loose)


def types_of(schema: Schema) -> list[str]:
    """The types that a schema names."""
    named = schema.get("type", [])
    return named if isinstance(named, list) else [named]


@lru_cache(maxsize=OPERATIONS)
def response_keywords(operation: Operation) -> tuple[Placed, ...]:
    """The keywords of the schemas of all documented answers, bodies and headers."""
    found: list[Placed] = []
    for answer in operation.answers.values():
        prefix = f"{operation.id}/response/{answer.status}"
        schema = answer_schema(answer)
        for site in sites(schema, answer.source):
            if site.pointer.count("/") < 1:
                continue
            if site.pointer == "/header":
                found += _members(operation, site, prefix, "response")
            else:
                made = _keywords(operation, site, prefix, "response")
                found += made if text_schema(answer) is None else (p for p in made if not _is_text(p))
    return _distinct(found)


def status_of(requirement: Requirement) -> str:
    """The documented status whose answer a requirement speaks of; an operation's name may hold a slash."""
    return requirement.id.removeprefix(f"{requirement.operation}/response/").split("/")[0]


def answer_schema(answer: Answer) -> Schema:
    """The schema of a whole answer `{header, body}` in its first JSON media type, or of a text if it has none."""
    body = next((schema for media, schema in answer.content.items() if may_be_json(media)), text_schema(answer))
    properties: dict[str, Any] = {}
    if answer.headers:
        properties["header"] = {
            "type": "object",
            "properties": {name: header.schema for name, header in answer.headers.items()},
            "required": [name for name, header in answer.headers.items() if header.required],
        }
    if body is not None:
        properties["body"] = body
    return {"type": "object", "properties": properties}


_SCALARS = ("string", "integer", "number", "boolean")


def text_schema(answer: Answer) -> Schema | None:
    """The schema of an answer that is plain text and nothing else, if it says anything of it."""
    schema = next(iter(answer.content.values()), None)
    plain = len(answer.content) == 1 and next(iter(answer.content)).lower().startswith("text/plain")
    return schema if plain and isinstance(schema, dict) and schema.get("type") in _SCALARS else None


def _keywords(operation: Operation, site: Site, prefix: str, side: Side) -> Iterator[Placed]:
    for keyword in ASSERTIONS:
        if keyword in site.schema and (keyword, site.schema[keyword]) != ("uniqueItems", False):
            yield _placed(operation, site, keyword, prefix, side)
    for keyword in CLOSING:
        if site.schema.get(keyword) is False:
            yield _placed(operation, site, keyword, prefix, side)
    if site.extension.get("distinct"):
        yield _placed(operation, site, "distinct", prefix, side)
    yield from _members(operation, site, prefix, side)


def _members(operation: Operation, site: Site, prefix: str, side: Side) -> Iterator[Placed]:
    required = site.schema.get("required", [])
    for name in required:
        yield _placed(operation, site, "required", prefix, side, name)
    for name, schema in site.schema.get("properties", {}).items():
        if schema is False:
            yield _placed(operation, site, "absent", prefix, side, name)
        elif side == "request" and name not in required:
            yield _placed(operation, site, "optional", prefix, side, name)


def _placed(
    operation: Operation, site: Site, keyword: str, prefix: str, side: Side, member: str | None = None
) -> Placed:
    pointer = site.pointer if member is None else f"{site.pointer}/{escape(member)}"
    source = site.source
    child = site.schema.get("properties", {}).get(member) if member is not None else None
    if isinstance(child, dict) and "source" in child.get(EXTENSION, {}):
        source = next(iter(sites(child, site.source))).source
    extension = _speaking(site, keyword, member)
    level: Level = extension.get("levels", {}).get(keyword, site.level)
    requirement = Requirement(
        id=f"{prefix}{pointer}{site.branch}/{keyword}",
        operation=operation.id,
        side=side,
        pointer=pointer,
        keyword=keyword,
        level=level,
        source=source,
        text=sentence(site, keyword, member),
        reading=extension.get("readings", {}).get(keyword, extension.get("reading")),
        schema_path=_schema_path(site, keyword, member),
    )
    return Placed(requirement, site)


def _schema_path(site: Site, keyword: str, member: str | None) -> SchemaPath:
    """Where a keyword stands in the whole schema; what must be absent is a member that `properties` make false."""
    if member is None:
        return (*site.path, keyword)
    return (*site.path, "properties" if keyword == "absent" else keyword, member)


def _speaking(site: Site, keyword: str, member: str | None) -> Mapping[str, Any]:
    """The extension that speaks of a keyword: for a member's presence the member's own, if it does."""
    child = site.schema.get("properties", {}).get(member) if member is not None else None
    own: Mapping[str, Any] = child.get(EXTENSION, {}) if isinstance(child, dict) else {}
    speaks = any(keyword in own.get(key, {}) for key in ("levels", "readings", "texts"))
    return own if speaks else site.extension


def _distinct(found: list[Placed]) -> tuple[Placed, ...]:
    """The same keyword twice at one place (through allOf) is two requirements, told apart by a suffix."""
    seen: dict[str, int] = {}
    result = []
    for placed in found:
        requirement = placed.requirement
        count = seen[requirement.id] = seen.get(requirement.id, 0) + 1
        told_apart = requirement if count == 1 else replace(requirement, id=f"{requirement.id}~{count}")
        result.append(replace(placed, requirement=told_apart))
    return tuple(result)


@lru_cache(maxsize=OPERATIONS)
def zones(operation: Operation) -> tuple[Zone, ...]:
    """The contested sets of values of an operation's request."""
    if operation.supporting:
        return ()
    found = []
    for site in sites(operation.request_schema, operation.source):
        for node in site.extension.get("contested", []):
            zone = Zone(
                id=node["id"],
                text=node["text"],
                reading=node.get("reading"),
                source=site.source.stated(node),
                pointer=site.pointer,
                schema=node["schema"],
                examples=tuple(node["examples"]),
            )
            found.append(zone)
    return tuple(found)


def zone_requirement(operation: Operation, zone: Zone) -> Requirement:
    """A contested zone as a requirement that can only be noted."""
    return Requirement(
        id=f"{operation.id}/contested{zone.pointer}/{zone.id}",
        operation=operation.id,
        side="request",
        pointer=zone.pointer,
        keyword=zone.id,
        level="contested",
        source=zone.source,
        text=zone.text,
        reading=zone.reading,
    )
