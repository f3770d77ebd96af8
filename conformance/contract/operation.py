"""An operation of the contract: how a request is built, what may be answered, which rules hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from conformance.contract.expression import Expression
from conformance.contract.schema import Schema
from conformance.requirement import Level, Source

Effect = Literal["reads", "changes", "disrupts"]
Where = Literal["path", "query", "header", "cookie"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter and how it is written on the wire (OpenAPI `style` and `explode`)."""

    name: str
    where: Where
    required: bool
    schema: Schema
    style: str
    explode: bool
    as_json: bool = False
    fixture: str | None = None
    examples: tuple[Any, ...] = ()
    unknown: tuple[str, ...] = ()  # the statuses that refuse an unknown value, where they differ from the operation's


@dataclass(frozen=True, slots=True)
class Body:
    """The request body of one media type; `examples` are valid bodies, best first.

    Of a form, `members` are those whose form the contract describes, `parts` the media types of its parts.
    """

    media_type: str
    required: bool
    schema: Schema
    examples: tuple[Any, ...] = ()
    members: Mapping[str, Parameter] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """One documented response: status is "200", "4XX" or "default"; `content` maps media types to schemas."""

    status: str
    content: Mapping[str, Schema]
    headers: Mapping[str, Parameter]
    source: Source


@dataclass(frozen=True, slots=True)
class SecurityScheme:
    """Where a credential goes: kind is apiKey, bearer, basic or other."""

    name: str
    kind: str
    where: str = "header"
    parameter: str = "Authorization"


@dataclass(frozen=True, slots=True)
class Rule:
    """A `requires` or `ensures` rule in CEL, with the examples that prove that it can hold and fail."""

    id: str
    text: str
    rule: Expression
    level: Level
    source: Source
    reading: str | None
    pointer: str
    when: Expression | None
    satisfied: tuple[Mapping[str, Any], ...]
    violated: tuple[Mapping[str, Any], ...]
    refusal: str = "invalid"
    on: str = "success"


@dataclass(frozen=True, slots=True)
class Zone:
    """A contested set of values at a place: neither asserted to be accepted nor to be refused."""

    id: str
    text: str
    reading: str | None
    source: Source
    pointer: str
    schema: Any
    examples: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Becomes:
    """What a given request member does to a member of the state."""

    member: str
    when: str
    value: Expression
    unordered: bool
    level: Level = "documented"


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """How an operation is rehearsed without effect: merge patches on the request document."""

    request: Mapping[str, Any]
    off: Mapping[str, Any] | None
    status: int
    reading: str | None
    source: Source


@dataclass(frozen=True, slots=True)
class Observation:
    """One way to look at a state: an operation, what it sends, and where its answer shows the state."""

    operation: str
    request: Expression | None
    value: Expression
    disturbs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class State:
    """A kind of thing that operations change: which fixture names it, how it is observed and put back."""

    name: str
    fixture: str
    observe: tuple[Observation, ...]
    restore_operation: str | None
    restore_request: Expression | None


@dataclass(frozen=True, slots=True)
class Statement:
    """What the contract says of a requirement that no keyword expresses, e.g. of authentication."""

    level: Level | None
    source: Source | None
    reading: str | None
    text: str | None


@dataclass(frozen=True, slots=True, eq=False)  # told apart by identity: what is worked out of it is remembered
class Operation:
    """One operation; `request_schema` is the schema of the whole request `{path, query, header, cookie, body}`."""

    id: str
    method: str
    path: str  # the template, with the base path of `servers`
    parameters: tuple[Parameter, ...]
    body: Body | None
    answers: Mapping[str, Answer]
    security: tuple[SecurityScheme, ...]
    anonymous: bool  # whether no credential is needed
    request_schema: Schema
    effect: Effect
    source: Source
    strict_integers: bool  # OpenAPI 3.0 leaves open whether 3.0 is an integer
    plain: bool = False  # the document says nothing beyond OpenAPI: what is only custom is not demanded of a server
    public: bool = False  # no credential is needed, in a document that knows of credentials
    supporting: bool = False
    state: str | None = None
    shows: Expression | None = None
    rehearsal: Rehearsal | None = None
    refusal: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    becomes: tuple[Becomes, ...] = ()
    free: tuple[str, ...] = ()
    requires: tuple[Rule, ...] = ()
    ensures: tuple[Rule, ...] = ()
    statements: Mapping[str, Statement] = field(default_factory=dict)

    def answer(self, status: int) -> Answer | None:
        """The documented response that describes a status: the exact one, its range, or the default."""
        for key in (str(status), f"{status // 100}XX", "default"):
            if key in self.answers:
                return self.answers[key]
        return None

    @property
    def success(self) -> tuple[int, ...]:
        """The documented 2xx statuses of a call that is not a rehearsal; 200-299 if none is exact."""
        exact = tuple(int(key) for key in self.answers if key.isdigit() and key.startswith("2"))
        real = tuple(s for s in exact if not self.rehearsal or s != self.rehearsal.status or len(exact) == 1)
        return real or tuple(range(200, 300))


@dataclass(frozen=True, slots=True)
class Contract:
    """An OpenAPI document, read: its operations, states, fixtures, readings and settings."""

    title: str
    path: str
    operations: Mapping[str, Operation]
    states: Mapping[str, State]
    fixtures: Mapping[str, Mapping[str, Any]]
    readings: Mapping[str, Mapping[str, Any]]
    settings: Mapping[str, Any]
    unpublished: Expression | None = None

    def variants(self, fixture: str) -> tuple[str, ...]:
        """The variants of a fixture, the plain one first as ""."""
        own = tuple(name.partition(".")[2] for name in self.fixtures if name.split(".")[0] == fixture)
        return ("", *(variant for variant in own if variant))
