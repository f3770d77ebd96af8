"""Cases of HTTP, JSON and authentication: what every endpoint owes, whatever its schema says."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.cases.body import bodies
from conformance.cases.case import Case, Credential, Expectation, Wire
from conformance.cases.host import Host, Hosts
from conformance.cases.hostile import hostile
from conformance.cases.statement import case_of
from conformance.cases.stranger import identities
from conformance.requirements.protocol import named_things

_CREDENTIALS: tuple[tuple[str, Credential, str], ...] = (
    ("missing", "missing", "no credential"),
    ("empty", "empty", "an empty credential"),
    ("wrong", "wrong", "another credential"),
    ("wrong", "prefix", "the credential with something before it"),
    ("wrong", "suffix", "the credential with something after it"),
    ("wrong", "scheme", "the credential after the name of another scheme"),
    ("wrong", "bare", "the credential without the name of its scheme"),
    ("wrong", "shorter", "the credential without its last character"),
    ("wrong", "headless", "the credential without its first character"),
    ("wrong", "case", "the credential in another case"),
    ("wrong", "first", "the credential with another first character"),
    ("wrong", "last", "the credential with another last character"),
    ("wrong", "listed", "the credential as the second of a list"),
    ("wrong", "quoted", "the credential between quotes"),
    ("wrong", "passwordless", "the credential without its password"),
    ("wrong", "longer", "the credential many times over"),
    ("wrong", "null", "the word null as a credential"),
)
_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD")
REPEATS = 8


def protocol(hosts: Hosts, host: Host, *, foreign_methods: bool, taken: frozenset[str]) -> Iterator[Case]:
    """All cases that start from one accepted request; `taken` are the methods that the contract lists there."""
    yield from authentication(hosts, host)
    yield from _paths(hosts, host)
    yield from hostile(hosts, host)
    yield from _headers(hosts, host)
    yield from bodies(hosts, host)
    if foreign_methods:
        yield from _methods(hosts, host, taken)
    if hosts.operation.method in ("GET", "HEAD", "PUT") and hosts.operation.effect != "disrupts":
        yield case_of(hosts, host, "protocol/repeatable", "accept", "the same again", rank=0, repeat=REPEATS)


def authentication(hosts: Hosts, host: Host) -> Iterator[Case]:
    """Every way of not being authenticated, on this operation; rehearsals are added like those of other cases."""
    if not any(s.kind != "other" for s in hosts.operation.security):
        return
    if hosts.operation.anonymous:
        yield case_of(
            hosts, host, "authentication/optional", "accept", "no credential", Wire(credential="missing"), rank=0
        )
        return
    useless = _useless({scheme.kind for scheme in hosts.operation.security})
    for name, credential, sent in (each for each in _CREDENTIALS if each[1] not in useless):
        path = f"authentication/{name}"
        yield case_of(hosts, host, path, "refuse", sent, Wire(credential=credential), kind="authentication", rank=0)


def _useless(kinds: set[str]) -> set[Credential]:
    """The ways to be wrong that a kind of scheme has no use for: a password, a list, leaving out the scheme's name."""
    named = {"bearer", "basic"} & kinds
    return {"listed" if named else "bare", *(() if "basic" in kinds else ("passwordless",))}


def _paths(hosts: Hosts, host: Host) -> Iterator[Case]:
    for parameter in named_things(hosts.operation):
        current = host.request["path"][parameter.name]
        for value, kind in identities(current, parameter.schema, parameter.name):
            request = {**host.request, "path": {**host.request["path"], parameter.name: value}}
            if kind.endswith("/malformed") or hosts.oracle.validator.is_valid(request):
                path = f"path/{parameter.name}/unknown"
                yield case_of(
                    hosts, host, path, "refuse", f"{parameter.name} {value}", kind=kind, rank=0, request=request
                )


def _headers(hosts: Hosts, host: Host) -> Iterator[Case]:
    for form in ("lower", "upper", "mixed"):
        sent = f"header names in {form} case"
        yield case_of(hosts, host, "protocol/header-case", "accept", sent, Wire(header_case=form))


def _methods(hosts: Hosts, host: Host, taken: frozenset[str]) -> Iterator[Case]:
    for method in _METHODS:
        kind = "head" if method == "HEAD" else "method"
        # Whoever has a GET there has a HEAD as well: it changes nothing, and that is all that can be said of it.
        expect: Expectation = "survive" if method == "HEAD" and "GET" in taken else "refuse"
        if method not in taken:
            yield case_of(hosts, host, "protocol/method", expect, method, Wire(method=method), kind=kind, rank=0)
    if hosts.operation.state is not None and "OPTIONS" not in taken:  # anybody may answer it; it changes nothing
        yield case_of(hosts, host, "protocol/method", "survive", "OPTIONS", Wire(method="OPTIONS"), kind="method")
