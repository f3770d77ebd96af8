"""Cases of HTTP, JSON and authentication: what every endpoint owes, whatever its schema says."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from string import ascii_letters, ascii_lowercase, ascii_uppercase
from typing import Any

from conformance.cases.body import bodies
from conformance.cases.case import Case, Credential, Expectation, Wire
from conformance.cases.host import Host, Hosts, listed
from conformance.cases.hostile import hostile
from conformance.cases.statement import case_of
from conformance.requirements.oracle import validator
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
    # What has no name of a scheme before it may have a list; the other has no use for one.
    useless = "listed" if any(s.kind in ("bearer", "basic") for s in hosts.operation.security) else "bare"
    for name, credential, sent in (each for each in _CREDENTIALS if each[1] != useless):
        path = f"authentication/{name}"
        yield case_of(hosts, host, path, "refuse", sent, Wire(credential=credential), kind="authentication", rank=0)


def _paths(hosts: Hosts, host: Host) -> Iterator[Case]:
    for parameter in named_things(hosts.operation):
        current = host.request["path"][parameter.name]
        for value, kind in _strangers(current, parameter.schema, parameter.name):
            request = {**host.request, "path": {**host.request["path"], parameter.name: value}}
            if kind.endswith("/malformed") or hosts.oracle.validator.is_valid(request):
                path = f"path/{parameter.name}/unknown"
                yield case_of(
                    hosts, host, path, "refuse", f"{parameter.name} {value}", kind=kind, rank=0, request=request
                )


def _strangers(current: Any, schema: Any, name: str) -> list[tuple[Any, str]]:
    """Identities that nobody has, with the kind of refusal: the known one with its digits turned, and plain words."""
    unknown = f"unknown/{name}"
    if isinstance(current, int) and not listed(schema):
        fits = validator(schema).is_valid
        others = (current + step for step in STEPS if fits(current + step))
        return [(other, unknown) for other in islice(others, 1)]
    if listed(schema) or not isinstance(current, str):
        return []
    fits = validator(schema).is_valid
    odd = ("no-such-thing", f"{current}x", f"x{current}")
    like = filter(fits, strangers(current))
    last = next((each for each in strangers(current[-1:]) if len(each) == 1), "0")
    near = [(current[:-1] + last, unknown)] if len(current) >= LONG else []
    return [(next(like, odd[1]), unknown), *near, *((each, f"{unknown}/malformed") for each in odd)]


def strangers(identity: str) -> tuple[str, ...]:
    """Four identities of the same form that nobody has, the likeliest first: digits turned, or letters, or longer."""
    hexadecimal = any(character in "abcdef" for character in identity)
    tables = (_HEXADECIMAL, _DECIMAL, _LETTERS) if hexadecimal else (_DECIMAL, _LETTERS, _HEXADECIMAL)
    turned = (identity.translate({} if table is _LETTERS and len(identity) < CODE else table) for table in tables)
    longer = f"{identity}x"
    return (*(each if each != identity else longer for each in turned), longer)


CODE = 4  # characters of an identity; of shorter ones, as those of countries, other letters may name something
LONG = 16  # characters of an identity whose nearest neighbours nobody has
STEPS = (1_000_003, 10_007, 907, 89, 43, -1)  # from a number that somebody has to one that nobody has
_HEXADECIMAL = str.maketrans("0123456789abcdef", "fedcba9876543210")
_DECIMAL = str.maketrans("0123456789", "9876543210")
_LETTERS = str.maketrans(ascii_letters, ascii_lowercase[::-1] + ascii_uppercase[::-1])


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
