"""Hosts: valid requests that contain a given place, so that one value in them can be exchanged."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations, islice
from typing import Any

from conformance.cases.build import Path, build
from conformance.cases.case import Document
from conformance.cases.containing import containing
from conformance.cases.sample import sample, samples, types_of
from conformance.cases.wire_form import expressible, in_json_part, is_form, is_text, misread, parameter_at, says
from conformance.contract.operation import Contract, Operation, Parameter
from conformance.contract.schema import validator
from conformance.requirements.oracle import Oracle
from conformance.requirements.site import SchemaPath, Site, at, drop, merged, parent, put, values_at

BODY = ("properties", "body")  # where the body's schema stands in that of a request
Variant = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Host:
    """A request that every reading accepts, and the path of the place in it."""

    request: Document
    path: Path
    variant: Variant = field(default_factory=dict)


class Hosts:
    """Builds the hosts of one operation for a target's fixtures; pure, and remembers what it built."""

    def __init__(
        self,
        contract: Contract,
        operation: Operation,
        fixtures: Mapping[str, str],
        states: Mapping[str, Document],
        settings: Mapping[str, Any],
    ) -> None:
        self.contract = contract
        self.operation = operation
        self.fixtures = fixtures
        self.states = states
        self.oracle = Oracle(operation, settings)
        self._bases: dict[str, list[Document]] = {}
        self._hosts: dict[tuple[SchemaPath, str | None], Host | None] = {}
        self._larger: dict[SchemaPath, list[Host]] = {}

    @property
    def variants(self) -> list[Variant]:
        """The plain fixtures, then each variant that the target was given, one at a time."""
        found: list[Variant] = [{}]
        for parameter in self.operation.parameters:
            for variant in self.contract.variants(parameter.fixture or "")[1:]:
                if f"{parameter.fixture}.{variant}" in self.fixtures:
                    found.append({str(parameter.fixture): variant})  # noqa: PERF401 - two conditions read better apart
        return found

    def state(self, variant: Variant) -> Document:
        """What is known of the state that a request of this variant acts on."""
        return self.states.get(variant_key(variant), {})

    @property
    def is_form(self) -> bool:
        """Whether the values of the body are texts on the wire."""
        return is_form(self.operation)

    @cached_property
    def _speaks_text(self) -> bool:
        """Whether anything but what names the resource is sent as text."""
        return self.is_form or any(p.where != "path" and not p.as_json for p in self.operation.parameters)

    def missing(self) -> list[str]:
        """The fixtures that the operation needs and the target was not given."""
        return [str(p.fixture) for p in self.operation.parameters if p.fixture and self._fixture(p, {}) is None]

    def _fixture(self, parameter: Parameter, variant: Variant) -> Any:
        chosen = variant.get(str(parameter.fixture), "")
        name = f"{parameter.fixture}.{chosen}" if chosen else str(parameter.fixture)
        if name in self.fixtures:
            return typed(self.fixtures[name], parameter.schema)
        if parameter.examples and not chosen:
            return parameter.examples[0]
        return None if chosen or not listed(parameter.schema) else sample(parameter.schema)

    def frame(self, variant: Variant) -> Document:
        """The request's path, query, header and cookie, with what is required in them."""
        parts: dict[str, dict[str, Any]] = {}
        for parameter in self.operation.parameters:
            if parameter.where == "path":
                parts.setdefault("path", {})[parameter.name] = self._fixture(parameter, variant)
            elif parameter.required:
                parts.setdefault(parameter.where, {})[parameter.name] = self._plain(parameter)
            else:
                parts.setdefault(parameter.where, {})
        return parts

    @staticmethod
    def _plain(parameter: Parameter) -> Any:
        usable = validator(parameter.schema)
        fitting = [example for example in parameter.examples if usable.is_valid(example)]
        return next(
            iter((*fitting, *islice(samples(parameter.schema), 1))), None
        )  # null, which cannot be sent, if none

    def bases(self, variant: Variant) -> list[Document]:
        """Requests to start from, best first: the document's examples, then computed ones."""
        key = variant_key(variant)
        if key not in self._bases:
            self._bases[key] = list(self._starts(variant))
        return self._bases[key]

    def _starts(self, variant: Variant) -> Iterator[Document]:
        frame = self.frame(variant)
        body = self.operation.body
        if body is None:
            yield frame
            return
        for example in body.examples:
            yield {**frame, "body": example}
        for full in (False, True):
            for value in islice(samples(body.schema, full=full), 3):
                yield {**frame, "body": value}
        if not body.required:
            yield frame

    def plain(self, variant: Variant) -> Host | None:
        """The first acceptable request, as it is."""
        return next(self.plains(variant), None)

    def plains(self, variant: Variant) -> Iterator[Host]:
        """Every acceptable request to start from, best first."""
        return (Host(r, (), variant) for r in self.bases(variant) if self.accepts(r, variant))

    def alternatives(self) -> list[Host]:
        """Requests that take the other ways at the contract's choices (oneOf, anyOf): tried if the first is refused."""
        paths = {p.site.branch + p.site.pointer: p.site.path for p in self.oracle.placed.values() if p.site.branch}
        below = {p.site.pointer: p.site.path for p in self.oracle.placed.values() if p.site.pointer.count("/") > 1}
        found = (self.at(path) for path in [*list(paths.values())[:12], *list(below.values())[:12]])
        return [host for host in found if host is not None]

    def prefer(self, host: Host) -> None:
        """Start from this request before all others: it is known to be accepted."""
        others = [request for request in self.bases(host.variant) if request is not host.request]
        self._bases = {**self._bases, variant_key(host.variant): [host.request, *others]}

    def believe(self, states: Mapping[str, Document]) -> None:
        """From now on these are the states on which requests act."""
        self.states, self._hosts, self._larger = states, {}, {}

    def again(self) -> Hosts:
        """Hosts for another run, which knows of no states yet; what was compiled is kept."""
        other = copy(self)
        other.believe({})
        return other

    def accepts(self, request: Document, variant: Variant) -> bool:
        """Whether every reading of the contract accepts a request on this variant's state, and it can be sent."""
        sent = not self._speaks_text or says(self.operation, request)
        return sent and self.oracle.admits(request, self.state(variant))

    def breaks(self, requirement: str, request: Document) -> bool:
        """Whether a request breaks this requirement and nothing else, however its texts are read on the wire."""
        if not self.oracle.isolates(requirement, request):
            return False
        pointer = self.oracle.placed[requirement].requirement.pointer
        if is_text(self.operation, pointer) and misread(request, pointer, self.oracle.validator.is_valid):
            return False
        if not self._speaks_text:
            return True
        empty = next((path for path, value in values_at(request, pointer) if value == ""), None)
        return says(self.operation, request if empty is None else drop(request, empty))

    def expressible(self, site: Site, value: Any) -> bool:
        """Whether a value can be sent at a site as what it is."""
        pointer = f"{site.pointer}/*" if isinstance(value, dict) else site.pointer
        if in_json_part(self.operation, pointer):
            return True
        return expressible(site, value, form=self.is_form, parameter=parameter_at(self.operation, site.pointer))

    def at(self, path: SchemaPath, variants: list[Variant] | None = None) -> Host | None:
        """The smallest host found for the place of a schema path; None if no request contains it validly."""
        key = (path, None if variants is None else repr(variants))
        if key not in self._hosts:
            self._hosts[key] = self._at(path, variants)
        return self._hosts[key]

    def larger(self, path: SchemaPath) -> list[Host]:
        """Hosts with all that the requests to start from hold beside the place, on every fixture, each once."""
        if path not in self._larger:
            known = self.at(path, self.variants)
            made = [host for variant in self.variants for host in self._whole(path, variant)]
            distinct = {repr(host.request): host for host in made}
            distinct.pop("" if known is None else repr(known.request), None)
            self._larger[path] = list(distinct.values())
        return self._larger[path]

    def _whole(self, path: SchemaPath, variant: Variant) -> Iterator[Host]:
        accepted = [base for base in self.bases(variant) if self.accepts(base, variant)]
        # Of one shape the first: far from limits.
        shapes = {repr(optional_paths(base)): base for base in reversed(accepted)}
        made = (self._kept(base, path, variant) for base in accepted if base in shapes.values())
        for number, host in enumerate(islice((host for host in made if host is not None), 1 if variant else 2)):
            yield self.switched_off(host) if number else host

    def _kept(self, base: Document, path: SchemaPath, variant: Variant) -> Host | None:
        """A whole request with the place in it, and there the plainest value that goes with the rest."""
        try:
            request, place = build(self.oracle.schema, path, base)
        except LookupError:
            return None
        for value in (at(request, place), *islice(samples(at(self.oracle.schema, path)), FITTING)):
            fitting = put(request, place, value)
            if self.accepts(fitting, variant):
                return Host(fitting, place, variant)
        return self._made(base, path, variant)

    def switched_off(self, host: Host) -> Host:
        """The same, saying that it is no rehearsal: that is what leaving the switch out means."""
        rehearsal = self.operation.rehearsal
        request = None if rehearsal is None or rehearsal.off is None else merged(host.request, rehearsal.off)
        fits = request is not None and self.accepts(request, host.variant)
        return Host(request, host.path, host.variant) if request is not None and fits else host

    def _at(self, path: SchemaPath, variants: list[Variant] | None) -> Host | None:
        for variant in variants if variants is not None else self.variants[:1]:
            found: list[Host] = []
            for base in self.bases(variant):
                host = self._made(base, path, variant)
                if host is not None:
                    found.append(self._smaller(host, path))
                    if len(found) == 3:
                        break
            found = found or list(self._sought(path, variant))
            if found:
                return min(found, key=lambda host: len(str(host.request.get("body", ""))))
        return None

    def _sought(self, path: SchemaPath, variant: Variant) -> Iterator[Host]:
        """The first body that contains the place, where no request to start from can be made to."""
        if path[:2] != BODY or len(path) == len(BODY) or self.is_form:
            return
        if self.plain(variant) is None:  # where the state alone refuses everything, it refuses any other body too
            return
        if len(parent(path)) > len(BODY) and self.at(parent(path), [variant]) is None:
            return
        for value in containing(self.oracle.schema["properties"]["body"], path[2:]):
            host = self._made({**self.frame(variant), "body": value}, path, variant)
            if host is not None:
                yield self._smaller(host, path)
                return

    def _made(self, base: Document, path: SchemaPath, variant: Variant) -> Host | None:
        try:
            request, place = build(self.oracle.schema, path, base)
        except LookupError:
            return None
        request = self._spelt(request, place, path)
        if self.accepts(request, variant):
            return Host(request, place, variant)
        removable = [p for p in optional_paths(request) if place[: len(p)] != p]
        for count in (1, 2):
            for chosen in combinations(removable[:8], count):
                reduced = request
                for gone in chosen:
                    reduced = drop(reduced, gone)
                if self.accepts(reduced, variant):
                    return Host(reduced, place, variant)
        return None

    def _spelt(self, request: Document, place: Path, path: SchemaPath) -> Document:
        """The request, with something at a place of texts: nothing cannot be told from absence there."""
        if not self._speaks_text or says(self.operation, request):
            return request
        others = (
            put(request, place, value) for value in islice(samples(at(self.oracle.schema, path), full=True), FITTING)
        )
        return next((other for other in others if says(self.operation, other)), request)

    def _smaller(self, host: Host, path: SchemaPath) -> Host:
        """Without the members that the host can do without."""
        request = host.request
        for member in optional_paths(request):
            if host.path[: len(member)] == member:
                continue
            reduced = drop(request, member)
            if self.accepts(reduced, host.variant) and self._still_leads(path, reduced):
                request = reduced
        return Host(request, host.path, host.variant)

    def _still_leads(self, path: SchemaPath, request: Document) -> bool:
        """Whether a request still takes the branches of `if` that a schema path leads through."""
        return not {"then", "else"} & set(path) or bool(build(self.oracle.schema, path, request)[0] == request)


FITTING = 8  # values of a place that are tried beside all the others of a request


def variant_key(variant: Variant) -> str:
    """One text for a choice of variants."""
    return ",".join(f"{name}.{value}" for name, value in sorted(variant.items()) if value)


def listed(schema: Any) -> bool:
    """Whether a schema names all values there are: such a parameter names no thing that may be missing."""
    if not isinstance(schema, dict):
        return False
    whole = schema.get("type") == "boolean" or bool({"enum", "const"} & set(schema))
    return whole or (schema.get("type") == "array" and listed(schema.get("items")))


def typed(text: str, schema: Mapping[str, Any]) -> Any:
    """A fixture's text as the type of its parameter; entries of an array stand between commas."""
    kinds = types_of(dict(schema))
    if "string" in kinds:
        return text
    if "array" in kinds:
        return [typed(entry, schema.get("items", {"type": "string"})) for entry in text.split(",")]
    try:
        value = json.loads(text)
    except ValueError:
        return text
    return value if isinstance(value, int | float) else text


def optional_paths(request: Document) -> list[Path]:
    """The members of a request's body and parameters, two levels deep: candidates for removal."""
    found: list[Path] = []
    for part in ("query", "header", "cookie", "body"):
        value = request.get(part)
        if isinstance(value, dict):
            found += [(part, name) for name in value]
            for name, inner in value.items():
                if isinstance(inner, dict):
                    found += [(part, name, below) for below in inner]
    return found
